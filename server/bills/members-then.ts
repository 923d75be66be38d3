import type { Legislator, OrgClassification, Roster } from '../legislators/legislator.ts';

/** The members of a chamber by the roster who are known to have sat in it on a day (an ISO date). */
export function membersThen(roster: Roster, chamber: OrgClassification, day: string): Legislator[] {
  return roster.legislators.filter(
    ({ current_role: { org_classification, start_date } }) =>
      org_classification === chamber && start_date !== undefined && start_date <= day,
  );
}
