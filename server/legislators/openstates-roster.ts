import { OperationalError } from '../errors.ts';
import type { Boundaries } from './boundaries.ts';
import { censusCode } from './census-names.ts';
import { districtName, isCode, layerOfChamber } from './district-names.ts';
import { type District, ORG_CLASSIFICATIONS, type OrgClassification, type Roster } from './legislator.ts';
import {
  type Corrections,
  type Member,
  TOLERATED_SHARE,
  usableEmail,
  usableLinks,
  usableOffice,
} from './member.ts';
import type { Download } from './openstates-download.ts';
import type { ApiJurisdiction, ApiPerson } from './openstates-replies.ts';
import { districtFinder, inOrder, placeMembers } from './place-members.ts';
import { createRoster, type RosterData } from './roster.ts';
import { featuresOf } from './roster-files.ts';
import type { BoundariesFile } from './roster-schema.ts';
import { emptyChambers, summarizeRoster } from './roster-summary.ts';
import { chamberName, type StateFacts } from './states.ts';
import { mergeDistricts, undrawnIn, withUndrawn } from './undrawn-districts.ts';

/** Where such a roster says that it comes from: by this it is known as one that may be fetched anew. */
export const OPENSTATES_SOURCE = 'OpenStates API';

/** A state's roster out of a download, ready to be kept. */
export interface FetchedRoster {
  data: RosterData;
  /** Undefined where those at hand are not of these districts, or there are none. */
  boundaries: BoundariesFile | undefined;
  /** Members who could not be read, or whose district is not known. */
  left_out: number;
  malformed_emails: number;
  /** So many seats are empty that OpenStates itself may lack members, as after an election. */
  is_doubtful: boolean;
}

/**
 * Makes the roster of a state, with the boundaries at hand where they are of the same districts. Throws OperationalError
 * `openstates_not_whole` where there are no members or no districts, too many members have no district, or far more seats
 * are empty than in the roster `before` it: nothing at hand is given up for that.
 */
export function rosterOfDownload(
  download: Download,
  {
    facts,
    as_of,
    boundaries,
    before,
  }: { facts: StateFacts; as_of: string; boundaries: Boundaries | undefined; before?: Roster | undefined },
): FetchedRoster {
  const { state, jurisdiction_id } = facts;
  const noted: Corrections = { malformed_emails: [], bad_links: 0 };
  const named = download.jurisdiction
    ? districtsOf(download.jurisdiction, facts)
    : boundaries
      ? withUndrawn(
          state,
          boundaries.features.map(({ district }) => district),
        )
      : [];
  const byDivision = new Map(named.map((district) => [district.division_id, district.district]));
  const members = download.people.flatMap((person) => {
    const member = memberOf(person, facts, noted);
    const division_id = person.current_role?.division_id ?? '';
    return member ? [{ ...member, district: member.district || (byDivision.get(division_id) ?? '') }] : [];
  });
  const missing = facts.chambers.find(
    (chamber) => !named.some(({ org_classification }) => org_classification === chamber),
  );
  if (missing) throw notWhole(`no district of the ${chamberName(state, missing)}`);

  const { legislators, homeless } = placeMembers(state, members, named);
  if (legislators.length === 0) throw notWhole('no members');
  if (homeless.length > members.length * TOLERATED_SHARE) {
    throw notWhole(`${homeless.length} of ${members.length} members have a district that it does not name`);
  }
  const features = boundaries && boundariesOf(named, boundaries);
  const drawn = new Map(features?.map(({ division_id, district }) => [division_id, district]));
  const districts = mergeDistricts(inOrder(state, named)).map((district) => {
    const { name, geoid, counties } = drawn.get(district.division_id) ?? district;
    return { ...district, name, ...(geoid ? { geoid } : {}), ...(counties ? { counties } : {}) };
  });
  const data = {
    state,
    jurisdiction_id,
    source: OPENSTATES_SOURCE,
    as_of,
    is_sample: false,
    districts,
    legislators: legislators.toSorted((one, other) => one.id.localeCompare(other.id)),
  };
  const empty = emptyChambers(createRoster(data));
  const is_doubtful = empty.length > 0;
  const known = before && emptyChambers(before);
  if (known && empty.some((chamber) => !known.includes(chamber))) {
    const { seats, members: sitting } = summarizeRoster(createRoster(data));
    throw notWhole(`${sitting} members for ${seats} seats, far fewer than before`);
  }
  return {
    data,
    boundaries: features && featuresOf(features),
    left_out: download.broken + homeless.length,
    malformed_emails: noted.malformed_emails.length,
    is_doubtful,
  };
}

function notWhole(what: string): OperationalError {
  return new OperationalError('openstates_not_whole', `What OpenStates sent is not whole: ${what}.`);
}

/** The member of this state's legislature that a person is; undefined for governors, Congress and those who have left. */
function memberOf(person: ApiPerson, facts: StateFacts, noted: Corrections): Member | undefined {
  const role = person.current_role;
  const chamber = facts.chambers.find((one) => one === role?.org_classification);
  if (!role || !chamber || person.jurisdiction.id !== facts.jurisdiction_id) return undefined;
  const isForm = /^https?:/i.test(person.email ?? '');
  const form = isForm ? [{ url: person.email!, note: 'contact form' }] : [];
  const links = (person.links ?? []).map(({ url, note }) => (note ? { url, note } : { url }));
  return {
    id: person.id,
    name: person.name,
    given_name: person.given_name,
    family_name: person.family_name,
    party: person.party ?? '',
    email: isForm ? undefined : usableEmail(person.email, person.name, noted),
    org_classification: chamber,
    district: role.district,
    offices: (person.offices ?? []).flatMap(
      ({ classification = 'other', ...office }) => usableOffice({ classification, ...office }) ?? [],
    ),
    links: usableLinks([...form, ...links], noted),
  };
}

/** Every district of the state's chambers, as the API names it. */
function districtsOf({ organizations }: ApiJurisdiction, facts: StateFacts): District[] {
  return organizations.flatMap(({ classification, districts }) => {
    const chamber = ORG_CLASSIFICATIONS.find((one) => one === classification);
    if (!chamber || !facts.chambers.includes(chamber)) return [];
    return (districts ?? []).map(({ label, division_id, maximum_memberships }): District => {
      const code = censusCode(facts.state, layerOfChamber(chamber), label);
      return {
        division_id,
        state: facts.state,
        org_classification: chamber,
        district: districtName(label),
        name: nameOf(facts, chamber, districtName(label)),
        seats: Math.max(1, maximum_memberships ?? 1),
        ...(code ? { geoid: `${facts.fips}${code}` } : {}),
      };
    });
  });
}

/** 'State Senate District 5', as the Census has it; a district with a name goes by that. */
function nameOf({ state }: StateFacts, chamber: OrgClassification, district: string): string {
  if (!isCode(district)) return district;
  const house = chamberName(state, chamber);
  return ['Senate', 'House'].includes(house)
    ? `State ${house} District ${district}`
    : `${house} District ${district}`;
}

/** The boundaries under the API's ids; undefined where a district lacks one that must be drawn, or one is of no district. */
export function boundariesOf(districts: District[], boundaries: Pick<Boundaries, 'state' | 'features'>) {
  const find = districtFinder(
    boundaries.features.map(({ district, geometry }) => ({ ...district, geometry })),
  );
  const drawn = districts.flatMap((one) => {
    const found = find(one.org_classification, one.district);
    return found ? [{ division_id: one.division_id, district: found, geometry: found.geometry }] : [];
  });
  const found = new Set(drawn.map(({ division_id }) => division_id));
  const mayLack = undrawnIn(boundaries.state);
  const isEach = districts.every((one) => found.has(one.division_id) || mayLack(one));
  const same = isEach && drawn.length > 0 && boundaries.features.length === drawn.length;
  return same ? drawn : undefined;
}
