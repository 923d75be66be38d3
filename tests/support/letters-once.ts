import type { KilledLetters } from './letter-kills.ts';

/** Every letter was taken once, or once more for each time that the process ended in the one instant of the rule; none is lost. */
export function expectAllOnce({
  letters,
  came,
  instants,
  states,
  actions,
  sealed,
  keys,
}: KilledLetters): void {
  expect(came.size).toBe(letters);
  const too_often = [...came].filter(([id, times]) => times > 1 + (instants.get(id) ?? 0));
  expect(too_often).toEqual([]);
  expect(states.accepted).toBe(letters);
  expect(Object.keys(states).filter((state) => !['accepted', 'withdrawn'].includes(state))).toEqual([]);
  expect(actions).toEqual({ confirmed: letters, accepted: letters });
  expect({ sealed, keys }).toEqual({ sealed: 0, keys: 0 });
}

/** The process ended in the one instant of the rule, and each letter that was in it was taken once more for each time, no other. */
export function expectOnceMore(killed: KilledLetters): void {
  expect(killed.instants.size).toBeGreaterThan(0);
  expectAllOnce(killed);
  // Under another Message-ID it would be counted as another letter.
  for (const [id, times] of killed.instants) expect(killed.came.get(id)).toBe(1 + times);
}
