import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calendarDay } from '../calendar.ts';
import { OperationalError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Boundaries } from './boundaries.ts';
import type { OpenStates } from './openstates-client.ts';
import { createDownload, type Download } from './openstates-download.ts';
import { type FetchedRoster, OPENSTATES_SOURCE, rosterOfDownload } from './openstates-roster.ts';
import { createRoster, loadRoster, type OpenedRosters, type StateRoster } from './roster.ts';
import { readSource, rosterFolder, rosterStamp, writeRosterFiles } from './roster-files.ts';
import { summarizeRoster } from './roster-summary.ts';
import { stateFacts } from './states.ts';

/** What a roster is fetched with, and where it is kept. */
export interface StepOptions {
  client: OpenStates;
  rosters: OpenedRosters;
  data_dir: string;
  sample_dir: string;
  now: () => Date;
  log: Log;
}

/** Whether a roster came from people whom someone imported: such a one is never replaced. */
const isImported = (place: StateRoster | undefined) =>
  place !== undefined && !place.roster.is_sample && place.roster.source !== OPENSTATES_SOURCE;

/** One look at one state: fetches its roster where that is wanted; gives back what went wrong. */
export type Step = () => Promise<OperationalError | undefined>;

/** Makes the looks at one state; what was fetched and can't be kept yet is not fetched again. */
export function createStep(options: StepOptions, state: string, signal: AbortSignal): Step {
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
function createLook({ rosters, data_dir, now }: StepOptions, state: string): () => Promise<boolean> {
  const folder = rosterFolder(data_dir, state);
  let seen: string | undefined;
  let is_damaged_import = false;
  return async () => {
    const stamp = await rosterStamp(folder);
    // Reading a roster whole takes a while: only where it is another.
    if (stamp !== seen) {
      const found = await openKept(folder, state);
      is_damaged_import = found === 'damaged';
      if (found !== 'damaged' && isImported(found)) rosters.put(found!);
      seen = stamp;
    }
    const current = rosters.get(state);
    if (is_damaged_import || isImported(current)) return false;
    const isReal = current !== undefined && !current.roster.is_sample;
    if (!isReal) return true;
    // One of a day to come was fetched when the clock was ahead: it would never look old.
    const today = calendarDay(now(), stateFacts(state).time_zone);
    return current.roster.as_of !== today;
  };
}

/**
 * What is kept of a state. A damaged import is for people to mend, who were told at the start; one of ours, or one that is
 * nobody's any more, is fetched anew.
 */
async function openKept(folder: string, state: string): Promise<StateRoster | undefined | 'damaged'> {
  try {
    return await loadRoster(folder, state);
  } catch (error) {
    if (!(error instanceof OperationalError)) throw error;
    const text = await readFile(join(folder, 'roster.json'), 'utf8').catch(() => '');
    // One of before says it inside.
    const [, inside = OPENSTATES_SOURCE] = /"source":\s*"([^"]*)"/.exec(text) ?? [];
    const source = (await readSource(folder))?.source ?? inside;
    return source === OPENSTATES_SOURCE ? undefined : 'damaged';
  }
}

interface Fetched extends FetchedRoster {
  /** ISO time. */
  imported_at: string;
}

/** A state's roster out of a download, true as of the state's day on which it came. */
async function fetchRoster(
  options: StepOptions,
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
async function keep({ data_dir, log }: StepOptions, state: string, fetched: Fetched): Promise<StateRoster> {
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
  { data_dir, sample_dir }: StepOptions,
  state: string,
): Promise<Boundaries | undefined> {
  for (const folder of [rosterFolder(data_dir, state), join(sample_dir, state)]) {
    const place = await openKept(folder, state);
    if (place !== 'damaged' && place?.boundaries) return place.boundaries;
  }
  return undefined;
}
