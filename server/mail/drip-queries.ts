import type { Transaction } from 'kysely';
import type { Tables } from '../store/tables.ts';
import type { Reader } from './letter-queries.ts';

type Trx = Transaction<Tables>;

/** Lets one letter through a drip, which then is shut until `next_at`; false where it is shut already. */
export async function passDrip(trx: Trx, key: string, now: string, next_at: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('drips')
    .set({ next_at })
    .where('key', '=', key)
    .where('next_at', '<=', now)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** How many letters wait for each target and each domain, and from when on the next may go, by the keys of drips. */
export async function queueAt(
  reader: Reader,
  keys: readonly string[],
): Promise<Map<string, { waiting: number; next_at: string }>> {
  if (keys.length === 0) return new Map();
  const [drips, targets, domains] = await Promise.all([
    reader.selectFrom('drips').where('key', 'in', keys).selectAll().execute(),
    ...(['target_key', 'domain_key'] as const).map((column) =>
      reader
        .selectFrom('outbox')
        .where(column, 'in', keys)
        .groupBy(column)
        .select((eb) => [`${column} as key`, eb.fn.countAll().as('waiting')])
        .execute(),
    ),
  ]);
  const waiting = new Map([...targets!, ...domains!].map((row) => [row.key, Number(row.waiting)]));
  const next = new Map(drips.map(({ key, next_at }) => [key, next_at]));
  return new Map(keys.map((key) => [key, { waiting: waiting.get(key) ?? 0, next_at: next.get(key) ?? '' }]));
}

/** Brings back what a clock that jumped has put off by more than `longest`: an ISO moment, as `claims_until` for what is in a hand. */
export async function bringBack(
  trx: Trx,
  { longest, claims_until, now }: { longest: string; claims_until: string; now: string },
): Promise<void> {
  await trx.updateTable('drips').set({ next_at: '' }).where('next_at', '>', longest).execute();
  await trx.updateTable('outbox').set({ due_at: now }).where('due_at', '>', longest).execute();
  await trx
    .updateTable('outbox')
    .set({ claim: '', claimed_until: '' })
    .where('claimed_until', '>', claims_until)
    .execute();
}
