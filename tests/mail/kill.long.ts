import { killAmidLetters } from '../support/letter-kills.ts';
import { expectAllOnce, expectOnceMore } from '../support/letters-once.ts';
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

  test('ended three times at the very instant at which the mail server says yes, no letter is lost', async () => {
    expectOnceMore(await killAmidLetters(kind, { kills: 3, random: Math.random, at_yes: true }));
  }, 120_000);
});
