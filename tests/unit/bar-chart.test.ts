import { barChart, SHOWN_ROWS, tableRows } from '../../server/web/bar-chart.ts';
import { actionsPer100, visitsChart, visitsTable } from '../../server/web/visits-chart.ts';
import { openLocales } from '../../server/words/locale.ts';
import { MADE_UP, withMadeUpLanguage } from '../fixtures/locales/made-up-language.ts';

let folders: ReturnType<typeof withMadeUpLanguage>;
beforeAll(() => {
  folders = withMadeUpLanguage();
});
afterAll(() => folders.drop());

const { translate } = await openLocales('views/locales');
const t = translate('en');

const barsOf = (chart: ReturnType<typeof barChart>) => chart!.groups.flatMap(({ bars }) => bars);

test('bars are as long as their numbers, in the order given, the longest filling the field', () => {
  const rows = [
    { label: 'Ada Oak', count: 25 },
    { label: 'Ben Fir', count: 1000 },
    { label: 'Cleo Elm', count: 500 },
  ];
  const chart = barChart('By legislator', rows, t);
  expect(barsOf(chart)).toEqual([
    { label: 'Ada Oak', number: '25', x: 0, width: 2.5, is_hollow: false },
    { label: 'Ben Fir', number: '1,000', x: 0, width: 100, is_hollow: false },
    { label: 'Cleo Elm', number: '500', x: 0, width: 50, is_hollow: false },
  ]);
  expect(chart!.label).toBe('By legislator. Most: Ben Fir, 1,000 actions.');
  expect(chart!.key).toEqual([]);
  expect(chart!.first_of).toBeUndefined();
});

test('nothing counted gives no chart; one row fills the field', () => {
  expect(barChart('By partner', [], t)).toBeUndefined();
  expect(barChart('By partner', [{ label: 'Readers', count: 0 }], t)).toBeUndefined();
  expect(barsOf(barChart('By partner', [{ label: 'Readers', count: 1 }], t))[0]!.width).toBe(100);
});

test('beside a huge number one action can still be seen, none is no bar, and less than none neither', () => {
  const [huge, one, none, less] = barsOf(
    barChart(
      'By partner',
      [10_000_000, 1, 0, -2].map((count) => ({ label: String(count), count })),
      t,
    ),
  );
  expect(huge).toMatchObject({ number: '10,000,000', width: 100 });
  expect(one!.width).toBeGreaterThan(0.5);
  expect([none!.width, less!.width]).toEqual([0, 0]);
});

test('of a long list the first are drawn, the chart says so, and the table has all', () => {
  const rows = Array.from({ length: 160 }, (_, index) => ({ label: `No. ${index + 1}`, count: 160 - index }));
  const chart = barChart('By legislator', rows, t);
  expect(barsOf(chart).map(({ label }) => label)).toEqual(
    rows.slice(0, SHOWN_ROWS).map(({ label }) => label),
  );
  expect(chart!.first_of).toBe('The chart shows the first 20 of 160. The table has all.');
  expect(tableRows(rows, t).length).toBe(160);
  expect(tableRows([{ label: 'All', count: 1234 }], t)).toEqual([{ label: 'All', cells: ['1,234'] }]);
});

test('the most that several share is said of none of them alone', () => {
  const rows = ['a', 'b', 'c'].map((label) => ({ label, count: label === 'c' ? 1 : 7 }));
  expect(barChart('By partner', rows, t)!.label).toBe('By partner. Most: 7 actions. 2 of 3 have that many.');
});

test('what is never added in is hollow, with a key; rows of a group stand under its heading', () => {
  const chart = barChart(
    'By kind',
    [
      { group: 'Call', label: 'left a message', count: 4 },
      { group: 'Call', label: 'no answer', count: 2, is_completed: false },
      { group: 'E-mail', label: 'sent', count: 3, is_completed: true },
    ],
    t,
  )!;
  expect(chart.groups.map(({ heading, bars }) => [heading, bars.map((bar) => bar.is_hollow)])).toEqual([
    ['Call', [false, true]],
    ['E-mail', [false]],
  ]);
  expect(chart.key).toEqual([
    { is_hollow: false, label: 'counts as completed' },
    { is_hollow: true, label: 'does not count as completed' },
  ]);
});

const VISITS = [
  { label: 'Readers', visits: 400, completed_actions: 120 },
  { label: 'Neighbors', visits: 19, completed_actions: 4 },
];

test('visits and actions stand beside each other to one scale; too few visits have no rate', () => {
  const chart = visitsChart('By partner', VISITS, t)!;
  expect(chart.label).toBe('By partner. Most visits: Readers, 400 visits and 120 actions.');
  expect(chart.groups.map(({ heading, bars }) => [heading, ...bars.map(({ width }) => width)])).toEqual([
    ['Readers', 100, 30],
    ['Neighbors', 4.75, 1],
  ]);
  expect(chart.groups[0]!.bars.map(({ is_hollow }) => is_hollow)).toEqual([true, false]);
  expect(chart.groups.map(({ remark }) => remark)).toEqual([
    '30 actions for every 100 visits',
    'Fewer than 20 visits: too few to compare.',
  ]);
  expect(visitsTable(VISITS, t)).toEqual([
    { label: 'Readers', cells: ['400', '120', '30'] },
    { label: 'Neighbors', cells: ['19', '4', '–'] },
  ]);
  expect(visitsChart('By partner', [{ label: '', visits: 0, completed_actions: 0 }], t)).toBeUndefined();
});

test.each([
  { visits: 19, completed_actions: 19, rate: undefined },
  { visits: 20, completed_actions: 0, rate: 0 },
  { visits: 20, completed_actions: 1, rate: 5 },
  { visits: 412, completed_actions: 1, rate: 0.2 },
  { visits: 300, completed_actions: 100, rate: 33 },
  { visits: 100, completed_actions: 250, rate: 250 },
])('$completed_actions actions of $visits visits are $rate for every 100', ({ rate, ...row }) => {
  expect(actionsPer100(row)).toBe(rate);
});

test('in a language that runs from right to left bars begin at the right', async () => {
  const rtl = (await openLocales(folders.locales_dir)).translate(MADE_UP);
  const rows = [100, 25].map((count) => ({ label: String(count), count }));
  expect(barsOf(barChart('', rows, rtl)).map(({ x, width }) => [x, width])).toEqual([
    [0, 100],
    [75, 25],
  ]);
});
