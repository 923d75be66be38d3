import { numberIn, shortDayIn } from '../words/dates.ts';
import type { Translate } from '../words/locale.ts';

/** A chart's geometry in the units of its viewBox: what a view needs to draw it. */
export interface DayChart {
  width: number;
  height: number;
  /** Where the bars stand. */
  base: number;
  bars: { x: number; y: number; width: number; height: number }[];
  labels: { x: number; y: number; text: string; anchor: 'start' | 'end' }[];
}

const WIDTH = 640;
const HEIGHT = 240;
/** Room for the highest number above the bars and for the days below. */
const TOP = 36;
const BOTTOM = 36;
const DAY_MS = 86_400_000;

/** Bars by day from the first day to the last, days without an action included; undefined where there is none. */
export function dayChart(
  days: { day: string; completed_actions: number }[],
  t: Translate,
): DayChart | undefined {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return undefined;
  const most = Math.max(...days.map((row) => row.completed_actions));
  const base = HEIGHT - BOTTOM;
  const index = (day: string) => Math.round((Date.parse(day) - Date.parse(first.day)) / DAY_MS);
  const slot = Math.min(WIDTH / (index(last.day) + 1), 80);
  const bars = days.map((row) => {
    const height = ((base - TOP) * row.completed_actions) / most;
    return {
      x: round(index(row.day) * slot + slot * 0.1),
      y: round(base - height),
      width: round(slot * 0.8),
      height: round(height),
    };
  });
  const labels: DayChart['labels'] = [
    { x: 0, y: 26, text: numberIn(t, most), anchor: 'start' },
    { x: 0, y: HEIGHT - 8, text: shortDayIn(t, first.day), anchor: 'start' },
  ];
  if (last !== first) {
    labels.push({ x: WIDTH, y: HEIGHT - 8, text: shortDayIn(t, last.day), anchor: 'end' });
  }
  const chart = { width: WIDTH, height: HEIGHT, base, bars, labels };
  return t.direction === 'rtl' ? mirrored(chart) : chart;
}

/** The first day at the right, for whoever reads from there; labels begin where lines do. */
function mirrored(chart: DayChart): DayChart {
  return {
    ...chart,
    bars: chart.bars.map((bar) => ({ ...bar, x: round(WIDTH - bar.x - bar.width) })),
    labels: chart.labels.map((label) => ({ ...label, x: WIDTH - label.x })),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
