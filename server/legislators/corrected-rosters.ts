import { calendarDay } from '../calendar.ts';
import type { FileFault } from '../errors.ts';
import type { Log } from '../log.ts';
import { type CorrectedRoster, correctRoster } from './correct-roster.ts';
import type { CorrectionsRead } from './corrections-file.ts';
import type { Rosters, StateRoster } from './roster.ts';
import { stateFacts } from './states.ts';

/** Every state's roster, with what people here know better; undefined where none is at hand. */
export interface CorrectedRosters extends Rosters {
  get(state: string): CorrectedRoster | undefined;
  /** What is wrong in the file of corrections at this moment. */
  faults(): FileFault[];
}

/**
 * Puts the corrections over each roster as it is asked for. What is at hand, what the file says and which day it is in the
 * state may all change while the app runs: each time a roster is made anew, and else the one of before is given.
 */
export function correctRosters(parts: {
  rosters: Rosters;
  corrections: () => CorrectionsRead;
  now: () => Date;
  log?: Log;
}): CorrectedRosters {
  const made = new Map<
    string,
    { of: StateRoster; by: CorrectionsRead; today: string; roster: CorrectedRoster }
  >();
  return {
    faults: () => parts.corrections().faults,
    get: (state) => {
      const of = parts.rosters.get(state);
      if (!of) return undefined;
      const by = parts.corrections();
      const today = calendarDay(parts.now(), stateFacts(state).time_zone);
      const before = made.get(state);
      if (before?.of === of && before.by === by && before.today === today) return before.roster;
      const roster = correctRoster(of, by.corrections, today);
      made.set(state, { of, by, today, roster });
      if (parts.log) tellOf(parts.log, state, roster);
      return roster;
    },
  };
}

/** Counts alone: the sentences name people, and are for whoever asks for the status. */
function tellOf(log: Log, state: string, { corrections }: CorrectedRoster): void {
  if (corrections.length === 0) return;
  const count = (...states: string[]) => corrections.filter((one) => states.includes(one.state)).length;
  const in_vain = count('no_fit');
  const can_be_taken_out = count('caught_up', 'superseded');
  log(in_vain > 0 ? 'warn' : 'info', 'corrections', {
    state,
    applied: count('applied'),
    to_come: count('to_come'),
    can_be_taken_out,
    in_vain,
    ...(in_vain + can_be_taken_out > 0
      ? { message: 'npm run legislators -- status says which, and why.' }
      : {}),
  });
}
