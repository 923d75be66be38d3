import type { Ratio } from '../../bench/ratio.ts';
import { asTable } from '../../bench/table.ts';
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

test('every other benchmark still runs, and what it is of is checked on the way', async () => {
  const asked = [
    'pages',
    'actions',
    'districts',
    'start',
    'journey',
    'weight',
    '--quick',
    '--format',
    'json',
  ];
  const { code, out, said } = await runCommand('bench/run.ts', asked);
  const checked = [
    /All 800 are in the totals, none twice \(SQLite\)/,
    /All 800 are in the totals, none twice \(PostgreSQL\)/,
    /The same districts here for 50 of 50 points as by PostGIS/,
    /Every action of every journey is in the totals once/,
  ];
  for (const line of checked) expect(said).toMatch(line);
  expect(code).toBe(0);
  const ratios: Ratio[] = JSON.parse(out);
  expect(ratios.map(({ name }) => name.split(/,| against/)[0])).toEqual([
    'campaign page',
    'campaign page',
    'act page',
    'act page',
    'actions acknowledged after a durable commit',
    'actions acknowledged after a durable commit',
    'districts that cover a point',
    'districts of a point and those within 50 m',
    'districts that cover a point',
    'start with Florida’s boundaries',
    'start with every state’s boundaries',
    'memory with Florida’s boundaries',
    'memory with every state’s boundaries',
    'journeys (six requests) with two processes',
    'bytes of the journey up to the thanks',
    'bytes of the same with totals and privacy page',
    'largest first view (document and style) of a page',
    'most requests of a page',
    'first contentful paint of the campaign page on slow 3G',
  ]);
  for (const { ratio } of ratios) expect(ratio).toBeGreaterThan(0);
}, 600_000);

test('a ratio on the wrong side of its floor is told, by how much', () => {
  const of = (ratio: number, floor: number, aim: number) => ({
    name: 'it',
    ratio,
    spread: 0,
    floor,
    aim,
    figures: '',
  });
  const lines = [of(0.4, 0.5, 0.7), of(0.6, 0.5, 0.7), of(0.8, 0.5, 0.7), of(1.1, 1, 0.9), of(0.8, 1, 0.9)];
  const table = asTable(lines);
  expect(
    table.match(/NO: below its floor by 20 %|NO: above its floor by 10 %|yes, the aim too|yes/g),
  ).toEqual([
    'NO: below its floor by 20 %',
    'yes',
    'yes, the aim too',
    'NO: above its floor by 10 %',
    'yes, the aim too',
  ]);
  expect(table.trimEnd()).toMatch(/3 of 5 hold; 2 reach their aim\.$/);
});

test.each([
  [['weather'], /NAME is one of: pages, actions, districts, start, journey, totals, weight, soak/],
  [['totals', '--most', '100'], /--most takes a whole number from 10000 on/],
])('bench %j says on standard error what is wrong and ends with 1', async (args, message) => {
  const { code, out, said } = await runCommand('bench/run.ts', args);
  expect([code, out]).toEqual([1, '']);
  expect(said).toMatch(message);
});
