import type { Geocoder } from './geocoder.ts';
import type { GeocoderMatch } from './geocoder-reply.ts';
import { type District, ORG_CLASSIFICATIONS, type OrgClassification, type Point } from './legislator.ts';
import { isCertain, nearLine, outsideOf } from './point-districts.ts';
import type { StateRoster } from './roster.ts';
import { readTypedAddress, type TypedAddress } from './typed-address.ts';
import { zipCandidates } from './zip-candidates.ts';

/** What a supporter gave to be found by. */
export type FinderRequest =
  | { kind: 'address'; text: string }
  /** From the supporter's own device. */
  | { kind: 'point'; point: Point }
  /** Picked by hand. */
  | { kind: 'divisions'; division_ids: string[] };

/** The districts of one chamber, the likeliest first. */
export interface ChamberCandidates {
  org_classification: OrgClassification;
  districts: District[];
}

export type ChooseReason =
  | 'zip_only'
  | 'several_matches'
  | 'near_a_line'
  | 'districts_disagree'
  | 'geocoder_unavailable';

export type UnusableReason =
  | 'empty'
  | 'too_long'
  | 'po_box'
  | 'no_street'
  | 'no_match'
  | 'other_state'
  | 'outside'
  | 'unknown_zip'
  | 'unknown_division'
  | 'bad_point'
  | 'refused';

/** What came of it: never an exception for what a visitor typed or for an outside service that is down. */
export type FinderOutcome =
  /** OCD ids, the upper chamber's first. */
  | { kind: 'certain'; division_ids: string[] }
  /** `whole_list`: nothing narrows the choice. */
  | { kind: 'choose'; reason: ChooseReason; candidates: ChamberCandidates[]; whole_list: boolean }
  /** `candidates` where a ZIP code narrows them; `state` is the postal code of the state that was meant. */
  | { kind: 'unusable'; reason: UnusableReason; candidates?: ChamberCandidates[]; state?: string }
  | { kind: 'no_roster' };

/** Ties address, point and districts together. */
export interface Finder {
  find: (state: string, request: FinderRequest) => Promise<FinderOutcome>;
}

/** Most districts that can be picked at once. */
const MOST_DIVISIONS = 10;

/** A finder over rosters at hand and a geocoder. */
export function createFinder(parts: {
  geocoder: Geocoder;
  getRoster: (state: string) => StateRoster | undefined;
}): Finder {
  return {
    find: async (state, request) => {
      const place = parts.getRoster(state);
      if (!place) return { kind: 'no_roster' };
      if (request.kind === 'divisions') return findDivisions(place, request.division_ids);
      if (request.kind === 'point') return findPoint(place, request.point);
      return findAddress(place, parts.geocoder, readTypedAddress(request.text));
    },
  };
}

function findDivisions({ roster }: StateRoster, division_ids: string[]): FinderOutcome {
  const distinct = [...new Set(division_ids)];
  if (distinct.length === 0) return { kind: 'unusable', reason: 'empty' };
  const districts = distinct.flatMap((id) => roster.representation(id)?.district ?? []);
  const isKnown = districts.length === distinct.length && distinct.length <= MOST_DIVISIONS;
  return isKnown ? certain(districts) : { kind: 'unusable', reason: 'unknown_division' };
}

function findPoint({ boundaries }: StateRoster, point: Point): FinderOutcome {
  const isOnEarth = Math.abs(point.latitude) <= 90 && Math.abs(point.longitude) <= 180;
  if (!isOnEarth) return { kind: 'unusable', reason: 'bad_point' };
  const districts = boundaries.at(point);
  if (districts.length === 0) return offTheMap(outsideOf(boundaries, point));
  const near = nearLine(boundaries, point);
  return isCertain(near) ? certain(districts) : choose('near_a_line', near);
}

/** Off the coast, or on a shore that the map draws too coarsely, the nearest districts are a choice; else it is elsewhere. */
function offTheMap(near: District[]): FinderOutcome {
  return near.length > 0 ? choose('near_a_line', near) : { kind: 'unusable', reason: 'outside' };
}

async function findAddress(
  place: StateRoster,
  geocoder: Geocoder,
  typed: TypedAddress,
): Promise<FinderOutcome> {
  if (typed.kind === 'empty' || typed.kind === 'too_long') return { kind: 'unusable', reason: typed.kind };
  const guess = typed.zip === undefined ? undefined : zipCandidates(typed.zip, place.boundaries);
  const near = guess?.kind === 'candidates' ? guess.districts : undefined;
  const narrowed = near && byChamber(near);
  if (typed.kind === 'zip') {
    if (near) return choose('zip_only', near);
    return {
      kind: 'unusable',
      ...(guess?.kind === 'other_state'
        ? { reason: guess.kind, state: guess.state }
        : { reason: 'unknown_zip' }),
    };
  }
  if (typed.kind !== 'address') return { kind: 'unusable', reason: typed.kind, candidates: narrowed };

  const outcome = await geocoder.geocode(typed.text);
  switch (outcome.kind) {
    case 'matches':
      return findMatches(place, outcome.matches);
    case 'no_match':
    case 'refused':
      return { kind: 'unusable', reason: outcome.kind, candidates: narrowed };
    case 'unavailable':
      if (guess?.kind === 'other_state') return { kind: 'unusable', reason: guess.kind, state: guess.state };
      return near
        ? choose('geocoder_unavailable', near)
        : { ...choose('geocoder_unavailable', place.roster.districts), whole_list: true };
  }
}

function findMatches(place: StateRoster, matches: GeocoderMatch[]): FinderOutcome {
  const here = matches.filter((match) => match.state === undefined || match.state === place.boundaries.state);
  if (here.length === 0) return { kind: 'unusable', reason: 'other_state', state: matches[0]?.state };
  const outcomes = here.map((match) => findMatch(place, match));
  const [first] = outcomes;
  if (outcomes.length === 1 && first) return first;
  const distinct = new Set(outcomes.map((outcome) => JSON.stringify(outcome)));
  if (distinct.size === 1 && first) return first;
  const districts = outcomes.flatMap((outcome) => districtsOf(place, outcome));
  return districts.length > 0
    ? choose('several_matches', districts)
    : { kind: 'unusable', reason: 'outside' };
}

function districtsOf({ roster }: StateRoster, outcome: FinderOutcome): District[] {
  if (outcome.kind === 'certain')
    return outcome.division_ids.flatMap((id) => roster.representation(id)?.district ?? []);
  return outcome.kind === 'choose' ? outcome.candidates.flatMap(({ districts }) => districts) : [];
}

/**
 * One place by our own boundaries, with the geocoder's districts as a second witness. Its map is finer than ours
 * (1:500,000), but may be the one for the next election: where the two disagree, the supporter chooses.
 */
function findMatch(place: StateRoster, { point, geoids }: GeocoderMatch): FinderOutcome {
  const ours = place.boundaries.at(point);
  const theirs = place.roster.districts.filter(
    ({ geoid }) => geoid !== undefined && Object.values(geoids).includes(geoid),
  );
  if (theirs.length === 0) return findPoint(place, point);
  const isUnsaid = (chamber: OrgClassification) =>
    !theirs.some((district) => district.org_classification === chamber);
  const agree = theirs.every((district) => ours.includes(district));
  if (!agree) return choose('districts_disagree', [...ours, ...theirs]);
  // A chamber of which the geocoder says nothing stands on our boundaries alone.
  const unsaid = nearLine(place.boundaries, point).filter((district) =>
    isUnsaid(district.org_classification),
  );
  return isCertain(unsaid) ? certain(ours) : choose('near_a_line', [...theirs, ...unsaid]);
}

function certain(districts: District[]): FinderOutcome {
  return {
    kind: 'certain',
    division_ids: byChamber(districts).flatMap((group) =>
      group.districts.map((district) => district.division_id),
    ),
  };
}

function choose(reason: ChooseReason, districts: District[]): Extract<FinderOutcome, { kind: 'choose' }> {
  return { kind: 'choose', reason, candidates: byChamber(districts), whole_list: false };
}

function byChamber(districts: District[]): ChamberCandidates[] {
  const distinct = [...new Set(districts)];
  return ORG_CLASSIFICATIONS.map((org_classification) => ({
    org_classification,
    districts: distinct.filter((district) => district.org_classification === org_classification),
  })).filter((group) => group.districts.length > 0);
}
