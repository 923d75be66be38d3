import {
  type DatabaseConnection,
  type Dialect,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import type { Pool } from 'pg';
import { type PostgresConnection, type TransactionKind, takeConnection } from './postgres-connection.ts';

/** Whoever migrates has begun a transaction that locks out all others: the migrator's own lock would outlast it. */
class LockedAdapter extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}

/** Kysely over a pool of pg whose transactions are all of one kind. `where` names the database in messages. */
export function postgresDialect(pool: Pool, where: string, kind: TransactionKind): Dialect {
  // Kysely hands back the connections that it was given.
  const ours = (connection: DatabaseConnection) => connection as PostgresConnection;
  return {
    createAdapter: () => new LockedAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createDriver: () => ({
      init: async () => undefined,
      acquireConnection: () => takeConnection(pool, where, kind),
      releaseConnection: async (connection) => ours(connection).release(),
      beginTransaction: (connection, settings) => ours(connection).begin(settings),
      commitTransaction: (connection) => ours(connection).commit(),
      rollbackTransaction: (connection) => ours(connection).rollback(),
      // The pool ends by itself: Kysely would leave one open that nothing was asked of yet.
      destroy: async () => undefined,
    }),
  };
}
