import { killAmidLetters } from '../support/letter-kills.ts';
import { expectAllOnce } from '../support/letters-once.ts';
import { STORE_KINDS } from '../support/temp-store.ts';

/** The same instants each time: numbers of Lehmer's generator. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

test.each(STORE_KINDS)(
  'on $name, ended at once while letters are handed in, confirmed and sent, every letter goes out once all the same',
  async (kind) => {
    expectAllOnce(await killAmidLetters(kind, { kills: 4, random: seeded(8) }));
  },
  120_000,
);
