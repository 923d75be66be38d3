import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { calendarDay } from '../calendar.ts';
import { OperationalError } from '../errors.ts';
import { describeError, type Log } from '../log.ts';
import type { Boundaries } from './boundaries.ts';
import type { OpenStates } from './openstates-client.ts';
import { createDownload, type Download } from './openstates-download.ts';
import { type FetchedRoster, OPENSTATES_SOURCE, rosterOfDownload } from './openstates-roster.ts';
import { createRoster, loadRoster, type OpenedRosters, type StateRoster } from './roster.ts';
import { rosterAge } from './roster-age.ts';
import { rosterFolder, writeRosterFiles } from './roster-files.ts';
import { summarizeRoster } from './roster-summary.ts';
import { stateFacts } from './states.ts';

/** What keeps rosters at hand and young; the times are for tests to shorten. */
export interface KeeperOptions {
  client: OpenStates;
  /** Postal codes of the states whose members are wanted. */
  states: string[];
  rosters: OpenedRosters;
  data_dir: string;
  sample_dir: string;
  now: () => Date;
  log: Log;
  /** Before the second try; doubled each time, up to the longest. */
  first_pause_ms?: number;
  longest_pause_ms?: number;
  /** How often to see whether a roster has become old, or was imported. */
  look_every_ms?: number;
}

/** Fetches in the background what no import has brought. */
export interface RosterKeeper {
  /** Ends what is under way; nothing of it is left behind. */
  stop: () => Promise<void>;
}

/** Whether a roster came from people whom someone imported: such a one is never replaced. */
const isImported = (place: StateRoster | undefined) =>
  place !== undefined && !place.roster.is_sample && place.roster.source !== OPENSTATES_SOURCE;

/**
 * Keeps a roster of each state by the OpenStates API where none was imported: fetched at once where there is none, and
 * each day anew. The one at hand serves until the new one is whole, and is kept in DATA_DIR as any import is, so that a
 * start without key or network has it. An import that appears meanwhile wins.
 */
export function startRosterKeeper(options: KeeperOptions): RosterKeeper {
  const { first_pause_ms = 15_000, longest_pause_ms = 1_800_000, look_every_ms = 600_000 } = options;
  const stopping = new AbortController();
  const { signal } = stopping;

  const keepState = async (state: string): Promise<void> => {
    const step = createStep(options, state, signal);
    let told: string | undefined;
    let pause_ms = first_pause_ms;
    while (!signal.aborted) {
      const failure = await step();
      if (signal.aborted) return;
      if (failure && failure.code !== told) tellOf(options.log, state, failure);
      told = failure?.code;
      await pause(failure ? pause_ms : look_every_ms, undefined, { signal }).catch(() => undefined);
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

/** One look at one state: fetches its roster where that is wanted; gives back what went wrong. */
function createStep(
  options: KeeperOptions,
  state: string,
  signal: AbortSignal,
): () => Promise<OperationalError | undefined> {
  const { client, rosters, now } = options;
  const download = createDownload(client, stateFacts(state), now);
  const isWanted = createLook(options, state);
  let fetched: Fetched | undefined;
  return async () => {
    try {
      if (!(await isWanted())) return undefined;
      fetched ??= await fetchRoster(options, state, () => download(signal));
      // Someone may have imported the state while it was fetched.
      if (await isWanted()) rosters.put(await keep(options, state, fetched));
      fetched = undefined;
      return undefined;
    } catch (error) {
      // What can't be written down is not fetched again for that: `fetched` stays.
      if (error instanceof OperationalError) return error;
      throw error;
    }
  };
}

/** Tells whether the state's roster is to be fetched now; an import that has appeared on the disk is taken in. */
function createLook({ rosters, data_dir, now }: KeeperOptions, state: string): () => Promise<boolean> {
  const folder = rosterFolder(data_dir, state);
  let seen: number | undefined;
  let is_damaged_import = false;
  return async () => {
    const file = join(folder, 'roster.json');
    const changed_at = (await stat(file).catch(() => undefined))?.mtimeMs;
    // Reading a roster whole takes a while: only where it is another.
    if (changed_at !== seen) {
      const found = await openKept(folder, state);
      is_damaged_import = found === 'damaged';
      if (found !== 'damaged' && isImported(found)) rosters.put(found!);
      seen = changed_at;
    }
    const current = rosters.get(state);
    if (is_damaged_import || isImported(current)) return false;
    const isReal = current !== undefined && !current.roster.is_sample;
    return !isReal || rosterAge(current.roster, state, now()).days > 0;
  };
}

/** What is kept of a state. A damaged import is for people to mend, who were told at the start; one of ours is fetched anew. */
async function openKept(folder: string, state: string): Promise<StateRoster | undefined | 'damaged'> {
  try {
    return await loadRoster(folder, state);
  } catch (error) {
    if (!(error instanceof OperationalError)) throw error;
    const text = await readFile(join(folder, 'roster.json'), 'utf8').catch(() => '');
    return text.includes(`"source": "${OPENSTATES_SOURCE}"`) ? undefined : 'damaged';
  }
}

interface Fetched extends FetchedRoster {
  /** ISO time. */
  imported_at: string;
}

/** A state's roster out of a download, true as of the state's day on which it came. */
async function fetchRoster(
  options: KeeperOptions,
  state: string,
  download: () => Promise<Download>,
): Promise<Fetched> {
  const downloaded = await download();
  const facts = stateFacts(state);
  const moment = options.now();
  const as_of = calendarDay(moment, facts.time_zone);
  const boundaries = await boundariesAtHand(options, state);
  const current = options.rosters.get(state)?.roster;
  const before = current?.is_sample ? undefined : current;
  return {
    ...rosterOfDownload(downloaded, { facts, as_of, boundaries, before }),
    imported_at: moment.toISOString(),
  };
}

/** Writes a fetched roster down, and opens it. */
async function keep({ data_dir, log }: KeeperOptions, state: string, fetched: Fetched): Promise<StateRoster> {
  const { data, imported_at, boundaries, left_out, malformed_emails, is_doubtful } = fetched;
  const folder = rosterFolder(data_dir, state);
  await writeRosterFiles(folder, { ...data, imported_at }, boundaries);
  const { seats, members, vacant_seats } = summarizeRoster(createRoster(data));
  log('info', 'roster_fetched', {
    state,
    as_of: data.as_of,
    seats,
    members,
    vacant: vacant_seats.length,
    left_out,
    malformed_emails,
    has_boundaries: boundaries !== undefined,
  });
  if (is_doubtful)
    log('warn', 'roster_doubtful', {
      state,
      message: `${vacant_seats.length} of ${seats} seats are empty at OpenStates, which is more than is usual. Look at npm run legislators -- status, and import the state from files if members are missing.`,
    });
  // As the next start will read it: what could not be read back is told now.
  return (await loadRoster(folder, state))!;
}

/** Boundaries of the roster in DATA_DIR, else the real ones on which the made-up legislators sit. */
async function boundariesAtHand(
  { data_dir, sample_dir }: KeeperOptions,
  state: string,
): Promise<Boundaries | undefined> {
  for (const folder of [rosterFolder(data_dir, state), join(sample_dir, state)]) {
    const place = await openKept(folder, state);
    if (place !== 'damaged' && place?.boundaries) return place.boundaries;
  }
  return undefined;
}

function tellOf(log: Log, state: string, failure: OperationalError): void {
  const { code, message } = describeError(failure);
  log(code === 'openstates_bad_key' ? 'error' : 'warn', 'openstates_unavailable', { state, code, message });
}
