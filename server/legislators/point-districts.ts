import type { Boundaries } from './boundaries.ts';
import type { GeocoderMatch } from './geocoder-reply.ts';
import type { District, OrgClassification, Point } from './legislator.ts';
import { holdTogether } from './shared-places.ts';
import { stateFacts } from './states.ts';

/** Why it is not certain which district of a chamber a place lies in. */
export type Doubt =
  /** So close to a line that the map can't tell. */
  | 'near_a_line'
  /** As close, and the geocoder's finer map names the same district as ours, the first: to be told, and confirmed. */
  | 'near_a_line_agreed'
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

/**
 * The districts of a point by our own boundaries, the upper chamber's first; empty where it is elsewhere. Certain where one
 * district covers it and no other of the chamber is within LINE_METRES; else a choice in which nothing is filled in.
 * The state's own edge is no such line: beyond it are none of our districts, and people know which state they live in.
 */
export function districtsOfPoint(boundaries: Boundaries, point: Point): ChamberVerdict[] {
  const covering = boundaries.at(point);
  const near = boundaries.near(point, LINE_METRES);
  const { chambers } = stateFacts(boundaries.state);
  const coveringOf = (chamber: OrgClassification) =>
    covering.filter((district) => district.org_classification === chamber);
  // Looking that far takes ten times as long, and few places need it.
  const isCovered = chambers.every((chamber) => coveringOf(chamber).length > 0);
  const off = isCovered ? [] : boundaries.near(point, SHORE_METRES);
  return chambers.flatMap((org_classification): ChamberVerdict[] => {
    const covered = coveringOf(org_classification);
    const districts = (covered.length > 0 ? near : off)
      .map(({ district }) => district)
      .filter((district) => district.org_classification === org_classification);
    if (districts.length === 0) return [];
    if (covered.length === 0) return [{ org_classification, districts, doubt: 'off_our_map' }];
    const isAlone = districts.length === covered.length && holdTogether(covered);
    return [{ org_classification, districts, ...(isAlone ? {} : { doubt: 'near_a_line' }) }];
  });
}

/**
 * The districts of a place that the geocoder found, its own districts being a second witness to our boundaries. Its map
 * is finer than ours, and knows the side of the street, but may be the one for the next election: where it says a district
 * that ours does not know of there, both are possible. A chamber of which it says nothing stands on our boundaries alone.
 *
 * Certain: both say the same district, and no other is within LINE_METRES. Told, with that district filled in to be
 * confirmed: both say the same, and another is as near as that. Asked, with nothing filled in: they do not say the same.
 */
export function districtsOfMatch(
  boundaries: Boundaries,
  known: District[],
  { point, geoids }: GeocoderMatch,
): ChamberVerdict[] {
  const ours = districtsOfPoint(boundaries, point);
  const covering = boundaries.at(point);
  return stateFacts(boundaries.state).chambers.flatMap((org_classification): ChamberVerdict[] => {
    const own = ours.find((verdict) => verdict.org_classification === org_classification);
    // Districts of both chambers have the same ids: the layer alone tells them apart. A single chamber counts as upper.
    const geoid = org_classification === 'lower' ? geoids.lower : geoids.upper;
    const theirs = known.filter(
      (district) => district.org_classification === org_classification && district.geoid === geoid,
    );
    if (geoid === undefined) return own ? [own] : [];
    if (theirs.length === 0)
      return isOfAnotherMap(known, org_classification) ? disagreeing(own) : own ? [own] : [];
    const others = own?.districts.filter((district) => !theirs.includes(district)) ?? [];
    const districts = [...theirs, ...others];
    if (!own) return [{ org_classification, districts, doubt: 'off_our_map' }];
    if (!theirs.every((district) => own.districts.includes(district)))
      return [{ org_classification, districts, doubt: 'districts_disagree' }];
    // Where our coast is too coarse theirs is the finer one.
    if (own.doubt === 'off_our_map') return [onShore(boundaries, point, theirs)];
    if (!theirs.every((district) => covering.includes(district)))
      return [{ org_classification, districts, doubt: 'near_a_line' }];
    const covered = covering.filter((district) => district.org_classification === org_classification);
    const isAlone = others.every((district) => holdTogether(covered) && covered.includes(district));
    return [{ org_classification, districts, ...(isAlone ? {} : { doubt: 'near_a_line_agreed' }) }];
  });
}

/** Whether an id that none of a chamber's districts has is one of another map, rather than ours being without ids. */
function isOfAnotherMap(known: District[], chamber: OrgClassification): boolean {
  return known.some((district) => district.org_classification === chamber && district.geoid !== undefined);
}

/** Ours, as one of two that contradict each other. */
function disagreeing(own: ChamberVerdict | undefined): ChamberVerdict[] {
  return own ? [{ ...own, doubt: 'districts_disagree' }] : [];
}

/** What the geocoder says of a place off our map: a line that ends at the shore runs on where another is hardly further. */
function onShore(boundaries: Boundaries, point: Point, theirs: District[]): ChamberVerdict {
  const { org_classification } = theirs[0]!;
  const near = boundaries
    .near(point, SHORE_METRES)
    .filter(({ district }) => district.org_classification === org_classification);
  const distance = near.find(({ district }) => theirs.includes(district))!.distance;
  const others = near.filter(
    (one) => !theirs.includes(one.district) && one.distance <= distance + LINE_METRES,
  );
  return {
    org_classification,
    districts: [...theirs, ...others.map(({ district }) => district)],
    ...(others.length > 0 ? { doubt: 'near_a_line_agreed' } : {}),
  };
}
