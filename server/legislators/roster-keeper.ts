import { setTimeout as pause } from 'node:timers/promises';
import type { OperationalError } from '../errors.ts';
import { describeError, type Log } from '../log.ts';
import { createStep, type Step, type StepOptions } from './roster-step.ts';

/** What keeps rosters at hand and young; the times are for tests to shorten. */
export interface KeeperOptions extends StepOptions {
  /** Postal codes of the states whose members are wanted. */
  states: string[];
  /** Before the second try; doubled each time, up to the longest. */
  first_pause_ms?: number;
  longest_pause_ms?: number;
  /** When all that may be asked in a minute was asked. */
  minute_pause_ms?: number;
  /** How often to see whether a roster has become old, or was imported. */
  look_every_ms?: number;
}

/** Fetches in the background what no import has brought. */
export interface RosterKeeper {
  /** Ends what is under way; nothing of it is left behind. */
  stop: () => Promise<void>;
}

/**
 * Keeps a roster of each state by the OpenStates API where none was imported: fetched at once where there is none, and
 * each day anew. The one at hand serves until the new one is whole, and is kept in DATA_DIR as any import is, so that a
 * start without key or network has it. An import that appears meanwhile wins.
 */
export function startRosterKeeper(options: KeeperOptions): RosterKeeper {
  const {
    first_pause_ms = 15_000,
    longest_pause_ms = 1_800_000,
    minute_pause_ms = 10_000,
    look_every_ms = 600_000,
  } = options;
  const stopping = new AbortController();
  const { signal } = stopping;

  const rest = (ms: number) => pause(ms, undefined, { signal }).catch(() => undefined);
  // One state after the other: side by side they would take from one allowance, and each wait for its pages in vain.
  let turn = Promise.resolve<unknown>(undefined);
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const mine = turn.then(task);
    turn = mine.catch(() => undefined);
    return mine;
  };
  /** Looks at a state and, where it is fetched, goes on minute after minute until it is whole. */
  const finish = async (step: Step): Promise<OperationalError | undefined> => {
    for (;;) {
      const failure = signal.aborted ? undefined : await step();
      if (failure?.code !== 'openstates_minute_spent') return failure;
      await rest(minute_pause_ms);
    }
  };

  const keepState = async (state: string): Promise<void> => {
    const step = createStep(options, state, signal);
    let told: string | undefined;
    let pause_ms = first_pause_ms;
    while (!signal.aborted) {
      const failure = await inTurn(() => finish(step));
      if (signal.aborted) return;
      if (failure && failure.code !== told) tellOf(options.log, state, failure);
      told = failure?.code;
      await rest(failure ? pause_ms : look_every_ms);
      pause_ms = failure ? Math.min(pause_ms * 2, longest_pause_ms) : first_pause_ms;
    }
  };

  const keeping = Promise.all(options.states.map(keepState));
  return {
    stop: async () => {
      stopping.abort();
      await keeping;
    },
  };
}

function tellOf(log: Log, state: string, failure: OperationalError): void {
  const { code, message } = describeError(failure);
  log(code === 'openstates_bad_key' ? 'error' : 'warn', 'openstates_unavailable', { state, code, message });
}
