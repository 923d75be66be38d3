import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OperationalError } from '../errors.ts';

/**
 * Puts a mail into DATA_DIR/outbox in the place of sending it, and gives back where; readable by its owner alone. Rejects with
 * OperationalError `outbox_unwritable`.
 */
export async function putIntoOutbox(
  mail: Buffer,
  { data_dir, now, id }: { data_dir: string; now: Date; id: string },
): Promise<string> {
  const folder = join(data_dir, 'outbox');
  const file = join(folder, `${now.toISOString().replaceAll(':', '-').slice(0, 19)}-${id}.eml`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(file, mail, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    const why = (cause as Error).message;
    throw new OperationalError('outbox_unwritable', `${folder} can't be written to (${why}).`, { cause });
  }
  return file;
}
