// npm run campaign -- test-send: the e-mail that supporters would send, to oneself.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Campaign, MessageTemplate } from '../server/campaigns/campaign.ts';
import { fittingTemplates } from '../server/campaigns/choose-template.ts';
import { writtenFor } from '../server/campaigns/messages.ts';
import { readCampaign, slugsIn } from '../server/campaigns/read-campaigns.ts';
import type { Target } from '../server/campaigns/targets.ts';
import { legislatorTitle } from '../server/legislators/titles.ts';
import { type MailAddress, readMailAddress } from '../server/mail/mail-address.ts';
import { type MailMessage, testMessage } from '../server/mail/message.ts';
import { putIntoOutbox } from '../server/mail/outbox-folder.ts';
import { sendMail, writeMail } from '../server/mail/transport.ts';
import { missingForMail, type Settings, SettingsError } from '../server/settings.ts';
import { type Locales, openLocales } from '../server/words/locale.ts';
import { messageWords, standInWords } from '../server/words/message-words.ts';
import { UsageError } from './command-line.ts';
import { letterTarget, type WhomWanted } from './letter-target.ts';

const LOCALES = join(import.meta.dirname, '../views/locales');
/** From whom mail is that never leaves this machine. */
const NOBODY: MailAddress = { name: 'Statehouse', address: 'statehouse@localhost.localdomain' };

/** What is asked for, as typed. */
export interface TestSendWanted extends WhomWanted {
  to: string | undefined;
  lang: string | undefined;
  now: Date;
}

/** Sends one letter of a campaign to the address given, or puts it into a folder; says on standard error which, and of whom it is. */
export async function testSend(slug: string, wanted: TestSendWanted, settings: Settings): Promise<void> {
  const to = readMailAddress(wanted.to ?? '');
  if (!to) throw new UsageError('--to is the e-mail address that gets the letter: --to me@example.org');
  const { mail_from, sends_mail } = settings;
  const missing = missingForMail(settings);
  if (missing.length > 0) throw new SettingsError(missing);
  const campaign = await wholeCampaign(settings.campaigns_dir, slug);
  const language = wanted.lang ?? campaign.message_languages[0]!;
  if (!campaign.message_languages.includes(language))
    throw new UsageError(`--lang is one of the message_languages: ${campaign.message_languages.join(', ')}.`);
  const locales = await openLocales(LOCALES);
  const title = legislatorTitle(campaign.state, campaign.targets.chambers[0]!);
  const stand_ins = standInWords(locales.translate(language), title);
  const target = await letterTarget(campaign, wanted, { settings, now: wanted.now, stand_ins });
  const [template, ...others] = fittingTemplates(campaign, 'email', {
    position: target.position?.position,
    stance: target.stance,
    language,
  }) as [MessageTemplate];
  const message = testMessage({
    from: mail_from ?? NOBODY,
    to,
    ...letterOf(campaign, target, { template, locales }),
  });
  const about = [
    `From ${template.file}, as it goes to ${target.legislator.name}.`,
    ...others.map(({ file }: MessageTemplate) => `${file} is another variant of it.`),
  ];
  const done = sends_mail ? await send(message, settings) : await put(message, settings, wanted.now);
  process.stderr.write(`${[...about, done].join('\n')}\n`);
}

/** The campaign; UsageError where it is not there, or has a fault. */
async function wholeCampaign(campaigns_dir: string, slug: string): Promise<Campaign> {
  const slugs = await slugsIn(campaigns_dir);
  if (!slugs.includes(slug))
    throw new UsageError(`There is no campaign '${slug}'. There are: ${slugs.join(', ') || 'none'}.`);
  const { campaign } = await readCampaign(campaigns_dir, slug);
  if (!campaign)
    throw new UsageError(`The files of '${slug}' have faults: npm run campaign -- check ${slug}`);
  return campaign;
}

function letterOf(
  campaign: Campaign,
  target: Target,
  { template, locales }: { template: MessageTemplate; locales: Locales },
) {
  const words = messageWords(locales.translate(template.language), campaign.state);
  return writtenFor(campaign, target, { template, words });
}

async function send(message: MailMessage, { smtp_server }: Settings): Promise<string> {
  const response = await sendMail(message, smtp_server!);
  return `Sent to ${message.to.address}. The mail server said: ${response}`;
}

/** Where it lies is the one line on standard output. */
async function put(message: MailMessage, { data_dir }: Settings, now: Date): Promise<string> {
  const id = randomBytes(4).toString('hex');
  const file = await putIntoOutbox(await writeMail(message), { data_dir, now, id });
  process.stdout.write(`${file}\n`);
  return 'Nothing was sent: open this file in a mail program to look at it. To send it, set MAIL_MODE=live, SMTP_URL and MAIL_FROM; .env.example tells of each.';
}
