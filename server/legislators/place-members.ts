import { byNumber } from '../by-number.ts';
import { districtKey } from './district-names.ts';
import type { Legislator, OrgClassification } from './legislator.ts';
import type { Member } from './member.ts';
import { chamberName, stateFacts } from './states.ts';
import { legislatorTitle } from './titles.ts';

/** A district by the names that it goes by. */
export interface NamedDistrict {
  division_id: string;
  org_classification: OrgClassification;
  /** As OpenStates names it: '5', '64A'. */
  district: string;
}

/** Finds a district by its chamber and however a source spells it ('005', 'District 5'); undefined where there is none. */
export function districtFinder<District extends NamedDistrict>(
  districts: District[],
): (chamber: OrgClassification, district: string) => District | undefined {
  const keyOf = (chamber: OrgClassification, district: string) => `${chamber} ${districtKey(district)}`;
  const byKey = new Map(districts.map((one) => [keyOf(one.org_classification, one.district), one]));
  return (chamber, district) => byKey.get(keyOf(chamber, district));
}

/** Ties members to the districts that are known; `homeless` names those whose district is not. */
export function placeMembers(
  state: string,
  members: Member[],
  districts: NamedDistrict[],
): { legislators: Legislator[]; homeless: string[] } {
  const find = districtFinder(districts);
  const homeless: string[] = [];
  const legislators = members.flatMap((member): Legislator[] => {
    const { org_classification, district, start_date, ...person } = member;
    const found = find(org_classification, district);
    if (!found) {
      homeless.push(`${person.name} (${chamberName(state, org_classification)} ${district})`);
      return [];
    }
    const title = legislatorTitle(state, org_classification, found.district);
    const current_role = {
      title,
      org_classification,
      district: found.district,
      division_id: found.division_id,
      ...(start_date ? { start_date } : {}),
    };
    return [{ ...person, current_role }];
  });
  return { legislators, homeless };
}

/** Districts in the order in which they are listed: by chamber, then by number or name. */
export function inOrder<District extends NamedDistrict>(state: string, districts: District[]): District[] {
  const order = stateFacts(state).chambers;
  return districts.toSorted(
    (one, other) =>
      order.indexOf(one.org_classification) - order.indexOf(other.org_classification) ||
      byNumber(one.district, other.district),
  );
}

const NAMES = new Intl.Collator('en');

/**
 * Members in the order in which those of one district stand on every page: by family name, then by the whole name, then by
 * id, so that it is the same after every import, whatever order a source has them in.
 */
export function membersInOrder(legislators: Legislator[]): Legislator[] {
  return legislators.toSorted(
    (one, other) =>
      NAMES.compare(one.family_name || one.name, other.family_name || other.name) ||
      NAMES.compare(one.name, other.name) ||
      (one.id < other.id ? -1 : 1),
  );
}
