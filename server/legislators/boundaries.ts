import CheapRuler from 'cheap-ruler';
import type { Feature, MultiPolygon, Polygon, Position } from 'geojson';
import type { District, Point } from './legislator.ts';
import { type Box, covers, geometryOf, linesIn, meet, type Outline, outlineOf } from './outline.ts';

/** A district with its outline, in degrees (WGS 84). */
export type DistrictFeature = Feature<Polygon | MultiPolygon, District>;

/** A district and how far it is from a point. */
export interface NearDistrict {
  district: District;
  /** Metres to the nearest point of the district; 0 inside it. */
  distance: number;
}

/** Where one state's districts lie, indexed for points. */
export interface Boundaries {
  /** Postal code, lower case. */
  state: string;
  features: { district: District; readonly geometry: Polygon | MultiPolygon }[];
  /** Every district that covers the point, of all chambers; empty outside the state. */
  at(point: Point): District[];
  /** Every district within so many metres of the point, the nearest first; those that cover it have distance 0. */
  near(point: Point, metres: number): NearDistrict[];
}

/** Whether a geometry can be a district's: an area, in degrees of longitude and latitude. */
export function isOutline(geometry: unknown): geometry is Polygon | MultiPolygon {
  const { type, coordinates } = (geometry ?? {}) as { type?: unknown; coordinates?: unknown };
  if (type === 'Polygon') return isListOf(coordinates, isRing);
  return type === 'MultiPolygon' && isListOf(coordinates, (polygon) => isListOf(polygon, isRing));
}

const isRing = (ring: unknown): ring is Position[] =>
  isListOf(ring, isPosition) && (ring as Position[]).length >= 4;

/** In degrees: numbers beyond them are of a map projection, and would find nothing. */
function isPosition(position: unknown): boolean {
  if (!Array.isArray(position)) return false;
  const [longitude, latitude] = position;
  return isWithin(longitude, 180) && isWithin(latitude, 90);
}

const isWithin = (degrees: unknown, most: number) =>
  typeof degrees === 'number' && degrees >= -most && degrees <= most;

function isListOf(value: unknown, is: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(is);
}

/** A little less than a degree of latitude anywhere on earth, so that the box is never too small. */
const METRES_IN_A_DEGREE = 110_000;

/** A box of [west, south, east, north] degrees that holds all within so many metres of the point. */
function boxAround({ latitude, longitude }: Point, metres: number): Box {
  const tall = metres / METRES_IN_A_DEGREE;
  const poleward = Math.min(89, Math.abs(latitude) + tall);
  const wide = tall / Math.cos((poleward * Math.PI) / 180);
  return [longitude - wide, latitude - tall, longitude + wide, latitude + tall];
}

/**
 * Tells metres from a point to the nearest of an outline's lines that come into the box; Infinity where none does.
 * Between two corners a line is straight in degrees, as it is for whoever asks what covers a point; the shortest way over the
 * globe would be up to metres off it on long lines.
 */
function measureFrom({ latitude, longitude }: Point, box: Box): (outline: Outline) => number {
  const ruler = new CheapRuler(latitude, 'meters');
  return (outline) => {
    let least = Number.POSITIVE_INFINITY;
    for (const [one, other] of linesIn(outline, box))
      least = Math.min(least, ruler.pointToSegmentDistance([longitude, latitude], one, other));
    return least;
  };
}

/**
 * Makes boundaries that answer points from features whose properties are the districts: a collection of GeoJSON, or features
 * that are read one after the other, none of which is kept.
 */
export function createBoundaries(
  state: string,
  { features }: { type?: 'FeatureCollection'; features: Iterable<DistrictFeature> },
): Boundaries {
  const drawn = Array.from(features, ({ properties, geometry }) => ({
    district: properties,
    outline: outlineOf(geometry),
  }));
  const boxes = Float64Array.from(drawn.flatMap(({ outline }) => outline.box));
  const drawnIn = (box: Box) => drawn.filter((_, index) => meet(boxes, 4 * index, box));

  return {
    state,
    features: drawn.map(({ district, outline }) => ({
      district,
      get geometry() {
        return geometryOf(outline);
      },
    })),
    at({ latitude, longitude }) {
      const covering = drawnIn([longitude, latitude, longitude, latitude]).filter(({ outline }) =>
        covers(outline, longitude, latitude),
      );
      return [...new Set(covering.map(({ district }) => district))];
    },
    near(point, metres) {
      const { longitude, latitude } = point;
      const box = boxAround(point, metres);
      const metresTo = measureFrom(point, box);
      const found = new Map<District, number>();
      for (const { district, outline } of drawnIn(box)) {
        const distance = covers(outline, longitude, latitude) ? 0 : metresTo(outline);
        if (distance <= metres) found.set(district, Math.min(distance, found.get(district) ?? distance));
      }
      return [...found]
        .map(([district, distance]): NearDistrict => ({ district, distance }))
        .sort((one, other) => one.distance - other.distance);
    },
  };
}
