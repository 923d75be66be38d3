import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { MultiPolygon, Polygon } from 'geojson';
import { OperationalError } from '../errors.ts';
import { parseJson } from './ask-once.ts';
import { boundariesText } from './boundaries-text.ts';
import {
  type BoundariesFile,
  type RosterFile,
  rosterFileSchema,
  type SourceFile,
  sourceFileSchema,
} from './roster-schema.ts';

/** The boundaries' file of districts with outlines. */
export function featuresOf(
  boundaries: { division_id: string; geometry: Polygon | MultiPolygon }[],
): BoundariesFile {
  return {
    type: 'FeatureCollection',
    features: boundaries.map(({ division_id, geometry }) => ({
      type: 'Feature',
      properties: { division_id },
      geometry,
    })),
  };
}

/** Where a state's roster lies under a folder of rosters. */
export function rosterFolder(data_dir: string, state: string): string {
  return join(data_dir, 'legislators', state);
}

/** A roster to be written, with its source. */
export type WrittenRoster = Omit<RosterFile, 'boundaries_file'> & SourceFile;

/**
 * Writes a roster, its source and its boundaries so that a reader sees the old ones or the new ones, never a mixture,
 * whenever the writing stops and whoever else writes. Three files can't be swapped at once, so the boundaries are named by
 * their content, the source by the content of the roster, and the roster names the boundaries: renaming roster.json is the
 * one step that counts. What was there before stays for a reader on his way. Throws OperationalError `roster_unwritable`.
 */
export async function writeRosterFiles(
  folder: string,
  roster: WrittenRoster,
  boundaries: BoundariesFile | undefined,
): Promise<void> {
  // What could not be read again must not take the place of what can.
  const content = rosterFileSchema.omit({ boundaries_file: true }).parse(roster);
  const source = sourceFileSchema.parse(roster);
  const { source: _source, as_of: _as_of, imported_at: _imported_at, ...rest } = content;
  try {
    await mkdir(folder, { recursive: true });
    await removeLeftovers(folder, source.imported_at);
    await swapIn(folder, { roster: rest, source, boundaries: boundaries && boundariesText(boundaries) });
  } catch (cause) {
    throw unwritable(folder, cause);
  }
}

function unwritable(folder: string, cause: unknown): OperationalError {
  const message = `The roster can’t be written to ${folder} (${(cause as Error).message}). Check that the disk has room and that DATA_DIR is a folder that may be written to.`;
  return new OperationalError('roster_unwritable', message, { cause });
}

/** Writes anew where the roster in a folder comes from, and leaves it as it is. Throws OperationalError `roster_unwritable`. */
export async function writeSource(folder: string, source: SourceFile): Promise<void> {
  try {
    const path = await sourceFileOf(folder, await readFile(join(folder, 'roster.json'), 'utf8'));
    const aside = await mkdtemp(join(folder, '.import-'));
    await writeDurably(join(aside, 'source.json'), `${JSON.stringify(source, null, 1)}\n`);
    await rename(join(aside, 'source.json'), path);
    await rm(aside, { recursive: true, force: true });
  } catch (cause) {
    throw unwritable(folder, cause);
  }
}

interface FilesToWrite {
  roster: object;
  source: SourceFile;
  boundaries: string | undefined;
}

async function swapIn(folder: string, { roster, source, boundaries }: FilesToWrite): Promise<void> {
  const boundaries_file = boundaries === undefined ? undefined : `boundaries-${digestOf(boundaries)}.geojson`;
  const text = `${JSON.stringify({ ...roster, boundaries_file }, null, 1)}\n`;
  const files: [name: string, text: string][] = [
    ...(boundaries_file === undefined ? [] : [[boundaries_file, boundaries!] as [string, string]]),
    [sourceFileName(text), `${JSON.stringify(source, null, 1)}\n`],
    ['roster.json', text],
  ];
  const aside = await mkdtemp(join(folder, '.import-'));
  try {
    for (const [name, content] of files) await writeDurably(join(aside, name), content);
    for (const [name] of files) {
      await rename(join(aside, name), join(folder, name));
      await syncFolder(folder);
    }
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);

const sourceFileName = (roster_text: string) => `source-${digestOf(roster_text)}.json`;

/**
 * Path of the file with the source of a roster, given the text of its roster.json. Where that was changed by hand, it is
 * the file that was written last.
 */
export async function sourceFileOf(folder: string, roster_text: string): Promise<string> {
  const own = join(folder, sourceFileName(roster_text));
  if (existsSync(own)) return own;
  const names = (await readdir(folder)).filter((name) => /^source-\w+\.json$/.test(name));
  const found = await Promise.all(
    names.map(async (name) => ({
      path: join(folder, name),
      at: (await stat(join(folder, name)).catch(() => undefined))?.mtimeMs ?? 0,
    })),
  );
  return found.toSorted((one, other) => other.at - one.at)[0]?.path ?? own;
}

/** The source of the roster in a folder, as it is written there; undefined where there is none that can be read. */
export async function readSource(folder: string): Promise<SourceFile | undefined> {
  const read = (path: string) => readFile(path, 'utf8').catch(() => undefined);
  const roster_text = await read(join(folder, 'roster.json'));
  if (roster_text === undefined) return undefined;
  const text = await read(await sourceFileOf(folder, roster_text));
  return text === undefined ? undefined : sourceFileSchema.safeParse(parseJson(text)).data;
}

/** No import takes this long: what is older is not another's that runs at this moment. */
const LEFT_OVER_AFTER_MS = 3_600_000;

/** Takes away what no roster names any more, and what a killed import was writing. */
async function removeLeftovers(folder: string, now: string): Promise<void> {
  const in_use = await filesInUse(folder);
  for (const name of await readdir(folder)) {
    if (!/^(boundaries.*\.geojson|source-.*\.json|\.import-.*)$/.test(name) || in_use.includes(name))
      continue;
    // Another import may have just taken it away.
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found && found.mtimeMs < Date.parse(now) - LEFT_OVER_AFTER_MS)
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** What the roster now in the folder uses. */
async function filesInUse(folder: string): Promise<string[]> {
  const file = join(folder, 'roster.json');
  if (!existsSync(file)) return [];
  const text = await readFile(file, 'utf8');
  // A damaged roster is about to be replaced: what it says no longer matters.
  const boundaries = /"boundaries_file": "([\w.-]+)"/.exec(text)?.[1];
  return [sourceFileName(text), ...(boundaries ? [boundaries] : [])];
}

/**
 * What changes whenever a state's roster or its source is written: to tell cheaply whether it is another than the one that
 * was read. Undefined where there is none.
 */
export async function rosterStamp(folder: string): Promise<string | undefined> {
  const names = await readdir(folder).catch((): string[] => []);
  if (!names.includes('roster.json')) return undefined;
  const files = names.filter((name) => /^(roster|source-\w+)\.json$/.test(name)).sort();
  const stamps = files.map(async (name) => `${name} ${(await stat(join(folder, name))).mtimeMs}`);
  return (await Promise.all(stamps).catch(() => [])).join();
}

/** Writes a file that is whole on the disk once this has ended. */
export async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes renames last through a loss of power. Windows has no such thing for folders, and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
