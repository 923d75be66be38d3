import type { MultiPolygon, Polygon, Position } from 'geojson';

/** A ring: longitude and latitude of each corner in turn, the first corner once more at the end. */
type Ring = Float64Array;

/** One area with its holes, and the box of degrees around it: west, south, east, north. */
interface Area {
  rings: Ring[];
  west: number;
  south: number;
  east: number;
  north: number;
}

/**
 * A district's outline as it is kept in memory: a corner takes 16 bytes, where one of GeoJSON takes five times that, and all
 * states have millions.
 */
export interface Outline {
  type: (Polygon | MultiPolygon)['type'];
  areas: Area[];
}

/** The outline of a geometry of GeoJSON. */
export function outlineOf({ type, coordinates }: Polygon | MultiPolygon): Outline {
  const polygons = type === 'Polygon' ? [coordinates] : coordinates;
  return { type, areas: polygons.map(areaOf) };
}

function areaOf(polygon: Position[][]): Area {
  const area: Area = { rings: [], west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const corners of polygon) {
    const ring = new Float64Array(2 * corners.length);
    for (const [index, corner] of corners.entries()) {
      const [longitude, latitude] = corner as [number, number];
      ring[2 * index] = longitude;
      ring[2 * index + 1] = latitude;
      if (longitude < area.west) area.west = longitude;
      if (longitude > area.east) area.east = longitude;
      if (latitude < area.south) area.south = latitude;
      if (latitude > area.north) area.north = latitude;
    }
    area.rings.push(ring);
  }
  return area;
}

/** The same as GeoJSON. */
export function geometryOf({ type, areas }: Outline): Polygon | MultiPolygon {
  const polygons = areas.map(({ rings }) => rings.map(cornersOf));
  return type === 'Polygon' ? { type, coordinates: polygons[0]! } : { type, coordinates: polygons };
}

function cornersOf(ring: Ring): Position[] {
  return Array.from({ length: ring.length / 2 }, (_, corner) => [ring[2 * corner]!, ring[2 * corner + 1]!]);
}

/** Whether a point lies within: on a way due east from it an odd number of lines is crossed. */
export function covers({ areas }: Outline, longitude: number, latitude: number): boolean {
  return areas.some(
    (area) =>
      isInBox(area, longitude, latitude) &&
      area.rings.reduce((odd, ring) => odd !== isOdd(ring, longitude, latitude), false),
  );
}

function isInBox({ west, south, east, north }: Area, longitude: number, latitude: number): boolean {
  return west <= longitude && longitude <= east && south <= latitude && latitude <= north;
}

function isOdd(ring: Ring, longitude: number, latitude: number): boolean {
  let odd = false;
  let [x, y] = [ring[ring.length - 2]!, ring[ring.length - 1]!];
  for (let at = 0; at < ring.length; at += 2) {
    const [next_x, next_y] = [ring[at]!, ring[at + 1]!];
    // A line that ends at the point's latitude counts where its other end lies south of it, so that a corner counts once.
    if (y > latitude !== next_y > latitude) {
      const crossing = next_x + ((x - next_x) * (latitude - next_y)) / (y - next_y);
      if (longitude < crossing) odd = !odd;
    }
    x = next_x;
    y = next_y;
  }
  return odd;
}

/** A box of degrees. */
export type Box = [west: number, south: number, east: number, north: number];

/** Every line of an outline that may come into a box: those that lie wholly on one side of it are left out. */
export function* linesIn({ areas }: Outline, [west, south, east, north]: Box): Generator<[Corner, Corner]> {
  for (const area of areas) {
    if (area.west > east || area.east < west || area.south > north || area.north < south) continue;
    for (const ring of area.rings)
      for (let at = 2; at < ring.length; at += 2) {
        const [x, y, next_x, next_y] = [ring[at - 2]!, ring[at - 1]!, ring[at]!, ring[at + 1]!];
        const isBeside = (x < west && next_x < west) || (x > east && next_x > east);
        if (isBeside || (y < south && next_y < south) || (y > north && next_y > north)) continue;
        yield [
          [x, y],
          [next_x, next_y],
        ];
      }
  }
}

type Corner = [longitude: number, latitude: number];
