import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OperationalError } from '../errors.ts';
import { TIME_LIMITS } from './letter-states.ts';

/** A mail's name, with which its file's begins: its time in UTC to the millisecond, and a random id. No path can be said with it. */
const NAME = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})-[\w-]{1,64}$/;
const ENDING = '.eml';
/** Of a mail that is not yet whole. */
const UNFINISHED = '.part';

/**
 * Puts a mail into DATA_DIR/outbox in the place of sending it, and gives back where; readable by its owner alone, and there
 * once it is whole. Rejects with OperationalError `outbox_unwritable`.
 */
export async function putIntoOutbox(
  mail: Buffer,
  { data_dir, now, id }: { data_dir: string; now: Date; id: string },
): Promise<string> {
  const folder = folderIn(data_dir);
  const file = join(folder, `${now.toISOString().slice(0, 23).replaceAll(/[:.]/g, '-')}-${id}${ENDING}`);
  const aside = `${file}${UNFINISHED}`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(aside, mail, { mode: 0o600, flag: 'wx', flush: true });
    await rename(aside, file);
  } catch (cause) {
    throw faultOf('outbox_unwritable', `${folder} can't be written to`, cause);
  }
  return file;
}

/** The names of the mails in DATA_DIR/outbox, newest first; rejects with OperationalError `outbox_unreadable`. */
export async function outboxNames(data_dir: string): Promise<string[]> {
  const names = (await filesIn(folderIn(data_dir)))
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length));
  return names.filter((name) => NAME.test(name)).toSorted((one, other) => (one < other ? 1 : -1));
}

/** One of these mails; undefined where there is none of that name. Rejects with OperationalError `outbox_unreadable`. */
export async function readOutboxMail(data_dir: string, name: string): Promise<Buffer | undefined> {
  if (!NAME.test(name)) return undefined;
  const folder = folderIn(data_dir);
  try {
    return await readFile(join(folder, `${name}${ENDING}`));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw faultOf('outbox_unreadable', `A mail in ${folder} can't be read`, cause);
  }
}

/**
 * Deletes the mails that have lain in DATA_DIR/outbox longer than anything of a person is kept, 28 days, and what was broken
 * off then; gives back how many. Rejects with OperationalError `outbox_unreadable` or `outbox_unwritable`.
 */
export async function sweepOutboxFolder({ data_dir, now }: { data_dir: string; now: Date }): Promise<number> {
  const folder = folderIn(data_dir);
  const before = now.getTime() - TIME_LIMITS.keep_ms;
  const old = (await filesIn(folder)).filter((file) => {
    const name = file.replace(/\.eml(\.part)?$/, '');
    return name !== file && writtenAt(name) < before;
  });
  try {
    for (const file of old) await rm(join(folder, file), { force: true });
  } catch (cause) {
    throw faultOf('outbox_unwritable', `Old mails in ${folder} can't be deleted`, cause);
  }
  return old.length;
}

const folderIn = (data_dir: string) => join(data_dir, 'outbox');

/** By its name, in milliseconds since 1970; NaN, which is before nothing, for a file that is not ours. */
function writtenAt(name: string): number {
  const [, day, hour, minute, second, ms] = NAME.exec(name) ?? [];
  return Date.parse(`${day}T${hour}:${minute}:${second}.${ms}Z`);
}

/** None where nothing was ever put there. */
async function filesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw faultOf('outbox_unreadable', `${folder} can't be read`, cause);
  }
}

function faultOf(code: string, what: string, cause: unknown): OperationalError {
  return new OperationalError(code, `${what} (${(cause as Error).message}).`, { cause });
}
