import { ACTION_TYPES, type ActionType } from '../actions/action.ts';
import { allOf } from './visit.ts';

/** Most districts that one page shows: more than any one place has. */
const MOST_DIVISIONS = 10;

/** Where a supporter stands: whose constituents they are, and whom they have reached. */
export interface Standing {
  /** OCD ids of the districts. */
  divisions: string[];
  /** What was completed in this visit: 'phone:ocd-person/…'. */
  done: string[];
}

/** An action of this visit, as `done` names it. */
export function doneMark(type: ActionType, legislator_id: string): string {
  return `${type}:${legislator_id}`;
}

/** Whether a legislator was reached in this visit, one way or another. */
export function isReached({ done }: Standing, legislator_id: string): boolean {
  return ACTION_TYPES.some((type) => done.includes(doneMark(type, legislator_id)));
}

/** Reads the standing from a query or a form. */
export function standingOf(fields: unknown): Standing {
  const distinct = (name: string) => [...new Set(allOf(fields, name))];
  return {
    divisions: distinct('division').slice(0, MOST_DIVISIONS),
    done: distinct('done').slice(0, MOST_DIVISIONS * 10),
  };
}

/** The standing as pairs of a query. */
export function standingPairs({ divisions, done }: Standing): [string, string][] {
  return [
    ...divisions.map((id): [string, string] => ['division', id]),
    ...done.map((mark): [string, string] => ['done', mark]),
  ];
}
