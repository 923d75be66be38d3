import { type Kysely, SqliteAdapter, sql } from 'kysely';
import { DEFAULT_MIGRATION_LOCK_TABLE, DEFAULT_MIGRATION_TABLE } from 'kysely/migration';
import { migrate, type TablesPlace } from './migrate.ts';
import type { Row } from './snapshot.ts';
import { readColumns } from './table-columns.ts';
import { FORMER_TABLE_NAMES, PASSING_TABLE_NAMES, TABLE_NAMES, type Tables } from './tables.ts';

/** The tables of another database, on their way into this one. */
export interface TablesCopy {
  /** The changes that were made to them, each known here. */
  migrations: readonly string[];
  /** The names of each table's columns. */
  tables: Readonly<Record<string, readonly string[]>>;
  rows: AsyncIterable<{ table: string; rows: Row[] }>;
}

/**
 * Puts these tables in the place of those that are there, within the transaction `trx`, and brings them up to date. Gives back
 * what does not fit, in words, where the tables are not those that their changes make: then the transaction is to be given up.
 */
export async function replaceTables(
  trx: Kysely<Tables>,
  { migrations, tables, rows }: TablesCopy,
): Promise<string | undefined> {
  const place = await placeOf(trx);
  const inPlace = place.schema === undefined ? trx : trx.withSchema(place.schema);
  const ours = [...TABLE_NAMES, ...FORMER_TABLE_NAMES, ...PASSING_TABLE_NAMES];
  for (const name of [...ours, DEFAULT_MIGRATION_TABLE, DEFAULT_MIGRATION_LOCK_TABLE])
    await inPlace.schema.dropTable(name).ifExists().execute();
  await migrate(trx, place, migrations.toSorted().at(-1));
  const made = await readColumns(trx, place);
  for (const [table, columns] of Object.entries(tables)) {
    const names = made.get(table as keyof Tables)?.map(({ name }) => name);
    if (names?.toSorted().join() !== columns.toSorted().join())
      return `its table ${table} is not as its version of the app made it`;
  }
  for await (const part of rows) await insertRows(trx, part.table, tables[part.table] ?? [], part.rows);
  await migrate(trx, place);
  return undefined;
}

async function placeOf(trx: Kysely<Tables>): Promise<TablesPlace> {
  const where = 'The database';
  if (isSqlite(trx)) return { where };
  const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(trx);
  return { where, schema: rows[0]!.schema };
}

function isSqlite(trx: Kysely<Tables>): boolean {
  return trx.getExecutor().adapter instanceof SqliteAdapter;
}

/** All rows go as one parameter, in JSON: a parameter a value takes a statement longer to build than to run. */
async function insertRows(
  trx: Kysely<Tables>,
  table: string,
  columns: readonly string[],
  rows: Row[],
): Promise<void> {
  const into = sql`insert into ${sql.table(table)} (${sql.join(columns.map((name) => sql.ref(name)))})`;
  const values = JSON.stringify(rows);
  const insert = isSqlite(trx)
    ? sql`${into} select ${sql.join(columns.map((name) => sql`value ->> ${sql.lit(name)}`))} from json_each(${values})`
    : sql`${into} select ${sql.join(columns.map((name) => sql.ref(name)))} from json_populate_recordset(null::${sql.table(table)}, ${values})`;
  await insert.execute(trx);
}

/** How many rows a table holds. */
export async function countRows(trx: Kysely<Tables>, table: keyof Tables): Promise<number> {
  const { rows } = await sql<{
    count: string | number;
  }>`select count(*) as count from ${sql.table(table)}`.execute(trx);
  return Number(rows[0]!.count);
}
