import { ACTION_TYPES, type ActionType } from '../actions/action.ts';
import { ORG_CLASSIFICATIONS } from '../legislators/legislator.ts';
import { allOf } from './visit.ts';

/** Fields by which districts are picked: lists have one name, buttons one for each chamber, of which one can be pressed. */
const PICKED = ['division', ...ORG_CLASSIFICATIONS.map((chamber) => `division_${chamber}`)];

/** Most districts that one page shows: more than any one place has. */
const MOST_DIVISIONS = 10;

/** Where a supporter stands: whose constituents they are, and whom they have reached. */
export interface Standing {
  /** OCD ids of the districts. */
  divisions: string[];
  /** What was completed in this visit, 'phone:ocd-person/…', and whose letters wait to be confirmed, 'waiting:ocd-person/…'. */
  done: string[];
}

/** An action of this visit, as `done` names it. */
export function doneMark(type: ActionType, legislator_id: string): string {
  return `${type}:${legislator_id}`;
}

/** A letter that was handed in to be sent from here, as `done` names it: nothing of it is completed yet. */
export function waitingMark(legislator_id: string): string {
  return `waiting:${legislator_id}`;
}

/** Whether all that is left for a supporter to do for a legislator is to confirm a letter. */
export function isWaiting(standing: Standing, legislator_id: string): boolean {
  return standing.done.includes(waitingMark(legislator_id)) && !isReached(standing, legislator_id);
}

/** Whether a legislator was reached in this visit, one way or another. */
export function isReached({ done }: Standing, legislator_id: string): boolean {
  return ACTION_TYPES.some((type) => done.includes(doneMark(type, legislator_id)));
}

/** Every OCD id that was picked in a form, from lists and by buttons, as often as it was. */
export function pickedIn(fields: unknown): string[] {
  return PICKED.flatMap((name) => allOf(fields, name));
}

/** Whether a supporter is to go on to a legislator: reached in no way yet, and no letter to them waits. */
export function isToDo(standing: Standing, legislator_id: string): boolean {
  return !isReached(standing, legislator_id) && !isWaiting(standing, legislator_id);
}

/** Reads the standing from a query or a form. */
export function standingOf(fields: unknown): Standing {
  return {
    divisions: distinct(allOf(fields, 'division')).slice(0, MOST_DIVISIONS),
    done: distinct(allOf(fields, 'done')).slice(0, MOST_DIVISIONS * 10),
  };
}

/** The standing of a supporter who is still picking: what is picked so far counts as theirs. */
export function standingSoFar(fields: unknown): Standing {
  return { ...standingOf(fields), divisions: distinct(pickedIn(fields)).slice(0, MOST_DIVISIONS) };
}

const distinct = (values: string[]) => [...new Set(values)];

/** The standing as pairs of a query. */
export function standingPairs({ divisions, done }: Standing): [string, string][] {
  return [
    ...divisions.map((id): [string, string] => ['division', id]),
    ...done.map((mark): [string, string] => ['done', mark]),
  ];
}
