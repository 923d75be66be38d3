import type { OrgClassification } from '../legislators/legislator.ts';
import { rosterAge } from '../legislators/roster-age.ts';
import { dayIn } from '../words/dates.ts';
import { chamberPage } from './official-finders.ts';
import { type CampaignPage, placeOf } from './page.ts';

/**
 * The roster's date in words. `age` is there where the roster is older than 14 days or than the last general election, whose
 * day it then has in words, or where it does not show yet what that election has changed. Sample legislators do not age. `corrected` is the ISO date since which a correction says who
 * holds the seat, where that is later.
 */
export function rosterDate(page: CampaignPage, corrected = '') {
  const place = placeOf(page);
  const as_of = corrected > place.roster.as_of ? corrected : place.roster.as_of;
  const roster = { ...place.roster, as_of };
  const age = rosterAge(roster, roster.state, page.site.parts.now());
  const { election_passed, election_unseen } = age;
  const is_dated = !roster.is_sample && (age.older_than_14_days || !!election_passed || !!election_unseen);
  const inWords = (day: string | undefined) => day && dayIn(page.t, day);
  return {
    as_of: dayIn(page.t, roster.as_of),
    age: is_dated ? { election: inWords(election_passed), unseen: inWords(election_unseen) } : undefined,
  };
}

/** The same for a card, on which it stands with the chamber's own finder. */
export function datedBy(page: CampaignPage, chamber: OrgClassification, corrected = '') {
  const { state } = placeOf(page).roster;
  return {
    ...rosterDate(page, corrected),
    finder: chamberPage(page.t, state, chamber),
  };
}
