import { OperationalError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { BoundaryDistrict } from './census-boundaries.ts';
import { withCounties } from './counties.ts';
import type { Step, Turns } from './keeper.ts';
import type { District, Roster } from './legislator.ts';
import type { OpenedRosters } from './open-rosters.ts';
import { boundariesOf } from './openstates-roster.ts';
import { pullBoundaries } from './pull-boundaries.ts';
import { pullRosters } from './pull-rosters.ts';
import { PULL_SOURCE, type PullOptions } from './pull-state.ts';
import { pullZips } from './pull-zips.ts';
import { loadRoster, type RosterData } from './roster.ts';
import { featuresOf, readSource, rosterFolder, writeRosterFiles } from './roster-files.ts';
import type { Look } from './roster-look.ts';
import type { BoundariesFile } from './roster-schema.ts';
import { summarizeRoster } from './roster-summary.ts';
import { stateFacts } from './states.ts';

const DAY_MS = 86_400_000;

/** What the running app pulls with, and where it is kept. */
export interface PullStepOptions extends Omit<PullOptions, 'stopped' | 'onProgress' | 'mayReplace'> {
  rosters: OpenedRosters;
  log: Log;
  look: (state: string) => ReturnType<Look>;
  /** By state: nothing else writes its roster meanwhile. */
  inTurn: Turns;
  /** Whether a state is to be pulled at all; undefined where each is. */
  isWanted?: ((state: string) => boolean) | undefined;
}

/**
 * Makes the step that keeps states' rosters by the people archive and the Census Bureau's boundaries: pulled together where
 * there are no real ones, and looked for anew each day. What was imported is never replaced, nor what is newer.
 */
export function createPullStep(options: PullStepOptions, states: string[]): Step {
  const { rosters, data_dir, now, log } = options;
  /** When a state was looked for, in milliseconds: what is not written down, such as an older roster that was let go. */
  const checked = new Map<string, number>();
  const read_before: PullOptions['read_before'] = {};

  const isDue = async (state: string): Promise<boolean> => {
    if (options.isWanted?.(state) === false || !(await options.look(state))) return false;
    const current = rosters.get(state)?.roster;
    if (!current || current.is_sample) return true;
    const written = (await readSource(rosterFolder(data_dir, state)))?.pulled?.checked_at;
    const ages = [written ? Date.parse(written) : undefined, checked.get(state)].map((at) =>
      at === undefined ? Number.POSITIVE_INFINITY : now().getTime() - at,
    );
    // One of a time to come was made when the clock was ahead.
    return !ages.some((age) => age >= 0 && age < DAY_MS);
  };
  /** Someone may have imported the state while it was fetched. */
  const mayReplace = async (state: string, as_of: string): Promise<boolean> => {
    if (!(await options.look(state))) return false;
    const current = rosters.get(state)?.roster;
    return !current || current.is_sample || current.as_of <= as_of;
  };

  return async (stopped) => {
    const due: string[] = [];
    for (const state of states) if (await isDue(state)) due.push(state);
    if (due.length === 0) return undefined;
    const begun = now().getTime();
    let failure: OperationalError | undefined;
    try {
      for await (const result of pullRosters(due.map(stateFacts), {
        ...options,
        stopped,
        mayReplace,
        read_before,
      })) {
        const { state } = result;
        if (result.kind === 'failed') failure ??= result.error;
        else checked.set(state, begun);
        if (result.kind !== 'pulled') continue;
        rosters.put(result.place);
        const { seats, members, vacant_seats } = summarizeRoster(result.place.roster);
        const { as_of } = result.place.roster;
        log('info', 'roster_pulled', { state, as_of, seats, members, vacant: vacant_seats.length });
        for (const message of result.notes) log('warn', 'roster_note', { state, message });
      }
    } catch (error) {
      if (error instanceof OperationalError) return error;
      throw error;
    }
    if (!failure) delete read_before.people;
    return failure;
  };
}

/**
 * Makes the step that draws a state whose members came by the OpenStates API: pulls its boundaries from the Census Bureau
 * where none are at hand, so that no visitor's point has to be sent to OpenStates, and once a day the districts of its ZIP
 * codes.
 */
export function createDrawStep(options: PullStepOptions, state: string): Step {
  const { rosters, now } = options;
  let zips_asked = Number.NEGATIVE_INFINITY;
  return async (stopped) => {
    const place = rosters.get(state);
    if (!place || place.roster.is_sample || place.roster.source === PULL_SOURCE) return undefined;
    try {
      if (!place.boundaries) await draw(options, state, stopped);
      if (place.zips || now().getTime() - zips_asked < DAY_MS) return undefined;
      zips_asked = now().getTime();
      await drawZips(options, state, stopped);
      return undefined;
    } catch (error) {
      if (error instanceof OperationalError) return error;
      throw error;
    }
  };
}

/** Pulls a state's boundaries, and puts them under the roster at hand. */
async function draw(options: PullStepOptions, state: string, stopped: AbortSignal): Promise<void> {
  const { rosters, data_dir, now, log } = options;
  const folder = rosterFolder(data_dir, state);
  const ask = { stopped, known: [], year: now().getUTCFullYear() };
  const pulled = await pullBoundaries(options.fetchSource, stateFacts(state), options.boundaries, ask);
  if (pulled.kind === 'unchanged') return;
  await options.inTurn(state, async () => {
    // Its members may have been fetched anew meanwhile.
    const current = rosters.get(state);
    const source = await readSource(folder);
    if (!current || current.boundaries || !source) return;
    const { data, features } = await drawnRoster(current.roster, pulled.districts);
    const marks = { boundaries: pulled.marks, checked_at: now().toISOString() };
    await writeRosterFiles(folder, { ...data, ...source, pulled: marks }, features);
    rosters.put((await loadRoster(folder, state))!);
    log('info', 'boundaries_pulled', { state, vintage: pulled.vintage });
  });
}

/** Pulls the districts of a state's ZIP codes, and opens the roster with them. */
async function drawZips(options: PullStepOptions, state: string, stopped: AbortSignal): Promise<void> {
  const { rosters, data_dir, log } = options;
  const folder = rosterFolder(data_dir, state);
  const asked = { folder, known: [], stopped };
  const { notes } = await pullZips(options.fetchSource, stateFacts(state), options.zips_url, asked);
  for (const message of notes) log('warn', 'roster_note', { state, message });
  await options.inTurn(state, async () => {
    const found = await loadRoster(folder, state);
    if (found?.zips) rosters.put(found);
  });
}

/** A roster with the outlines, names, Census ids and counties of its districts. */
async function drawnRoster(
  roster: Roster,
  districts: BoundaryDistrict[],
): Promise<{ data: RosterData; features: BoundariesFile }> {
  const { state } = roster;
  const features = districts.map(({ geometry, ...district }) => ({
    district: { ...district, state, seats: 1 },
    geometry,
  }));
  const drawn = boundariesOf(roster.districts, { state, features });
  if (!drawn) {
    const message = `The Census Bureau's boundaries of ${stateFacts(state).name} are not of the districts that OpenStates names. Visitors' districts are asked of OpenStates, or picked from the list.`;
    throw new OperationalError('boundaries_elsewhere', message);
  }
  const found = new Map(drawn.map(({ division_id, district }) => [division_id, district]));
  const named = roster.districts.map((district): District => {
    const { name, geoid } = found.get(district.division_id) ?? district;
    return { ...district, name, ...(geoid ? { geoid } : {}) };
  });
  const outlines = featuresOf(drawn);
  return { data: { ...roster, districts: await withCounties(named, outlines) }, features: outlines };
}
