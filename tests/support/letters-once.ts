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
