import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OperationalError } from '../errors.ts';

const NAME = /^statehouse-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.tar\.gz$/;
/** What was broken off, by a loss of power say: nothing takes longer than this. */
const BROKEN_OFF_MS = 86_400_000;

/** The folder of the back-ups that are given no other place. */
export function backupsFolder(data_dir: string): string {
  return join(data_dir, 'backups');
}

/** A back-up's name by the moment of its making, in UTC: the order of the names is that of the moments. */
export function backupName(made_at: Date): string {
  return `statehouse-${made_at.toISOString().slice(0, 19).replaceAll(':', '-')}Z.tar.gz`;
}

/**
 * Deletes all back-ups of a folder but the `keep` newest, and what was broken off more than a day before `now`. Files of any
 * other name stay. Gives back the names of those that went. OperationalError `backup_failed` where one can't be deleted.
 */
export async function deleteOldBackups(folder: string, keep: number, now: Date): Promise<string[]> {
  try {
    const names = (await readdir(folder)).toSorted();
    const backups = names.filter((name) => NAME.test(name));
    const old = backups.slice(0, Math.max(0, backups.length - keep));
    for (const name of old) await rm(join(folder, name));
    for (const name of names.filter(
      (one) => NAME.test(one.replace(/\.part$/, '')) && one.endsWith('.part'),
    )) {
      const { mtimeMs } = await stat(join(folder, name));
      if (now.getTime() - mtimeMs > BROKEN_OFF_MS) await rm(join(folder, name));
    }
    return old;
  } catch (cause) {
    const why = (cause as Error).message;
    throw new OperationalError(
      'backup_failed',
      `The back-up is made, but an older one can't be deleted: ${why}`,
      {
        cause,
      },
    );
  }
}
