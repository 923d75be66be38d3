import { dayChart } from '../../server/web/day-chart.ts';
import { openLocales } from '../../server/words/locale.ts';

const { translate } = await openLocales('views/locales');
const t = translate('en');

test('no action gives no chart', () => {
  expect(dayChart([], t)).toBeUndefined();
});

test('bars stand in proportion, days without an action leave a gap', () => {
  const chart = dayChart(
    [
      { day: '2026-11-20', completed_actions: 10 },
      { day: '2026-11-23', completed_actions: 5 },
    ],
    t,
  )!;
  const [first, last] = chart.bars as [(typeof chart.bars)[0], (typeof chart.bars)[0]];
  expect(last.height).toBeCloseTo(first.height / 2, 1);
  expect(last.x - first.x).toBeCloseTo((first.width / 0.8) * 3, 1);
  expect(chart.labels.map((label) => label.text)).toEqual(['10', 'Nov 20', 'Nov 23']);
});

test('a year of days stays inside the drawing', () => {
  const days = Array.from({ length: 365 }, (_, index) => ({
    day: new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
    completed_actions: 1 + (index % 7),
  }));
  const chart = dayChart(days, t)!;
  for (const bar of chart.bars) {
    expect(bar.x).toBeGreaterThanOrEqual(0);
    expect(bar.x + bar.width).toBeLessThanOrEqual(chart.width);
    expect(bar.y).toBeGreaterThanOrEqual(0);
  }
});
