// What commands that see or change supporters' letters work with.

import type { Roster } from '../server/legislators/legislator.ts';
import { stateOfDivision } from '../server/legislators/states.ts';
import type { Letter } from '../server/mail/letter.ts';
import { createSeal, letterKeysFolder, type Seal } from '../server/mail/sealed.ts';
import { checkDataDir, readEnvironment, readSettings, type Settings } from '../server/settings.ts';
import { openStore, type Store } from '../server/store/open-store.ts';
import { secretsOf } from './campaign-preview.ts';
import { rosterAtHand } from './roster-at-hand.ts';

/** The letters on this machine, open. */
export interface OpenedLetters {
  settings: Settings;
  secrets: string[];
  store: Store;
  seal: Seal;
  now: Date;
}

/** Runs `fn` on the database and the keys that the running app uses. */
export async function withLetters<T>(fn: (opened: OpenedLetters) => Promise<T>): Promise<T> {
  const settings = readSettings(readEnvironment());
  checkDataDir(settings.data_dir);
  const secrets = secretsOf(settings);
  const store = await openStore(settings.database_url);
  try {
    const seal = createSeal({ folder: letterKeysFolder(settings.data_dir), secrets });
    return await fn({ settings, secrets, store, seal, now: new Date() });
  } finally {
    await store.close();
  }
}

/** Who a letter goes to, as the rosters at hand have it; each is read once. */
export function addresseeNames({ settings, now }: Pick<OpenedLetters, 'settings' | 'now'>) {
  const rosters = new Map<string, Promise<Roster | undefined>>();
  return async ({ division_id, legislator_id }: Pick<Letter, 'division_id' | 'legislator_id'>) => {
    const state = stateOfDivision(division_id)?.state;
    if (state === undefined) return undefined;
    const allow_sample = !settings.is_production;
    const roster = rosters.get(state) ?? rosterAtHand(settings, state, { allow_sample, now });
    rosters.set(state, roster);
    return (await roster)?.legislator(legislator_id);
  };
}
