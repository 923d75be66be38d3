import { sql, type Transaction } from 'kysely';
import type { Tables } from '../store/tables.ts';
import { TIME_LIMITS } from './letter-states.ts';

type Trx = Transaction<Tables>;

const DAY_MS = 86_400_000;
/** Letters that an address sends back for good, each within this time of the one before, until it is set aside. */
export const BOUNCES_TO_SET_ASIDE = 3;
const BOUNCES_WITHIN_MS = 14 * DAY_MS;

/** Counts one letter of an address on a day; gives back how many there are with it. */
export async function countSender(trx: Trx, sender: string, now: Date): Promise<number> {
  // Days are told apart by the hash: this only says when the row can go.
  const expires_at = new Date(now.getTime() + 2 * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);
  const { letters } = await trx
    .insertInto('sender_counts')
    .values({ sender, expires_at, letters: 1 })
    .onConflict((conflict) =>
      conflict.column('sender').doUpdateSet({ letters: sql<number>`sender_counts.letters + 1` }),
    )
    .returning('letters')
    .executeTakeFirstOrThrow();
  return Number(letters);
}

/** Whether the owner of an address has said that they want no mail from here. */
export async function refusesMail(
  trx: Pick<Trx, 'selectFrom'>,
  senders: readonly string[],
  now: Date,
): Promise<boolean> {
  const row = await trx
    .selectFrom('refusing_addresses')
    .where('sender', 'in', senders)
    .where('expires_at', '>', now.toISOString())
    .select('sender')
    .executeTakeFirst();
  return row !== undefined;
}

/** Notes that the owner of an address wants no mail from here, for as long as anything is kept. */
export async function noteRefusal(trx: Trx, sender: string, now: Date): Promise<void> {
  const expires_at = new Date(now.getTime() + TIME_LIMITS.keep_ms).toISOString();
  await trx
    .insertInto('refusing_addresses')
    .values({ sender, expires_at })
    .onConflict((conflict) => conflict.column('sender').doUpdateSet({ expires_at }))
    .execute();
}

/** Of these addresses of targets, those to which nothing is sent. */
export async function setAside(
  reader: Pick<Trx, 'selectFrom'>,
  addresses: readonly string[],
): Promise<Set<string>> {
  if (addresses.length === 0) return new Set();
  const rows = await reader
    .selectFrom('target_addresses')
    .where('address', 'in', addresses.map(lower))
    .where('set_aside_at', '<>', '')
    .select('address')
    .execute();
  return new Set(rows.map(({ address }) => address));
}

/** Notes that an address of a target sent a letter back for good; true where it is set aside by that. */
export async function noteHardBounce(trx: Trx, address: string, now: Date): Promise<boolean> {
  const moment = now.toISOString();
  const since = new Date(now.getTime() - BOUNCES_WITHIN_MS).toISOString();
  const row = await trx
    .insertInto('target_addresses')
    .values({ address: lower(address), hard_bounces: 1, last_bounce_at: moment, set_aside_at: '' })
    .onConflict((conflict) =>
      conflict.column('address').doUpdateSet({
        hard_bounces: sql<number>`case when target_addresses.last_bounce_at < ${since} then 1 else target_addresses.hard_bounces + 1 end`,
        last_bounce_at: moment,
      }),
    )
    .returning(['hard_bounces', 'set_aside_at'])
    .executeTakeFirstOrThrow();
  if (Number(row.hard_bounces) < BOUNCES_TO_SET_ASIDE || row.set_aside_at !== '') return false;
  await trx
    .updateTable('target_addresses')
    .set({ set_aside_at: moment })
    .where('address', '=', lower(address))
    .execute();
  return true;
}

function lower(address: string): string {
  return address.toLowerCase();
}
