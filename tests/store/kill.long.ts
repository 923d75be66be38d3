import { killAndCount } from '../support/kills.ts';

test('sixty kills lose no acknowledged action and count none twice', async () => {
  const { acknowledged, counted_again, totals, rows } = await killAndCount(60, Math.random);
  expect(counted_again).toBe(0);
  expect(rows).toBe(acknowledged);
  expect(totals.completed_actions).toBe(acknowledged);
});
