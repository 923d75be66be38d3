import { createBreaker } from '../../server/legislators/breaker.ts';

let ms = 0;
beforeEach(() => {
  ms = Date.parse('2026-11-24T12:00:00Z');
});
const open = () => createBreaker({ now: () => new Date(ms), outages: 3, rest_ms: 1000, at_once: 4 });
type Breaker = ReturnType<typeof open>;

function fail(breaker: Breaker, times = 1): void {
  for (let index = 0; index < times; index += 1) breaker.enter()(true);
}

test('outages that are not in a row do not lead to a rest', () => {
  const breaker = open();
  fail(breaker, 2);
  breaker.enter()(false);
  fail(breaker, 2);
  expect(breaker.refusal()).toBeUndefined();
});

test('after three outages in a row it rests for its time, and not a millisecond longer', () => {
  const breaker = open();
  fail(breaker, 3);
  expect(breaker.refusal()).toBe('resting');
  ms += 999;
  expect(breaker.refusal()).toBe('resting');
  ms += 1;
  expect(breaker.refusal()).toBeUndefined();
});

test('outages that were under way together count in the order in which they end', () => {
  const breaker = open();
  const leaves = [breaker.enter(), breaker.enter(), breaker.enter()];
  for (const leave of leaves) leave(true);
  expect(breaker.refusal()).toBe('resting');
});

test('after a rest one question goes through, and the others are spared the wait until it is answered', () => {
  const breaker = open();
  fail(breaker, 3);
  ms += 1000;
  const leave = breaker.enter();
  expect(breaker.refusal()).toBe('resting');
  leave(false);
  expect(breaker.refusal()).toBeUndefined();
  fail(breaker, 2);
  expect(breaker.refusal()).toBeUndefined();
});

test('an outage after a rest is enough for the next rest', () => {
  const breaker = open();
  fail(breaker, 3);
  ms += 1000;
  fail(breaker);
  expect(breaker.refusal()).toBe('resting');
  ms += 1000;
  expect(breaker.refusal()).toBeUndefined();
});

test('beyond what may be under way it is busy, until one has ended', () => {
  const breaker = open();
  const leaves = Array.from({ length: 4 }, () => breaker.enter());
  expect(breaker.refusal()).toBe('busy');
  leaves[0]!(false);
  expect(breaker.refusal()).toBeUndefined();
});
