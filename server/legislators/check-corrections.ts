import { calendarDay } from '../calendar.ts';
import { type FileFault, OperationalError } from '../errors.ts';
import { correctRoster } from './correct-roster.ts';
import type { Correction, CorrectionOutcome } from './correction.ts';
import { loadRoster, type StateRoster } from './roster.ts';
import { rosterFolder } from './roster-files.ts';
import { stateFacts } from './states.ts';

/** Corrections beside the legislators whom they are about. */
export interface CorrectionsCheck {
  /** Those that are about a person, a number or a seat that is not there. */
  faults: FileFault[];
  /** Those that can be taken out: these are no faults. */
  notes: FileFault[];
  /** Why those of a state were compared with nobody, a sentence each. */
  unchecked: string[];
}

/** Later than any day that an entry could mean. */
const LAST_DAY = '9999-12-31';

/** Compares corrections with the real legislators under `data_dir`: those whose day is still to come as of that day. */
export async function checkCorrections(
  corrections: Correction[],
  { data_dir, now }: { data_dir: string; now: () => Date },
): Promise<CorrectionsCheck> {
  const check: CorrectionsCheck = { faults: [], notes: [], unchecked: [] };
  for (const [state, own] of Map.groupBy(corrections, (one) => one.state)) {
    const place = await openRoster(data_dir, state);
    if (typeof place === 'string') {
      check.unchecked.push(
        `The corrections of ${stateFacts(state).name} were compared with nobody: ${place}`,
      );
      continue;
    }
    const today = calendarDay(now(), stateFacts(state).time_zone);
    const { corrections: outcomes } = correctRoster(place, own, today);
    const { corrections: at_last } = correctRoster(place, own, LAST_DAY);
    for (const [index, outcome] of outcomes.entries()) {
      const told = outcome.state === 'to_come' ? at_last[index]! : outcome;
      if (told.state === 'no_fit') check.faults.push(faultOf(told));
      else if (['caught_up', 'superseded'].includes(outcome.state)) check.notes.push(faultOf(outcome));
    }
  }
  return check;
}

const faultOf = ({ correction, message }: CorrectionOutcome): FileFault => ({ ...correction.place, message });

/** The real roster of a state, or why there is none to compare with. */
async function openRoster(data_dir: string, state: string): Promise<StateRoster | string> {
  try {
    const place = await loadRoster(rosterFolder(data_dir, state), state);
    return place && !place.roster.is_sample ? place : 'its real legislators are not at hand.';
  } catch (error) {
    if (!(error instanceof OperationalError)) throw error;
    return error.message;
  }
}
