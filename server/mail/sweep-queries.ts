import type { Transaction } from 'kysely';
import type { Tables } from '../store/tables.ts';
import { type KeptLetter, letterOf, type Reader } from './letter-queries.ts';
import { isOver, LETTER_STATES, TIME_LIMITS } from './letter-states.ts';

/** Letters that one sweep ends of each kind: the rest comes with the next. */
const MOST_AT_ONCE = 200;
const OVER = LETTER_STATES.filter(isOver);

/** Letters that nobody confirmed in time. */
export async function unconfirmed(reader: Reader, now: Date): Promise<KeptLetter[]> {
  const before = new Date(now.getTime() - TIME_LIMITS.confirm_ms).toISOString();
  const rows = await reader
    .selectFrom('letters')
    .where('state', '=', 'confirming')
    .where('handed_in_at', '<', before)
    .limit(MOST_AT_ONCE)
    .selectAll()
    .execute();
  return rows.map(letterOf);
}

/** Confirmed letters that are no longer of use, by what was known when they were handed in: too late, too old, or of another mode. */
export async function outdated(reader: Reader, now: Date, mode: string): Promise<KeptLetter[]> {
  const moment = now.toISOString();
  const before = new Date(now.getTime() - TIME_LIMITS.wait_ms).toISOString();
  const rows = await reader
    .selectFrom('letters')
    .where('state', '=', 'confirmed')
    .where((eb) =>
      eb.or([
        eb.and([eb('deliver_by', '<>', ''), eb('deliver_by', '<=', moment)]),
        eb('handed_in_at', '<', before),
        eb('mode', '<>', mode),
      ]),
    )
    .limit(MOST_AT_ONCE)
    .selectAll()
    .execute();
  return rows.map(letterOf);
}

/** Letters that are said to be on their way, the oldest first; whether anybody has them in hand is to be seen. */
export async function onTheirWay(reader: Reader): Promise<string[]> {
  const rows = await reader
    .selectFrom('letters')
    .where('state', '=', 'sending')
    .orderBy('changed_at')
    .limit(MOST_AT_ONCE)
    .select('id')
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * Letters that are over and hold something of their writers still, though no mail to them waits any more, or it has waited
 * for too long; and whatever is older than anything may be kept.
 */
export async function unerased(reader: Reader, now: Date): Promise<string[]> {
  const given_up = new Date(now.getTime() - TIME_LIMITS.notice_ms).toISOString();
  const too_old = new Date(now.getTime() - TIME_LIMITS.keep_ms).toISOString();
  const rows = await reader
    .selectFrom('letters')
    .leftJoin('outbox', 'outbox.letter_id', 'letters.id')
    .where('sealed', '<>', '')
    .where('state', 'in', OVER)
    .where((eb) =>
      eb.or([
        eb('outbox.letter_id', 'is', null),
        eb('changed_at', '<', given_up),
        eb('handed_in_at', '<', too_old),
      ]),
    )
    .limit(MOST_AT_ONCE)
    .select('letters.id')
    .execute();
  return [...new Set(rows.map(({ id }) => id))];
}

/** Of these letters, those that hold something of their writers still. */
export async function stillSealed(reader: Reader, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await reader
    .selectFrom('letters')
    .where('id', 'in', ids)
    .where('sealed', '<>', '')
    .select('id')
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Forgets letters that have long been over, with their moves, and whatever else has had its time; gives back how many letters. */
export async function forgetOld(trx: Transaction<Tables>, now: Date): Promise<number> {
  const moment = now.toISOString();
  const before = new Date(now.getTime() - TIME_LIMITS.keep_ms).toISOString();
  await trx.deleteFrom('sender_counts').where('expires_at', '<', moment).execute();
  await trx.deleteFrom('refusing_addresses').where('expires_at', '<', moment).execute();
  const old = await trx
    .selectFrom('letters')
    .where('state', 'in', OVER)
    .where('sealed', '=', '')
    .where('changed_at', '<', before)
    .limit(MOST_AT_ONCE)
    .select('id')
    .execute();
  const ids = old.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await trx.deleteFrom('letter_moves').where('letter_id', 'in', ids).execute();
  await trx.deleteFrom('letters').where('id', 'in', ids).execute();
  return ids.length;
}
