// Where supporters' e-mails are, for reading.
import type { Campaign } from '../server/campaigns/campaign.ts';
import { stateFacts } from '../server/legislators/states.ts';
import type { QueueRow } from '../server/mail/letter-queue.ts';
import { KIND_WORDS, REASON_WORDS, STATE_WORDS } from './letter-words.ts';
import type { CampaignQueue, MailStatus } from './mail-status-read.ts';
import { stateMoment } from './state-moment.ts';
import { textTable } from './text-table.ts';

/** What is asked of a campaign to tell when its e-mails go. */
type Known = Pick<Campaign, 'slug' | 'former_slugs' | 'state' | 'status'>;

/**
 * The status for reading: moments are by the clock of a campaign's state; those of all together by UTC, where the campaigns are
 * of several zones, or one is not known.
 */
export function statusInWords(status: MailStatus, known: readonly Known[]): string {
  const { campaigns, total, mail_mode } = status;
  const head =
    mail_mode === 'live'
      ? 'MAIL_MODE is live: e-mails of supporters are sent.\n'
      : 'MAIL_MODE is preview: nothing leaves this machine.\n';
  const zones = new Set(campaigns.map((campaign) => zoneOf(knownAs(campaign, known))));
  const zone = zones.size === 1 ? [...zones][0]! : 'UTC';
  if (campaigns.length === 0) return `${head}\nNo e-mail was handed in yet.\n${mailsInWords(status, zone)}`;
  const parts = campaigns.map((campaign) => campaignInWords(campaign, status, knownAs(campaign, known)));
  const live = campaigns.filter(({ mode }) => mode === mail_mode);
  const all = live.length > 1 ? `\nAll campaigns\n${lettersTable(total, zone)}` : '';
  const held = total.some(({ state }) => state === 'held')
    ? '\nTo see what is held for you: npm run mail -- held\n'
    : '';
  return head + parts.join('') + all + held + mailsInWords(status, zone);
}

function campaignInWords(
  { campaign_slug, letters, next_at, ...one }: CampaignQueue,
  { as_of }: MailStatus,
  campaign: Known | undefined,
): string {
  const zone = zoneOf(campaign);
  const kind = one.is_sample ? ' (samples)' : one.mode === 'preview' ? ' (preview: not sent)' : '';
  return `\n${campaign_slug}${kind}\n${lettersTable(letters, zone)}${nextInWords(next_at, { as_of, zone, campaign })}`;
}

/** When the next goes, as far as that is known: one that is due goes once the app looks, an office is open, and its turn comes. */
function nextInWords(
  next_at: string,
  { as_of, zone, campaign }: { as_of: string; zone: string; campaign: Known | undefined },
): string {
  if (next_at === '') return '';
  if (campaign?.status === 'paused') return 'The campaign is paused: they wait until it goes on.\n';
  return next_at <= as_of ? '' : `The next does not go before ${stateMoment(next_at, zone)}.\n`;
}

function lettersTable(rows: QueueRow[], zone: string): string {
  const cells = rows.map(({ state, reason, letters, oldest_at }) => [
    STATE_WORDS[state],
    reason === '' ? '' : REASON_WORDS[reason],
    oldest_at === '' ? '' : stateMoment(oldest_at, zone),
    String(letters),
  ]);
  return textTable([['e-mails', 'why', 'oldest since', 'number'], ...cells], 3);
}

function mailsInWords({ waiting_mails, set_aside, as_of, mail_mode }: MailStatus, zone: string): string {
  const mails = waiting_mails.map(({ kind, mails: number, tried, most_attempts, next_at }) => [
    KIND_WORDS[kind],
    next_at <= as_of ? 'due' : `not before ${stateMoment(next_at, zone)}`,
    String(number),
    String(tried),
    String(most_attempts),
  ]);
  const where = mail_mode === 'live' ? 'handed to the mail server' : 'put into the folder outbox';
  const queue =
    mails.length === 0
      ? `\nNo mail is to be ${where}.\n`
      : `\nMails to be ${where}\n${textTable([['mails', 'next', 'number', 'tried before', 'most tries'], ...mails], 2)}`;
  const addresses = set_aside.map(
    ({ address, since, hard_bounces }) =>
      `  ${address}: ${hard_bounces} came back in a row; since ${stateMoment(since, zone)}\n`,
  );
  if (addresses.length === 0) return queue;
  return `${queue}\nNothing is sent to these addresses any more, for what went there came back. Letters to them wait.
${addresses.join('')}Correct the address in legislators.overrides.yaml, or, once it takes mail again: npm run mail -- readmit ADDRESS\n`;
}

function knownAs({ campaign_slug }: CampaignQueue, known: readonly Known[]): Known | undefined {
  return known.find(({ slug, former_slugs }) => [slug, ...former_slugs].includes(campaign_slug));
}

function zoneOf(campaign: Known | undefined): string {
  return campaign ? stateFacts(campaign.state).time_zone : 'UTC';
}
