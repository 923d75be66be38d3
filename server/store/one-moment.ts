import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** Runs `fn` on what the database holds at one moment, whoever writes to it meanwhile. */
export function atOneMoment<T>(
  read: Kysely<Tables>,
  fn: (trx: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  // Elsewhere than on SQLite each statement would see what was written since the one before.
  return read.transaction().setIsolationLevel('repeatable read').execute(fn);
}
