import { ACTION_TYPES, COMPLETED } from './action.ts';
import { variantKey } from './tallies.ts';
import type { ReportTotals, Totals } from './totals.ts';

/** What `--by` and the CSV's first column call the views. */
export const DIMENSIONS = ['type', 'day', 'legislator', 'partner', 'language', 'message_language'] as const;
/** The same with what organizers alone see. */
export const REPORT_DIMENSIONS = [...DIMENSIONS, 'division', 'variant'] as const;
/** One of these views. */
export type Dimension = (typeof REPORT_DIMENSIONS)[number];

/** One line of a report: `completed_actions` is 0 for outcomes that complete nothing. */
export interface TotalsRow {
  dimension: Dimension;
  key: string;
  /** Outcome, for the dimension `type` alone. */
  status_code: string;
  actions: number;
  completed_actions: number;
}

/** The totals as rows, of every dimension or of one; variants only of totals that hold them, and where one has a name. */
export function totalsRows(totals: Totals | ReportTotals, only?: Dimension): TotalsRow[] {
  const rows: TotalsRow[] = ACTION_TYPES.flatMap((type) =>
    Object.entries(totals.by_type[type]).map(([status_code, actions]) => {
      const is_completed = (COMPLETED as readonly string[]).includes(status_code);
      return {
        dimension: 'type' as const,
        key: type,
        status_code,
        actions,
        completed_actions: is_completed ? actions : 0,
      };
    }),
  );
  const add = (dimension: Dimension, key: string, count: number) =>
    rows.push({ dimension, key, status_code: '', actions: count, completed_actions: count });
  for (const row of totals.by_day) add('day', row.day, row.completed_actions);
  for (const row of totals.by_legislator) add('legislator', row.legislator_id, row.completed_actions);
  for (const row of totals.by_partner) add('partner', row.partner, row.completed_actions);
  for (const row of totals.by_language) add('language', row.language, row.completed_actions);
  for (const row of totals.by_message_language) add('message_language', row.language, row.completed_actions);
  const by_division = 'by_division' in totals ? totals.by_division : [];
  for (const row of by_division) add('division', row.division_id, row.completed_actions);
  const by_variant = 'by_variant' in totals ? totals.by_variant : [];
  if (only === 'variant' || by_variant.some(({ variant }) => variant !== ''))
    for (const row of by_variant) add('variant', variantKey(row), row.completed_actions);
  return only ? rows.filter((row) => row.dimension === only) : rows;
}

/** The header line of that CSV. */
export const TOTALS_COLUMNS = ['dimension', 'key', 'status_code', 'actions', 'completed_actions'] as const;

/** The totals as CSV (RFC 4180): a header line, then one line for each key of each dimension. */
export function totalsCsv(totals: Totals | ReportTotals, only?: Dimension): string {
  const lines = totalsRows(totals, only).map((row) =>
    TOTALS_COLUMNS.map((column) => cell(row[column])).join(','),
  );
  return [TOTALS_COLUMNS.join(','), ...lines, ''].join('\r\n');
}

/** A cell of CSV; text that a spreadsheet would take for a formula is marked as text. */
export function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
