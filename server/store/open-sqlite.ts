import { chmodSync, closeSync, existsSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { OperationalError } from '../errors.ts';
import { makeFolder } from '../make-folder.ts';
import { migrate, readMigrations, requireTables, type TablesPlace } from './migrate.ts';
import { executeQueries, iterateQuery } from './sqlite-connection.ts';
import { type SqliteRunner, sqliteDialect } from './sqlite-dialect.ts';
import { statementError, unreadable } from './sqlite-errors.ts';
import { openWriter } from './sqlite-writer.ts';
import type { CopyingStore, ReadOnlyStore, Store } from './store.ts';
import type { Tables } from './tables.ts';

/** Another connection has the file: https://sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;

/** Opens `sqlite:FILE`, made with its folder where it is missing, its tables brought up to date. */
export async function openSqlite(database_url: string): Promise<Store> {
  const file = fileOf(database_url);
  const place = placeOf(file);
  createFile(file);
  const writing = new Kysely<Tables>({ dialect: sqliteDialect(openWriter(file), 'begin immediate') });
  try {
    const { pending } = await readMigrations(writing, place);
    if (pending.length > 0) await migrate(writing, place);
  } catch (error) {
    await writing.destroy();
    throw error instanceof OperationalError ? error : unreadable(file, error);
  }
  const read = openReading(file);
  return {
    read,
    // Whoever writes here is alone with the database as it is.
    transaction: (fn) => writing.transaction().execute(fn),
    ping: async () => {
      await sql`select 1`.execute(writing);
    },
    close: async () => {
      // The last to close it puts what was written into the file itself: that is for the writer to do.
      await read.destroy();
      await writing.destroy();
    },
  };
}

/** Opens such a file for reading alone; `store_missing` where there is none yet. */
export async function openSqliteReadOnly(database_url: string): Promise<ReadOnlyStore> {
  const file = fileOf(database_url);
  if (!existsSync(file)) {
    throw new OperationalError(
      'store_missing',
      `There is no database at ${file} yet: it is made when the app first starts.`,
    );
  }
  const read = openReading(file);
  await requireTables(read, placeOf(file)).catch(async (error) => {
    await read.destroy();
    throw error;
  });
  return { read, close: () => read.destroy() };
}

/** Opens such a file for copying it, whatever version its tables are of; `store_missing` where there is none. */
export function openSqliteCopying(database_url: string): CopyingStore {
  const file = fileOf(database_url);
  if (!existsSync(file)) throw new OperationalError('store_missing', `There is no database at ${file}.`);
  const read = openReading(file);
  return { read, findPlace: async () => placeOf(file), close: () => read.destroy() };
}

/** Whether any program has such a file open, this one included: whoever reads or writes it holds a lock on it meanwhile. */
export function isSqliteOpen(database_url: string): boolean {
  const file = fileOf(database_url);
  if (!existsSync(file)) return false;
  const probe = new DatabaseSync(file, { timeout: 0 });
  try {
    probe.exec('pragma locking_mode = exclusive; begin exclusive; rollback');
    return false;
  } catch (error) {
    const { message, errcode } = error as Error & { errcode?: number };
    if (errcode !== SQLITE_BUSY) throw statementError(file, message, errcode);
    return true;
  } finally {
    probe.close();
  }
}

function fileOf(database_url: string): string {
  return resolve(database_url.slice('sqlite:'.length));
}

function placeOf(file: string): TablesPlace {
  return { where: `The database ${file}` };
}

/** The file is its owner's alone, and so are the two beside it, which SQLite makes alike. */
function createFile(file: string): void {
  try {
    makeFolder(dirname(file));
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
  } catch (cause) {
    throw new OperationalError(
      'store_unavailable',
      `The database ${file} can't be made or opened. May this user write there?`,
      { cause },
    );
  }
}

function openReading(file: string): Kysely<Tables> {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  const told = (error: unknown) => {
    const { message, errcode } = error as Error & { errcode?: number };
    return errcode === undefined ? error : statementError(file, message, errcode);
  };
  const runner: SqliteRunner = {
    execute: async (statements) => {
      try {
        return executeQueries(database, statements);
      } catch (error) {
        throw told(error);
      }
    },
    iterate: function* (text, parameters) {
      try {
        yield* iterateQuery(database, text, parameters);
      } catch (error) {
        throw told(error);
      }
    },
    close: async () => database.close(),
  };
  return new Kysely<Tables>({ dialect: sqliteDialect(runner, 'begin') });
}
