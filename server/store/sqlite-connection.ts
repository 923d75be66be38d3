import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { checkParameters } from './parameters.ts';

/** Milliseconds to wait for another process that writes. */
const BUSY_TIMEOUT_MS = 5000;

/** Makes a fresh connection durable: nothing that was acknowledged is lost, and what is deleted is overwritten. */
export function prepareDatabase(database: DatabaseSync): void {
  database.exec(`
    PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS};
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA foreign_keys = ON;
  `);
}

/** Runs one statement. Parameters are bound by position; one that SQLite would silently make NULL is refused. */
export function executeQuery(
  database: DatabaseSync,
  sql: string,
  parameters: readonly unknown[],
): { rows: unknown[]; changes: number } {
  checkParameters(parameters);
  const statement = database.prepare(sql);
  const values = parameters as SQLInputValue[];
  if (statement.columns().length > 0) return { rows: statement.all(...values), changes: 0 };
  return { rows: [], changes: Number(statement.run(...values).changes) };
}

/** Gives one row after the other, without holding more of them than one. */
export function iterateQuery(
  database: DatabaseSync,
  sql: string,
  parameters: readonly unknown[],
): Iterable<unknown> {
  checkParameters(parameters);
  return database.prepare(sql).iterate(...(parameters as SQLInputValue[]));
}
