import { scaleLinear } from 'd3-scale';
import { numberIn } from '../words/dates.ts';
import type { Translate } from '../words/locale.ts';

/** What one bar stands for. */
export interface BarRow {
  label: string;
  count: number;
  /** False for what is shown and never added in: its bar is hollow. */
  is_completed?: boolean;
  /** Heading over this row and those after it that have the same. */
  group?: string;
}

/** A bar that lies: `x` and `width` in percent of its field, from the left. */
export interface Bar {
  label: string;
  /** The number as the language writes it. */
  number: string;
  x: number;
  width: number;
  is_hollow: boolean;
}

/** Bars that stand together, with a heading over them and a remark under them where there is one. */
export interface BarGroup {
  heading?: string;
  bars: Bar[];
  remark?: string;
}

/** A chart of lying bars, all to one scale: what a view needs to draw it. */
export interface BarChart {
  /** What the chart shows, and the most of it, in words. */
  label: string;
  groups: BarGroup[];
  /** What full and hollow bars mean; empty where all are alike. */
  key: { is_hollow: boolean; label: string }[];
  /** Says that the chart shows a part of the rows alone; undefined where it shows all. */
  first_of?: string;
}

/** A row of the table behind a chart. */
export interface TableRow {
  label: string;
  cells: string[];
}

/** So many rows are drawn, the first of those given: a longer chart is read by nobody, and the table has all. */
export const SHOWN_ROWS = 20;

/** However small beside the largest, what is counted can be seen: percent of the field. */
const NARROWEST_BAR = 0.8;

/**
 * Bars for rows in the order given, the first SHOWN_ROWS of them; undefined where nothing is counted. The title says what
 * they are, as the heading over the chart does. Numbers below zero count as none.
 */
export function barChart(title: string, rows: BarRow[], t: Translate): BarChart | undefined {
  const most = Math.max(0, ...rows.map(({ count }) => count));
  if (most === 0) return undefined;
  const shown = rows.slice(0, SHOWN_ROWS);
  const draw = barsTo(Math.max(...shown.map(({ count }) => count)), t);
  const groups: BarGroup[] = [];
  for (const [index, row] of shown.entries()) {
    if (index === 0 || row.group !== shown[index - 1]!.group)
      groups.push({ ...(row.group === undefined ? {} : { heading: row.group }), bars: [] });
    groups.at(-1)!.bars.push(draw(row.label, row.count, row.is_completed === false));
  }
  const kinds = new Set(shown.map(({ is_completed }) => is_completed !== false));
  return {
    label: mostInWords(title, rows, t),
    groups,
    key: kinds.size < 2 ? [] : keyOf(t),
    ...firstOf(rows.length, t),
  };
}

/** The same rows for the table behind a chart: numbers as the language writes them. */
export function tableRows(rows: Pick<BarRow, 'label' | 'count'>[], t: Translate): TableRow[] {
  return rows.map(({ label, count }) => ({ label, cells: [numberIn(t, count)] }));
}

/** Makes bars to one scale, on which `most` is the whole field; where lines run from right to left, so do bars. */
export function barsTo(
  most: number,
  t: Translate,
): (label: string, count: number, is_hollow: boolean) => Bar {
  const along = scaleLinear([0, Math.max(1, most)], [0, 100]).clamp(true);
  return (label, count, is_hollow) => {
    const width = count > 0 ? Math.max(NARROWEST_BAR, Math.round(along(count) * 100) / 100) : 0;
    const x = t.direction === 'rtl' ? Math.round((100 - width) * 100) / 100 : 0;
    return { label, number: numberIn(t, count), x, width, is_hollow };
  };
}

/** The sentence that a chart shows a part of so many rows, under the name by which charts have it. */
export function firstOf(all: number, t: Translate): Pick<BarChart, 'first_of'> {
  return all > SHOWN_ROWS ? { first_of: t('charts.first_of', { shown: SHOWN_ROWS, all }) } : {};
}

/** A title with what has most: 'By partner. Most: Jira, 34 actions.' Rows that share the most are not set before each other. */
export function mostInWords(title: string, rows: Pick<BarRow, 'label' | 'count'>[], t: Translate): string {
  const most = Math.max(...rows.map(({ count }) => count));
  const tied = rows.filter(({ count }) => count === most);
  const amount = t('charts.actions', { count: most });
  return tied.length === 1
    ? t('charts.most', { title, label: tied[0]!.label, amount })
    : t('charts.most_tied', { title, amount, tied: tied.length, all: rows.length });
}

function keyOf(t: Translate): BarChart['key'] {
  return [
    { is_hollow: false, label: t('charts.completed') },
    { is_hollow: true, label: t('charts.not_completed') },
  ];
}
