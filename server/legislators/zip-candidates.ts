import zipcodes from 'zipcodes';
import type { Boundaries } from './boundaries.ts';
import { distanceInMetres } from './distance.ts';
import type { District, Point } from './legislator.ts';

/** What a ZIP code tells of where someone lives: a guess, always. */
export type ZipGuess =
  /** The districts near the middle of the ZIP code, the nearest first. */
  | { kind: 'candidates'; districts: District[] }
  | { kind: 'other_state'; state: string }
  | { kind: 'unknown_zip' };

/** Beyond how many neighbours' distance a ZIP code hardly reaches, and how much of that distance to allow for. */
const NEIGHBOUR = 3;
const REACH = 1.5;
const SHORTEST_REACH = 4_000;
const LONGEST_REACH = 60_000;

/**
 * The districts that a ZIP code may lie in. Only the middle of a ZIP code is known (package `zipcodes`), not its shape;
 * how far it may reach follows from how far away its neighbours' middles are: some blocks in a city, many miles in the
 * country. Nearest districts of each chamber are always among them.
 */
export function zipCandidates(zip: string, boundaries: Boundaries): ZipGuess {
  const code = zipcodes.codes[zip];
  if (code?.country !== 'US') return { kind: 'unknown_zip' };
  if (code.state.toLowerCase() !== boundaries.state)
    return { kind: 'other_state', state: code.state.toLowerCase() };
  const reach = reachOf(code);
  const near = boundaries.near(code, reach);
  // A middle that fell into the sea, or a coast drawn too coarsely: further, until there is land.
  const found = near.length > 0 ? near : boundaries.near(code, LONGEST_REACH);
  return found.length > 0
    ? { kind: 'candidates', districts: found.map(({ district }) => district) }
    : { kind: 'unknown_zip' };
}

/** Metres around its middle that a ZIP code may reach. */
function reachOf(middle: Point): number {
  const distances: number[] = [];
  const seen = new Set<string>();
  for (const other of Object.values(zipcodes.codes)) {
    // A degree is about 110 km: what is further away in either direction is beyond the longest reach anyway.
    if (Math.abs(other.latitude - middle.latitude) > 1 || Math.abs(other.longitude - middle.longitude) > 1)
      continue;
    // ZIP codes of post-office boxes share the middle of their town.
    const place = `${other.latitude} ${other.longitude}`;
    if (seen.has(place)) continue;
    seen.add(place);
    const distance = distanceInMetres(middle, other);
    if (distance > 0) distances.push(distance);
  }
  const neighbour = distances.toSorted((a, b) => a - b)[NEIGHBOUR - 1] ?? LONGEST_REACH;
  return Math.min(LONGEST_REACH, Math.max(SHORTEST_REACH, neighbour * REACH));
}
