import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OperationalError } from '../server/errors.ts';
import { keepPostgres } from '../tests/support/keep-postgres.ts';
import { createDatabase, dropDatabase, runSql } from '../tests/support/postgres-databases.ts';

/** Bytes that an action takes on the disk while the database is filled, as measured. */
const BYTES = { sqlite: 260, postgres: 700 };

/** What Linux calls a file system that is memory (TMPFS_MAGIC in linux/magic.h). */
const IN_MEMORY = 0x01021994;

/** Empty databases for a benchmark, which go away with it. */
export interface BenchDatabases {
  kind: 'SQLite' | 'PostgreSQL';
  create: (name: string) => Promise<string>;
  drop: () => Promise<void>;
}

/**
 * Makes ready to fill databases with so many actions in all: files in a temporary folder; or databases of their own in the
 * PostgreSQL at `server_url`, or in one that is started for this, where that is 'embedded'. Says how much room they take.
 * OperationalError
 * `disk_full` where the temporary folder has less, `not_durable` where it is no disk.
 */
export async function openBenchDatabases(
  server_url: string | undefined,
  actions: number,
  say: (line: string) => void,
): Promise<BenchDatabases> {
  const is_sqlite = server_url === undefined;
  const bytes = actions * (is_sqlite ? BYTES.sqlite : BYTES.postgres);
  const where = is_sqlite || server_url === 'embedded' ? tmpdir() : 'the database server';
  say(
    `This takes up to ${Math.ceil(bytes / 1_000_000)} MB in ${where} while it runs; all of it goes away at the end.`,
  );
  if (where === tmpdir()) {
    const { bavail, bsize, type } = statfsSync(where);
    if (type === IN_MEMORY)
      throw new OperationalError(
        'not_durable',
        `${where} is memory: nothing is kept there. Name a folder on a disk: TMPDIR=/var/tmp npm run bench`,
      );
    if (bavail * bsize < bytes)
      throw new OperationalError(
        'disk_full',
        `${where} has too little room. Take fewer actions: --most 1000000.`,
      );
  }
  return is_sqlite ? inFiles() : inPostgres(server_url);
}

function inFiles(): BenchDatabases {
  const folder = mkdtempSync(join(tmpdir(), 'statehouse-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // Gigabytes stay behind otherwise where someone ends it early.
  process.once('exit', remove);
  return {
    kind: 'SQLite',
    create: async (name) => `sqlite:${join(folder, `${name}.db`)}`,
    drop: async () => remove(),
  };
}

async function inPostgres(given: string): Promise<BenchDatabases> {
  const kept = given === 'embedded' ? await keepPostgres({ isDurable: true }) : undefined;
  const server_url = kept?.url ?? given;
  await checkDurable(server_url);
  const made: string[] = [];
  return {
    kind: 'PostgreSQL',
    create: async (name) => {
      const database_url = await createDatabase({
        name: `statehouse bench ${name} ${process.pid}`,
        server_url,
      });
      made.push(database_url);
      return database_url;
    },
    drop: async () => {
      for (const database_url of made) await dropDatabase(database_url);
      await kept?.remove();
    },
  };
}

/** A database that forgets what it promised is quick: it is no match for one that does not. */
async function checkDurable(server_url: string): Promise<void> {
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    const [row] = await runSql<Record<string, string>>(server_url, `show ${setting}`);
    if (row?.[setting] === 'on') continue;
    const message = `This PostgreSQL has ${setting}=${row?.[setting]}: set it on, since it does not keep what it commits.`;
    throw new OperationalError('not_durable', message);
  }
}
