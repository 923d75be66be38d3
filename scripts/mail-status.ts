// npm run mail -- status: what waits, what went, and what did not.
import { momentInWords } from '../server/calendar.ts';
import { type QueueRow, queueOf } from '../server/mail/letter-queue.ts';
import { countLetters, nextLetters, type WaitingMails, waitingMails } from '../server/mail/queue-queries.ts';
import { readSetAside, type SetAside } from '../server/mail/set-aside-queries.ts';
import {
  checkDataDir,
  missingForLinks,
  missingForMail,
  readEnvironment,
  readSettings,
} from '../server/settings.ts';
import { atOneMoment } from '../server/store/one-moment.ts';
import { openReadOnly } from '../server/store/open-store.ts';
import type { ReadOnlyStore } from '../server/store/store.ts';
import { oneOf, readArguments, UsageError } from './command-line.ts';
import { KIND_WORDS, REASON_WORDS, STATE_WORDS } from './letter-words.ts';
import { textTable } from './text-table.ts';

/** How the outbox is asked for. */
export const STATUS_HELP = `npm run mail -- status [--format table|json]
  The e-mails that this site sends for supporters: by campaign, how many wait (to be confirmed, for you, for their turn), how
  many went, came back or failed, and why; what the outbox holds; and the addresses that nothing is sent to any more.
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

/** Prints the status of the outbox. */
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
    const mail_mode = settings.sends_mail ? 'live' : 'preview';
    const status = await readStatus(store, { mail_mode, now: new Date() });
    process.stdout.write(format === 'json' ? `${JSON.stringify(status, null, 2)}\n` : statusInWords(status));
    for (const missing of [...missingForMail(settings), ...missingForLinks(settings)])
      process.stderr.write(`${missing}\n`);
  } finally {
    await store.close();
  }
}

/** The status of the outbox, all of it at one moment. */
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

/** The status for reading; moments are in UTC, for campaigns of many states may be in it. */
export function statusInWords(status: MailStatus): string {
  const { campaigns, total, waiting_mails, set_aside, mail_mode } = status;
  const head =
    mail_mode === 'live'
      ? 'MAIL_MODE is live: e-mails of supporters are sent.\n'
      : 'MAIL_MODE is preview: nothing leaves this machine.\n';
  if (campaigns.length === 0) return `${head}\nNo e-mail was handed in yet.\n${mailsInWords(status)}`;
  const parts = campaigns.map(({ campaign_slug, letters, next_at, ...one }) => {
    const kind = one.is_sample ? ' (samples)' : one.mode === 'preview' ? ' (preview: not sent)' : '';
    const next = next_at === '' ? '' : `The next goes ${whenIn(next_at, status.as_of)}.\n`;
    return `\n${campaign_slug}${kind}\n${lettersTable(letters)}${next}`;
  });
  const live = campaigns.filter(({ mode }) => mode === mail_mode);
  const all = live.length > 1 ? `\nAll campaigns\n${lettersTable(total)}` : '';
  const held = total.some(({ state }) => state === 'held')
    ? '\nTo see what is held for you: npm run mail -- held\n'
    : '';
  return head + parts.join('') + all + held + mailsInWords({ ...status, waiting_mails, set_aside });
}

function lettersTable(rows: QueueRow[]): string {
  const cells = rows.map(({ state, reason, letters, oldest_at }) => [
    STATE_WORDS[state],
    reason === '' ? '' : REASON_WORDS[reason],
    oldest_at === '' ? '' : momentOf(oldest_at),
    String(letters),
  ]);
  return textTable([['e-mails', 'why', 'oldest since', 'number'], ...cells], 3);
}

function mailsInWords({ waiting_mails, set_aside, as_of }: MailStatus): string {
  const mails = waiting_mails.map(({ kind, mails: number, tried, most_attempts, next_at }) => [
    KIND_WORDS[kind],
    whenIn(next_at, as_of),
    String(number),
    String(tried),
    String(most_attempts),
  ]);
  const outbox =
    mails.length === 0
      ? '\nNo mail waits in the outbox.\n'
      : `\nIn the outbox\n${textTable([['mails', 'next', 'number', 'tried before', 'most tries'], ...mails], 2)}`;
  const addresses = set_aside.map(
    ({ address, since, hard_bounces }) =>
      `  ${address}: ${hard_bounces} came back in a row; since ${momentOf(since)}\n`,
  );
  if (addresses.length === 0) return outbox;
  return `${outbox}\nNothing is sent to these addresses any more, for what went there came back. Letters to them wait.
${addresses.join('')}Correct the address in legislators.overrides.yaml, or, once it takes mail again: npm run mail -- readmit ADDRESS\n`;
}

/** 'now', or from when on. */
function whenIn(iso: string, as_of: string): string {
  return iso <= as_of ? 'now' : `not before ${momentOf(iso)}`;
}

function momentOf(iso: string): string {
  return momentInWords(new Date(iso), 'en', 'UTC');
}
