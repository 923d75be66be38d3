import { join } from 'node:path';
import { OperationalError } from '../errors.ts';
import type { Boundaries } from './boundaries.ts';
import { loadRoster, type Rosters, type StateRoster } from './roster.ts';
import { rosterFolder } from './roster-files.ts';
import { STATES, stateFacts } from './states.ts';

/** Every state's roster that could be opened, and why others could not. */
export interface OpenedRosters extends Rosters {
  /** One for each state with a damaged roster, or damaged ZIP codes, each naming the state, the file and what helps. */
  faults: OperationalError[];
  /** Postal codes of the states that have no roster because theirs is damaged. */
  damaged: string[];
  /** Opens those of the states that were not opened before; gives back the new faults. */
  open(states: readonly string[]): Promise<OperationalError[]>;
  /** Puts a state's roster in place of the one before: whoever asks from now on gets this one. */
  put(place: StateRoster): void;
}

/**
 * Opens the rosters of these states, or of every one: the real one under `data_dir`, else, where allowed, the made-up one under `sample_dir`.
 * A state whose roster is damaged has none (made-up people must not stand in for it unseen); the other states open.
 */
export async function openRosters(options: {
  data_dir: string;
  sample_dir: string;
  allow_sample: boolean;
  /** Postal codes: each state's boundaries take some megabytes of memory. */
  states?: string[];
}): Promise<OpenedRosters> {
  const rosters = new Map<string, StateRoster>();
  const faults: OperationalError[] = [];
  const damaged: string[] = [];
  const opened = new Set<string>();
  const openOne = async (state: string): Promise<void> => {
    try {
      const real = await loadRoster(rosterFolder(options.data_dir, state), state);
      if (real?.roster.is_sample && !options.allow_sample) throw madeUp(options.data_dir, state);
      const found = real ?? (options.allow_sample ? await loadSample(options.sample_dir, state) : undefined);
      // One that was put in place meanwhile is younger.
      if (found && !rosters.has(state)) rosters.set(state, found);
      if (found?.zips_fault) faults.push(found.zips_fault);
    } catch (error) {
      if (!(error instanceof OperationalError)) throw error;
      faults.push(error);
      damaged.push(state);
    }
  };
  const open = async (states: readonly string[]): Promise<OperationalError[]> => {
    const before = faults.length;
    for (const state of states) {
      if (opened.has(state)) continue;
      opened.add(state);
      await openOne(state);
    }
    return faults.slice(before);
  };
  await open(options.states ?? STATES.map((one) => one.state));
  return {
    get: (state) => rosters.get(state),
    open,
    put: (place) => void rosters.set(place.roster.state, place),
    faults,
    damaged,
  };
}

function loadSample(sample_dir: string, state: string): Promise<StateRoster | undefined> {
  const remedy = 'It comes with the program: get the folder sample-data anew.';
  return loadRoster(join(sample_dir, state), state, remedy);
}

/** Real boundaries on which the made-up legislators of a state sit; undefined where the program brings none. */
export async function spareBoundaries(sample_dir: string, state: string): Promise<Boundaries | undefined> {
  return (await loadSample(sample_dir, state))?.boundaries;
}

function madeUp(data_dir: string, state: string): OperationalError {
  const message = `The roster of ${stateFacts(state).name} in ${rosterFolder(data_dir, state)} is made up, and made-up legislators are not shown here.`;
  const remedy = `Get the real ones: npm run legislators -- pull ${state}`;
  return new OperationalError('roster_made_up', `${message} ${remedy}`);
}
