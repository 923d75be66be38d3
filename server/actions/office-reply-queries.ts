import { sql, type Transaction } from 'kysely';
import type { Tables } from '../store/tables.ts';
import { spentMark } from './action-queries.ts';
import type { HeardReply, OfficeReply, ReplyOutcome } from './office-reply.ts';
import type { TallyScope } from './tally-queries.ts';

/** How often one answer was heard of one legislator on one day. */
export interface CountedReply {
  legislator_id: string;
  /** The state's day: YYYY-MM-DD. */
  day: string;
  reply: OfficeReply;
  replies: number;
}

/** What of a call's form makes its reply count once. */
export interface ReplyForm {
  nonce: string;
  expires_at: string;
}

/**
 * Counts what an office said, once for each call: the first answer stands. Where no conversation was reported with that form,
 * nothing is counted. All within the transaction `trx`.
 */
export async function writeReply(
  trx: Transaction<Tables>,
  { is_sample, ...heard }: HeardReply,
  form: ReplyForm,
): Promise<ReplyOutcome> {
  const contact = spentMark(form, 'contact');
  const reported = await trx
    .selectFrom('spent_action_ids')
    .where('id', '=', contact.id)
    .where('mark', '=', contact.mark)
    .select('id')
    .executeTakeFirst();
  if (!reported) return 'no_contact';
  const fresh = await trx
    .insertInto('spent_action_ids')
    .values(spentMark(form, 'reply'))
    .onConflict((conflict) => conflict.columns(['id', 'mark']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!fresh) return 'noted_before';
  await trx
    .insertInto('office_replies')
    .values({ ...heard, is_sample: Number(is_sample), replies: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['campaign_slug', 'is_sample', 'partner', 'legislator_id', 'day', 'reply'])
        .doUpdateSet({ replies: sql<number>`${sql.ref('office_replies.replies')} + excluded.replies` }),
    )
    .execute();
  return 'noted';
}

/** What offices said, under every slug that a campaign has or had, by legislator, then day, then answer. */
export async function readReplies(
  trx: Pick<Transaction<Tables>, 'selectFrom'>,
  slugs: readonly string[],
  { is_sample, partner }: TallyScope,
): Promise<CountedReply[]> {
  const rows = await trx
    .selectFrom('office_replies')
    .where('campaign_slug', 'in', slugs)
    .where('is_sample', '=', Number(is_sample))
    .$if(partner !== undefined, (query) => query.where('partner', '=', partner!))
    .groupBy(['legislator_id', 'day', 'reply'])
    .orderBy('legislator_id')
    .orderBy('day')
    .orderBy('reply')
    .select((eb) => ['legislator_id', 'day', 'reply', eb.fn.sum('replies').as('replies')])
    .execute();
  return rows.map((row) => ({ ...row, reply: row.reply as OfficeReply, replies: Number(row.replies) }));
}
