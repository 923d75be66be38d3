import {
  type CompiledQuery,
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
  /** What begins a transaction goes with its first statement: one way to the other thread and back less for each. */
  let opening: Statement[] = [];
  const execute = (statements: readonly Statement[]) => {
    const all = [...opening, ...statements];
    opening = [];
    return runner.execute(all);
  };
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const { rows, changes } = await execute(statementsIn(query));
      return { rows: rows as R[], numAffectedRows: BigInt(changes) };
    },
    async *streamQuery<R>({ sql, parameters }: CompiledQuery, rows_at_once = 1000) {
      if (!runner.iterate) throw new Error('the writer does not stream');
      if (opening.length > 0) await execute([]);
      let rows: R[] = [];
      for (const row of runner.iterate(sql, parameters)) {
        if (rows.push(row as R) < rows_at_once) continue;
        yield { rows };
        rows = [];
      }
      if (rows.length > 0) yield { rows };
    },
  };
  const end = async (sql: 'commit' | 'rollback') => {
    // Nothing has begun.
    if (opening.length > 0) opening = [];
    else await execute([{ sql, parameters: [] }]);
  };
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
    beginTransaction: async () => {
      opening = [{ sql: begin, parameters: [] }];
    },
    commitTransaction: () => end('commit'),
    // SQLite itself has rolled back where the disk is full or fails: that error is the one to tell.
    rollbackTransaction: () =>
      end('rollback').catch((error: Error) => {
        if (!/no transaction is active/.test(error.message)) throw error;
      }),
    destroy: () => runner.close(),
  };
}
