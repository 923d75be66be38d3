import { killAmidLetters } from '../support/letter-kills.ts';
import { expectAllOnce, expectOnceMore } from '../support/letters-once.ts';
import { POSTGRES, SQLITE } from '../support/temp-store.ts';

/** The same instants each time: numbers of Lehmer's generator. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

// Each on one database here; on both in the long suites.
test('on SQLite, ended at once while letters are handed in, confirmed and sent, every letter goes out once all the same', async () => {
  expectAllOnce(await killAmidLetters(SQLITE, { kills: 3, random: seeded(8) }));
}, 120_000);

test('on PostgreSQL, ended at the very instant at which the mail server says yes, a letter goes out once more under the same Message-ID, and is not lost', async () => {
  expectOnceMore(await killAmidLetters(POSTGRES, { kills: 1, random: seeded(8), at_yes: true }));
}, 120_000);
