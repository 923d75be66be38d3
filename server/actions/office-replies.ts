import { type KnownBills, NOTHING_KNOWN } from '../bills/known-bills.ts';
import type { Position } from '../bills/position.ts';
import { calendarDay } from '../calendar.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import { newestSession } from '../campaigns/located-bills.ts';
import { type KnownPosition, positionsOf } from '../campaigns/positions.ts';
import type { Store } from '../store/open-store.ts';
import type { ActionContext } from './action.ts';
import { OFFICE_REPLIES, type OfficeReply, type ReplyOutcome } from './office-reply.ts';
import { type CountedReply, type ReplyForm, readReplies, writeReply } from './office-reply-queries.ts';
import { type ProposedPosition, proposedPosition } from './proposed-position.ts';
import type { TallyScope } from './tally-queries.ts';
import { slugsOf } from './totals.ts';

/** What a supporter says that an office said. */
export interface ReplyEntry extends ReplyForm {
  /** Of the call, as it was signed. */
  context: ActionContext;
  reply: OfficeReply;
  /** IANA zone of the state, whose days are counted. */
  time_zone: string;
}

/** Counts what an office said; resolves once it is on disk. OperationalError where it could not be written, as of the store. */
export function noteReply(
  store: Pick<Store, 'transaction'>,
  { context, reply, nonce, expires_at, time_zone }: ReplyEntry,
  now: Date,
): Promise<ReplyOutcome> {
  const { campaign_slug, legislator_id, partner, is_sample } = context;
  const day = calendarDay(now, time_zone);
  const heard = { campaign_slug, legislator_id, partner, is_sample, day, reply };
  return store.transaction((trx) => writeReply(trx, heard, { nonce, expires_at }));
}

/** What the office of one legislator said: for organizers alone. */
export interface LegislatorReplies {
  legislator_id: string;
  /** How many calls heard each answer, since the campaign began. */
  replies: Record<OfficeReply, number>;
  /** The state's first and last day on which something was heard. */
  first_day: string;
  last_day: string;
  /** What the campaign takes this legislator to have done or said already, the most telling first. */
  positions: KnownPosition[];
  /** A position for campaign.yaml, where the answers amount to one that is not there yet. */
  proposed: ProposedPosition | undefined;
}

/** Whose replies are read, and when. */
export interface RepliesRequest extends TallyScope {
  /** The state's day, an ISO date. */
  today: string;
  /** What OpenStates tells of the campaign's bills; left out, only what campaign.yaml says is told beside the replies. */
  known?: KnownBills | undefined;
}

/**
 * What offices said of a campaign's bill, by legislator, those of whom most was heard first. `trx` reads the database, at one
 * moment where the numbers are to agree with others.
 */
export async function officeReplies(
  trx: Parameters<typeof readReplies>[0],
  campaign: Campaign,
  { today, known = NOTHING_KNOWN, ...scope }: RepliesRequest,
): Promise<LegislatorReplies[]> {
  const all = await readReplies(trx, slugsOf(campaign), scope);
  const session = newestSession(campaign);
  return [...Map.groupBy(all, ({ legislator_id }) => legislator_id)]
    .map(([legislator_id, replies]) => {
      const positions = positionsOf(campaign, known, legislator_id, today);
      const proposed = proposedPosition(replies, { session, today });
      return {
        legislator_id,
        replies: countsOf(replies),
        first_day: replies[0]!.day,
        last_day: replies.at(-1)!.day,
        positions,
        proposed: proposed && positions.some((one) => saysSame(one, proposed)) ? undefined : proposed,
      };
    })
    .toSorted(
      (one, other) => totalOf(other) - totalOf(one) || (one.legislator_id < other.legislator_id ? -1 : 1),
    );
}

function saysSame(one: Pick<Position, 'position' | 'session'>, other: ProposedPosition): boolean {
  return one.position === other.position && one.session === other.session;
}

function countsOf(replies: readonly CountedReply[]): Record<OfficeReply, number> {
  const counts = Object.fromEntries(OFFICE_REPLIES.map((reply) => [reply, 0])) as Record<OfficeReply, number>;
  for (const { reply, replies: count } of replies) counts[reply] += count;
  return counts;
}

function totalOf({ replies }: LegislatorReplies): number {
  return Object.values(replies).reduce((sum, count) => sum + count, 0);
}
