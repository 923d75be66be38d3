import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MultiPolygon, Polygon, Position } from 'geojson';
import { chamberOfLayer, type Layer } from '../server/legislators/district-names.ts';
import type { District, Legislator, Point } from '../server/legislators/legislator.ts';
import { rosterFolder, type WrittenRoster, writeRosterFiles } from '../server/legislators/roster-files.ts';
import type { BoundariesFile, RosterFile } from '../server/legislators/roster-schema.ts';
import type { StateFacts } from '../server/legislators/states.ts';

/**
 * How many districts the Census Bureau draws of each state's upper (or only) chamber and of its lower one: its cartographic
 * boundaries of 2024.
 */
const DRAWN = Object.fromEntries(
  `ak 20 40, al 35 105, ar 35 100, az 30 30, ca 40 80, co 35 65, ct 36 151, dc 8 0, de 21 41, fl 40 120, ga 56 180, hi 25 51,
  ia 50 100, id 35 70, il 59 118, in 50 100, ks 40 125, ky 38 100, la 39 105, ma 40 160, md 47 71, me 35 151, mi 38 110,
  mn 67 134, mo 34 163, ms 52 122, mt 50 100, nc 50 120, nd 47 49, ne 49 0, nh 24 164, nj 40 40, nm 42 70, nv 21 42, ny 63 150,
  oh 33 99, ok 48 101, or 30 60, pa 50 203, pr 8 40, ri 38 75, sc 46 124, sd 35 37, tn 33 99, tx 31 150, ut 29 75, va 40 100,
  vt 16 109, wa 49 49, wi 33 99, wv 17 100, wy 31 62`
    .split(/,\s+/)
    .map((line) => line.split(' '))
    .map(([state, upper, lower]) => [state, { sldu: Number(upper), sldl: Number(lower) }]),
) as Record<string, Record<Layer, number>>;

const SAMPLE = join(import.meta.dirname, '../sample-data/fl');
const read = (name: string) => JSON.parse(readFileSync(join(SAMPLE, name), 'utf8'));
const sample: RosterFile = read('roster.json');
const outlines: BoundariesFile = read(readdirSync(SAMPLE).find((name) => name.startsWith('boundaries-'))!);
/** Florida's districts are about eight degrees wide and seven high. */
const [WIDE, HIGH] = [8, 7];

/** A folder for DATA_DIR that goes away with the benchmark. */
export function benchFolder(): { folder: string; drop: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'statehouse-bench-'));
  const drop = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', drop);
  return { folder, drop };
}

/** The outlines of Florida's districts: real ones. */
export const FLORIDA_OUTLINES = outlines.features;

/** A district of Florida by its division. */
export function floridaDistrict(division_id: string): District {
  return sample.districts.find((one) => one.division_id === division_id)!;
}

/** Made-up members on the districts of Florida: they count as real ones, so that production shows them. */
export const FLORIDA_MEMBERS: Legislator[] = sample.legislators.map(madeUp);

/**
 * Writes down, under a folder for DATA_DIR, a roster of each of these states. Florida has its own outlines; each other state
 * as many districts as it has, in outlines of Florida's moved elsewhere: with as many corners as real ones. Gives back how
 * many districts and corners there are, and a point in each state.
 */
export async function writeMadeUpStates(
  data_dir: string,
  states: readonly StateFacts[],
): Promise<{ districts: number; corners: number; points: Map<string, Point> }> {
  const all = { districts: 0, corners: 0, points: new Map<string, Point>() };
  for (const facts of states) {
    const { roster, boundaries } = facts.state === 'fl' ? florida() : await stateLikeFlorida(facts);
    await writeRosterFiles(rosterFolder(data_dir, facts.state), roster, boundaries);
    all.districts += boundaries.features.length;
    for (const { geometry } of boundaries.features) all.corners += cornersOf(geometry).length;
    // Inside of most outlines, and if not then near.
    const corners = cornersOf(boundaries.features[0]!.geometry);
    const mean = (axis: 0 | 1) => corners.reduce((sum, corner) => sum + corner[axis]!, 0) / corners.length;
    all.points.set(facts.state, { latitude: mean(1), longitude: mean(0) });
  }
  return all;
}

const SOURCE = {
  source: 'OpenStates people files',
  as_of: '2026-08-05',
  imported_at: '2026-08-05T12:00:00.000Z',
};

function florida(): { roster: WrittenRoster; boundaries: BoundariesFile } {
  const { boundaries_file: _, ...roster } = sample;
  return {
    roster: { ...roster, ...SOURCE, is_sample: false, legislators: FLORIDA_MEMBERS },
    boundaries: outlines,
  };
}

function madeUp(one: Legislator): Legislator {
  return { ...one, name: one.name.replace('Sample', 'Made-up') };
}

async function stateLikeFlorida(
  facts: StateFacts,
): Promise<{ roster: WrittenRoster; boundaries: BoundariesFile }> {
  const { state, jurisdiction_id, division_id } = facts;
  const roster: WrittenRoster = {
    state,
    jurisdiction_id,
    ...SOURCE,
    is_sample: false,
    districts: [],
    legislators: [],
  };
  const boundaries: BoundariesFile = { type: 'FeatureCollection', features: [] };
  for (const layer of ['sldu', 'sldl'] as const) {
    const like = outlines.features.filter(({ properties }) => properties.division_id.includes(`/${layer}:`));
    for (let index = 0; index < DRAWN[state]![layer]; index += 1) {
      const { properties, geometry } = like[index % like.length]!;
      const own = { state, division_id: `${division_id}/${layer}:${index + 1}`, district: String(index + 1) };
      const org_classification = chamberOfLayer(state, layer);
      const district = floridaDistrict(properties.division_id);
      // Some seats are vacant.
      const member = FLORIDA_MEMBERS.find((one) => one.current_role.division_id === properties.division_id);
      roster.districts.push({
        ...district,
        ...own,
        org_classification,
        geoid: `${facts.fips}${String(index + 1).padStart(3, '0')}`,
      });
      if (member) {
        const current_role = { ...member.current_role, ...own, org_classification };
        roster.legislators.push({
          ...member,
          id: `ocd-person/made-up-${state}-${layer}-${index}`,
          current_role,
        });
      }
      const east = Math.floor(index / like.length) * WIDE;
      const north = (Number(facts.fips) % 3) * HIGH;
      boundaries.features.push({
        type: 'Feature',
        properties: { division_id: own.division_id },
        geometry: moved(geometry, east, north),
      });
    }
  }
  return { roster, boundaries };
}

function cornersOf({ type, coordinates }: Polygon | MultiPolygon): Position[] {
  return type === 'Polygon' ? coordinates.flat() : coordinates.flat(2);
}

function moved(geometry: Polygon | MultiPolygon, east: number, north: number): Polygon | MultiPolygon {
  const ring = (corners: Position[]) =>
    corners.map(([longitude, latitude]) => [degrees(longitude! + east), degrees(latitude! + north)]);
  return geometry.type === 'Polygon'
    ? { type: 'Polygon', coordinates: geometry.coordinates.map(ring) }
    : { type: 'MultiPolygon', coordinates: geometry.coordinates.map((polygon) => polygon.map(ring)) };
}

const degrees = (number: number) => Math.round(number * 100_000) / 100_000;
