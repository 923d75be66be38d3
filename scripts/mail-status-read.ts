// Where supporters' e-mails are, as the command reads it.
import { type QueueRow, queueOf } from '../server/mail/letter-queue.ts';
import { countLetters, nextLetters, type WaitingMails, waitingMails } from '../server/mail/queue-queries.ts';
import { readSetAside, type SetAside } from '../server/mail/set-aside-queries.ts';
import { atOneMoment } from '../server/store/one-moment.ts';
import type { ReadOnlyStore } from '../server/store/store.ts';

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
