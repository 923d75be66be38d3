import type { Geocoder } from './geocoder.ts';
import type { GeocoderMatch } from './geocoder-reply.ts';
import { type District, ORG_CLASSIFICATIONS, type OrgClassification, type Point } from './legislator.ts';
import { type ChamberVerdict, type Doubt, districtsOfMatch, districtsOfPoint } from './point-districts.ts';
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
  /** True where the only district is beyond doubt, and the choice is about the other chamber. */
  is_certain: boolean;
}

/** Why the supporter is asked to choose. */
export type ChooseReason = 'zip_only' | 'several_matches' | 'geocoder_unavailable' | Doubt;

/** Why what a supporter gave leads to no district. */
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
  | 'too_many_divisions'
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

/** Districts by chamber, the upper one first: a choice in which none is certain. */
export function byChamber(districts: District[]): ChamberCandidates[] {
  const distinct = [...new Set(districts)];
  return ORG_CLASSIFICATIONS.map((org_classification) => ({
    org_classification,
    districts: distinct.filter((district) => district.org_classification === org_classification),
    is_certain: false,
  })).filter((group) => group.districts.length > 0);
}

function findDivisions({ roster }: StateRoster, division_ids: string[]): FinderOutcome {
  const distinct = [...new Set(division_ids)];
  if (distinct.length === 0) return { kind: 'unusable', reason: 'empty' };
  if (distinct.length > MOST_DIVISIONS) return { kind: 'unusable', reason: 'too_many_divisions' };
  const districts = distinct.flatMap((id) => roster.representation(id)?.district ?? []);
  if (districts.length < distinct.length) return { kind: 'unusable', reason: 'unknown_division' };
  const sorted = byChamber(districts).flatMap((group) => group.districts);
  return { kind: 'certain', division_ids: sorted.map((district) => district.division_id) };
}

function findPoint({ boundaries }: StateRoster, point: Point): FinderOutcome {
  const isOnEarth = Math.abs(point.latitude) <= 90 && Math.abs(point.longitude) <= 180;
  return isOnEarth
    ? outcomeOf([districtsOfPoint(boundaries, point)])
    : { kind: 'unusable', reason: 'bad_point' };
}

async function findAddress(
  place: StateRoster,
  geocoder: Geocoder,
  typed: TypedAddress,
): Promise<FinderOutcome> {
  const zip = 'zip' in typed ? typed.zip : undefined;
  const guess = zip === undefined ? undefined : zipCandidates(zip, place.boundaries);
  const candidates = guess?.kind === 'candidates' ? byChamber(guess.districts) : undefined;
  if (typed.kind === 'zip') {
    if (candidates) return { kind: 'choose', reason: 'zip_only', candidates, whole_list: false };
    return guess?.kind === 'other_state'
      ? { kind: 'unusable', reason: 'other_state', state: guess.state }
      : { kind: 'unusable', reason: 'unknown_zip' };
  }
  if (typed.kind !== 'address') return { kind: 'unusable', reason: typed.kind, candidates };

  const outcome = await geocoder.geocode(typed.text);
  switch (outcome.kind) {
    case 'matches':
      return findMatches(place, outcome.matches);
    case 'no_match':
    case 'refused':
      return { kind: 'unusable', reason: outcome.kind, candidates };
    case 'unavailable': {
      if (guess?.kind === 'other_state') return { kind: 'unusable', reason: guess.kind, state: guess.state };
      const offered = candidates ?? byChamber(place.roster.districts);
      return { kind: 'choose', reason: 'geocoder_unavailable', candidates: offered, whole_list: !candidates };
    }
  }
}

function findMatches({ boundaries, roster }: StateRoster, matches: GeocoderMatch[]): FinderOutcome {
  const here = matches.filter((match) => match.state === undefined || match.state === boundaries.state);
  if (here.length === 0) return { kind: 'unusable', reason: 'other_state', state: matches[0]?.state };
  const places = here.map((match) => districtsOfMatch(boundaries, roster.districts, match));
  return outcomeOf(places, here.length < matches.length);
}

/** What follows from the districts of one place, or of the several that may be meant, some perhaps in other states. */
function outcomeOf(places: ChamberVerdict[][], others_elsewhere = false): FinderOutcome {
  const reasons = new Set<ChooseReason>();
  const candidates = byChamber(places.flat().flatMap(({ districts }) => districts)).map((group) => {
    const verdicts = places.map((place) =>
      place.find(({ org_classification }) => org_classification === group.org_classification),
    );
    const isOne = verdicts.every((verdict) => verdict?.districts.length === group.districts.length);
    // A place of the same name in another state may be the one that was meant.
    const doubt =
      isOne && !others_elsewhere ? verdicts.find((verdict) => verdict?.doubt)?.doubt : 'several_matches';
    if (doubt) reasons.add(doubt);
    return { ...group, is_certain: doubt === undefined };
  });
  if (candidates.length === 0) return { kind: 'unusable', reason: 'outside' };
  const reason = REASONS.find((known) => reasons.has(known));
  if (reason) return { kind: 'choose', reason, candidates, whole_list: false };
  const districts = candidates.flatMap((group) => group.districts);
  return { kind: 'certain', division_ids: districts.map((district) => district.division_id) };
}

/** Which reason is told where the chambers have different ones. */
const REASONS: ChooseReason[] = ['several_matches', 'districts_disagree', 'near_a_line', 'off_our_map'];
