import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { feature } from 'topojson-client';
import type { District } from './legislator.ts';
import { areaOf, commonRows, holdsSquare, type Rows, rowsOf } from './outline-rows.ts';
import type { BoundariesFile } from './roster-schema.ts';
import { stateFacts } from './states.ts';

/**
 * The U.S. Census Bureau's cartographic boundaries of 2017 as package `us-atlas` has them, in the public domain.
 * Connecticut's counties are those that people know, not the planning regions that took their place in statistics.
 */
const COUNTIES_FILE = createRequire(import.meta.url).resolve('us-atlas/counties-10m.json');

/**
 * Counties are drawn more coarsely than districts, so that along a common line each seems to reach into the other's land:
 * strips, long and thin. What they share is real where a square of so many metres lies in it, or where it is such a part of
 * the one or of the other. Seen in Florida's 160 districts: the largest square in a strip has 1,400 m, the smallest in what
 * a district does have of a county 2,200 m; and no strip is more than 4 % of its district or 1 % of its county.
 */
const REAL_METRES = 1_800;
const REAL_PART = 0.1;

/** A district or a county, and how large it is in square metres. */
interface Outline {
  rows: Rows;
  size: number;
}

interface County extends Outline {
  name: string;
}

/**
 * The districts with the names of the counties (parishes, boroughs, municipios) that each lies in, that with the largest
 * part of it first. A district that has them already keeps them; one without an outline gets none. All of Florida takes
 * some tenths of a second, a district a few thousandths at a time.
 */
export async function withCounties(districts: District[], features: BoundariesFile): Promise<District[]> {
  const shapes = new Map(
    features.features.map(({ properties, geometry }) => [properties.division_id, geometry]),
  );
  const states = new Map<string, County[]>();
  const known: District[] = [];
  for (const district of districts) {
    const shape = shapes.get(district.division_id);
    if (district.counties || !shape) {
      known.push(district);
      continue;
    }
    const counties = states.get(district.state) ?? (await countiesOf(district.state));
    states.set(district.state, counties);
    const names = sharedWith(outlineOf(shape), counties);
    known.push(names.length > 0 ? { ...district, counties: names } : district);
    // A server that fetches a roster has pages to answer meanwhile.
    await nextTurn();
  }
  return known;
}

async function countiesOf(state: string): Promise<County[]> {
  const topology: Parameters<typeof feature>[0] = JSON.parse(await readFile(COUNTIES_FILE, 'utf8'));
  const { features } = feature(topology, topology.objects.counties!) as FeatureCollection<
    Polygon | MultiPolygon,
    { name: string }
  >;
  const { fips } = stateFacts(state);
  return features
    .filter(({ id }) => String(id).startsWith(fips))
    .map(({ properties, geometry }) => ({ name: properties.name, ...outlineOf(geometry) }));
}

function outlineOf(shape: Polygon | MultiPolygon): Outline {
  const rows = rowsOf(shape);
  return { rows, size: areaOf(rows) };
}

/** Names of the counties that share real land with a district, the largest share first. */
function sharedWith(district: Outline, counties: County[]): string[] {
  const shared = counties.flatMap((county) => {
    const common = commonRows(district.rows, county.rows);
    const size = areaOf(common);
    const isPart = size > 0 && size >= REAL_PART * Math.min(district.size, county.size);
    return isPart || holdsSquare(common, REAL_METRES) ? [{ name: county.name, size }] : [];
  });
  const largest_first = shared.toSorted((one, other) => other.size - one.size);
  // Virginia's Fairfax is a county and a city.
  return [...new Set(largest_first.map(({ name }) => name))];
}
