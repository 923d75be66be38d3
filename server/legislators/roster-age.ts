import { calendarDay } from '../calendar.ts';
import type { Legislator, RosterSource } from './legislator.ts';
import { stateFacts } from './states.ts';

const DAY_MS = 86_400_000;
const STALE_AFTER_DAYS = 14;
/** By then whoever was elected has been sworn in everywhere: the last legislatures convene in March. */
const ELECTION_SEEN_AFTER_DAYS = 150;
/** Where a source does not tell since when members sit: most states have sworn in those elected by early January. */
const ELECTION_DOUBTED_DAYS = 60;
/** After the election of 2024 a fifth of Florida's members had a term in their seat that began with it. */
const NEW_SHARE = 0.05;

/** How old a roster is, and whether its members may have been replaced since. */
export interface RosterAge {
  /** Whole days from the roster's date to today in the state; 0 for a date still to come. */
  days: number;
  older_than_14_days: boolean;
  /** ISO date of the last general election of the state's legislature, where the roster is not younger than that. */
  election_passed: string | undefined;
  /**
   * ISO date of that election, where the roster is younger and yet hardly anyone in it holds a seat since then, or nobody
   * knows since when they do: its source may not have caught up, or those elected may not have taken their seats.
   */
  election_unseen: string | undefined;
}

/** Age of a roster on the state's day of `now`. An election has passed from the day after it on. */
export function rosterAge(
  source: RosterSource & { legislators: Legislator[] },
  state: string,
  now: Date,
): RosterAge {
  const { time_zone } = stateFacts(state);
  const today = calendarDay(now, time_zone);
  const days = Math.max(0, Math.round((Date.parse(today) - Date.parse(source.as_of)) / DAY_MS));
  const election = lastGeneralElection(state, today);
  return {
    days,
    older_than_14_days: days > STALE_AFTER_DAYS,
    election_passed: source.as_of <= election ? election : undefined,
    election_unseen:
      !source.is_sample && source.as_of > election && isUnseen(source.legislators, { election, today })
        ? election
        : undefined,
  };
}

function isUnseen(legislators: Legislator[], { election, today }: { election: string; today: string }) {
  const days = (Date.parse(today) - Date.parse(election)) / DAY_MS;
  const dates = legislators.flatMap(({ current_role }) => current_role.start_date ?? []);
  // The API and the bulk CSV do not tell.
  if (dates.length <= legislators.length / 2) return days <= ELECTION_DOUBTED_DAYS;
  if (days > ELECTION_SEEN_AFTER_DAYS) return false;
  return dates.filter((date) => date >= election).length < dates.length * NEW_SHARE;
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
