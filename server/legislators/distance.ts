import type { Point } from './legislator.ts';

const EARTH_RADIUS = 6_371_009;
const RADIANS = Math.PI / 180;

/** Metres between two points over the ground (haversine, a sphere of the mean radius: within 0.5 per cent). */
export function distanceInMetres(a: Point, b: Point): number {
  const halfLatitude = ((b.latitude - a.latitude) * RADIANS) / 2;
  const halfLongitude = ((b.longitude - a.longitude) * RADIANS) / 2;
  const square =
    Math.sin(halfLatitude) ** 2 +
    Math.cos(a.latitude * RADIANS) * Math.cos(b.latitude * RADIANS) * Math.sin(halfLongitude) ** 2;
  return 2 * EARTH_RADIUS * Math.asin(Math.sqrt(square));
}
