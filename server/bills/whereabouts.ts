import type { OrgClassification } from '../legislators/legislator.ts';
import { type Meaning, meaningsOf } from './action-meaning.ts';
import type { BillAction } from './bill-record.ts';
import type { Agreement } from './passage-words.ts';
import { beginAnew, move, type Place, placeOfFiling } from './place.ts';
import { takeInChamber } from './place-in-chamber.ts';

/** Where a bill is, as far as its actions tell. */
export interface Whereabouts {
  /**
   * The chamber that has it now, of `to_agree` the one in which it was filed; undefined once none has: all have passed it, it
   * has failed, or it is law.
   */
  chamber: OrgClassification | undefined;
  /** The committees of that chamber that have it, each with the ISO date since when; none while it is before the whole chamber, or nobody says. */
  committees: { name: string; since: string }[];
  /** The chambers that have passed it, each with the ISO date. */
  passed: { chamber: OrgClassification; date: string }[];
  /**
   * What it has come to: `filed` (no committee has it yet, as far as is known), `in_committee`, `reported` (a committee is
   * done with it and none has it), `passed_one`, `to_agree` (both have passed it, not in the same words as far as is known),
   * `passed_all`, `failed` (died, was voted down or was taken back), `signed` (or law without a signature), `vetoed`.
   */
  stage: Place['stage'];
}

/**
 * Where a bill filed in this chamber is, from its actions in the order in which they happened.
 * By OpenStates' classes of actions (BILL_ACTION_CLASSIFICATION_CHOICES in the code of Open Civic Data), and the wording
 * where these are silent or too wide. Where neither is clear nothing changes: 'nobody says' is better than wrong. So decided:
 * - Committees to which a chamber refers a bill on one day all have it, until 'Now in …' (Florida) says which does; the
 *   others then wait, and have it once that one is done with it. A referral on a later day takes the place of those before.
 * - A committee that acts in the other chamber has the bill, though nobody wrote down that it got there.
 * - What comes back to a committee, a reading or a vote after it had failed has not failed.
 * - Both have passed it in the same words, unless the second says that it changed them, or something later speaks of
 *   concurrence, conference or a way back. Then they have to agree, until the first concurs, both take a conference's report,
 *   the second recedes, or the bill goes to the governor.
 * - 'Died in Senate' and then 'returned to Assembly' (New York), or 'By resolution, returned to Senate Rules Committee'
 *   (Washington), begin it anew where it is said to go back: it has to pass again.
 * - Once all chambers have passed it, or one has and a committee of that chamber sees it again, only the governor's and the
 *   chambers' last words count.
 */
export function whereaboutsOf(filed_in: OrgClassification, actions: readonly BillAction[]): Whereabouts {
  const place = placeOfFiling(filed_in);
  for (const action of actions) for (const meaning of meaningsOf(action)) take(place, action, meaning);
  return { chamber: place.chamber, committees: place.held, passed: place.passed, stage: place.stage };
}

function take(place: Place, action: BillAction, meaning: Meaning): void {
  if (place.stage === 'signed') return;
  if (meaning.kind === 'signed') return move(place, undefined, 'signed');
  if (meaning.kind === 'vetoed') return move(place, undefined, 'vetoed');
  if (meaning.kind === 'overridden') return override(place, action.chamber);
  if (place.stage === 'vetoed') return;
  if (meaning.kind === 'passed') return pass(place, action, meaning);
  if (meaning.kind === 'agreement') return agree(place, action.chamber, meaning.agreement);
  if (meaning.kind === 'back') return comeBack(place, meaning, action.date);
  if (meaning.kind === 'voted_down') {
    place.passed = place.passed.filter(({ chamber }) => chamber !== action.chamber);
    return fail(place);
  }
  if (meaning.kind === 'died') return fail(place, meaning.in_chamber);
  if (meaning.kind === 'tabled') return place.held.length > 0 ? fail(place) : undefined;
  return takeInChamber(place, action, meaning);
}

function fail(place: Place, is_between_years = false): void {
  move(place, undefined, 'failed');
  place.is_between_years = is_between_years;
  place.is_settled = false;
}

function pass(place: Place, { chamber, date }: BillAction, how: Extract<Meaning, { kind: 'passed' }>): void {
  if (chamber === undefined) return;
  const { passed, filed_in, stage } = place;
  if (chamber === 'legislature' && filed_in !== 'legislature') return;
  const is_again = passed.some((passage) => passage.chamber === chamber);
  if (is_again && stage !== 'failed') {
    if (stage === 'to_agree' && chamber === filed_in && how.agreement === undefined) settle(place);
    return;
  }
  if (!is_again) passed.push({ chamber, date });
  place.is_on_report = how.is_report;
  // The other chamber takes a bill up only after the one in which it was filed, whether or not that was written down.
  const is_all = chamber === 'legislature' || passed.some((one) => one.chamber !== filed_in);
  if (!is_all) return move(place, chamber === 'lower' ? 'upper' : 'lower', 'passed_one');
  if (how.is_amended && chamber !== filed_in) return move(place, filed_in, 'to_agree');
  move(place, undefined, 'passed_all');
}

function agree(place: Place, chamber: OrgClassification | undefined, agreement: Agreement): void {
  const { stage, filed_in } = place;
  if (filed_in === 'legislature' || (stage !== 'passed_all' && stage !== 'to_agree')) return;
  if (place.is_settled || agreement === 'settled') return settle(place);
  if (agreement === 'concurs') return chamber === filed_in ? settle(place) : undefined;
  if (agreement === 'takes_report' && (chamber === 'upper' || chamber === 'lower')) {
    if (!place.took_report.includes(chamber)) place.took_report.push(chamber);
    if (place.took_report.length > 1) return settle(place);
  }
  move(place, filed_in, 'to_agree');
}

function settle(place: Place): void {
  move(place, undefined, 'passed_all');
  place.is_settled = true;
}

function comeBack(
  place: Place,
  { chamber, committees, is_anew }: Extract<Meaning, { kind: 'back' }>,
  date: string,
): void {
  const is_second_year = place.is_between_years && chamber === place.filed_in;
  if (place.filed_in === 'legislature' || !(is_anew || is_second_year)) return;
  beginAnew(place, chamber);
  if (committees.length === 0) return;
  place.held = committees.map((name) => ({ name, since: date }));
  place.stage = 'in_committee';
}

function override(place: Place, chamber: OrgClassification | undefined): void {
  if (chamber === undefined || place.stage !== 'vetoed') return;
  if (!place.overridden.includes(chamber)) place.overridden.push(chamber);
  if (chamber === 'legislature' || place.overridden.length > 1) move(place, undefined, 'signed');
}
