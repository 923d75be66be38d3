import type { Kysely } from 'kysely';
import { OperationalError } from '../errors.ts';
import { readMigrations } from './migrate.ts';
import { openCopying } from './open-store.ts';
import { type Column, readColumns } from './table-columns.ts';
import type { Tables } from './tables.ts';

/** One row of any table, by column. */
export type Row = Record<string, string | number>;

/** A database as it was at one moment. */
export interface Snapshot {
  /** The changes to the tables that were made, in the order of their names. */
  migrations: string[];
  /** The names of each table's columns. */
  tables: Map<keyof Tables, string[]>;
  /**
   * A table's rows, some at a time, sorted by what they hold: never in the order of their arrival, which would lead from a
   * spent id to the row of its action.
   */
  rows: (table: keyof Tables, rows_at_once: number) => AsyncIterable<Row[]>;
}

/** Columns that have an index, to sort by first: ten million rows are then sorted an hour's at a time. */
const INDEXED: { [Table in keyof Tables]?: (keyof Tables[Table])[] } = {
  actions: ['campaign_slug', 'action_date'],
};

/**
 * Runs `fn` on what a database holds at one moment, whoever writes to it meanwhile: all that was committed before, nothing
 * that came later. Fails with OperationalError `store_missing` where it holds no tables, `store_newer` where a newer version
 * has changed them, `store_unavailable`.
 */
export async function withSnapshot<T>(
  database_url: string,
  fn: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  const { read, findPlace, close } = await openCopying(database_url);
  try {
    const place = await findPlace();
    // SQLite's transactions are so by themselves.
    return await read
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (trx) => {
        const { made } = await readMigrations(trx, place);
        if (made.length === 0)
          throw new OperationalError('store_missing', `${place.where} holds no tables yet.`);
        const columns = await readColumns(trx, place);
        return await fn({
          migrations: made.toSorted(),
          tables: new Map([...columns].map(([table, list]) => [table, list.map(({ name }) => name)])),
          rows: (table, rows_at_once) => streamRows(trx, table, columns.get(table) ?? [], rows_at_once),
        });
      });
  } finally {
    await close();
  }
}

async function* streamRows(
  trx: Kysely<Tables>,
  table: keyof Tables,
  columns: Column[],
  rows_at_once: number,
): AsyncIterable<Row[]> {
  const numbers = columns.filter(({ holds }) => holds === 'number').map(({ name }) => name);
  const first: string[] = INDEXED[table] ?? [];
  const order = [...first, ...columns.map(({ name }) => name).filter((name) => !first.includes(name))];
  let query = (trx as unknown as Kysely<Record<string, Row>>)
    .selectFrom(table as string)
    .select(columns.map(({ name }) => name));
  for (const column of order) query = query.orderBy(column);
  let part: Row[] = [];
  for await (const row of query.stream(rows_at_once)) {
    // PostgreSQL gives its large numbers as text.
    for (const name of numbers) row[name] = Number(row[name]);
    if (part.push({ ...row }) < rows_at_once) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}
