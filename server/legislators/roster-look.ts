import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OperationalError } from '../errors.ts';
import type { OpenedRosters } from './open-rosters.ts';
import { OPENSTATES_SOURCE } from './openstates-roster.ts';
import { PULL_SOURCE } from './pull-state.ts';
import { loadRoster, type StateRoster } from './roster.ts';
import { readSource, rosterFolder, rosterStamp } from './roster-files.ts';

/** Rosters that the app may replace by itself; any other was imported by someone. */
const RENEWABLE = [OPENSTATES_SOURCE, PULL_SOURCE];

/** Whether a roster came from people whom someone imported: such a one is never replaced. */
const isImported = (place: StateRoster | undefined) =>
  place !== undefined && !place.roster.is_sample && !RENEWABLE.includes(place.roster.source);

/** Looks at one state: true where the app may fetch its roster by itself. */
export type Look = () => Promise<boolean>;

/** Makes the looks at one state; a roster that has appeared on the disk, imported or pulled by a command, is taken in. */
export function createLook(
  { rosters, data_dir }: { rosters: OpenedRosters; data_dir: string },
  state: string,
): Look {
  const folder = rosterFolder(data_dir, state);
  let seen: string | undefined;
  let is_damaged_import = false;
  return async () => {
    const stamp = await rosterStamp(folder);
    const at_hand = rosters.get(state);
    // Reading a roster whole takes a while: only where it is another.
    if (stamp !== undefined && stamp === at_hand?.stamp) is_damaged_import = false;
    else if (stamp !== seen) {
      const found = await openKept(folder, state);
      is_damaged_import = found === 'damaged';
      if (found !== 'damaged' && found && !found.roster.is_sample) rosters.put(found);
    }
    seen = stamp;
    return !is_damaged_import && !isImported(rosters.get(state));
  };
}

/**
 * What is kept of a state. A damaged import is for people to mend, who were told at the start; one of ours, or one that is
 * nobody's any more, is fetched anew.
 */
export async function openKept(folder: string, state: string): Promise<StateRoster | undefined | 'damaged'> {
  try {
    return await loadRoster(folder, state);
  } catch (error) {
    if (!(error instanceof OperationalError)) throw error;
    const text = await readFile(join(folder, 'roster.json'), 'utf8').catch(() => '');
    // One of before says it inside.
    const [, inside = OPENSTATES_SOURCE] = /"source":\s*"([^"]*)"/.exec(text) ?? [];
    const source = (await readSource(folder))?.source ?? inside;
    return RENEWABLE.includes(source) ? undefined : 'damaged';
  }
}
