import { dayInWords } from '../calendar.ts';
import type { OrgClassification } from '../legislators/legislator.ts';
import { rosterAge } from '../legislators/roster-age.ts';
import { chamberFinder } from '../legislators/states.ts';
import { chamberIn } from './names.ts';
import { type CampaignPage, placeOf } from './page.ts';

/**
 * The roster's date in words. `age` is there where the roster is older than 14 days or than the last general election, whose
 * day it then has in words. Sample legislators do not age. `corrected` is the ISO date since which a correction says who
 * holds the seat, where that is later.
 */
export function rosterDate(page: CampaignPage, corrected = '') {
  const place = placeOf(page);
  const as_of = corrected > place.roster.as_of ? corrected : place.roster.as_of;
  const roster = { ...place.roster, as_of };
  const age = rosterAge(roster, roster.state, page.site.parts.now());
  const is_dated = !roster.is_sample && (age.older_than_14_days || age.election_passed !== undefined);
  return {
    as_of: dayInWords(roster.as_of, page.visit.page_language),
    age: is_dated
      ? { election: age.election_passed && dayInWords(age.election_passed, page.visit.page_language) }
      : undefined,
  };
}

/** The same for a card, on which it stands with the chamber's own finder. */
export function datedBy(page: CampaignPage, chamber: OrgClassification, corrected = '') {
  const { state } = placeOf(page).roster;
  return {
    ...rosterDate(page, corrected),
    finder: { url: chamberFinder(state, chamber).url, chamber_name: chamberIn(page.t, state, chamber) },
  };
}
