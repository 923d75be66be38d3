import type { CompiledQuery, DatabaseConnection, QueryResult, TransactionSettings } from 'kysely';
import type { DatabaseError, Pool, PoolClient } from 'pg';
import { checkParameters } from './parameters.ts';
import { isSevered, postgresError } from './postgres-errors.ts';
import { asOneStatement, statementsIn } from './write-together.ts';

/** What the transactions of a pool may do, and how long. */
export interface TransactionKind {
  access: 'read only' | 'read write';
  /** What each transaction runs first: its locks and limits, in SQL. They end with it. */
  first: string;
}

/** A connection out of a pool, for one transaction or one statement. */
export interface PostgresConnection extends DatabaseConnection {
  begin: (settings: TransactionSettings) => Promise<void>;
  commit: () => Promise<void>;
  /** Never rejects: the error that led here is the one to tell. */
  rollback: () => Promise<void>;
  /** Gives the connection back to the pool, or ends it where it may be broken. */
  release: () => void;
}

const IN_FAILED_TRANSACTION = '25P02';
/** Connections that have lain in a pool: they may have been lost there unseen. */
const used = new WeakSet<PoolClient>();

/**
 * Takes a connection out of `pool`. Every statement runs in a transaction, and whatever is set is set for that alone: a
 * pooler such as PgBouncer, which hands out connections by the transaction, may stand between.
 */
export async function takeConnection(
  pool: Pool,
  where: string,
  kind: TransactionKind,
): Promise<PostgresConnection> {
  let client: PoolClient | undefined;
  let state: 'whole' | 'lost' | 'silent' = 'whole';
  let isBegun = false;
  let firstError: unknown;
  // Lost while nothing runs on it: without a listener that would end the process.
  const onError = () => {
    state = 'lost';
  };
  const take = async () => {
    client = await pool.connect().catch((error: unknown) => {
      throw postgresError(where, error);
    });
    client.on('error', onError);
    state = 'whole';
  };
  const release = () => {
    client?.off('error', onError);
    client?.release(state !== 'whole' || isBegun);
    client = undefined;
  };
  const query = async (text: string, parameters: readonly unknown[] = []) => {
    try {
      return await client!.query(text, [...parameters]);
    } catch (error) {
      // Once a statement has failed, every later one only says so: the first is what went wrong.
      if ((error as DatabaseError).code === IN_FAILED_TRANSACTION) throw firstError;
      firstError = postgresError(where, error);
      if (isSevered(error)) state = (error as Error).message === 'Query read timeout' ? 'silent' : 'lost';
      throw firstError;
    }
  };
  const begin = async ({ isolationLevel = 'read committed' }: TransactionSettings) => {
    const wasUsed = used.has(client!);
    used.add(client!);
    isBegun = true;
    try {
      await query(`begin isolation level ${isolationLevel} ${kind.access}; ${kind.first}`);
    } catch (error) {
      if (!wasUsed || state !== 'lost') throw error;
      // The server went away and came back while it lay in the pool. Nothing is done yet: a new one will do.
      release();
      await take();
      await begin({ isolationLevel });
    }
  };
  const commit = async () => {
    const { command } = await query('commit');
    isBegun = false;
    if (command !== 'COMMIT')
      throw new Error('a statement of this transaction had failed: nothing is written');
  };
  const rollback = async () => {
    if (!isBegun || state !== 'whole') return;
    // Where it fails the connection is ended, and the server rolls back by itself.
    isBegun = await query('rollback').then(
      () => false,
      () => true,
    );
  };
  const run = async <R>(compiled: CompiledQuery): Promise<QueryResult<R>> => {
    const { sql, parameters } = asOneStatement(statementsIn(compiled));
    checkParameters(parameters);
    const { rows, rowCount } = await query(sql, parameters);
    return { rows, numAffectedRows: BigInt(rowCount ?? 0) };
  };

  await take();
  return {
    begin,
    commit,
    rollback,
    release,
    executeQuery: async <R>(compiled: CompiledQuery) => {
      if (isBegun) return run<R>(compiled);
      await begin({});
      try {
        const result = await run<R>(compiled);
        await commit();
        return result;
      } catch (error) {
        await rollback();
        throw error;
      }
    },
    async *streamQuery<R>({ sql, parameters }: CompiledQuery, rows_at_once = 1000) {
      if (!isBegun) throw new Error('rows are streamed in a transaction alone');
      checkParameters(parameters);
      await query(`declare streamed no scroll cursor for ${sql}`, parameters);
      for (;;) {
        const { rows } = await query(`fetch ${rows_at_once} from streamed`);
        if (rows.length === 0) break;
        yield { rows: rows as R[] };
      }
      await query('close streamed');
    },
  };
}
