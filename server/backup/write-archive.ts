import { createWriteStream, existsSync } from 'node:fs';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { OperationalError } from '../errors.ts';
import { withSnapshot } from '../store/snapshot.ts';
import {
  ABOUT,
  type About,
  CAMPAIGNS,
  CONTENTS,
  type Contents,
  entryOf,
  FORMAT_VERSION,
  ROWS_AN_ENTRY,
  rowsName,
  SECRET_KEY,
} from './archive-format.ts';
import { partOf } from './backup-names.ts';
import type { CampaignFile } from './campaign-files.ts';

/** What an archive is made of. */
export interface ArchiveSources {
  database_url: string;
  campaign_files: CampaignFile[];
  /** The made key, where it is wanted. */
  secret_key: string | undefined;
  /** When it is begun. */
  made_at: Date;
  /** The version of this program. */
  made_by: string;
}

/**
 * Writes an archive of the database as it is at one moment, while others go on writing to it, and of the campaigns. It is its
 * owner's alone, and has its name once it is whole and on disk. Gives back how many rows of each table it holds. Fails with
 * OperationalError: `backup_exists` where there is a file of that name, `backup_failed` where it can't be written, and what
 * reading the database fails with.
 */
export async function writeArchive(file: string, sources: ArchiveSources): Promise<Contents['rows']> {
  const exists = new OperationalError(
    'backup_exists',
    `There is a file ${file} already: it is left as it is.`,
  );
  if (existsSync(file)) throw exists;
  const aside = partOf(file);
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const rows = await writeEntries(aside, sources);
    await giveName(aside, file, exists);
    return rows;
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException;
    if (error instanceof OperationalError || syscall === undefined) throw error;
    const why =
      code === 'EEXIST'
        ? `${aside} is there: another back-up is being made, or was broken off. Delete it if none is.`
        : message;
    throw new OperationalError('backup_failed', `The back-up can't be written: ${why}`, { cause: error });
  }
}

async function writeEntries(aside: string, sources: ArchiveSources): Promise<Contents['rows']> {
  const tar = pack();
  const contents: Contents = { entries: [], rows: {} };
  let failure: unknown;
  const fail = (error: unknown) => {
    failure ??= error;
    tar.destroy();
  };
  // It tells of a failure once more, after the pipeline has heard of it.
  tar.on('error', fail);
  const written = pipeline(
    tar,
    createGzip(),
    createWriteStream(aside, { flags: 'wx', mode: 0o600, flush: true }),
  );
  const add = async (name: string, bytes: Buffer) => {
    if (failure !== undefined) throw failure;
    contents.entries.push(entryOf(name, bytes));
    await new Promise<void>((resolve, reject) => {
      const done = (error?: Error | null) => (error ? reject(error) : resolve());
      tar.entry({ name, mode: 0o600, mtime: sources.made_at }, bytes, done).on('error', done);
    });
  };
  // Whichever fails first is what went wrong: the other only says that it was broken off.
  written.catch(fail);
  await addEverything(add, contents, sources).then(() => tar.finalize(), fail);
  await written.catch(fail);
  if (failure === undefined) return contents.rows;
  if ((failure as NodeJS.ErrnoException).code !== 'EEXIST') await rm(aside, { force: true });
  throw failure;
}

async function addEverything(
  add: (name: string, bytes: Buffer) => Promise<void>,
  contents: Contents,
  { database_url, campaign_files, secret_key, made_at, made_by }: ArchiveSources,
): Promise<void> {
  await withSnapshot(database_url, async (snapshot) => {
    const about: About = {
      format: 'statehouse-backup',
      format_version: FORMAT_VERSION,
      made_at: made_at.toISOString(),
      made_by,
      migrations: snapshot.migrations,
      tables: Object.fromEntries(snapshot.tables),
    };
    await add(ABOUT, inJson(about));
    for (const table of snapshot.tables.keys()) {
      contents.rows[table] = 0;
      let part = 0;
      for await (const rows of snapshot.rows(table, ROWS_AN_ENTRY)) {
        part += 1;
        contents.rows[table] += rows.length;
        await add(rowsName(table, part), Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')));
      }
    }
  });
  for (const { path, bytes } of campaign_files) await add(`${CAMPAIGNS}${path}`, bytes);
  if (secret_key !== undefined) await add(SECRET_KEY, Buffer.from(`${secret_key}\n`));
  await add(CONTENTS, inJson({ ...contents, entries: [...contents.entries] }));
}

function inJson(value: About | Contents): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 1)}\n`);
}

/** Never over a file that has come meanwhile, where the disk knows links. */
async function giveName(aside: string, file: string, exists: OperationalError): Promise<void> {
  try {
    await link(aside, file);
    await rm(aside);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') {
      await rm(aside);
      throw exists;
    }
    await rename(aside, file);
  }
  // Windows opens no folders.
  if (process.platform === 'win32') return;
  const folder = await open(dirname(file));
  await folder.sync().finally(() => folder.close());
}
