import { killAmidLetters } from '../support/letter-kills.ts';
import { expectAllOnce } from '../support/letters-once.ts';
import { STORE_KINDS } from '../support/temp-store.ts';

describe.each(STORE_KINDS)('$name', (kind) => {
  test('ended at 110 random instants, every letter goes out once, but for the one instant of the rule', async () => {
    const killed = await killAmidLetters(kind, { kills: 110, random: Math.random });
    expectAllOnce(killed);
    console.log(
      `${killed.kills} kills: ${killed.letters} letters, ${killed.instants.size} in the one instant`,
    );
  }, 600_000);

  test('ended at each step on the way of a letter, every letter goes out once', async () => {
    const dieAt = (kill: number) => kill + 1;
    expectAllOnce(await killAmidLetters(kind, { kills: 32, random: Math.random, dieAt }));
  }, 300_000);
});
