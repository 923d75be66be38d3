import { byChamber, type ChamberCandidates } from './finder-outcome.ts';
import type { District } from './legislator.ts';
import type { StateRoster } from './roster.ts';
import { sharersOf } from './shared-places.ts';
import { isInMiddle, zipCandidates, zipState } from './zip-candidates.ts';

/** What a ZIP code tells of where someone lives, by whatever is at hand; never more than a guess. */
export type Guess =
  /** `census`: by the Census's own relation, the largest part first. `nearby`: around the middle of the ZIP code. */
  | { kind: 'candidates'; by: 'census' | 'nearby'; candidates: ChamberCandidates[] }
  /** Of this state, and nobody here knows where the districts lie. */
  | { kind: 'no_map' }
  /** `state` is a postal code. */
  | { kind: 'other_state'; state: string }
  | { kind: 'unknown_zip' };

/** The districts that a ZIP code may lie in: as the Census has them where that is at hand, else those near its middle. */
export function guessByZip(zip: string, place: StateRoster): Guess {
  const known = byCensus(zip, place);
  if (known) return { kind: 'candidates', by: 'census', candidates: known };
  if (place.boundaries) {
    const guess = zipCandidates(zip, place.boundaries);
    if (guess.kind !== 'candidates') return guess;
    return { kind: 'candidates', by: 'nearby', candidates: byChamber(guess.districts) };
  }
  const state = zipState(zip);
  if (state === undefined) return { kind: 'unknown_zip' };
  return state === place.roster.state ? { kind: 'no_map' } : { kind: 'other_state', state };
}

/**
 * Undefined for a ZIP code that the Census gives no area, such as one of PO boxes, or none in some chamber. A ZIP code is not
 * quite the area that the Census draws for it: where that lies in one district alone it is filled in, to be confirmed, if our
 * own map has the ZIP code's middle there too.
 */
function byCensus(zip: string, { roster, boundaries, zips }: StateRoster): ChamberCandidates[] | undefined {
  const candidates = byChamber(zips?.get(zip) ?? []);
  const chambers = new Set(roster.districts.map((district) => district.org_classification));
  if (candidates.length < chambers.size) return undefined;
  return candidates.map((group) => {
    const [only] = group.districts as [District];
    // Idaho's seats A and B are one place.
    const isOne = sharersOf(group.districts, only).length === group.districts.length;
    const is_likely = isOne && boundaries !== undefined && isInMiddle(zip, only, boundaries);
    return { ...group, is_likely };
  });
}
