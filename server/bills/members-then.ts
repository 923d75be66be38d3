import type { Legislator, OrgClassification, Roster } from '../legislators/legislator.ts';
import { lastGeneralElection } from '../legislators/roster-age.ts';

/** Members of a chamber by today's roster, seen from a day of the past. */
export interface MembersThen {
  /** Who are known to have sat there on that day. */
  sat: Legislator[];
  /** Who may have: nobody says since when they sit, or only about. */
  may_have_sat: Legislator[];
}

/**
 * The members of a chamber by the roster who are known to have sat in it on a day (an ISO date): they hold their seat since
 * that day or before, or, where nobody says since when, the state has had no general election between the day and the
 * roster's date. A start of a year or a month counts from its end on. Traps: who sat then and has left is in no roster of
 * today, so that a name may fit a member of now and mean one who has left; only of the same seat this can be ruled out.
 * And where nobody says since when members sit, one who came by a special election, or was appointed, can't be told from
 * those who sat before: such a seat's votes of before may be put down to who holds it now, if the names fit.
 */
export function membersThen(roster: Roster, chamber: OrgClassification, day: string): Legislator[] {
  return seenFrom(roster, chamber, day).sat;
}

/** The members of a chamber by the roster, as far as they sat there on a day (an ISO date), or may have. */
export function seenFrom(roster: Roster, chamber: OrgClassification, day: string): MembersThen {
  const is_steady = !isElectionBetween(roster, day);
  const is_roster_older = roster.as_of < day;
  const seen: MembersThen = { sat: [], may_have_sat: [] };
  for (const member of roster.legislators) {
    const { org_classification, start_date: start } = member.current_role;
    // By their first letters '2024' comes before every day of that year.
    if (org_classification !== chamber || (start !== undefined && start > day)) continue;
    const is_known =
      start === undefined || is_roster_older ? is_steady : start.length === 10 || !day.startsWith(start);
    seen[is_known ? 'sat' : 'may_have_sat'].push(member);
  }
  return seen;
}

function isElectionBetween({ state, as_of }: Roster, day: string): boolean {
  const [from, to] = day < as_of ? [day, as_of] : [as_of, day];
  return lastGeneralElection(state, to) >= from!;
}
