import { whenNeeded } from '../when-needed.ts';
import type { Boundaries } from './boundaries.ts';
import type { District, Point } from './legislator.ts';
import { zipTable } from './zip-table.ts';

/** What the middle of a ZIP code tells of where someone lives: a guess, always. */
export type ZipGuess =
  /** The districts that the ZIP code may lie in, the nearest to its middle first. */
  | { kind: 'candidates'; districts: District[] }
  | { kind: 'other_state'; state: string }
  | { kind: 'unknown_zip' };

/**
 * Only the middle of a ZIP code is known (package `zipcodes`), not its shape. A place may belong to it where no other
 * middle is so near that the distance to this one is more than so many times that, and some metres. Tried on Florida
 * against the Census's own middles: 2 places in 10,000 were left out, those of ZIP codes whose middle is wrong by miles.
 */
const TIMES_NEAREST = 2.5;
const MORE_METRES = 5_000;
/** No ZIP code east of the Rockies reaches further. */
const LONGEST_REACH = 60_000;

const METRES_IN_A_DEGREE = 111_195;
const RADIANS = Math.PI / 180;

/** East and north of a middle, in metres. */
type Offset = [east: number, north: number];

/** Places are tried so many metres apart near the middle, further out a fifth of the way to it. */
const STEP = 600;
const WIDER = 1.2;

/** `clear`: how near, in metres, no other middle may be for a place of this ring to belong to this one. */
interface Ring {
  clear: number;
  offsets: Offset[];
}

/** Rings of places around a middle, so dense that hardly a district falls between them. */
const RINGS: Ring[] = [];
for (let radius = STEP; radius <= LONGEST_REACH; radius = Math.max(radius + STEP, radius * WIDER)) {
  const count = Math.ceil((2 * Math.PI * radius) / Math.max(STEP, radius * (WIDER - 1)));
  const offsets = Array.from({ length: count }, (_, index): Offset => {
    const angle = (index / count) * 2 * Math.PI;
    return [Math.sin(angle) * radius, Math.cos(angle) * radius];
  });
  RINGS.push({ clear: (radius - MORE_METRES) / TIMES_NEAREST, offsets });
}

/** Middles of all ZIP codes of the country by the whole degree they lie in. */
const middles = whenNeeded(() =>
  Map.groupBy(
    Object.values(zipTable()).filter((code) => code.country === 'US'),
    (code): string => square(code.latitude, code.longitude),
  ),
);

/** The state that a ZIP code belongs to, by its postal code; undefined for a code that is none of the country's. */
export function zipState(zip: string): string | undefined {
  const code = zipTable()[zip];
  return code?.country === 'US' ? code.state.toLowerCase() : undefined;
}

/** Whether a district covers the middle of a ZIP code. */
export function isInMiddle(zip: string, district: District, boundaries: Boundaries): boolean {
  const middle = zipTable()[zip];
  return middle !== undefined && boundaries.at(middle).includes(district);
}

/** The districts that a ZIP code may lie in. */
export function zipCandidates(zip: string, boundaries: Boundaries): ZipGuess {
  const code = zipTable()[zip];
  const state = zipState(zip);
  if (!code || state === undefined) return { kind: 'unknown_zip' };
  if (state !== boundaries.state) return { kind: 'other_state', state };
  const districts = districtsAround(code, boundaries);
  // A middle that fell into the sea: further, until there is land.
  if (districts.length === 0)
    districts.push(...boundaries.near(code, LONGEST_REACH).map(({ district }) => district));
  return districts.length > 0 ? { kind: 'candidates', districts } : { kind: 'unknown_zip' };
}

/** The districts of every place that may belong to the ZIP code of this middle. */
function districtsAround(middle: Point, boundaries: Boundaries): District[] {
  const wide = METRES_IN_A_DEGREE * Math.cos(middle.latitude * RADIANS);
  const others = middlesNear(middle).map(
    ({ latitude, longitude }): Offset => [
      (longitude - middle.longitude) * wide,
      (latitude - middle.latitude) * METRES_IN_A_DEGREE,
    ],
  );
  const found = new Set(boundaries.at(middle));
  for (const ring of RINGS) {
    const places = ring.offsets.filter((offset) => !isAnyWithin(others, offset, ring.clear));
    const here = places.flatMap(([east, north]) =>
      boundaries.at({
        latitude: middle.latitude + north / METRES_IN_A_DEGREE,
        longitude: middle.longitude + east / wide,
      }),
    );
    if (places.length === 0) break;
    for (const district of here) found.add(district);
  }
  return [...found];
}

/** Compares squares: this runs for every middle and every place. */
function isAnyWithin(others: Offset[], [east, north]: Offset, metres: number): boolean {
  if (metres <= 0) return false;
  return others.some((other) => (other[0] - east) ** 2 + (other[1] - north) ** 2 < metres ** 2);
}

/** Middles in the squares of a degree around one: enough for the longest reach. */
function middlesNear({ latitude, longitude }: Point): Point[] {
  const steps = [-1, 0, 1];
  return steps.flatMap((north) =>
    steps.flatMap((east) => middles().get(square(latitude + north, longitude + east)) ?? []),
  );
}

function square(latitude: number, longitude: number): string {
  return `${Math.floor(latitude)} ${Math.floor(longitude)}`;
}
