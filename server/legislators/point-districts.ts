import type { Boundaries } from './boundaries.ts';
import type { District, Point } from './legislator.ts';

/**
 * How near, in metres, another district of the chamber makes a point uncertain. The boundaries are drawn for maps of
 * 1:500,000, so that a line may stand some steps off its true place; a device's own location is no better.
 */
const LINE_METRES = 50;
/** How far off the coast a point may be and still be given the nearest districts as a choice. */
const SHORE_METRES = 2000;

/** The districts that a point lies in or so close to that the map can't tell, the nearest first. */
export function nearLine(boundaries: Boundaries, point: Point): District[] {
  return boundaries.near(point, LINE_METRES).map(({ district }) => district);
}

/** The districts near a point that none covers. */
export function outsideOf(boundaries: Boundaries, point: Point): District[] {
  return boundaries.near(point, SHORE_METRES).map(({ district }) => district);
}

/** True where no chamber has more than one of these districts. */
export function isCertain(districts: District[]): boolean {
  return new Set(districts.map((district) => district.org_classification)).size === districts.length;
}
