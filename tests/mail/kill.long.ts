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

  test('ended at each of the first steps of the flow, every letter goes out once', async () => {
    const killed = await killAmidLetters(kind, {
      kills: 45,
      random: Math.random,
      dieAt: (kill) => kill + 1,
    });
    expectAllOnce(killed);
    // Among these steps is the one between the mail server's yes and the note of it.
    expect(killed.instants.size).toBeGreaterThan(0);
  }, 300_000);
});
