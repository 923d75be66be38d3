import { killAndCount } from '../support/kills.ts';

test('killed in the middle of a stream of actions, the log has lost none that was acknowledged and counts none twice', async () => {
  const { acknowledged, counted_again, totals, rows } = await killAndCount(4, Math.random);
  expect(counted_again).toBe(0);
  expect(acknowledged).toBeGreaterThan(160);
  expect(rows).toBe(acknowledged);
  expect(totals.completed_actions).toBe(acknowledged);
});
