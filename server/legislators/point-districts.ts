import type { Boundaries } from './boundaries.ts';
import type { GeocoderMatch } from './geocoder-reply.ts';
import { type District, ORG_CLASSIFICATIONS, type OrgClassification, type Point } from './legislator.ts';

/** Why it is not certain which district of a chamber a place lies in. */
export type Doubt =
  /** So close to a line that the map can't tell. */
  | 'near_a_line'
  /** Off the coast, or on a shore that our map draws too coarsely: the nearest districts. */
  | 'off_our_map'
  /** The geocoder's map says another district than ours. */
  | 'districts_disagree'
  /** OpenStates names no district, too many, or perhaps not all. */
  | 'districts_unsure';

/** Which districts of one chamber a place may lie in, the likeliest first; certain where there is no doubt. */
export interface ChamberVerdict {
  org_classification: OrgClassification;
  districts: District[];
  doubt?: Doubt;
}

/**
 * How near, in metres, another district of the chamber makes a point uncertain. The boundaries are drawn for maps of
 * 1:500,000, so that a line may stand some steps off its true place; a device's own location is no better.
 */
const LINE_METRES = 50;
/** How far off the coast a point may be and still be given the nearest districts as a choice. */
const SHORE_METRES = 2000;

/** The districts of a point by our own boundaries, the upper chamber's first; empty where it is elsewhere. */
export function districtsOfPoint(boundaries: Boundaries, point: Point): ChamberVerdict[] {
  const covering = boundaries.at(point);
  const near = boundaries.near(point, SHORE_METRES);
  return ORG_CLASSIFICATIONS.flatMap((org_classification): ChamberVerdict[] => {
    const ofChamber = near.filter(({ district }) => district.org_classification === org_classification);
    const isCovered = covering.some((district) => district.org_classification === org_classification);
    const within = ofChamber.filter(({ distance }) => !isCovered || distance <= LINE_METRES);
    const districts = within.map(({ district }) => district);
    if (districts.length === 0) return [];
    if (!isCovered) return [{ org_classification, districts, doubt: 'off_our_map' }];
    return [{ org_classification, districts, ...(districts.length > 1 ? { doubt: 'near_a_line' } : {}) }];
  });
}

/**
 * The districts of a place that the geocoder found, its own districts being a second witness to our boundaries. Its map
 * is finer than ours, and knows the side of the street, but may be the one for the next election: where it says a district
 * that ours does not know of there, both are possible. A chamber of which it says nothing stands on our boundaries alone.
 */
export function districtsOfMatch(
  boundaries: Boundaries,
  known: District[],
  { point, geoids }: GeocoderMatch,
): ChamberVerdict[] {
  const ours = districtsOfPoint(boundaries, point);
  const covering = boundaries.at(point);
  return ORG_CLASSIFICATIONS.flatMap((org_classification): ChamberVerdict[] => {
    const own = ours.find((verdict) => verdict.org_classification === org_classification);
    // Districts of both chambers have the same ids: the layer alone tells them apart. A single chamber counts as upper.
    const geoid = org_classification === 'lower' ? geoids.lower : geoids.upper;
    const theirs = known.find(
      (district) => district.org_classification === org_classification && district.geoid === geoid,
    );
    if (geoid === undefined || !theirs) return own ? [own] : [];
    if (covering.includes(theirs)) return [{ org_classification, districts: [theirs] }];
    const districts = [...new Set([theirs, ...(own?.districts ?? [])])];
    const isOwn = own?.districts.includes(theirs) ?? false;
    // Where our coast is too coarse theirs is the finer one.
    if (isOwn && own?.doubt === 'off_our_map') return [{ org_classification, districts: [theirs] }];
    return [{ org_classification, districts, doubt: isOwn ? 'near_a_line' : 'districts_disagree' }];
  });
}
