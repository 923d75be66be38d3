import { CompiledQuery, type Kysely, sql } from 'kysely';
import { OperationalError } from '../errors.ts';
import type { Tables } from './tables.ts';

/** How often what has expired is deleted, counts and keys of days before. */
const FORGET_EVERY_MS = 60_000;
/** For so long nobody waits for a database that has just not answered. */
const LEFT_ALONE_MS = 5000;

/**
 * Counts that the processes on one database share for a while, in tables that a crash of it may empty. Fails with
 * OperationalError within a second where the database does not answer, and at once for some seconds after.
 */
export interface SharedCounts {
  /** The table that rate-limiter-flexible keeps its counts in. */
  table: string;
  /** Runs one statement, as a client of pg does. */
  query: (statement: {
    text: string;
    values?: unknown[];
  }) => Promise<{ rows: Record<string, unknown>[]; rowCount: number }>;
  /** The random key of a day (2026-11-30), the same for every process: `newKey` makes it for the first that asks. */
  keyOf: (day: string, newKey: () => string) => Promise<string>;
}

/** Opens the counts; what has expired, and the keys of days before (UTC, by the database's clock), are forgotten until `stop`. */
export function openSharedCounts(
  db: Kysely<Tables>,
  forget_every_ms = FORGET_EVERY_MS,
): { counts: SharedCounts; stop: () => void } {
  let left_alone_until = 0;
  const run = async <Row>(statement: CompiledQuery<Row>) => {
    if (performance.now() < left_alone_until)
      throw new OperationalError('store_unavailable', 'The database has just not answered.');
    try {
      return await db.executeQuery(statement);
    } catch (error) {
      left_alone_until = performance.now() + LEFT_ALONE_MS;
      throw error;
    }
  };
  const forget = async () => {
    const expired = sql`delete from shared_counts where expire < extract(epoch from now()) * 1000`;
    await run(expired.compile(db));
    await run(sql`delete from shared_keys where day < (now() at time zone 'utc')::date::text`.compile(db));
  };
  const forgetting = setInterval(() => {
    // A database that is away tells itself where something is written that counts.
    forget().catch(() => undefined);
  }, forget_every_ms).unref();
  return {
    counts: {
      table: 'shared_counts',
      query: async ({ text, values = [] }) => {
        // Without the name by which it would be prepared: a pooler hands out another connection each time.
        const { rows, numAffectedRows } = await run(CompiledQuery.raw(text, values));
        return { rows: rows as Record<string, unknown>[], rowCount: Number(numAffectedRows ?? 0) };
      },
      keyOf: async (day, newKey) => {
        await run(
          sql`insert into shared_keys (day, key) values (${day}, ${newKey()}) on conflict do nothing`.compile(
            db,
          ),
        );
        const { rows } = await run(
          sql<{ key: string }>`select key from shared_keys where day = ${day}`.compile(db),
        );
        if (!rows[0]) throw new OperationalError('store_busy', 'The key of the day was forgotten meanwhile.');
        return rows[0].key;
      },
    },
    stop: () => clearInterval(forgetting),
  };
}
