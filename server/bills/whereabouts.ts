import type { OrgClassification } from '../legislators/legislator.ts';
import { type Meaning, meaningsOf } from './action-meaning.ts';
import type { BillAction } from './bill-record.ts';
import { bareCommittee } from './committee-names.ts';

/** Where a bill is, as far as its actions tell. */
export interface Whereabouts {
  /** The chamber that has it now; undefined once none has: all have passed it, it has failed, or it is law. */
  chamber: OrgClassification | undefined;
  /** The committees of that chamber that have it, each with the ISO date since when; none while it is before the whole chamber, or nobody says. */
  committees: { name: string; since: string }[];
  /** The chambers that have passed it, each with the ISO date. */
  passed: { chamber: OrgClassification; date: string }[];
  /**
   * What it has come to: `filed` (no committee has it yet, as far as is known), `in_committee`, `reported` (a committee is
   * done with it and none has it), `passed_one`, `passed_all`, `failed` (died, was voted down or was taken back), `signed`
   * (or law without a signature), `vetoed`.
   */
  stage: 'filed' | 'in_committee' | 'reported' | 'passed_one' | 'passed_all' | 'failed' | 'signed' | 'vetoed';
}

/** What is known of a bill after some of its actions. */
interface Place {
  filed_in: OrgClassification;
  chamber: OrgClassification | undefined;
  held: { name: string; since: string }[];
  /** Committees to which it was sent and whose turn has not come. */
  waiting: string[];
  /** The day of the latest of the referrals that stand together; undefined once something else has happened. */
  sent_on: string | undefined;
  passed: Whereabouts['passed'];
  overridden: OrgClassification[];
  stage: Whereabouts['stage'];
}

/**
 * Where a bill filed in this chamber is, from its actions in the order in which they happened.
 * By OpenStates' classes of actions (BILL_ACTION_CLASSIFICATION_CHOICES in the code of Open Civic Data), and the wording
 * where these are silent or too wide. Where neither is clear nothing changes: 'nobody says' is better than wrong. So decided:
 * - Committees to which a chamber refers a bill on one day all have it, until 'Now in …' (Florida) says which does; the
 *   others then wait, and have it once that one is done with it. A referral on a later day takes the place of those before.
 * - A committee that acts in the other chamber has the bill, though nobody wrote down that it got there.
 * - What comes back to a committee, a reading or a vote after it had failed has not failed.
 * - Once all chambers have passed it, or one has and a committee of that chamber sees it again, only the governor's and the
 *   chambers' last words count.
 */
export function whereaboutsOf(filed_in: OrgClassification, actions: readonly BillAction[]): Whereabouts {
  const place: Place = {
    filed_in,
    chamber: filed_in,
    held: [],
    waiting: [],
    sent_on: undefined,
    passed: [],
    overridden: [],
    stage: 'filed',
  };
  for (const action of actions) for (const meaning of meaningsOf(action)) take(place, action, meaning);
  return { chamber: place.chamber, committees: place.held, passed: place.passed, stage: place.stage };
}

function take(place: Place, action: BillAction, meaning: Meaning): void {
  if (place.stage === 'signed') return;
  if (meaning.kind === 'signed') return end(place, 'signed');
  if (meaning.kind === 'vetoed') return end(place, 'vetoed');
  if (meaning.kind === 'overridden') return override(place, action.chamber);
  if (place.stage === 'vetoed') return;
  if (meaning.kind === 'passed') return pass(place, action);
  if (meaning.kind === 'voted_down') {
    place.passed = place.passed.filter(({ chamber }) => chamber !== action.chamber);
    return end(place, 'failed');
  }
  if (meaning.kind === 'died') return end(place, 'failed');
  if (meaning.kind === 'tabled') return place.held.length > 0 ? end(place, 'failed') : undefined;
  return takeInChamber(place, action, meaning);
}

type InChamber = Extract<
  Meaning,
  { kind: 'sent' | 'now_in' | 'remaining' | 'done' | 'taken_from' | 'before_all' }
>;

/** What a chamber that has not passed the bill does with it brings it there, and back to life. */
function takeInChamber(place: Place, { chamber, date }: BillAction, meaning: InChamber): void {
  // A joint committee's action is of both chambers.
  const is_joint = chamber === 'legislature' && place.filed_in !== 'legislature';
  const where = is_joint ? place.chamber : (chamber ?? place.chamber);
  if (where === undefined || place.stage === 'passed_all') return;
  if (place.passed.some((passage) => passage.chamber === where)) return;
  if (where !== place.chamber) {
    if (meaning.kind === 'taken_from' || meaning.kind === 'remaining') return;
    Object.assign(place, { chamber: where, held: [], waiting: [], sent_on: undefined });
  }
  if (meaning.kind === 'sent') return send(place, meaning, date);
  place.sent_on = undefined;
  if (meaning.kind === 'before_all') return settle(place, []);
  if (meaning.kind === 'now_in') return haveNow(place, meaning.committees, date);
  if (meaning.kind === 'remaining') {
    place.waiting = meaning.committees.filter((name) => !isAmong(name, place.held));
    return;
  }
  if (meaning.kind === 'done' && meaning.by_subcommittee && !place.held.some(({ name }) => /sub/i.test(name)))
    return;
  return release(place, meaning.committees, date);
}

function send(place: Place, { committees, is_anew }: Extract<Meaning, { kind: 'sent' }>, date: string): void {
  const before = place.sent_on === date && !is_anew ? place.held : [];
  const added = committees.filter(
    (name, index) => !isAmong(name, before) && committees.indexOf(name) === index,
  );
  place.held = [...before, ...added.map((name) => ({ name, since: date }))];
  place.waiting = [];
  place.sent_on = date;
  place.stage = 'in_committee';
}

function haveNow(place: Place, committees: string[], date: string): void {
  if (committees.length === 0) return;
  const others = [...place.held.map(({ name }) => name), ...place.waiting];
  const now = committees.map((name) => ({ name, since: date }));
  place.waiting = others.filter((name) => !isAmong(name, now));
  place.held = now;
  place.stage = 'in_committee';
}

/** Committees are done with it, or it was taken from them: without a name, the one that has it. */
function release(place: Place, committees: string[], date: string): void {
  const is_nameless = committees.length === 0;
  if (is_nameless && place.held.length > 1) return;
  const isMeant = (name: string) =>
    is_nameless || committees.some((one) => bareCommittee(one) === bareCommittee(name));
  const kept = place.held.filter(({ name }) => !isMeant(name));
  const is_another = kept.length === place.held.length && place.held.length > 0;
  place.waiting = place.waiting.filter((name) => is_nameless || !isMeant(name));
  if (is_another) return;
  const next = kept.length > 0 ? kept : place.waiting.map((name) => ({ name, since: date }));
  if (kept.length === 0) place.waiting = [];
  settle(place, next);
}

function settle(place: Place, held: Place['held']): void {
  place.held = held;
  if (held.length === 0) place.waiting = [];
  place.stage = held.length > 0 ? 'in_committee' : 'reported';
}

function pass(place: Place, { chamber, date }: BillAction): void {
  if (chamber === undefined) return;
  const { passed, filed_in } = place;
  if (chamber === 'legislature' && filed_in !== 'legislature') return;
  const is_again = passed.some((passage) => passage.chamber === chamber);
  if (is_again && place.stage !== 'failed') return;
  if (!is_again) passed.push({ chamber, date });
  // The other chamber takes a bill up only after the one in which it was filed, whether or not that was written down.
  const is_all = chamber === 'legislature' || passed.some((one) => one.chamber !== filed_in);
  end(place, is_all ? 'passed_all' : 'passed_one');
  if (!is_all) place.chamber = chamber === 'lower' ? 'upper' : 'lower';
}

function override(place: Place, chamber: OrgClassification | undefined): void {
  if (chamber === undefined || place.stage !== 'vetoed') return;
  if (!place.overridden.includes(chamber)) place.overridden.push(chamber);
  if (chamber === 'legislature' || place.overridden.length > 1) end(place, 'signed');
}

function end(place: Place, stage: Place['stage']): void {
  Object.assign(place, { chamber: undefined, held: [], waiting: [], sent_on: undefined, stage });
}

function isAmong(name: string, held: Place['held']): boolean {
  return held.some((one) => bareCommittee(one.name) === bareCommittee(name));
}
