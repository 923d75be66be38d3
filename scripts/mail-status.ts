// npm run mail -- status: what waits, what went, and what did not.

import type { Campaign } from '../server/campaigns/campaign.ts';
import { readCampaigns } from '../server/campaigns/read-campaigns.ts';
import { type QueueRow, queueOf } from '../server/mail/letter-queue.ts';
import { countLetters, nextLetters, type WaitingMails, waitingMails } from '../server/mail/queue-queries.ts';
import { sendsToNoSamples } from '../server/mail/sends-nothing.ts';
import { readSetAside, type SetAside } from '../server/mail/set-aside-queries.ts';
import {
  checkDataDir,
  missingForLinks,
  missingForMail,
  readEnvironment,
  readSettings,
  type Settings,
} from '../server/settings.ts';
import { atOneMoment } from '../server/store/one-moment.ts';
import { openReadOnly } from '../server/store/open-store.ts';
import type { ReadOnlyStore } from '../server/store/store.ts';
import { oneOf, readArguments, UsageError } from './command-line.ts';
import { statusInWords } from './mail-status-words.ts';
import { rosterAtHand } from './roster-at-hand.ts';

/** How the status is asked for. */
export const STATUS_HELP = `npm run mail -- status [--format table|json]
  The e-mails that this site sends for supporters: by campaign, how many wait (to be confirmed, for you, for their turn), how
  many went, came back or failed, and why; the mails that are to be handed to the mail server; and the addresses that nothing
  is sent to any more.
  Use 'npm run --silent mail -- status --format json' to get the data alone. No person is named in it.
`;

/** The letters of one campaign that are real or sample, live or of a preview. */
export interface CampaignQueue {
  campaign_slug: string;
  mode: 'live' | 'preview';
  is_sample: boolean;
  letters: QueueRow[];
  /** ISO moment before which the next letter does not go; '' where none waits its turn. */
  next_at: string;
}

/** What the command tells. */
export interface MailStatus {
  schema_version: 1;
  /** ISO moment in UTC. */
  as_of: string;
  mail_mode: 'live' | 'preview';
  campaigns: CampaignQueue[];
  /** Of all campaigns in this mode. */
  total: QueueRow[];
  waiting_mails: WaitingMails[];
  set_aside: SetAside[];
}

/** Prints where the e-mails of supporters are. */
export async function printStatus(args: string[]): Promise<void> {
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: { format: { type: 'string', default: 'table' } },
  });
  const format = oneOf(['table', 'json'] as const, values.format, '--format');
  if (positionals.length > 0) throw new UsageError('status takes no name: it tells of every campaign.');
  const settings = readSettings(readEnvironment());
  checkDataDir(settings.data_dir);
  const store = await openReadOnly(settings.database_url);
  try {
    const now = new Date();
    const mail_mode = settings.sends_mail ? 'live' : 'preview';
    const { campaigns } = await readCampaigns(settings.campaigns_dir);
    const status = await readStatus(store, { mail_mode, now });
    process.stdout.write(
      format === 'json' ? `${JSON.stringify(status, null, 2)}\n` : statusInWords(status, campaigns),
    );
    for (const warning of settings.sends_mail ? await samplesInWords(settings, campaigns, now) : [])
      process.stderr.write(`${warning}\n`);
    for (const missing of [...missingForMail(settings), ...missingForLinks(settings)])
      process.stderr.write(`${missing}\n`);
  } finally {
    await store.close();
  }
}

/** Where they are, all of it at one moment. */
export async function readStatus(
  { read }: Pick<ReadOnlyStore, 'read'>,
  { mail_mode, now }: { mail_mode: 'live' | 'preview'; now: Date },
): Promise<MailStatus> {
  return atOneMoment(read, async (trx) => {
    const counted = await countLetters(trx);
    const next = await nextLetters(trx);
    const keyOf = (one: { campaign_slug: string; mode: string; is_sample: boolean }) =>
      `${one.campaign_slug} ${one.mode} ${one.is_sample}`;
    const campaigns = [...Map.groupBy(counted, keyOf)].map(([key, rows]): CampaignQueue => {
      const { campaign_slug, mode, is_sample } = rows[0]!;
      const next_at = next.find((one) => keyOf(one) === key)?.next_at ?? '';
      return { campaign_slug, mode, is_sample, letters: queueOf(rows), next_at };
    });
    return {
      schema_version: 1,
      as_of: now.toISOString(),
      mail_mode,
      campaigns,
      total: queueOf(counted.filter(({ mode }) => mode === mail_mode)),
      waiting_mails: await waitingMails(trx),
      set_aside: await readSetAside(trx),
    };
  });
}

/** Which campaigns ask in vain to have e-mails sent: nothing goes to made-up legislators. */
async function samplesInWords(
  settings: Settings,
  campaigns: readonly Campaign[],
  now: Date,
): Promise<string[]> {
  const told: string[] = [];
  for (const { slug, state } of campaigns.filter(({ status, email }) => status === 'live' && email.send)) {
    const roster = await rosterAtHand(settings, state, { allow_sample: true, now });
    if (roster?.is_sample) told.push(`${slug}: ${sendsToNoSamples(state)}`);
  }
  return told;
}
