import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { OperationalError } from '../errors.ts';
import type { Boundaries } from './boundaries.ts';
import { chamberOfLayer, LAYERS, type Layer, layersOf } from './district-names.ts';
import type { District, Roster } from './legislator.ts';
import { syncFolder, writeDurably } from './roster-files.ts';
import { hasOverlappingDistricts } from './shared-places.ts';
import { stateFacts } from './states.ts';
import { undrawnIn } from './undrawn-districts.ts';
import { isInMiddle, zipState } from './zip-candidates.ts';
import type { ZipRelation } from './zip-relation.ts';

/** ZIP codes with the districts that they lie in, of every chamber, the largest part of each first. */
export type ZipDistricts = ReadonlyMap<string, District[]>;

const FILE = 'zips.json';

/** `zips.json`: for each of the Census's layers, ZIP codes with the ids of their districts, the largest part first. */
const zipsFileSchema = z.object({
  layers: z.partialRecord(
    z.enum(LAYERS),
    z.record(z.string().regex(/^\d{5}$/), z.array(z.string().min(1)).min(1)),
  ),
});
type ZipsFile = z.infer<typeof zipsFileSchema>;

/**
 * Keeps what the Census says of a state's ZIP codes in the folder of its roster, in place of what was kept before: a reader
 * sees the old file or the new one, whenever the writing stops. Throws OperationalError `zips_unwritable`.
 */
export async function keepZipRelation(
  folder: string,
  relations: Partial<Record<Layer, ZipRelation>>,
): Promise<void> {
  const layers = Object.fromEntries(
    Object.entries(relations).map(([layer, relation]) => [
      layer,
      Object.fromEntries([...relation].map(([zip, parts]) => [zip, parts.map(({ geoid }) => geoid)])),
    ]),
  );
  // What could not be read again must not take the place of what can.
  const text = `${JSON.stringify(zipsFileSchema.parse({ layers }))}\n`;
  try {
    await mkdir(folder, { recursive: true });
    // Named as an import is: where the writing is killed, the next import takes it away.
    const aside = await mkdtemp(join(folder, '.import-'));
    try {
      await writeDurably(join(aside, FILE), text);
      await rename(join(aside, FILE), join(folder, FILE));
      await syncFolder(folder);
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
  } catch (cause) {
    const message = `The ZIP codes can’t be written to ${folder} (${(cause as Error).message}). Check that the disk has room and that DATA_DIR is a folder that may be written to.`;
    throw new OperationalError('zips_unwritable', message, { cause });
  }
}

/**
 * The ZIP codes kept with a roster; undefined where there are none, or where they can't stand for it: a district that the
 * Census does not draw (where several cover one place), or a roster without the Census's ids.
 * Throws OperationalError `zips_unreadable` for a damaged file, `zips_unmatched` where its districts are not the roster's,
 * or lie elsewhere: they are of another map.
 */
export async function openZipDistricts(
  folder: string,
  roster: Roster,
  boundaries: Boundaries | undefined,
): Promise<ZipDistricts | undefined> {
  const path = join(folder, FILE);
  const { state } = roster;
  const mayLack = undrawnIn(state);
  const districts = roster.districts.filter((one) => one.geoid !== undefined || !mayLack(one));
  if (
    districts.some((one) => one.geoid === undefined || hasOverlappingDistricts(state, one.org_classification))
  )
    return undefined;
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined;
    throw unusable('zips_unreadable', roster, `${path} can’t be opened (${cause.message})`, cause);
  });
  if (text === undefined) return undefined;
  const { layers } = parseZips(text, roster, path);
  const found = new Map<string, District[]>();
  for (const layer of layersOf(state)) {
    const chamber = chamberOfLayer(state, layer);
    const own = districts.filter((one) => one.org_classification === chamber);
    // Districts that share an id are one place: Idaho's seats A and B.
    const byGeoid = Map.groupBy(own, (district) => district.geoid!);
    const named = Object.entries(layers[layer] ?? {});
    const geoids = new Set(named.flatMap(([, ids]) => ids));
    if (geoids.size !== byGeoid.size || [...geoids].some((geoid) => !byGeoid.has(geoid)))
      throw unusable(
        'zips_unmatched',
        roster,
        `the districts in ${path} (${layer}) are not those of the roster`,
      );
    for (const [zip, ids] of named)
      found.set(zip, [...(found.get(zip) ?? []), ...ids.flatMap((geoid) => byGeoid.get(geoid)!)]);
  }
  if (boundaries && isOfAnotherMap(found, boundaries))
    throw unusable('zips_unmatched', roster, `${path} is of another map than the boundaries`);
  return found;
}

/** Where a map was drawn anew its districts may have the numbers of before, and other places. */
const UNLIKELY_SHARE = 0.5;
const ENOUGH = 5;

/** Whether the middles of most ZIP codes that lie in one district lie elsewhere by our own map. */
function isOfAnotherMap(zips: ZipDistricts, boundaries: Boundaries): boolean {
  const certain = [...zips].flatMap(([zip, districts]) =>
    districts.flatMap((district) => {
      const others = districts.filter((one) => one.org_classification === district.org_classification);
      return others.length === 1 && zipState(zip) === boundaries.state ? [{ zip, district }] : [];
    }),
  );
  const elsewhere = certain.filter(({ zip, district }) => !isInMiddle(zip, district, boundaries));
  return certain.length >= ENOUGH && elsewhere.length > certain.length * UNLIKELY_SHARE;
}

function parseZips(text: string, roster: Roster, path: string): ZipsFile {
  try {
    return zipsFileSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw unusable('zips_unreadable', roster, `${path} is cut short or damaged`, cause);
  }
}

function unusable(code: string, { state }: Roster, what: string, cause?: unknown): OperationalError {
  const remedy =
    code === 'zips_unmatched'
      ? 'Until the Census Bureau has those of this map (look at ZIP_DISTRICTS_URL)'
      : `Until they are fetched anew (npm run legislators -- pull ${state})`;
  const message = `The ZIP codes of ${stateFacts(state).name} can’t be used: ${what}. ${remedy} a ZIP code leads to the nearest districts.`;
  return new OperationalError(code, message, { cause });
}
