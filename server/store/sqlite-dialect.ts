import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { type Statement, statementsIn } from './write-together.ts';

/** Runs statements of SQLite, here or in another thread. */
export interface SqliteRunner {
  /** One after the other; gives what the last one does. */
  execute: (statements: readonly Statement[]) => Promise<{ rows: unknown[]; changes: number }>;
  /** Gives the rows one after the other, however many there are; left out where nothing is read so. */
  iterate?: (sql: string, parameters: readonly unknown[]) => Iterable<unknown>;
  close: () => Promise<void>;
}

/** SQLite can change tables within a transaction: so two processes that open at once migrate one after the other. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Kysely over one connection of node:sqlite; whoever needs it waits for whoever has it. */
export function sqliteDialect(runner: SqliteRunner, begin: 'begin' | 'begin immediate'): Dialect {
  return {
    createAdapter: () => new TransactionalDdlAdapter(),
    createDriver: () => createDriver(runner, begin),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

function createDriver(runner: SqliteRunner, begin: string): Driver {
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const { rows, changes } = await runner.execute(statementsIn(query));
      return { rows: rows as R[], numAffectedRows: BigInt(changes) };
    },
    async *streamQuery<R>({ sql, parameters }: CompiledQuery, rows_at_once = 1000) {
      if (!runner.iterate) throw new Error('the writer does not stream');
      let rows: R[] = [];
      for (const row of runner.iterate(sql, parameters)) {
        if (rows.push(row as R) < rows_at_once) continue;
        yield { rows };
        rows = [];
      }
      if (rows.length > 0) yield { rows };
    },
  };
  const run = (sql: string) => connection.executeQuery(CompiledQuery.raw(sql)).then(() => undefined);
  const waiting: (() => void)[] = [];
  let isTaken = false;
  return {
    init: async () => undefined,
    acquireConnection: async () => {
      if (isTaken) await new Promise<void>((resolve) => waiting.push(resolve));
      isTaken = true;
      return connection;
    },
    releaseConnection: async () => {
      const next = waiting.shift();
      if (next) next();
      else isTaken = false;
    },
    beginTransaction: () => run(begin),
    commitTransaction: () => run('commit'),
    // SQLite itself has rolled back where the disk is full or fails: that error is the one to tell.
    rollbackTransaction: () =>
      run('rollback').catch((error: Error) => {
        if (!/no transaction is active/.test(error.message)) throw error;
      }),
    destroy: () => runner.close(),
  };
}
