import { byChamber, type FinderOutcome, outcomeOf, wholeList } from './finder-outcome.ts';
import type { Geocoder } from './geocoder.ts';
import type { GeocoderMatch } from './geocoder-reply.ts';
import type { Point } from './legislator.ts';
import { districtsOfMatch, districtsOfPoint } from './point-districts.ts';
import type { PointLookup } from './point-lookup.ts';
import type { StateRoster } from './roster.ts';
import { districtsOfGeoids, districtsOfSeats } from './seat-districts.ts';
import { withSharers } from './shared-places.ts';
import { stateFacts } from './states.ts';
import { readTypedAddress, type TypedAddress } from './typed-address.ts';
import { guessByZip } from './zip-guess.ts';

/** What a supporter gave to be found by. */
export type FinderRequest =
  | { kind: 'address'; text: string }
  /** From the supporter's own device. */
  | { kind: 'point'; point: Point }
  /** Picked by hand. */
  | { kind: 'divisions'; division_ids: string[] };

/** Ties address, point and districts together. */
export interface Finder {
  /** `is_crowded`: nobody outside is asked, as where nobody there answers. */
  find: (state: string, request: FinderRequest, options?: { is_crowded?: boolean }) => Promise<FinderOutcome>;
  /** Whether a supporter's point in this state is sent to OpenStates: pages say so before it is. */
  sendsPoint: (state: string) => boolean;
}

/** Most districts that can be picked at once. */
const MOST_DIVISIONS = 10;

/** Stands for those outside where they are not to be asked. */
const NOBODY: { geocoder: Geocoder; lookUpPoint: PointLookup } = {
  geocoder: { geocode: async () => ({ kind: 'unavailable', code: 'busy' }) },
  lookUpPoint: async () => undefined,
};

/** A finder over rosters at hand, a geocoder, and where there is a key OpenStates for states without boundaries. */
export function createFinder(parts: {
  geocoder: Geocoder;
  getRoster: (state: string) => StateRoster | undefined;
  lookUpPoint?: PointLookup | undefined;
}): Finder {
  const { getRoster } = parts;
  return {
    find: async (state, request, { is_crowded = false } = {}) => {
      const { geocoder, lookUpPoint } = is_crowded ? NOBODY : parts;
      const place = getRoster(state);
      if (!place) return { kind: 'no_roster' };
      if (request.kind === 'divisions') return whole(place, findDivisions(place, request.division_ids));
      if (request.kind === 'point') return whole(place, await findPoint(place, request.point, lookUpPoint));
      const typed = readTypedAddress(request.text);
      return whole(place, await findAddress(place, { geocoder, lookUpPoint }, typed));
    },
    sendsPoint: (state) => {
      const place = getRoster(state);
      return parts.lookUpPoint !== undefined && place !== undefined && !place.boundaries;
    },
  };
}

/** Certain districts with all who represent the same people: the other seat of the place, and those of the whole state. */
function whole({ roster }: StateRoster, outcome: FinderOutcome): FinderOutcome {
  if (outcome.kind !== 'certain') return outcome;
  const districts = outcome.division_ids.flatMap((id) => roster.representation(id)?.district ?? []);
  const division_ids = withSharers(roster.districts, districts).map(({ division_id }) => division_id);
  return { kind: 'certain', division_ids };
}

function findDivisions({ roster }: StateRoster, division_ids: string[]): FinderOutcome {
  const distinct = [...new Set(division_ids)];
  if (distinct.length === 0) return { kind: 'unusable', reason: 'empty' };
  if (distinct.length > MOST_DIVISIONS) return { kind: 'unusable', reason: 'too_many_divisions' };
  const is_known = distinct.every((id) => roster.representation(id) !== undefined);
  return is_known
    ? { kind: 'certain', division_ids: distinct }
    : { kind: 'unusable', reason: 'unknown_division' };
}

async function findPoint(
  place: StateRoster,
  point: Point,
  lookUpPoint: PointLookup | undefined,
): Promise<FinderOutcome> {
  const isOnEarth = Math.abs(point.latitude) <= 90 && Math.abs(point.longitude) <= 180;
  if (!isOnEarth) return { kind: 'unusable', reason: 'bad_point' };
  if (place.boundaries) return outcomeOf([districtsOfPoint(place.boundaries, point)]);
  return findElsewhere(place, [{ point, geoids: {} }], lookUpPoint);
}

async function findAddress(
  place: StateRoster,
  { geocoder, lookUpPoint }: { geocoder: Geocoder; lookUpPoint: PointLookup | undefined },
  typed: TypedAddress,
): Promise<FinderOutcome> {
  const zip = 'zip' in typed ? typed.zip : undefined;
  const guess = zip === undefined ? undefined : guessByZip(zip, place);
  const known = guess?.kind === 'candidates' ? guess : undefined;
  // Beside an error no page says what is filled in: nothing is.
  const candidates = known?.candidates.map((group) => ({ ...group, is_likely: false }));
  if (typed.kind === 'zip') {
    if (known) {
      const reason = known.by === 'census' ? 'zip_census' : 'zip_only';
      return { kind: 'choose', reason, candidates: known.candidates, whole_list: false };
    }
    if (guess?.kind === 'no_map') return wholeList(place, 'zip_without_map');
    return guess?.kind === 'other_state'
      ? { kind: 'unusable', reason: 'other_state', state: guess.state }
      : { kind: 'unusable', reason: 'unknown_zip' };
  }
  if (typed.kind !== 'address') return { kind: 'unusable', reason: typed.kind, candidates };

  const outcome = await geocoder.geocode(typed.text);
  switch (outcome.kind) {
    case 'matches':
      return findMatches(place, outcome.matches, lookUpPoint);
    case 'no_match':
    case 'refused':
      return { kind: 'unusable', reason: outcome.kind, candidates };
    case 'unavailable': {
      if (guess?.kind === 'other_state') return { kind: 'unusable', reason: guess.kind, state: guess.state };
      if (!known) return wholeList(place, 'geocoder_unavailable');
      const reason = `geocoder_unavailable_${known.by}` as const;
      return { kind: 'choose', reason, candidates: known.candidates, whole_list: false };
    }
  }
}

async function findMatches(
  place: StateRoster,
  matches: GeocoderMatch[],
  lookUpPoint: PointLookup | undefined,
): Promise<FinderOutcome> {
  const { boundaries, roster } = place;
  const here = matches.filter((match) => match.state === undefined || match.state === roster.state);
  if (here.length === 0) return { kind: 'unusable', reason: 'other_state', state: matches[0]?.state };
  const others_elsewhere = here.length < matches.length;
  if (!boundaries) return findElsewhere(place, here, lookUpPoint, others_elsewhere);
  const places = here.map((match) => districtsOfMatch(boundaries, roster.districts, match));
  return outcomeOf(places, others_elsewhere);
}

/** Each place that may be meant costs a request of the key: more than these are chosen among by the list. */
const MOST_LOOKUPS = 3;

/** The districts of places where nobody here knows the boundaries, by OpenStates. */
async function findElsewhere(
  place: StateRoster,
  matches: Pick<GeocoderMatch, 'point' | 'geoids'>[],
  lookUpPoint: PointLookup | undefined,
  others_elsewhere = false,
): Promise<FinderOutcome> {
  const { roster } = place;
  const answers =
    lookUpPoint && matches.length <= MOST_LOOKUPS
      ? await Promise.all(matches.map(({ point }) => lookUpPoint(point)))
      : [undefined];
  const places = answers.map(
    (seats, index) => seats && districtsOfSeats(roster, seats, matches[index]!.geoids),
  );
  if (places.every((verdicts) => verdicts !== undefined)) return outcomeOf(places, others_elsewhere);
  // What the Census says alone may be the map of the next election: offered first, and never taken as certain.
  const candidates = byChamber(matches.flatMap(({ geoids }) => districtsOfGeoids(roster, geoids)));
  const isEach = candidates.length === stateFacts(roster.state).chambers.length;
  const reason = matches.length > MOST_LOOKUPS ? 'several_matches' : 'districts_unavailable';
  return isEach ? { kind: 'choose', reason, candidates, whole_list: false } : wholeList(place, reason);
}
