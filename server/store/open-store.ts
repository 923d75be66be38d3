import { OperationalError } from '../errors.ts';
import { openPostgres, openPostgresCopying, openPostgresReadOnly } from './open-postgres.ts';
import { isSqliteOpen, openSqlite, openSqliteCopying, openSqliteReadOnly } from './open-sqlite.ts';
import type { CopyingStore, ReadOnlyStore, Store } from './store.ts';

/** What opening gives, for the rooms that work with it. */
export type { Store } from './store.ts';

/**
 * Opens the database that DATABASE_URL names, its tables brought up to date: `sqlite:FILE`, made where it is missing, or
 * `postgres://…`. Fails with OperationalError `store_unavailable`, or `store_newer` where a newer version has changed it.
 */
export async function openStore(database_url: string): Promise<Store> {
  return kindOf(database_url) === 'sqlite' ? openSqlite(database_url) : openPostgres(database_url);
}

/** Opens a database for reading alone, beside a running server or without one; `store_missing` where there is none yet. */
export async function openReadOnly(database_url: string): Promise<ReadOnlyStore> {
  return kindOf(database_url) === 'sqlite'
    ? openSqliteReadOnly(database_url)
    : openPostgresReadOnly(database_url);
}

/** Opens a database for copying it whole, beside a running server or without one. */
export function openCopying(database_url: string): CopyingStore {
  return kindOf(database_url) === 'sqlite'
    ? openSqliteCopying(database_url)
    : openPostgresCopying(database_url);
}

/** Whether another program is known to have the database open: always false of PostgreSQL, where that can't be told. */
export function isKnownOpen(database_url: string): boolean {
  return kindOf(database_url) === 'sqlite' && isSqliteOpen(database_url);
}

/** Which of the two databases DATABASE_URL names; OperationalError `store_unsupported` where it is neither. */
export function kindOf(database_url: string): 'sqlite' | 'postgres' {
  if (database_url.startsWith('sqlite:')) return 'sqlite';
  if (/^postgres(ql)?:\/\//.test(database_url)) return 'postgres';
  throw new OperationalError('store_unsupported', 'DATABASE_URL begins with sqlite: or with postgres://');
}
