import { ACTION_TYPES, COMPLETED, SELF_REPORTED, STATUS_CODES } from '../actions/action.ts';
import type { Totals } from '../actions/totals.ts';
import type { Translate } from '../words/locale.ts';
import { languageIn } from '../words/names.ts';
import { type BarRow, barChart, tableRows } from './bar-chart.ts';

/** Every outcome that supporters report; those of mail that the server sends where there are any. */
export function typeRows(t: Translate, { by_type }: Pick<Totals, 'by_type'>) {
  return ACTION_TYPES.map((type) => ({
    kind: t(`totals.${type}`),
    rows: STATUS_CODES[type]
      .map((status) => ({ status, count: by_type[type]?.[status] ?? 0 }))
      .filter(({ status, count }) => count > 0 || SELF_REPORTED.includes(status))
      .map(({ status, count }) => ({
        outcome: t(`totals.status.${status}`),
        count,
        is_completed: COMPLETED.includes(status),
      })),
  }));
}

/** Rows with their title, as a table and, where there is something to compare, as bars. */
export function counted(t: Translate, title: string, rows: BarRow[]) {
  const chart = rows.length > 1 ? barChart(title, rows, t) : undefined;
  return { title, rows: tableRows(rows, t), chart };
}

/** The rows of a view by language; '' is one that nobody said. */
export function languageRows(t: Translate, rows: Totals['by_language']): BarRow[] {
  return rows.map((row) => ({
    label: languageIn(t, row.language),
    count: row.completed_actions,
  }));
}
