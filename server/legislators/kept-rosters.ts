import type { Log } from '../log.ts';
import { createTurns, type KeptTask, type Step } from './keeper.ts';
import { type OpenedRosters, spareBoundaries } from './open-rosters.ts';
import type { OpenStates } from './openstates-client.ts';
import { createDrawStep, createPullStep } from './pull-step.ts';
import { createLook } from './roster-look.ts';
import { createStep } from './roster-step.ts';
import { createSourceClient, type SourceWaits } from './source-client.ts';

/** What rosters are kept with. */
export interface KeptRostersOptions {
  /** Postal codes of the states whose members are wanted. */
  states: string[];
  /** Undefined where there is no key: members are then pulled from the people archive. */
  openStates: OpenStates | undefined;
  rosters: OpenedRosters;
  settings: {
    /** False where nothing is to be fetched. */
    pulls: boolean;
    data_dir: string;
    people_url: string;
    boundaries_url: string;
    boundaries_vintage: number | undefined;
    zip_districts_url: string;
  };
  sample_dir: string;
  /** How often to see what was put on the disk, where that is oftener than a keeper looks. */
  look_every_ms?: number;
  now: () => Date;
  log: Log;
  waits?: SourceWaits;
}

/**
 * What the running app keeps of rosters: with a key each state's members by the OpenStates API, and its boundaries where
 * there are none, or both as without a key while OpenStates can't be asked and nothing real is at hand; without one all
 * states' members and boundaries, pulled together. What a command has put on the disk is taken in whatever else goes on.
 */
export function keptRosters(options: KeptRostersOptions): KeptTask[] {
  const { states, openStates, sample_dir, settings, look_every_ms, waits, ...rest } = options;
  const { data_dir, people_url, boundaries_url, boundaries_vintage, zip_districts_url } = settings;
  const all = { states: states.join() };
  // A task of its own: however long the others wait for a server that is down, what is put on the disk serves soon.
  const looks = new Map(states.map((state) => [state, createLook({ ...rest, data_dir }, state)]));
  const look = (state: string) => looks.get(state)!();
  const looking = {
    event: 'roster_unreadable',
    of: all,
    // One after the other: read together, what every state's files hold would be in memory at once.
    step: async () => {
      for (const state of states) await look(state);
      return undefined;
    },
    ...(look_every_ms === undefined ? {} : { look_every_ms }),
  };
  if (!settings.pulls) return [looking];
  const inTurn = createTurns();
  const pulling = {
    ...rest,
    look,
    inTurn,
    data_dir,
    people_url,
    boundaries: { url: boundaries_url, vintage: boundaries_vintage },
    zips_url: zip_districts_url,
    fetchSource: createSourceClient({ now: rest.now, ...waits }),
    spareBoundaries: (state: string) => spareBoundaries(sample_dir, state),
  };
  if (!openStates) {
    return [looking, { event: 'pull_failed', of: all, step: createPullStep(pulling, states) }];
  }
  /** States that OpenStates was asked for in vain. */
  const unanswered = new Set<string>();
  const isMissing = (state: string) =>
    unanswered.has(state) && rest.rosters.get(state)?.roster.is_sample !== false;
  const pull = createPullStep({ ...pulling, isWanted: isMissing }, states);
  const fetching = { ...rest, look, inTurn, client: openStates, data_dir, sample_dir };
  return [
    looking,
    ...states.map((state) => ({
      event: 'openstates_unavailable',
      of: { states: state },
      step: noting(createStep(fetching, state), (failed) => {
        if (failed) unanswered.add(state);
        else unanswered.delete(state);
      }),
    })),
    {
      event: 'pull_failed',
      of: all,
      step: async (stopped: AbortSignal) => (states.some(isMissing) ? pull(stopped) : undefined),
      look_every_ms: 15_000,
    },
    ...states.map((state) => ({
      event: 'boundaries_unavailable',
      of: { states: state },
      step: createDrawStep(pulling, state),
    })),
  ];
}

/** The same step, of whose outcome is told whether it failed. */
function noting(step: Step, tell: (failed: boolean) => void): Step {
  return async (stopped) => {
    const failure = await step(stopped);
    if (failure?.code !== 'openstates_minute_spent') tell(failure !== undefined);
    return failure;
  };
}
