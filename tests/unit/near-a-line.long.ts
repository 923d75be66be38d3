import { geoContains } from 'd3-geo';
import type { MultiPolygon, Polygon, Position } from 'geojson';
import { createFinder, type Finder } from '../../server/legislators/finder.ts';
import type { FinderOutcome } from '../../server/legislators/finder-outcome.ts';
import type { District, OrgClassification, Point } from '../../server/legislators/legislator.ts';
import type { StateRoster } from '../../server/legislators/roster.ts';
import { sampleFlorida } from '../fixtures/boundaries/sample-florida.ts';
import { numbersFrom } from '../support/numbers-from.ts';

/*
 * The finder's districts beside those of another library. d3-geo shares no code with what the finder uses (even-odd counting
 * for 'in', Turf for 'near') nor its idea of a line: it judges on the sphere, along great circles, where the finder judges
 * on the flat map of degrees. In Florida a line of 20 km between two corners differs by some 5 m.
 * Distances are measured here by hand, on the flat map around the point.
 */

/** So many metres from a line a point is told to be near it; the earth's shape and the two ways to measure take so many more. */
const LINE_METRES = 50;
const TOLERANCE = 0.5;

const CHAMBERS: OrgClassification[] = ['upper', 'lower'];
const METRES_IN_A_DEGREE = 111_195;
const RADIANS = Math.PI / 180;

interface Outline {
  district: District;
  geometry: MultiPolygon;
  /** The corners of its box, in degrees. */
  box: { west: number; south: number; east: number; north: number };
  rings: Position[][];
}

let florida: StateRoster;
let finder: Finder;
let outlines: Outline[];
beforeAll(async () => {
  florida = await sampleFlorida();
  const geocoder = { geocode: () => Promise.reject(new Error('No address is looked up here.')) };
  finder = createFinder({ geocoder, getRoster: (state) => (state === 'fl' ? florida : undefined) });
  outlines = florida.boundaries!.features.map(({ district, geometry }) => outlineOf(district, geometry));
});

function outlineOf(district: District, geometry: Polygon | MultiPolygon): Outline {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const rings = polygons.flat();
  const [xs, ys] = [0, 1].map((axis) => rings.flat().map((position) => position[axis]!)) as [
    number[],
    number[],
  ];
  const [west, east] = [Math.min(...xs), Math.max(...xs)];
  const [south, north] = [Math.min(...ys), Math.max(...ys)];
  return { district, geometry: onSphere(polygons), box: { west, south, east, north }, rings };
}

/** On the sphere the inside is on the right of a line: outer rings go clockwise, holes the other way. */
function onSphere(polygons: Position[][][]): MultiPolygon {
  const coordinates = polygons.map((rings) =>
    rings.map((ring, index) => (isClockwise(ring) === (index === 0) ? ring : ring.toReversed())),
  );
  return { type: 'MultiPolygon', coordinates };
}

function isClockwise(ring: Position[]): boolean {
  const sum = ring.slice(1).reduce((total, [x, y], index) => {
    const [before_x, before_y] = ring[index]!;
    return total + (x! - before_x!) * (y! + before_y!);
  }, 0);
  return sum > 0;
}

/** Whether a point is within so many metres of a box of degrees, or a little more. */
function isNearBox({ latitude, longitude }: Point, { box }: Outline, metres: number): boolean {
  const tall = (metres + 100) / METRES_IN_A_DEGREE;
  const wide = tall / Math.cos(latitude * RADIANS);
  return (
    longitude > box.west - wide &&
    longitude < box.east + wide &&
    latitude > box.south - tall &&
    latitude < box.north + tall
  );
}

/** Metres to the nearest line of an outline. */
function metresToLine({ latitude, longitude }: Point, { rings }: Outline): number {
  const wide = METRES_IN_A_DEGREE * Math.cos(latitude * RADIANS);
  const flat = (position: Position): [number, number] => [
    (position[0]! - longitude) * wide,
    (position[1]! - latitude) * METRES_IN_A_DEGREE,
  ];
  let least = Number.POSITIVE_INFINITY;
  for (const ring of rings) {
    let from = flat(ring[0]!);
    for (const position of ring) {
      const to = flat(position);
      least = Math.min(least, metresToStretch(from, to));
      from = to;
    }
  }
  return least;
}

/** Metres from where one stands to a stretch between two places. */
function metresToStretch([x, y]: [number, number], [to_x, to_y]: [number, number]): number {
  const [east, north] = [to_x - x, to_y - y];
  const squared = east ** 2 + north ** 2;
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, -(x * east + y * north) / squared));
  return Math.hypot(x + along * east, y + along * north);
}

/** What the other library and the ruler say of a point in one chamber. */
interface Measured {
  district: District | undefined;
  /** Metres to the nearest other district of the chamber, where one is near. */
  to_other: number;
}

function measure(point: Point, chamber: OrgClassification): Measured {
  const around = outlines.filter(
    (outline) => outline.district.org_classification === chamber && isNearBox(point, outline, 200),
  );
  const own = around.find(({ geometry }) => geoContains(geometry, [point.longitude, point.latitude]));
  const others = around.filter((outline) => outline !== own);
  const to_other = Math.min(Number.POSITIVE_INFINITY, ...others.map((other) => metresToLine(point, other)));
  return { district: own?.district, to_other };
}

/** What the finder says of a chamber: the districts, and why they are a choice where they are. */
function saidOf(
  outcome: FinderOutcome,
  chamber: OrgClassification,
): { districts: District[]; doubt?: string } {
  if (outcome.kind === 'certain') {
    const districts = outcome.division_ids.map((id) => florida.roster.representation(id)!.district);
    return { districts: districts.filter((one) => one.org_classification === chamber) };
  }
  const group =
    'candidates' in outcome
      ? outcome.candidates?.find(({ org_classification }) => org_classification === chamber)
      : undefined;
  return { districts: group?.districts ?? [], ...(group?.doubt && { doubt: group.doubt }) };
}

const find = (point: Point) => finder.find('fl', { kind: 'point', point });

/** What is wrong with what the finder says of a point in one chamber; '' where nothing is. */
function faultOf({ district, to_other }: Measured, { districts, doubt }: ReturnType<typeof saidOf>): string {
  // The sea, or another state: nothing there is certain.
  if (!district) return districts.length === 0 || doubt === 'off_our_map' ? '' : 'certain outside';
  if (!districts.includes(district)) return 'another district';
  const isTold = doubt === 'near_a_line';
  if (!isTold && districts.length > 1) return 'several districts, and no reason';
  if (Math.abs(to_other - LINE_METRES) <= TOLERANCE) return '';
  return isTold === to_other < LINE_METRES ? '' : isTold ? 'told too far off' : 'not told';
}

/** A point in the box of some district or just outside it: towns, with their many lines, come up as often as the country. */
function placeInBox(random: () => number): Point {
  const { box } = outlines[Math.floor(random() * outlines.length)]!;
  return {
    latitude: box.south - 0.02 + random() * (box.north - box.south + 0.04),
    longitude: box.west - 0.02 + random() * (box.east - box.west + 0.04),
  };
}

test('at random points in and around Florida the finder and d3-geo say the same, but within 50 m of a line, which is told', async () => {
  const random = numbersFrom(316);
  const seen = { inside: 0, outside: 0, told: 0 };
  const faults: unknown[] = [];
  const points = 3000;
  for (let nth = 0; nth < points; nth += 1) {
    const point = placeInBox(random);
    const outcome = await find(point);
    for (const chamber of CHAMBERS) {
      const measured = measure(point, chamber);
      const said = saidOf(outcome, chamber);
      const fault = faultOf(measured, said);
      if (fault) faults.push({ fault, point, chamber, measured, said });
      seen[measured.district ? 'inside' : 'outside'] += 1;
      if (said.doubt === 'near_a_line') seen.told += 1;
    }
  }
  expect(faults).toEqual([]);
  // There was something to compare.
  expect(seen.inside).toBeGreaterThan(points);
  expect(seen.outside).toBeGreaterThan(points / 6);
  expect(seen.told).toBeGreaterThan(points / 200);
});

/** A point of the line between two districts, and the way that leads off it, both from the outline of one. */
function placeOnLine(random: () => number): { on: Point; east: number; north: number } | undefined {
  const outline = outlines[Math.floor(random() * outlines.length)]!;
  const ring = outline.rings[Math.floor(random() * outline.rings.length)]!;
  const index = Math.floor(random() * (ring.length - 1));
  const [from, to] = [ring[index]!, ring[index + 1]!];
  const along = random();
  const on = {
    longitude: from[0]! + (to[0]! - from[0]!) * along,
    latitude: from[1]! + (to[1]! - from[1]!) * along,
  };
  const east = (to[0]! - from[0]!) * Math.cos(on.latitude * RADIANS);
  const north = to[1]! - from[1]!;
  const length = Math.hypot(east, north);
  return length === 0 ? undefined : { on, east: north / length, north: -east / length };
}

const movedBy = ({ latitude, longitude }: Point, east: number, north: number): Point => ({
  latitude: latitude + north / METRES_IN_A_DEGREE,
  longitude: longitude + east / (METRES_IN_A_DEGREE * Math.cos(latitude * RADIANS)),
});

test('at points put 0 to 100 m to either side of a line it is told up to 50 m, and further off no more', async () => {
  const random = numbersFrom(419);
  const seen = { told: 0, certain: 0 };
  const faults: unknown[] = [];
  while (seen.told < 500 || seen.certain < 500) {
    const place = placeOnLine(random);
    if (!place) continue;
    const metres = random() * 200 - 100;
    const point = movedBy(place.on, place.east * metres, place.north * metres);
    // Most of the lines are coast: there is nothing to be told.
    const measures = CHAMBERS.map((chamber) => ({ chamber, measured: measure(point, chamber) }));
    if (!measures.some(({ measured }) => measured.district && measured.to_other <= 100)) continue;
    const outcome = await find(point);
    for (const { chamber, measured } of measures) {
      const said = saidOf(outcome, chamber);
      const fault = faultOf(measured, said);
      if (fault) faults.push({ fault, point, chamber, measured, said });
      if (measured.district) seen[said.doubt ? 'told' : 'certain'] += 1;
    }
  }
  expect(faults).toEqual([]);
});
