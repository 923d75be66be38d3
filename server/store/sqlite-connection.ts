import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { LRUCache } from 'lru-cache';
import { checkParameters } from './parameters.ts';
import type { Statement } from './write-together.ts';

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

/** Statements are prepared once; of those that are seldom run, such as batches of odd sizes, the last ones stay. */
const MOST_PREPARED = 100;
const prepared = new WeakMap<DatabaseSync, LRUCache<string, StatementSync>>();

function prepare(database: DatabaseSync, sql: string): StatementSync {
  const known = prepared.get(database) ?? new LRUCache({ max: MOST_PREPARED });
  prepared.set(database, known);
  const statement = known.get(sql) ?? database.prepare(sql);
  known.set(sql, statement);
  return statement;
}

/**
 * Runs statements one after the other and gives what the last one does. Parameters are bound by position; one that SQLite
 * would silently make NULL is refused.
 */
export function executeQueries(
  database: DatabaseSync,
  statements: readonly Statement[],
): { rows: unknown[]; changes: number } {
  let last: { rows: unknown[]; changes: number } = { rows: [], changes: 0 };
  for (const { sql, parameters } of statements) {
    checkParameters(parameters);
    const statement = prepare(database, sql);
    const values = parameters as SQLInputValue[];
    last =
      statement.columns().length > 0
        ? { rows: statement.all(...values), changes: 0 }
        : { rows: [], changes: Number(statement.run(...values).changes) };
  }
  return last;
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
