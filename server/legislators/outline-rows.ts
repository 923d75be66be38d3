import type { MultiPolygon, Polygon } from 'geojson';

/** Degrees of latitude from one row to the next: 278 metres. */
const STEP = 0.0025;
const METRES_IN_A_DEGREE = 111_195;
const RADIANS = Math.PI / 180;

/** A stretch along a row, from one degree of longitude to another. */
type Stretch = [west: number, east: number];

/**
 * What an outline covers of rows that lie all over the earth at the same latitudes, by their numbers. Two outlines that
 * are drawn differently, with lines that cross a thousand times, are compared row by row: quick, and nothing can go wrong.
 */
export type Rows = Map<number, Stretch[]>;

/** The rows of an outline. */
export function rowsOf({ type, coordinates }: Polygon | MultiPolygon): Rows {
  const crossings = new Map<number, number[]>();
  const rings = type === 'Polygon' ? coordinates : coordinates.flat();
  for (const ring of rings) {
    for (const [index, [longitude, latitude]] of ring.entries()) {
      const [longitude_before, latitude_before] = ring[index - 1] ?? ring.at(-1)!;
      addCrossings(crossings, [longitude_before!, latitude_before!, longitude!, latitude!]);
    }
  }
  return new Map(
    [...crossings].map(([row, longitudes]) => {
      const sorted = longitudes.sort((one, other) => one - other);
      // Each ring is crossed an even number of times: in and out again, of holes and islands too.
      const pairs = sorted.flatMap((west, index): Stretch[] =>
        index % 2 === 0 ? [[west, sorted[index + 1]!]] : [],
      );
      return [row, pairs];
    }),
  );
}

/** Notes where a line crosses rows; its northern end counts to the line that goes on from there. */
function addCrossings(
  crossings: Map<number, number[]>,
  [x1, y1, x2, y2]: [number, number, number, number],
): void {
  const [south, north] = [Math.min(y1, y2), Math.max(y1, y2)];
  for (let row = Math.ceil(south / STEP); row * STEP < north; row += 1) {
    const longitude = x1 + ((x2 - x1) * (row * STEP - y1)) / (y2 - y1);
    const others = crossings.get(row);
    if (others) others.push(longitude);
    else crossings.set(row, [longitude]);
  }
}

/** What both cover. */
export function commonRows(one: Rows, other: Rows): Rows {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  const common: Rows = new Map();
  for (const [row, stretches] of few) {
    const both = commonStretches(stretches, many.get(row) ?? []);
    if (both.length > 0) common.set(row, both);
  }
  return common;
}

function commonStretches(some: Stretch[], others: Stretch[]): Stretch[] {
  const common: Stretch[] = [];
  for (let i = 0, j = 0; i < some.length && j < others.length; ) {
    const [one, other] = [some[i]!, others[j]!];
    const [west, east] = [Math.max(one[0], other[0]), Math.min(one[1], other[1])];
    if (west < east) common.push([west, east]);
    if (one[1] < other[1]) i += 1;
    else j += 1;
  }
  return common;
}

const metresInADegree = (row: number) => METRES_IN_A_DEGREE * Math.cos(row * STEP * RADIANS);

/** How large what is covered is, in square metres. */
export function areaOf(rows: Rows): number {
  let metres = 0;
  for (const [row, stretches] of rows) {
    for (const [west, east] of stretches) metres += (east - west) * metresInADegree(row);
  }
  return metres * STEP * METRES_IN_A_DEGREE;
}

/** Whether a square of so many metres, its sides to the north and to the east, lies in what is covered. */
export function holdsSquare(rows: Rows, metres: number): boolean {
  const height = Math.ceil(metres / (STEP * METRES_IN_A_DEGREE));
  return [...rows.keys()].some((row) => {
    const width = metres / metresInADegree(row);
    let common = rows.get(row)!;
    for (let above = 1; above <= height && common.length > 0; above += 1) {
      common = commonStretches(common, rows.get(row + above) ?? []);
    }
    return common.some(([west, east]) => east - west >= width);
  });
}
