import { numberIn } from '../words/dates.ts';
import type { Translate } from '../words/locale.ts';
import { type BarChart, barsTo, firstOf, SHOWN_ROWS, type TableRow } from './bar-chart.ts';

/** What a partner's link brought: pages opened with it, and actions completed after. */
export interface VisitsRow {
  label: string;
  visits: number;
  completed_actions: number;
  /** Those of them that organizers entered: no visit led to these. */
  offline_actions?: number;
}

/**
 * From so many visits on a rate is told. With fewer, one visit more or less would change it by over five in a hundred: it
 * would say more of chance than of the partner.
 */
export const LEAST_VISITS_FOR_RATE = 20;

/** Completed actions of the pages for every 100 visits, below ten to the tenth; undefined where there are too few visits to tell. */
export function actionsPer100({
  visits,
  completed_actions,
  offline_actions = 0,
}: Omit<VisitsRow, 'label'>): number | undefined {
  if (visits < LEAST_VISITS_FOR_RATE) return undefined;
  const rate = (100 * (completed_actions - offline_actions)) / visits;
  return rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate);
}

/**
 * For each row two bars to one scale, hollow for visits and full for actions, with the rate between them in words; the first
 * SHOWN_ROWS in the order given. Undefined where neither a visit nor an action is counted.
 */
export function visitsChart(title: string, rows: VisitsRow[], t: Translate): BarChart | undefined {
  const shown = rows.slice(0, SHOWN_ROWS);
  const most = Math.max(0, ...shown.flatMap((row) => [row.visits, row.completed_actions]));
  if (most === 0) return undefined;
  const draw = barsTo(most, t);
  const visited = rows.reduce((max, row) => (row.visits > max.visits ? row : max));
  return {
    label: t('charts.most_visits', {
      title,
      label: visited.label,
      visits: t('charts.visits', { count: visited.visits }),
      amount: t('charts.actions', { count: visited.completed_actions }),
    }),
    groups: shown.map((row) => ({
      heading: row.label,
      bars: [
        draw(t('charts.visits_title'), row.visits, true),
        draw(t('charts.actions_title'), row.completed_actions, false),
      ],
      remark: rateInWords(row, t),
    })),
    key: [],
    ...firstOf(rows.length, t),
  };
}

/** The heads of the table behind the chart, after that of its labels: 'Partner'. */
export function visitsColumns(head: string, t: Translate): string[] {
  return [head, t('charts.visits_title'), t('charts.actions_title'), t('charts.per_hundred_title')];
}

/** The same rows for the table behind the chart: visits, actions, and actions for every 100 visits where that can be told. */
export function visitsTable(rows: VisitsRow[], t: Translate): TableRow[] {
  return rows.map((row) => {
    const rate = actionsPer100(row);
    const cells = [row.visits, row.completed_actions].map((count) => numberIn(t, count));
    return { label: row.label, cells: [...cells, rate === undefined ? '–' : numberIn(t, rate)] };
  });
}

function rateInWords(row: VisitsRow, t: Translate): string {
  const rate = actionsPer100(row);
  return rate === undefined
    ? t('charts.too_few_visits', { least: LEAST_VISITS_FOR_RATE })
    : t('charts.per_hundred', { count: rate });
}
