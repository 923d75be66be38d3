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

/** Runs one statement of SQLite, here or in another thread. */
export interface SqliteRunner {
  execute: (sql: string, parameters: readonly unknown[]) => Promise<{ rows: unknown[]; changes: number }>;
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
    async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
      const { rows, changes } = await runner.execute(sql, parameters);
      return { rows: rows as R[], numAffectedRows: BigInt(changes) };
    },
    streamQuery() {
      throw new Error('SQLite does not stream');
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
