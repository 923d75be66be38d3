import { join } from 'node:path';
import { calendarDay } from '../calendar.ts';
import { OperationalError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Boundaries } from './boundaries.ts';
import { withCounties } from './counties.ts';
import type { Step, Turns } from './keeper.ts';
import type { OpenedRosters } from './open-rosters.ts';
import type { OpenStates } from './openstates-client.ts';
import { createDownload, type Download } from './openstates-download.ts';
import { type FetchedRoster, rosterOfDownload } from './openstates-roster.ts';
import { createRoster, loadRoster, type StateRoster } from './roster.ts';
import { rosterFolder, writeRosterFiles } from './roster-files.ts';
import { type Look, openKept } from './roster-look.ts';
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
  look: (state: string) => ReturnType<Look>;
  /** By state: nothing else writes its roster meanwhile. */
  inTurn: Turns;
}

/**
 * Makes the step that keeps one state's roster by the OpenStates API: fetched where there is no real one, and each day anew.
 * What was fetched and can't be kept yet is not fetched again.
 */
export function createStep(options: StepOptions, state: string): Step {
  const { client, rosters, now } = options;
  const download = createDownload(client, stateFacts(state), now);
  const isWanted = createWish(options, state);
  let fetched: Fetched | undefined;
  return async (signal) => {
    try {
      if (!(await isWanted())) return undefined;
      fetched ??= await fetchRoster(options, state, () => download(signal));
      // Someone may have imported the state while it was fetched.
      await options.inTurn(state, async () => {
        if (await isWanted()) rosters.put(await keep(options, state, fetched!));
      });
      fetched = undefined;
      return undefined;
    } catch (error) {
      // What can't be written down is not fetched again for that: `fetched` stays.
      if (error instanceof OperationalError) return error;
      throw error;
    }
  };
}

/** Tells whether the state's roster is to be fetched now: there is no real one, or one of another day. */
function createWish(options: StepOptions, state: string): () => Promise<boolean> {
  const { rosters, now, look } = options;
  return async () => {
    if (!(await look(state))) return false;
    const current = rosters.get(state)?.roster;
    if (!current || current.is_sample) return true;
    // One of a day to come was fetched when the clock was ahead: it would never look old.
    return current.as_of !== calendarDay(now(), stateFacts(state).time_zone);
  };
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
  const roster = rosterOfDownload(downloaded, { facts, as_of, boundaries, before });
  // Those of boundaries that were imported are known already.
  const districts = roster.boundaries && (await withCounties(roster.data.districts, roster.boundaries));
  return {
    ...roster,
    data: { ...roster.data, districts: districts ?? roster.data.districts },
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
