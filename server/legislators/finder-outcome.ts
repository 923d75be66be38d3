import { type District, ORG_CLASSIFICATIONS, type OrgClassification } from './legislator.ts';
import type { ChamberVerdict, Doubt } from './point-districts.ts';
import type { StateRoster } from './roster.ts';
import { isAtLarge } from './undrawn-districts.ts';

/** The districts of one chamber, the likeliest first. */
export interface ChamberCandidates {
  org_classification: OrgClassification;
  districts: District[];
  /** True where all these districts hold beyond doubt, and the choice is about the other chamber. */
  is_certain: boolean;
  /** True where the first district is filled in, for the supporter to confirm: told, and not certain. */
  is_likely: boolean;
  /** Why it is not certain, where a place was found. */
  doubt?: ChooseReason;
}

/** Why the supporter is asked to choose. */
export type ChooseReason =
  /** A ZIP code alone: the districts near its middle. */
  | 'zip_only'
  /** The same, by the Census Bureau's own relation of ZIP codes to districts. */
  | 'zip_census'
  /** A ZIP code where nobody here knows where the districts lie: it narrows nothing. */
  | 'zip_without_map'
  | 'several_matches'
  | 'geocoder_unavailable'
  /** The same of an address with a ZIP code: the districts near its middle, or by the Census Bureau's relation. */
  | 'geocoder_unavailable_nearby'
  | 'geocoder_unavailable_census'
  /** Nobody here knows where the districts lie, and OpenStates can't be asked just now. */
  | 'districts_unavailable'
  | Doubt;

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

/**
 * Districts by chamber, the upper one first: a choice in which none is certain. Those of the whole state are no choice:
 * everyone there has them.
 */
export function byChamber(districts: District[]): ChamberCandidates[] {
  const distinct = [...new Set(districts)].filter((district) => !isAtLarge(district));
  return ORG_CLASSIFICATIONS.map((org_classification) => ({
    org_classification,
    districts: distinct.filter((district) => district.org_classification === org_classification),
    is_certain: false,
    is_likely: false,
  })).filter((group) => group.districts.length > 0);
}

/** All districts of a state, where nothing narrows the choice. */
export function wholeList({ roster }: StateRoster, reason: ChooseReason): FinderOutcome {
  return { kind: 'choose', reason, candidates: byChamber(roster.districts), whole_list: true };
}

/** What follows from the districts of one place, or of the several that may be meant, some perhaps in other states. */
export function outcomeOf(places: ChamberVerdict[][], others_elsewhere = false): FinderOutcome {
  const candidates = byChamber(places.flat().flatMap(({ districts }) => districts)).map((group) => {
    const verdicts = places.map((place) =>
      place.find(({ org_classification }) => org_classification === group.org_classification),
    );
    const doubt = others_elsewhere ? 'several_matches' : doubtOf(group, verdicts);
    return {
      ...group,
      is_certain: doubt === undefined,
      is_likely: doubt === 'near_a_line_agreed',
      ...(doubt && { doubt }),
    };
  });
  if (candidates.length === 0) return { kind: 'unusable', reason: 'outside' };
  const reason = reasonOf(candidates);
  if (reason) return { kind: 'choose', reason, candidates, whole_list: false };
  const districts = candidates.flatMap((group) => group.districts);
  return { kind: 'certain', division_ids: districts.map((district) => district.division_id) };
}

/** What is doubtful about the districts of one chamber, of all that are said of the places that may be meant. */
function doubtOf(
  { districts }: ChamberCandidates,
  verdicts: (ChamberVerdict | undefined)[],
): ChooseReason | undefined {
  // A place of the same name elsewhere may be the one that was meant.
  if (verdicts.some((verdict) => verdict?.districts.length !== districts.length)) return 'several_matches';
  const doubt = REASONS.find((known) => verdicts.some((verdict) => verdict?.doubt === known));
  // On both sides of a line: neither can be filled in.
  const isOneSide = verdicts.every((verdict) => verdict?.districts[0] === districts[0]);
  return doubt === 'near_a_line_agreed' && !isOneSide ? 'near_a_line' : doubt;
}

/** Which reason is told where the chambers have different ones. */
const REASONS: ChooseReason[] = [
  'several_matches',
  'districts_disagree',
  'districts_unsure',
  'near_a_line',
  'off_our_map',
  'near_a_line_agreed',
];

/** Why these chambers, which may be some of all, are not certain; undefined where they are, or where no place was found. */
export function reasonOf(candidates: ChamberCandidates[]): ChooseReason | undefined {
  return REASONS.find((known) => candidates.some(({ doubt }) => doubt === known));
}
