// The legislators that a command names people and districts by.
import { join } from 'node:path';
import { correctRosters } from '../server/legislators/corrected-rosters.ts';
import { readCorrections } from '../server/legislators/corrections-file.ts';
import type { Roster } from '../server/legislators/legislator.ts';
import { openRosters } from '../server/legislators/open-rosters.ts';
import type { Settings } from '../server/settings.ts';

const sample_dir = join(import.meta.dirname, '../sample-data');

/**
 * The roster of a state at hand, corrected; where no real one is there, and `allow_sample` says so, the made-up one. Undefined
 * where there is neither.
 */
export async function rosterAtHand(
  settings: Pick<Settings, 'data_dir' | 'campaigns_dir'>,
  state: string,
  { allow_sample, now }: { allow_sample: boolean; now: Date },
): Promise<Roster | undefined> {
  const rosters = await openRosters({ ...settings, sample_dir, allow_sample, states: [state] });
  const corrections = await readCorrections(settings.campaigns_dir);
  return correctRosters({ rosters, corrections: () => corrections, now: () => now }).get(state)?.roster;
}
