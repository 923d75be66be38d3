import type { Kysely } from 'kysely';
import type { TablesPlace } from './migrate.ts';
import { FORMER_TABLE_NAMES, TABLE_NAMES, type Tables } from './tables.ts';

/** A column of a table, and what it holds. */
export interface Column {
  name: string;
  holds: 'text' | 'number';
}

/** The columns of those of our tables that are there, by table, in the order of TABLE_NAMES. */
export async function readColumns(
  db: Kysely<Tables>,
  { schema }: TablesPlace,
): Promise<Map<keyof Tables, Column[]>> {
  const tables = await db.introspection.getTables();
  const ours = [...TABLE_NAMES, ...(FORMER_TABLE_NAMES as (keyof Tables)[])].flatMap((name) => {
    const found = tables.find((table) => table.name === name && table.schema === schema);
    if (!found) return [];
    const columns = found.columns.map((column): Column => {
      // int4 and int8 on PostgreSQL, integer and bigint on SQLite, however it spells them.
      return { name: column.name, holds: /int/i.test(column.dataType) ? 'number' : 'text' };
    });
    return [[name, columns] as const];
  });
  return new Map(ours);
}
