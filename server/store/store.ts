import type { Kysely, Transaction } from 'kysely';
import type { TablesPlace } from './migrate.ts';
import type { SharedCounts } from './shared-counts.ts';
import type { Tables } from './tables.ts';

/** An open database. Fails with OperationalError: `store_unavailable` where it can't be reached, `store_busy` where writers collide too often. */
export interface Store {
  /** For reading alone: never waits for a writer. */
  read: Kysely<Tables>;
  /**
   * Runs `fn` in one transaction: all of it is on disk when this resolves, or none of it. Where another process writes the
   * same rows, `fn` may run again. With `exclusive` nobody else writes meanwhile, and it may take as long as it needs.
   */
  transaction: <T>(
    fn: (trx: Transaction<Tables>) => Promise<T>,
    options?: { exclusive?: boolean },
  ) => Promise<T>;
  /** What several processes count together; undefined where there is one alone (SQLite). */
  shared?: SharedCounts;
  /** Rejects where the database can't be written to. */
  ping: () => Promise<void>;
  close: () => Promise<void>;
}

/** A database that is open for reading alone. */
export interface ReadOnlyStore {
  read: Kysely<Tables>;
  close: () => Promise<void>;
}

/** A database that is open for copying it whole: a transaction may take as long as it needs. */
export interface CopyingStore extends ReadOnlyStore {
  findPlace: () => Promise<TablesPlace>;
}
