import type { GeocoderMatch } from './geocoder-reply.ts';
import type { District, OrgClassification, Roster } from './legislator.ts';
import type { ApiSeat } from './openstates-replies.ts';
import { districtFinder } from './place-members.ts';
import type { ChamberVerdict } from './point-districts.ts';
import { hasOverlappingDistricts, holdTogether, sharersOf } from './shared-places.ts';
import { stateFacts } from './states.ts';
import { isAtLarge } from './undrawn-districts.ts';

/** `people.geo` gives ten people at most, Congress among them, and says nothing of those that it left out. */
const CUT_AT = 10;

/**
 * The districts of a point by the seats that OpenStates names there; empty where the point is elsewhere. Only a chamber
 * of which it names exactly what can be is beyond doubt. A vacant seat is not named at all: its chamber is a choice, of the
 * vacant districts where there are any. `geoids` are what the Census says of the same place: a second witness.
 */
export function districtsOfSeats(
  roster: Roster,
  seats: ApiSeat[],
  geoids: GeocoderMatch['geoids'] = {},
): ChamberVerdict[] {
  const facts = stateFacts(roster.state);
  const own = seats.filter(({ jurisdiction }) => jurisdiction.id === roster.jurisdiction_id);
  const isInState = ({ current_role }: ApiSeat) =>
    current_role?.division_id === facts.division_id ||
    current_role?.division_id?.startsWith(`${facts.division_id}/`);
  if (own.length === 0 && !seats.some(isInState)) return [];
  const is_cut = seats.length >= CUT_AT;
  return facts.chambers.map((chamber) => {
    const named = own.filter(({ current_role }) => current_role?.org_classification === chamber);
    return verdictOf(roster, chamber, { named, is_cut, theirs: districtsOfGeoid(roster, chamber, geoids) });
  });
}

/** What is known of a place where OpenStates can't be asked: the districts by the Census's ids, none of them certain. */
export function districtsOfGeoids(roster: Roster, geoids: GeocoderMatch['geoids']): District[] {
  return stateFacts(roster.state).chambers.flatMap((chamber) => districtsOfGeoid(roster, chamber, geoids));
}

function districtsOfGeoid(
  { districts }: Roster,
  chamber: OrgClassification,
  { upper, lower }: GeocoderMatch['geoids'],
): District[] {
  // Both chambers have the same ids, and a single chamber counts as upper.
  const geoid = chamber === 'lower' ? lower : upper;
  return geoid === undefined
    ? []
    : districts.filter((one) => one.org_classification === chamber && one.geoid === geoid);
}

function verdictOf(
  roster: Roster,
  org_classification: OrgClassification,
  { named: people, is_cut, theirs }: { named: ApiSeat[]; is_cut: boolean; theirs: District[] },
): ChamberVerdict {
  const whole = roster.districts.filter((one) => one.org_classification === org_classification);
  const find = districtFinder(whole);
  // Those of the whole state tell nothing of the place.
  const all = whole.filter((district) => !isAtLarge(district));
  const named = people
    .map(({ current_role: role }) => {
      const division = role?.division_id ? roster.representation(role.division_id)?.district : undefined;
      return division?.org_classification === org_classification
        ? division
        : find(org_classification, role?.district ?? '');
    })
    .filter((district) => !district || !isAtLarge(district));
  const found = [...new Set(named.flatMap((district) => (district ? sharersOf(all, district) : [])))];
  const overlaps = hasOverlappingDistricts(roster.state, org_classification);
  const isWhole =
    found.length > 0 && holdTogether(found) && !named.includes(undefined) && !(overlaps && is_cut);
  if (isWhole && theirs.every((district) => found.includes(district))) {
    return { org_classification, districts: found };
  }
  const isVacant = ({ division_id }: District) =>
    roster.representation(division_id)?.legislators.length === 0;
  // Nobody sits there by OpenStates, and by the Census it is a district in which nobody does: two witnesses.
  if (named.length === 0 && !is_cut && theirs.length > 0 && theirs.every(isVacant)) {
    return { org_classification, districts: theirs };
  }
  if (isWhole) {
    return {
      org_classification,
      districts: [...new Set([...theirs, ...found])],
      doubt: 'districts_disagree',
    };
  }
  const vacant = named.length === 0 && !is_cut ? all.filter(isVacant) : [];
  const others = vacant.length > 0 ? vacant : all;
  // Several where only one can be: the place lies between these, and no other is meant.
  const isBetween = found.length > 1 && !is_cut && !overlaps && !named.includes(undefined);
  const districts = [...new Set([...theirs, ...found, ...(isBetween ? [] : others)])];
  return { org_classification, districts, doubt: 'districts_unsure' };
}
