import { type District, ORG_CLASSIFICATIONS, type OrgClassification } from './legislator.ts';
import { isAtLarge } from './undrawn-districts.ts';

/**
 * Whether districts of this chamber lie over one another: New Hampshire's floterials elect members of their own in places
 * that other districts represent as well (Constitution of New Hampshire, part II, article 11).
 */
export function hasOverlappingDistricts(state: string, chamber: OrgClassification): boolean {
  return state === 'nh' && chamber === 'lower';
}

/** The districts that are one place with this one, itself among them: Idaho's seats A and B, which share a Census id. */
export function sharersOf<Known extends District>(
  districts: readonly Known[],
  { division_id, org_classification, geoid }: District,
): Known[] {
  return districts.filter(
    (one) =>
      one.division_id === division_id ||
      (geoid !== undefined && one.geoid === geoid && one.org_classification === org_classification),
  );
}

/** Whether districts of one chamber that cover a point all represent it, and none is there by a line of the map alone. */
export function holdTogether([first, ...others]: District[]): boolean {
  if (!first || others.length === 0 || hasOverlappingDistricts(first.state, first.org_classification))
    return true;
  return sharersOf(others, first).length === others.length;
}

/**
 * The districts of whoever lives in these: these, those that are one place with them, and those of the whole state. In one
 * order always: the upper chamber's first, as the roster has them, and those of the whole state last of each chamber.
 */
export function withSharers(known: readonly District[], districts: readonly District[]): District[] {
  const shared = new Set(districts.flatMap((district) => sharersOf(known, district)));
  const rank = (district: District) =>
    2 * ORG_CLASSIFICATIONS.indexOf(district.org_classification) + (isAtLarge(district) ? 1 : 0);
  return known
    .filter((district) => shared.has(district) || isAtLarge(district))
    .sort((one, other) => rank(one) - rank(other));
}
