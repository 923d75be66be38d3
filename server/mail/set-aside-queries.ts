import type { Transaction } from 'kysely';
import type { Tables } from '../store/tables.ts';

/** A target's address that nothing is sent to any more, since what went there came back. */
export interface SetAside {
  address: string;
  /** ISO moment. */
  since: string;
  hard_bounces: number;
}

/** The addresses that were set aside, by address. */
export async function readSetAside(reader: Pick<Transaction<Tables>, 'selectFrom'>): Promise<SetAside[]> {
  const rows = await reader
    .selectFrom('target_addresses')
    .where('set_aside_at', '!=', '')
    .orderBy('address')
    .select(['address', 'set_aside_at as since', 'hard_bounces'])
    .execute();
  return rows.map((row) => ({ ...row, hard_bounces: Number(row.hard_bounces) }));
}

/** Takes back an address of a target that was set aside, and forgets what came back from it; false where it was not. */
export async function readmitAddress(trx: Transaction<Tables>, address: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('target_addresses')
    .where('address', '=', address.trim().toLowerCase())
    .where('set_aside_at', '<>', '')
    .executeTakeFirst();
  return numDeletedRows === 1n;
}
