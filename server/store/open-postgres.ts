import { Kysely, sql } from 'kysely';
import { Client, Pool } from 'pg';
import { OperationalError } from '../errors.ts';
import { migrate, readMigrations, requireTables, type TablesPlace } from './migrate.ts';
import type { TransactionKind } from './postgres-connection.ts';
import { postgresDialect } from './postgres-dialect.ts';
import { openSharedCounts } from './shared-counts.ts';
import type { CopyingStore, ReadOnlyStore, Store } from './store.ts';
import type { Tables } from './tables.ts';

/** How long a page waits for a database that does not answer, in milliseconds. */
export interface PostgresLimits {
  /** For a connection: a new one, or one that others have. */
  connect_ms: number;
  /** For a statement, before the server gives it up. */
  statement_ms: number;
  /** For the server to say anything at all; 0 for as long as it takes. */
  answer_ms: number;
}

const LIMITS: PostgresLimits = { connect_ms: 5000, statement_ms: 5000, answer_ms: 7000 };
/** Counts that are of no use later: nobody waits for them long. */
const PASSING: PostgresLimits = { connect_ms: 1000, statement_ms: 500, answer_ms: 1000 };
/** A transaction whose process has fallen silent is ended: it holds locks that others wait for. */
const SILENT_MS = 10_000;
/** One that only copies holds up nobody but the clearing away of old rows. */
const COPY_SILENT_MS = 600_000;
/** Times that a transaction is run where it collides with others. */
const ATTEMPTS = 5;

/** Writers share this advisory lock; whoever must write alone takes it whole. Any number will do that never changes. */
const WRITERS = 5_718_316_402;
/** 'Written' means on disk, also where an administrator has said that it need not be. */
const ON_DISK = `select set_config('synchronous_commit', 'on', true) where current_setting('synchronous_commit') = 'off'`;

/** Transactions of one kind, and the pool they run in. */
interface Pooled {
  db: Kysely<Tables>;
  /** Waits for what is under way; whatever comes later is refused. */
  end: () => Promise<void>;
}

/** Opens `postgres://…`, its tables brought up to date by one process, however many start at once. */
export async function openPostgres(database_url: string, limits = LIMITS): Promise<Store> {
  const { statement_ms } = limits;
  const read = openReading(database_url, limits);
  // For the log of actions, the purge and the ping: these wait for each other, pages for none of them.
  const writing = open(database_url, 3, limits, {
    access: 'read write',
    first: `${within(statement_ms)}; ${ON_DISK}; select pg_advisory_xact_lock_shared(${WRITERS})`,
  });
  const alone = open(
    database_url,
    1,
    { ...limits, answer_ms: 0 },
    {
      access: 'read write',
      first: `${within(0)}; ${ON_DISK}; select pg_advisory_xact_lock(${WRITERS})`,
    },
  );
  const passing = open(database_url, 2, PASSING, {
    access: 'read write',
    first: `${within(PASSING.statement_ms)}; set local synchronous_commit = off`,
  });
  const shared = openSharedCounts(passing.db);
  const close = async () => {
    shared.stop();
    await Promise.all([read.end(), writing.end(), alone.end(), passing.end()]);
  };
  try {
    const place = await findTables(read.db, database_url);
    if ((await readMigrations(read.db, place)).pending.length > 0)
      await alone.db.transaction().execute((trx) => migrate(trx, place));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    read: read.db,
    transaction: (fn, { exclusive = false } = {}) =>
      again(() => (exclusive ? alone : writing).db.transaction().execute(fn)),
    shared: shared.counts,
    ping: async () => {
      await sql`select 1`.execute(writing.db);
    },
    close,
  };
}

/** Opens such a database for reading alone; `store_missing` where its tables are not there yet. */
export async function openPostgresReadOnly(database_url: string): Promise<ReadOnlyStore> {
  const read = openReading(database_url, LIMITS);
  try {
    await requireTables(read.db, await findTables(read.db, database_url));
  } catch (error) {
    await read.end();
    throw error;
  }
  return { read: read.db, close: read.end };
}

/** Opens such a database for copying it, whatever version its tables are of. */
export function openPostgresCopying(database_url: string): CopyingStore {
  const limits = { ...LIMITS, answer_ms: 0 };
  // What is read is packed and written to a disk in between: a slow one is not silence.
  const copying = open(database_url, 1, limits, { access: 'read only', first: within(0, COPY_SILENT_MS) });
  return { read: copying.db, findPlace: () => findTables(copying.db, database_url), close: copying.end };
}

function openReading(database_url: string, limits: PostgresLimits): Pooled {
  return open(database_url, 4, limits, { access: 'read only', first: within(limits.statement_ms) });
}

function within(statement_ms: number, silent_ms = SILENT_MS): string {
  return `set local statement_timeout = ${statement_ms}; set local idle_in_transaction_session_timeout = ${silent_ms}`;
}

function open(
  database_url: string,
  most_connections: number,
  { connect_ms, answer_ms }: PostgresLimits,
  kind: TransactionKind,
): Pooled {
  const where = describePlace(database_url);
  const pool = new Pool({
    connectionString: database_url,
    max: most_connections,
    connectionTimeoutMillis: connect_ms,
    // Not `statement_timeout`, which would be a setting of the session: PgBouncer refuses those.
    query_timeout: answer_ms,
    keepAlive: true,
    // A command that has said its last word ends at once.
    allowExitOnIdle: true,
    fallback_application_name: 'statehouse',
  });
  // A connection that breaks while it lies in the pool has left it when this is told: whoever comes next gets a new one.
  pool.on('error', () => undefined);
  return { db: new Kysely({ dialect: postgresDialect(pool, where, kind) }), end: () => pool.end() };
}

/** A database in the words of messages: never with the user or the password. OperationalError where the URL can't be used. */
function describePlace(database_url: string): string {
  try {
    // As pg itself reads it, with what PGHOST and its like add.
    const { host, port, database } = new Client({ connectionString: database_url });
    return `The database ${database} at ${host.startsWith('/') ? host : `${host}:${port}`}`;
  } catch (error) {
    throw new OperationalError(
      'store_unavailable',
      `DATABASE_URL can't be used: ${(error as Error).message}`,
    );
  }
}

/** Where this user's tables are or will be: in the first schema of the search path. */
async function findTables(read: Kysely<Tables>, database_url: string): Promise<TablesPlace> {
  const where = describePlace(database_url);
  const { rows } = await sql<{ schema: string | null }>`select current_schema() as schema`.execute(read);
  const schema = rows[0]?.schema;
  if (!schema)
    throw new OperationalError(
      'store_unavailable',
      `${where} has no schema on this user's search_path to keep tables in.`,
    );
  return { where, schema };
}

/** Runs a transaction anew where it and another could not both go on: PostgreSQL lets one of them go on alone. */
async function again<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      const hasCollided = error instanceof OperationalError && error.code === 'store_busy';
      if (!hasCollided || attempt === ATTEMPTS) throw error;
    }
  }
}
