import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { z } from 'zod';
import { OperationalError } from '../errors.ts';
import { type District, type Legislator, ORG_CLASSIFICATIONS } from './legislator.ts';
import { webAddress } from './member.ts';

const chamber = z.enum(ORG_CLASSIFICATIONS);
const date = z.iso.date();

const office = z.object({
  classification: z.string(),
  name: z.string().optional(),
  address: z.string().optional(),
  voice: z.string().optional(),
  fax: z.string().optional(),
});

const legislator: z.ZodType<Legislator> = z.object({
  id: z.string(),
  name: z.string().min(1),
  given_name: z.string().optional(),
  family_name: z.string().optional(),
  party: z.string(),
  email: z.string().optional(),
  current_role: z.object({
    title: z.string(),
    org_classification: chamber,
    district: z.string(),
    division_id: z.string(),
  }),
  offices: z.array(office),
  links: z.array(z.object({ url: webAddress, note: z.string().optional() })),
});

const district: z.ZodType<District> = z.object({
  division_id: z.string(),
  state: z.string(),
  org_classification: chamber,
  district: z.string(),
  name: z.string(),
  seats: z.int().positive(),
  geoid: z.string().optional(),
  counties: z.array(z.string()).optional(),
});

/** `roster.json`: one state's members and districts, where they come from, and the file of the boundaries. */
export const rosterFileSchema = z.object({
  state: z.string(),
  jurisdiction_id: z.string(),
  source: z.string(),
  /** ISO date as of which the members are true. */
  as_of: date,
  /** ISO time at which it was imported. */
  imported_at: z.iso.datetime(),
  is_sample: z.boolean(),
  /** Name of the GeoJSON file beside it; absent where nobody here knows where the districts lie. */
  boundaries_file: z
    .string()
    .regex(/^[\w.-]+\.geojson$/)
    .optional(),
  districts: z.array(district).min(1),
  legislators: z.array(legislator).min(1),
});
/** What roster.json holds once it has been checked. */
export type RosterFile = z.infer<typeof rosterFileSchema>;

/** The boundaries' file: GeoJSON, each feature with the `division_id` of its district. */
export const boundariesFileSchema = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      properties: z.object({ division_id: z.string() }),
      geometry: z.object({
        type: z.enum(['Polygon', 'MultiPolygon']),
        coordinates: z.array(z.unknown()).min(1),
      }),
    }),
  ),
});
/** What the boundaries' file holds once it has been checked. */
export type BoundariesFile = FeatureCollection<Polygon | MultiPolygon, { division_id: string }>;

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

/** The text of a boundaries file: one feature a line, so that a difference between two can be read. */
export function boundariesText(boundaries: BoundariesFile): string {
  const lines = boundaries.features.map((feature) => JSON.stringify(feature));
  return `{"type":"FeatureCollection","features":[\n${lines.join(',\n')}\n]}\n`;
}

/**
 * Writes a roster and its boundaries so that a reader sees the old pair or the new one, never a mixture, whenever the
 * writing stops. Two files can't be swapped at once, so the boundaries are named by their content and the roster names
 * them: renaming roster.json is the one step that counts. The boundaries before these stay for a reader on his way.
 * Throws OperationalError `roster_unwritable`.
 */
export async function writeRosterFiles(
  folder: string,
  roster: Omit<RosterFile, 'boundaries_file'>,
  boundaries: BoundariesFile | undefined,
): Promise<void> {
  // What could not be read again must not take the place of what can.
  rosterFileSchema.omit({ boundaries_file: true }).parse(roster);
  try {
    await mkdir(folder, { recursive: true });
    await removeLeftovers(folder, roster.imported_at);
    await swapIn(folder, roster, boundaries && boundariesText(boundaries));
  } catch (cause) {
    const message = `The roster can’t be written to ${folder} (${(cause as Error).message}). Check that the disk has room and that DATA_DIR is a folder that may be written to.`;
    throw new OperationalError('roster_unwritable', message, { cause });
  }
}

async function swapIn(
  folder: string,
  roster: Omit<RosterFile, 'boundaries_file'>,
  boundaries: string | undefined,
): Promise<void> {
  const boundaries_file = boundaries === undefined ? undefined : boundariesName(boundaries);
  const aside = await mkdtemp(join(folder, '.import-'));
  try {
    if (boundaries !== undefined && boundaries_file !== undefined) {
      await writeDurably(join(aside, boundaries_file), boundaries);
    }
    await writeDurably(
      join(aside, 'roster.json'),
      `${JSON.stringify({ ...roster, boundaries_file }, null, 1)}\n`,
    );
    if (boundaries_file !== undefined) {
      await rename(join(aside, boundaries_file), join(folder, boundaries_file));
      await syncFolder(folder);
    }
    await rename(join(aside, 'roster.json'), join(folder, 'roster.json'));
    await syncFolder(folder);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

function boundariesName(boundaries: string): string {
  const digest = createHash('sha256').update(boundaries).digest('hex').slice(0, 12);
  return `boundaries-${digest}.geojson`;
}

/** No import takes this long: what is older is not another's that runs at this moment. */
const LEFT_OVER_AFTER_MS = 3_600_000;

/** Takes away boundaries that no roster names any more, and what a killed import was writing. */
async function removeLeftovers(folder: string, now: string): Promise<void> {
  const in_use = await boundariesInUse(folder);
  for (const name of await readdir(folder)) {
    if (!/^(boundaries.*\.geojson|\.import-.*)$/.test(name) || name === in_use) continue;
    // Another import may have just taken it away.
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found && found.mtimeMs < Date.parse(now) - LEFT_OVER_AFTER_MS)
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Name of the boundaries that the roster now in the folder uses; undefined where there is none that can be read. */
async function boundariesInUse(folder: string): Promise<string | undefined> {
  const file = join(folder, 'roster.json');
  if (!existsSync(file)) return undefined;
  // A damaged roster is about to be replaced: what it says no longer matters.
  return /"boundaries_file": "([\w.-]+)"/.exec(await readFile(file, 'utf8'))?.[1];
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes renames last through a loss of power. Windows has no such thing for folders, and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
