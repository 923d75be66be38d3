import { OperationalError } from '../errors.ts';
import { isSqliteOpen, openSqlite, openSqliteCopying, openSqliteReadOnly } from './open-sqlite.ts';
import type { CopyingStore, ReadOnlyStore, Store } from './store.ts';

/** What opening gives, for the rooms that work with it. */
export type { Store } from './store.ts';

/** Its driver is loaded where it is used: most sites have none. */
const postgres = () => import('./open-postgres.ts');

/**
 * Opens the database that DATABASE_URL names, its tables brought up to date: `sqlite:FILE`, made where it is missing, or
 * `postgres://…`. Fails with OperationalError `store_unavailable`, or `store_newer` where a newer version has changed it.
 */
export async function openStore(database_url: string): Promise<Store> {
  if (kindOf(database_url) === 'sqlite') return openSqlite(database_url);
  const { openPostgres } = await postgres();
  return openPostgres(database_url);
}

/** Opens a database for reading alone, beside a running server or without one; `store_missing` where there is none yet. */
export async function openReadOnly(database_url: string): Promise<ReadOnlyStore> {
  if (kindOf(database_url) === 'sqlite') return openSqliteReadOnly(database_url);
  const { openPostgresReadOnly } = await postgres();
  return openPostgresReadOnly(database_url);
}

/** Opens a database for copying it whole, beside a running server or without one. */
export async function openCopying(database_url: string): Promise<CopyingStore> {
  if (kindOf(database_url) === 'sqlite') return openSqliteCopying(database_url);
  const { openPostgresCopying } = await postgres();
  return openPostgresCopying(database_url);
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
