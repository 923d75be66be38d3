import { PostgresAdapter, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * Whether rows can be taken with `for update skip locked`, so that of several who look for work at once each gets other rows
 * (PostgreSQL). SQLite has one writer at a time, and needs no such thing.
 */
export function canSkipLocked(trx: Transaction<Tables>): boolean {
  return trx.getExecutor().adapter instanceof PostgresAdapter;
}
