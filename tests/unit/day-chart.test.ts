import { dayChart } from '../../server/web/day-chart.ts';
import { openLocales } from '../../server/words/locale.ts';

const { translate } = await openLocales('views/locales');
const t = translate('en');

/** So many days from January 1, 2026 on. */
const days = (counts: number[]) =>
  counts.map((completed_actions, index) => ({
    day: new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
    completed_actions,
  }));

test('no action gives no chart, nor do days whose actions were all taken out', () => {
  expect(dayChart([], t)).toBeUndefined();
  expect(dayChart(days([0, 0]), t)).toBeUndefined();
  expect(dayChart(days([-3]), t)).toBeUndefined();
});

test('bars stand in proportion, days without an action leave a gap', () => {
  const chart = dayChart(
    [
      { day: '2026-11-20', completed_actions: 10 },
      { day: '2026-11-23', completed_actions: 5 },
      { day: '2026-11-27', completed_actions: 1 },
    ],
    t,
  )!;
  const [first, second, third] = chart.bars as [(typeof chart.bars)[0], (typeof chart.bars)[0], never];
  expect(second.height).toBeCloseTo(first.height / 2, 1);
  expect(second.x - first.x).toBeCloseTo((3 * 100) / 8, 1);
  expect((third as typeof first).x - second.x).toBeCloseTo((4 * 100) / 8, 1);
  expect(chart.bars.every(({ y, height }) => Math.abs(y + height - 100) < 0.01)).toBe(true);
  expect(chart.labels.map(({ text, anchor }) => [text, anchor])).toEqual([
    ['Nov 20', 'start'],
    ['Nov 27', 'end'],
  ]);
});

test('its words name the day with most and how many, the only day, and what several days share', () => {
  expect(dayChart(days([1, 412, 3]), t)!.label).toBe(
    'Completed actions by day, from January 1, 2026 to January 3, 2026. Most on January 2, 2026: 412 actions.',
  );
  expect(dayChart(days([1]), t)!.label).toBe('Completed actions by day. All on January 1, 2026: 1 action.');
  expect(dayChart(days([1, 4, 4]), t)!.label).toMatch(
    /Most in a day: 4 actions, first on January 2, 2026\.$/,
  );
});

test('the lines stand at whole numbers, evenly, from zero to no less than the most', () => {
  for (const most of [1, 2, 3, 4, 5, 7, 9, 10, 11, 19, 99, 101, 1234, 99_999, 10_000_001]) {
    const { ticks, bars } = dayChart(days([most, 1]), t)!;
    const numbers = ticks.map(({ text }) => Number(text.replaceAll(',', '')));
    expect([most, numbers.every(Number.isInteger)]).toEqual([most, true]);
    expect(numbers[0]).toBeGreaterThanOrEqual(most);
    expect(numbers.at(-1)).toBe(0);
    expect(numbers.length).toBeGreaterThan(1);
    expect(numbers.length).toBeLessThan(8);
    const gaps = numbers.slice(1).map((number, index) => numbers[index]! - number);
    expect(new Set(gaps).size).toBe(1);
    expect([ticks[0]!.y, ticks.at(-1)!.y]).toEqual([0, 100]);
    // The bar ends at the height that its number has among the lines.
    expect(bars[0]!.height).toBeCloseTo((100 * most) / numbers[0]!, 2);
  }
});

test('one day is one bar in the middle, no wider than it must be', () => {
  const chart = dayChart(days([5]), t)!;
  expect(chart.bars).toEqual([{ x: 45, y: 0, width: 10, height: 100 }]);
  expect(chart.labels).toEqual([{ x: 50, anchor: 'middle', text: 'Jan 1' }]);
  expect(chart.labels_between).toEqual([]);
});

test('400 days stay inside the field and beside each other, and labels tell the year', () => {
  const chart = dayChart(days(Array.from({ length: 400 }, (_, index) => 1 + (index % 7))), t)!;
  expect(chart.bars.length).toBe(400);
  for (const [index, bar] of chart.bars.entries()) {
    expect(bar.x).toBeGreaterThanOrEqual(0);
    expect(bar.x + bar.width).toBeLessThanOrEqual(100.001);
    expect(bar.y).toBeGreaterThanOrEqual(0);
    const next = chart.bars[index + 1];
    if (next) expect(next.x - bar.x).toBeCloseTo(0.25, 2);
  }
  expect(chart.labels.map(({ text, year }) => [text, year])).toEqual([
    ['Jan 1', '2026'],
    ['Feb 4', '2027'],
  ]);
  const between = chart.labels_between.map(({ x }) => x);
  expect(between.length).toBeGreaterThan(1);
  expect(between.length).toBeLessThan(7);
  expect(Math.min(...between)).toBeGreaterThan(10);
  expect(Math.max(...between)).toBeLessThan(90);
});
