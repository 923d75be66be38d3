import type { MultiPolygon, Polygon, Position } from 'geojson';

/** A ring of an area, with an index to its lines. */
interface Ring {
  /** Longitude and latitude of each corner in turn, the first corner once more at the end. */
  corners: Float64Array;
  /** West, south, east and north of the box around each run of lines, and before all of them those of the whole ring. */
  boxes: Float64Array;
}

/**
 * A district's outline as it is kept in memory: a corner takes 18 bytes, where one of GeoJSON takes five times that, and all
 * states have millions. Each area is an outer ring and its holes.
 */
export interface Outline {
  type: (Polygon | MultiPolygon)['type'];
  box: Box;
  areas: Ring[][];
}

/** A box of degrees. */
export type Box = [west: number, south: number, east: number, north: number];

/** Lines in a run: so few that little is looked at in vain, and so many that there are few boxes. */
const RUN = 16;

/** The outline of a geometry of GeoJSON. */
export function outlineOf({ type, coordinates }: Polygon | MultiPolygon): Outline {
  const polygons = type === 'Polygon' ? [coordinates] : coordinates;
  const areas = polygons.map((rings) => rings.map(ringOf));
  return { type, box: boxOf(areas.flat().flatMap(({ boxes }) => [...boxes.subarray(0, 4)])), areas };
}

function ringOf(open_or_closed: Position[]): Ring {
  const positions = closed(open_or_closed);
  const corners = new Float64Array(2 * positions.length);
  for (const [index, [longitude, latitude]] of positions.entries()) {
    corners[2 * index] = longitude!;
    corners[2 * index + 1] = latitude!;
  }
  const runs = Math.ceil((positions.length - 1) / RUN);
  const boxes = new Float64Array(4 * (1 + runs));
  for (let run = 0; run < runs; run += 1) boxes.set(boxOf(linesOfRun(corners, run)), 4 * (1 + run));
  boxes.set(boxOf(boxes.subarray(4)));
  return { corners, boxes };
}

/** A ring that ends where it begins: not every file closes them. */
function closed(positions: Position[]): Position[] {
  const [first, last] = [positions[0]!, positions.at(-1)!];
  return first[0] === last[0] && first[1] === last[1] ? positions : [...positions, first];
}

/** The corners of a run's lines: its last one is the first of the next run. */
const linesOfRun = (corners: Float64Array, run: number) =>
  corners.subarray(2 * RUN * run, 2 * RUN * (run + 1) + 2);

function boxOf(corners: ArrayLike<number>): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < corners.length; at += 2) {
    const [longitude, latitude] = [corners[at]!, corners[at + 1]!];
    // Without asking for Math at each corner: where a global is looked up, as in tests, that takes longer than all else.
    if (longitude < box[0]) box[0] = longitude;
    if (latitude < box[1]) box[1] = latitude;
    if (longitude > box[2]) box[2] = longitude;
    if (latitude > box[3]) box[3] = latitude;
  }
  return box;
}

/** The same as GeoJSON. */
export function geometryOf({ type, areas }: Outline): Polygon | MultiPolygon {
  const polygons = areas.map((rings) => rings.map(positionsOf));
  return type === 'Polygon' ? { type, coordinates: polygons[0]! } : { type, coordinates: polygons };
}

function positionsOf({ corners }: Ring): Position[] {
  return Array.from({ length: corners.length / 2 }, (_, index) => [
    corners[2 * index]!,
    corners[2 * index + 1]!,
  ]);
}

/** Whether two boxes have a point in common; the one stands among others, at its place. */
export function meet(boxes: Float64Array, at: number, box: Box): boolean {
  // Asked hundreds of times for a point, and half again as fast as where the box is taken apart into named sides.
  return (
    boxes[at]! <= box[2] && boxes[at + 1]! <= box[3] && boxes[at + 2]! >= box[0] && boxes[at + 3]! >= box[1]
  );
}

/** Calls back with the place of each line's first corner, for all lines of the runs whose boxes meet this one. */
function eachLine({ corners, boxes }: Ring, box: Box, see: (at: number) => void): void {
  if (!meet(boxes, 0, box)) return;
  for (let run = 1; 4 * run < boxes.length; run += 1) {
    if (!meet(boxes, 4 * run, box)) continue;
    const last = Math.min(2 * RUN * run, corners.length - 2);
    for (let at = 2 * RUN * (run - 1); at < last; at += 2) see(at);
  }
}

/** Whether a point lies within: on a way due east from it an odd number of lines is crossed. */
export function covers({ areas }: Outline, longitude: number, latitude: number): boolean {
  return areas.some((rings) => rings.reduce((odd, ring) => odd !== isOdd(ring, longitude, latitude), false));
}

function isOdd(ring: Ring, longitude: number, latitude: number): boolean {
  const { corners } = ring;
  let odd = false;
  eachLine(ring, [longitude, latitude, Infinity, latitude], (at) => {
    const [x, y, next_x, next_y] = [corners[at]!, corners[at + 1]!, corners[at + 2]!, corners[at + 3]!];
    // A line that ends at the point's latitude counts where its other end lies south of it, so that a corner counts once.
    if (y > latitude === next_y > latitude) return;
    const crossing = next_x + ((x - next_x) * (latitude - next_y)) / (y - next_y);
    if (longitude < crossing) odd = !odd;
  });
  return odd;
}

type Corner = [longitude: number, latitude: number];

/** Every line of an outline that may come into a box: those that lie wholly on one side of it are left out. */
export function linesIn(outline: Outline, box: Box): [Corner, Corner][] {
  const lines: [Corner, Corner][] = [];
  const [west, south, east, north] = box;
  for (const ring of outline.areas.flat()) {
    const { corners } = ring;
    eachLine(ring, box, (at) => {
      const [x, y, next_x, next_y] = [corners[at]!, corners[at + 1]!, corners[at + 2]!, corners[at + 3]!];
      const isBeside = (x < west && next_x < west) || (x > east && next_x > east);
      if (isBeside || (y < south && next_y < south) || (y > north && next_y > north)) return;
      lines.push([
        [x, y],
        [next_x, next_y],
      ]);
    });
  }
  return lines;
}
