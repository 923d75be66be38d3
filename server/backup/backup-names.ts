import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OperationalError } from '../errors.ts';

const NAME = /^statehouse-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.tar\.gz$/;
/** The name of what is not whole yet, with the number of the process that writes it. */
const PART = /^(.+?)(?:\.(\d+))?\.part$/;
/** Nothing takes longer than this: what is older was broken off, whoever has its process's number by now. */
const BROKEN_OFF_MS = 86_400_000;

/** The folder of the back-ups that are given no other place. */
export function backupsFolder(data_dir: string): string {
  return join(data_dir, 'backups');
}

/** A back-up's name by the moment of its making, in UTC: the order of the names is that of the moments. */
export function backupName(made_at: Date): string {
  return `statehouse-${made_at.toISOString().slice(0, 19).replaceAll(':', '-')}Z.tar.gz`;
}

/** The file that this process writes an archive to before it gets its name: `<file>.<process>.part`. */
export function partOf(file: string): string {
  return `${file}.${process.pid}.part`;
}

/**
 * Deletes what was broken off, by a loss of power say, while a file was made, or another back-up in its folder: where its
 * process is gone, or a day has passed before `now`. What can't be deleted stays: it is in no one's way.
 */
export async function deleteBrokenOff(file: string, now: Date): Promise<void> {
  const folder = dirname(file);
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const [, whole, pid] = PART.exec(name) ?? [];
    if (whole === undefined || !(NAME.test(whole) || whole === basename(file))) continue;
    const place = join(folder, name);
    const written_at = await stat(place).then(
      ({ mtimeMs }) => mtimeMs,
      () => Number.POSITIVE_INFINITY,
    );
    const is_dead = pid !== undefined && !isRunning(Number(pid));
    if (is_dead || now.getTime() - written_at > BROKEN_OFF_MS)
      await rm(place, { force: true }).catch(() => undefined);
  }
}

/** Whether another process of this number runs. */
function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's may not be asked.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Deletes the older back-ups of a file's folder: `keep` are left, the file, which was just made, with the newest of the
 * others. Files of any other name stay. Gives back the names of those that went. OperationalError `backup_failed` where one
 * can't be deleted.
 */
export async function deleteOldBackups(made: string, keep: number): Promise<string[]> {
  const folder = dirname(made);
  try {
    const names = (await readdir(folder)).toSorted();
    const others = names.filter((name) => NAME.test(name) && name !== basename(made));
    const old = others.slice(0, Math.max(0, others.length - (keep - 1)));
    for (const name of old) await rm(join(folder, name));
    return old;
  } catch (cause) {
    throw new OperationalError(
      'backup_failed',
      `The back-up is made, but an older one can't be deleted: ${(cause as Error).message}`,
      { cause },
    );
  }
}
