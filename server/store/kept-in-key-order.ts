import { type CreateTableBuilder, type Kysely, SqliteAdapter, sql } from 'kysely';

/**
 * Keeps a table's rows in the order of their key, not of their arrival, where the database can: SQLite's WITHOUT ROWID.
 * PostgreSQL has no such table; a row there tells by its xmin which transaction brought it.
 */
export function keptInKeyOrder(db: Kysely<unknown>) {
  return <Table extends string, Column extends string>(table: CreateTableBuilder<Table, Column>) =>
    db.getExecutor().adapter instanceof SqliteAdapter ? table.modifyEnd(sql`without rowid`) : table;
}
