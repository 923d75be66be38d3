import type { OrgClassification } from '../legislators/legislator.ts';
import type { Meaning } from './action-meaning.ts';
import type { BillAction } from './bill-record.ts';
import { bareCommittee } from './committee-names.ts';
import { beginAnew, move, type Place } from './place.ts';

type InChamber = Extract<
  Meaning,
  { kind: 'sent' | 'now_in' | 'remaining' | 'done' | 'taken_from' | 'before_all' }
>;

/** What a chamber that has not passed the bill does with it brings it there, and back to life. */
export function takeInChamber(place: Place, { chamber, date }: BillAction, meaning: InChamber): void {
  // A joint committee's action is of both chambers.
  const is_joint = chamber === 'legislature' && place.filed_in !== 'legislature';
  const where = is_joint ? place.chamber : (chamber ?? place.chamber);
  if (where === undefined || place.stage === 'passed_all' || place.stage === 'to_agree') return;
  if (place.passed.some((passage) => passage.chamber === where) && !isOpenAgain(place, where, meaning))
    return;
  if (where !== place.chamber) {
    if (meaning.kind === 'taken_from' || meaning.kind === 'remaining') return;
    move(place, where, place.stage);
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

/** A chamber sees what it has passed again in its second year, or where it has only taken a committee's report. */
function isOpenAgain(place: Place, where: OrgClassification, { kind }: InChamber): boolean {
  const is_second_year =
    place.is_between_years && where === place.filed_in && (kind === 'sent' || kind === 'before_all');
  if (is_second_year) beginAnew(place, where);
  if (is_second_year) return true;
  if (kind !== 'sent' || !place.is_on_report || place.stage !== 'passed_one' || where === place.chamber)
    return false;
  place.passed = place.passed.filter(({ chamber }) => chamber !== where);
  return true;
}

function send(place: Place, { committees, is_anew }: Extract<Meaning, { kind: 'sent' }>, date: string): void {
  const before = place.sent_on === date && !is_anew ? place.held : [];
  const added = committees.filter(
    (name, index) => !isAmong(name, before) && committees.indexOf(name) === index,
  );
  const kept = (name: string) => place.held.find((one) => bareCommittee(one.name) === bareCommittee(name));
  place.held = [...before, ...added.map((name) => kept(name) ?? { name, since: date })];
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

function isAmong(name: string, held: Place['held']): boolean {
  return held.some((one) => bareCommittee(one.name) === bareCommittee(name));
}
