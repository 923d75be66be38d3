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
    expectAllOnce(await killAmidLetters(kind, { kills: 3, random: seeded(8) }));
  },
  120_000,
);

test.each(STORE_KINDS)(
  'on $name, ended at the very instant at which the mail server says yes, a letter goes out once more under the same Message-ID, and is not lost',
  async (kind) => {
    const killed = await killAmidLetters(kind, { kills: 1, random: seeded(8), at_yes: true });
    expect(killed.instants.size).toBeGreaterThan(0);
    expectAllOnce(killed);
    // Under another Message-ID it would be counted as another letter.
    for (const id of killed.instants.keys()) expect(killed.came.get(id)).toBe(1 + killed.instants.get(id)!);
  },
  120_000,
);
