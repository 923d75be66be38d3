import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql, type Transaction } from 'kysely';
import { Migrator } from 'kysely/migration';
import { OperationalError } from '../errors.ts';
import { MIGRATIONS } from './migrations.ts';
import { executeQuery } from './sqlite-connection.ts';
import { type SqliteRunner, sqliteDialect } from './sqlite-dialect.ts';
import { statementError, unreadable } from './sqlite-errors.ts';
import { openWriter } from './sqlite-writer.ts';
import type { Tables } from './tables.ts';

/** An open database. Fails with OperationalError `store_unavailable` where the database can't be reached. */
export interface Store {
  /** For reading alone: never waits for a writer. */
  read: Kysely<Tables>;
  /** Runs `fn` in one transaction: all of it is on disk when this resolves, or none of it. */
  transaction: <T>(fn: (trx: Transaction<Tables>) => Promise<T>) => Promise<T>;
  /** Rejects where the writing connection does not answer. */
  ping: () => Promise<void>;
  close: () => Promise<void>;
}

/** Opens `sqlite:FILE`, made with its folder where it is missing, its tables brought up to date. */
export async function openStore(database_url: string): Promise<Store> {
  const file = fileOf(database_url);
  createFile(file);
  const writing = new Kysely<Tables>({ dialect: sqliteDialect(openWriter(file), 'begin immediate') });
  const { error } = await new Migrator({
    db: writing,
    provider: { getMigrations: async () => MIGRATIONS },
  }).migrateToLatest();
  if (error) {
    await writing.destroy();
    throw error instanceof OperationalError ? error : unreadable(file, error);
  }
  const read = openReading(file);
  return {
    read,
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

/** Opens a database for reading alone, beside a running server or without one; `store_missing` where there is none yet. */
export function openReadOnly(database_url: string): { read: Kysely<Tables>; close: () => Promise<void> } {
  const file = fileOf(database_url);
  if (!existsSync(file)) {
    throw new OperationalError(
      'store_missing',
      `There is no database at ${file} yet: it is made when the app first starts.`,
    );
  }
  const read = openReading(file);
  return { read, close: () => read.destroy() };
}

function fileOf(database_url: string): string {
  if (!database_url.startsWith('sqlite:')) {
    throw new OperationalError('store_unsupported', 'DATABASE_URL begins with sqlite: and names a file.');
  }
  return resolve(database_url.slice('sqlite:'.length));
}

/** The file is its owner's alone, and so are the two beside it, which SQLite makes alike. */
function createFile(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
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
  const runner: SqliteRunner = {
    execute: async (text, parameters) => {
      try {
        return executeQuery(database, text, parameters);
      } catch (error) {
        const { message, errcode } = error as Error & { errcode?: number };
        throw errcode === undefined ? error : statementError(file, message, errcode);
      }
    },
    close: async () => database.close(),
  };
  return new Kysely<Tables>({ dialect: sqliteDialect(runner, 'begin') });
}
