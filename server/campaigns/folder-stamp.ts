import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A campaign's files lie in its folder and in one for each language. */
const DEPTH = 2;

/**
 * Changes whenever a file of a campaign's folder does, comes, goes or is renamed; '' where there is no such folder. What
 * editors and systems hide is passed over.
 */
export async function folderStamp(folder: string, depth = DEPTH): Promise<string> {
  const names = await readdir(folder).catch(() => undefined);
  if (!names) return '';
  const shown = names.filter((name) => !name.startsWith('.')).toSorted();
  const stamps = await Promise.all(
    shown.map(async (name) => {
      const path = join(folder, name);
      const found = await stat(path, { bigint: true }).catch(() => undefined);
      if (!found) return `${name} -`;
      if (found.isDirectory()) return depth > 1 ? `${name}/\n${await folderStamp(path, depth - 1)}` : name;
      // The time of change too: a file can be put back with its old time of writing, or be copied with it.
      return `${name} ${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}`;
    }),
  );
  return `.\n${stamps.join('\n')}`;
}
