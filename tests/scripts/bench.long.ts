import { runCommand } from '../support/run-command.ts';

test('the totals are timed on two databases of which every figure was checked, and told as ratios', async () => {
  const asked = ['totals', '--most', '20000', '--rounds', '2', '--format', 'json'];
  const { code, out, said } = await runCommand('bench/run.ts', asked);
  expect([code, said.match(/Every figure of \d+,000 actions is exact\./g)]).toEqual([
    0,
    ['Every figure of 10,000 actions is exact.', 'Every figure of 20,000 actions is exact.'],
  ]);
  const ratios = JSON.parse(out);
  expect(ratios).toEqual(
    ['readTotals', 'totals.json', 'report.json'].map((question) => ({
      name: `${question} of 20,000 actions against 10,000 (SQLite)`,
      ratio: expect.any(Number),
      spread: expect.any(Number),
      floor: 1.5,
      aim: 1.2,
    })),
  );
  for (const { ratio } of ratios) expect(ratio).toBeGreaterThan(0);
}, 120_000);

test.each([
  [['weather'], /NAME is one of: totals/],
  [['totals', '--most', '100'], /--most takes a whole number from 10000 on/],
])('bench %j says on standard error what is wrong and ends with 1', async (args, message) => {
  const { code, out, said } = await runCommand('bench/run.ts', args);
  expect([code, out]).toEqual([1, '']);
  expect(said).toMatch(message);
});
