import { keepForDay } from '../../server/web/day-value.ts';
import { until } from '../support/until.ts';

test('a value stands for its day (UTC), and the next day has another', () => {
  let now = new Date('2026-12-01T00:00:00Z');
  const value = keepForDay(
    () => now,
    (day) => ({ day }),
  );
  const first = value.today();
  now = new Date('2026-12-01T23:59:59.999Z');
  expect(value.today()).toBe(first);
  now = new Date('2026-12-02T00:00:00Z');
  expect(value.today()).toEqual({ day: '2026-12-02' });
  value.forget();
  expect(value.today()).toEqual({ day: '2026-12-02' });
});

test('it is let go of when the day ends though nobody asks again, and no process stays alive for that', async () => {
  let made = 0;
  // This clock stands still: only what is forgotten is made anew.
  const value = keepForDay(
    () => new Date('2026-12-01T23:59:59.950Z'),
    () => ++made,
  );
  const waiting = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const before = waiting();
  expect(value.today()).toBe(1);
  expect(waiting()).toBe(before);
  await until(() => value.today() === 2);
});
