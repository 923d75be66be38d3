import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { OperationalError } from '../errors.ts';
import { LARGEST_PERSON_FILE, type PersonFile } from './people-yaml.ts';

/** Whether a file of the people repository is written in YAML. */
export const isYaml = (name: string): boolean => /\.ya?ml$/.test(name);

/** A person's file is some kilobytes, and all states' some 25 MB; this keeps a strange archive from filling the memory. */
const MOST_BYTES = 200_000_000;
/** All that is in the archive, unpacked: a small one may hold zeros without end. */
const MOST_UNPACKED = 1_000_000_000;

/** What of an archive of the people repository was wanted. */
export interface PeopleArchive {
  /** The legislature's person files of each state that was asked for, by postal code; empty where there are none. */
  files: Map<string, PersonFile[]>;
  /** ISO date of its newest file of any state: an archive that a git host packs dates all by its last commit. */
  newest: string | undefined;
}

/**
 * Reads a gzipped tarball of the people repository to its end, with or without a folder around `data`, and keeps only the
 * states asked for. Throws OperationalError `people_unreadable` where it is cut short or damaged; `path` names it there.
 */
export async function readPeopleArchive(
  packed: Readable,
  { states, path }: { states: string[]; path: string },
): Promise<PeopleArchive> {
  const files = new Map(states.map((state): [string, PersonFile[]] => [state, []]));
  let newest = '';
  let bytes = 0;
  const tar = extract();
  const reading = pipeline(packed, createGunzip(), refuseTooMuch, tar);
  // Its failure also ends the loop below with the same error; this keeps it from being reported twice.
  reading.catch(() => tar.destroy());
  try {
    for await (const entry of tar) {
      const { name, size, mtime: modified } = entry.header;
      if (modified && modified.toISOString() > newest) newest = modified.toISOString();
      const state = /^(?:\.\/)?(?:[^/]+\/)?data\/([a-z]+)\/legislature\/[^/]+$/.exec(name)?.[1];
      const kept = isYaml(name) && files.get(state ?? '');
      if (!kept) {
        entry.resume();
        continue;
      }
      bytes += size ?? 0;
      if (bytes > MOST_BYTES) throw new Error('its person files are too large together');
      if (size > LARGEST_PERSON_FILE) throw new Error(`${name} is too large for a person’s file`);
      const text = (await buffer(entry)).toString('utf8');
      kept.push({ name: basename(name), text, ...(modified ? { modified } : {}) });
    }
    await reading;
  } catch (cause) {
    const what = `is cut short or not a gzipped tar archive (${(cause as Error).message})`;
    throw new OperationalError('people_unreadable', `${path} ${what}. Get it anew.`, { cause });
  }
  return { files, newest: newest.slice(0, 10) || undefined };
}

async function* refuseTooMuch(unpacked: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of unpacked) {
    bytes += chunk.length;
    if (bytes > MOST_UNPACKED) throw new Error('what is in it is too large');
    yield chunk;
  }
}
