import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { area } from '@turf/area';
import { intersect } from '@turf/intersect';
import { length } from '@turf/length';
import type { BBox, Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import { feature } from 'topojson-client';
import type { District } from './legislator.ts';
import type { BoundariesFile } from './roster-files.ts';
import { stateFacts } from './states.ts';

/**
 * The U.S. Census Bureau's cartographic boundaries of 2017 as package `us-atlas` has them, in the public domain.
 * Connecticut's counties are those that people know, not the planning regions that took their place in statistics.
 */
const COUNTIES_FILE = createRequire(import.meta.url).resolve('us-atlas/counties-10m.json');

/**
 * Counties are drawn more coarsely than districts, so that along a common line each seems to reach into the other's land:
 * strips, long and thin. What they share is real where a piece of it is so many metres wide on average, or such a part of
 * the one or of the other. Seen in Florida's 160 districts: every strip is less than 940 m wide, and less than 3 % of the
 * district and 1 % of the county; every piece that a district does have is more than 1,100 m wide.
 */
const REAL_METRES = 1_000;
const REAL_PART = 0.1;

type Area = Polygon | MultiPolygon;
/** A district or a county with what it takes to compare it. */
interface Outline {
  shape: Feature<Area, { name: string }>;
  box: BBox;
  size: number;
}

/**
 * The districts with the names of the counties (parishes, boroughs, municipios) that each lies in, that with the largest
 * part of it first. A district that has them already keeps them; one without an outline gets none. Takes some seconds for
 * a large state, a few hundredths of one at a time.
 */
export async function withCounties(districts: District[], features: BoundariesFile): Promise<District[]> {
  const shapes = new Map(features.features.map((shape) => [shape.properties.division_id, shape]));
  const states = new Map<string, Outline[]>();
  const known: District[] = [];
  for (const district of districts) {
    const shape = shapes.get(district.division_id);
    if (district.counties || !shape) {
      known.push(district);
      continue;
    }
    const counties = states.get(district.state) ?? (await countiesOf(district.state));
    states.set(district.state, counties);
    const names = sharedWith(outline({ ...shape, properties: { name: district.name } }), counties);
    known.push(names.length > 0 ? { ...district, counties: names } : district);
    // A server that fetches a roster has pages to answer meanwhile.
    await nextTurn();
  }
  return known;
}

async function countiesOf(state: string): Promise<Outline[]> {
  const topology: Parameters<typeof feature>[0] = JSON.parse(await readFile(COUNTIES_FILE, 'utf8'));
  const { features } = feature(topology, topology.objects.counties!) as FeatureCollection<
    Area,
    { name: string }
  >;
  const { fips } = stateFacts(state);
  return features.filter(({ id }) => String(id).startsWith(fips)).map(outline);
}

function outline(shape: Outline['shape']): Outline {
  return { shape, box: boxOf(shape.geometry), size: area(shape) };
}

/** Names of the counties that share real land with a district, the largest share first. */
function sharedWith(district: Outline, counties: Outline[]): string[] {
  const shared = counties
    .filter((county) => touches(district.box, county.box))
    .map((county) => ({ name: county.shape.properties.name, ...share(district, county) }))
    .toSorted((one, other) => other.size - one.size);
  const real = shared.filter(({ is_real }) => is_real);
  // Virginia's Fairfax is a county and a city.
  return [...new Set(real.map(({ name }) => name))];
}

function share(district: Outline, county: Outline): { size: number; is_real: boolean } {
  const common = intersect({ type: 'FeatureCollection', features: [district.shape, county.shape] });
  if (!common) return { size: 0, is_real: false };
  const size = area(common);
  const isPart = size >= REAL_PART * Math.min(district.size, county.size);
  return { size, is_real: isPart || piecesOf(common.geometry).some((piece) => width(piece) >= REAL_METRES) };
}

/** How wide a piece is on average, in metres, were it a strip. */
function width(piece: Polygon): number {
  return (2 * area(piece)) / (length({ type: 'Feature', properties: {}, geometry: piece }) * 1_000);
}

function piecesOf(geometry: Area): Polygon[] {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.map((coordinates) => ({ type: 'Polygon', coordinates }));
}

function boxOf(geometry: Area): [number, number, number, number] {
  const positions: Position[] = piecesOf(geometry).flatMap(({ coordinates }) => coordinates[0]!);
  const longitudes = positions.map(([longitude]) => longitude!);
  const latitudes = positions.map(([, latitude]) => latitude!);
  const least = (numbers: number[]) => numbers.reduce((one, other) => Math.min(one, other));
  const most = (numbers: number[]) => numbers.reduce((one, other) => Math.max(one, other));
  return [least(longitudes), least(latitudes), most(longitudes), most(latitudes)];
}

function touches(one: BBox, other: BBox): boolean {
  return one[0] <= other[2]! && other[0] <= one[2]! && one[1] <= other[3]! && other[1] <= one[3]!;
}
