import { readFile } from 'node:fs/promises';
import { arrayBuffer } from 'node:stream/consumers';
import type { Feature, FeatureCollection, Geometry, MultiPolygon, Polygon, Position } from 'geojson';
import { read as readShapefile } from 'shapefile';
import { openPromise as openZip } from 'yauzl';
import { z } from 'zod';
import { OperationalError } from '../errors.ts';
import type { District, OrgClassification } from './legislator.ts';
import { findState, type StateFacts } from './states.ts';

/** A district with its boundary, as the Census Bureau draws it. */
export interface DrawnDistrict {
  district: District;
  geometry: Polygon | MultiPolygon;
}

/** No boundary file of one state comes near this; it keeps a strange archive from filling the memory. */
const LARGEST_PART = 300_000_000;

/** What of a Census cartographic boundary file's table is used: of state legislative districts, one layer at a time. */
const propertiesSchema = z.object({
  STATEFP: z.string().trim(),
  GEOID: z.string().trim(),
  NAME: z.string().trim(),
  NAMELSAD: z.string().trim(),
  SLDUST: z.string().nullish(),
  SLDLST: z.string().nullish(),
  /** Added by some: the OCD id. */
  ocdid: z.string().startsWith('ocd-division/').nullish(),
});

/**
 * Reads one chamber's districts from a Census zip (a shapefile) or GeoJSON.
 * Throws OperationalError: `file_missing`, `boundaries_format`, `boundaries_state` for those of another state.
 */
export async function readBoundaries(path: string, state: StateFacts): Promise<DrawnDistrict[]> {
  const collection = /\.zip$/i.test(path) ? await readZip(path) : await readGeoJson(path);
  const drawn = collection.features.flatMap((feature) => drawnDistrict(path, feature, state) ?? []);
  if (drawn.length === 0) throw wrongFormat(path, 'it holds no legislative district');
  return drawn;
}

async function readGeoJson(path: string): Promise<FeatureCollection> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw missing(path, cause);
  });
  try {
    return z
      .object({ type: z.literal('FeatureCollection'), features: z.array(z.any()) })
      .parse(JSON.parse(text)) as FeatureCollection;
  } catch (cause) {
    throw wrongFormat(path, 'it is neither a zip nor GeoJSON', cause);
  }
}

async function readZip(path: string): Promise<FeatureCollection> {
  const parts = await readParts(path).catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'ENOENT'
      ? missing(path, cause)
      : wrongFormat(path, `it is cut short or no zip (${cause.message})`, cause);
  });
  const { shp, dbf } = parts;
  if (!shp || !dbf) throw wrongFormat(path, 'it holds no shapefile (.shp and .dbf)');
  return readShapefile(shp, dbf, { encoding: 'utf-8' }).catch((cause: unknown) => {
    throw wrongFormat(path, 'its shapefile can’t be read', cause);
  });
}

async function readParts(path: string): Promise<{ shp?: ArrayBuffer; dbf?: ArrayBuffer }> {
  const zip = await openZip(path, { lazyEntries: true, autoClose: false });
  const parts: { shp?: ArrayBuffer; dbf?: ArrayBuffer } = {};
  try {
    for await (const entry of zip.eachEntry()) {
      const extension = /\.(shp|dbf)$/i.exec(entry.fileName)?.[1]?.toLowerCase() as 'shp' | 'dbf' | undefined;
      if (!extension) continue;
      if (entry.uncompressedSize > LARGEST_PART) throw new Error(`${entry.fileName} is too large`);
      parts[extension] = await arrayBuffer(await zip.openReadStreamPromise(entry));
    }
  } finally {
    zip.close();
  }
  return parts;
}

/** The district of a feature; undefined for what the Census leaves undefined ('ZZZ': water that no one lives on). */
function drawnDistrict(
  path: string,
  feature: Feature<Geometry | null>,
  state: StateFacts,
): DrawnDistrict | undefined {
  const parsed = propertiesSchema.safeParse(feature.properties);
  const layer = parsed.data?.SLDUST ? 'sldu' : parsed.data?.SLDLST ? 'sldl' : undefined;
  if (!parsed.success || !layer)
    throw wrongFormat(path, 'its table is not that of Census state legislative districts');
  const { STATEFP, GEOID, NAME, NAMELSAD, ocdid } = parsed.data;
  if (STATEFP !== state.fips) {
    throw new OperationalError(
      'boundaries_state',
      `${path} holds the districts of another state (Census number ${STATEFP}), not of ${state.name}.`,
    );
  }
  if (/Z{2,}/.test(GEOID)) return undefined;
  const { geometry } = feature;
  if (geometry?.type !== 'Polygon' && geometry?.type !== 'MultiPolygon')
    throw wrongFormat(path, `${NAMELSAD} has no area`);
  const district: District = {
    division_id: ocdid ?? `${state.division_id}/${layer}:${divisionName(NAME)}`,
    state: state.state,
    org_classification: chamberOf(layer, state),
    district: NAME.replace(/^0+(?=\d)/, ''),
    name: NAMELSAD,
    seats: 1,
    geoid: GEOID,
  };
  return { district, geometry: rounded(geometry) };
}

/** The Census draws the one chamber of Nebraska and DC as an upper one. */
function chamberOf(layer: 'sldu' | 'sldl', state: StateFacts): OrgClassification {
  if (state.chambers.includes('legislature')) return 'legislature';
  return layer === 'sldu' ? 'upper' : 'lower';
}

/** A district's name as OCD ids write it: small letters, no leading zeros, '_' for spaces, other signs as '~'. */
function divisionName(name: string): string {
  return name
    .toLowerCase()
    .replace(/^0+(?=\d)/, '')
    .replace(/\s+/g, '_')
    .replace(/[^\p{L}\p{N}._~-]/gu, '~');
}

/** Five decimals, about a metre: finer than a map of 1:500,000 can be. */
function rounded<Shape extends Polygon | MultiPolygon>(geometry: Shape): Shape {
  const round = (value: number) => Math.round(value * 1e5) / 1e5;
  const ring = (positions: Position[]) => positions.map(([x, y]) => [round(x!), round(y!)]);
  const coordinates =
    geometry.type === 'Polygon'
      ? geometry.coordinates.map(ring)
      : geometry.coordinates.map((polygon) => polygon.map(ring));
  return { type: geometry.type, coordinates } as Shape;
}

function missing(path: string, cause: unknown): OperationalError {
  return new OperationalError(
    'file_missing',
    `There is no file ${path}. Check the path after --boundaries.`,
    { cause },
  );
}

function wrongFormat(path: string, what: string, cause?: unknown): OperationalError {
  const remedy = 'Give a Census cartographic boundary zip (cb_2024_12_sldl_500k.zip) or the same as GeoJSON.';
  return new OperationalError('boundaries_format', `${path} can’t be used: ${what}. ${remedy}`, { cause });
}

/** The state of a postal code. Throws OperationalError `unknown_state`. */
export function knownState(code: string): StateFacts {
  const state = findState(code);
  if (!state)
    throw new OperationalError(
      'unknown_state',
      `'${code}' is not the postal code of a state. Write it as in an address: fl`,
    );
  return state;
}
