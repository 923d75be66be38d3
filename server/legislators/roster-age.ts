import { calendarDay } from '../calendar.ts';
import type { RosterSource } from './legislator.ts';
import { stateFacts } from './states.ts';

const DAY_MS = 86_400_000;
const STALE_AFTER_DAYS = 14;

/** How old a roster is, and whether its members may have been replaced since. */
export interface RosterAge {
  /** Whole days from the roster's date to today in the state; 0 for a date still to come. */
  days: number;
  older_than_14_days: boolean;
  /** ISO date of the last general election of the state's legislature, where the roster is not younger than that. */
  election_passed: string | undefined;
}

/** Age of a roster on the state's day of `now`. An election has passed from the day after it on. */
export function rosterAge(source: RosterSource, state: string, now: Date): RosterAge {
  const { time_zone } = stateFacts(state);
  const today = calendarDay(now, time_zone);
  const days = Math.max(0, Math.round((Date.parse(today) - Date.parse(source.as_of)) / DAY_MS));
  const election = lastGeneralElection(state, today);
  return {
    days,
    older_than_14_days: days > STALE_AFTER_DAYS,
    election_passed: source.as_of <= election ? election : undefined,
  };
}

/**
 * ISO date of the state's last general election of its legislature before the day given: the Tuesday after the first Monday
 * of November (2 U.S.C. § 7 for the nation, followed by the states), in even years but where `stateFacts` says otherwise.
 * Louisiana's is the fifth Saturday after the third to last Saturday of October (R.S. 18:402).
 */
export function lastGeneralElection(state: string, today: string): string {
  const { every, in: known } = stateFacts(state).elections;
  const year = Number(today.slice(0, 4));
  const since = (((year - known) % every) + every) % every;
  const dayIn = state === 'la' ? louisianaElectionDay : electionDay;
  const election = dayIn(year - since);
  return election < today ? election : dayIn(year - since - every);
}

/** The Tuesday after the first Monday of November: the 2nd at the earliest, the 8th at the latest. */
function electionDay(year: number): string {
  const weekday = new Date(Date.UTC(year, 10, 1)).getUTCDay();
  const firstMonday = 1 + ((8 - weekday) % 7);
  return `${year}-11-${String(firstMonday + 1).padStart(2, '0')}`;
}

/** Three weeks after the last Saturday of October. */
function louisianaElectionDay(year: number): string {
  const weekday = new Date(Date.UTC(year, 9, 31)).getUTCDay();
  const lastSaturday = 31 - ((weekday + 1) % 7);
  return new Date(Date.UTC(year, 9, lastSaturday + 21)).toISOString().slice(0, 10);
}
