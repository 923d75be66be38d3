import { cell } from '../actions/totals-csv.ts';
import type { Report } from './report.ts';

/** A row of a view: what its columns hold, by name. */
export type ViewRow = Record<string, string | number | boolean>;

/** What people call what is known by an id or a code; '' where nobody here knows. */
export interface ReportNames {
  legislator: (legislator_id: string) => string;
  division: (division_id: string) => string;
  partner: (partner: string) => string;
}

interface View {
  columns: string[];
  rows: (report: Report, names: ReportNames) => ViewRow[];
  /** Whether a partner's link does not open it. */
  is_organizers?: boolean;
}

const VIEWS = {
  type: {
    columns: ['origin', 'type', 'status_code', 'is_completed', 'actions'],
    rows: ({ totals }) => totals.by_status.map((row) => ({ ...row })),
  },
  day: { columns: ['day', 'completed_actions'], rows: ({ totals }) => totals.by_day },
  legislator: {
    columns: ['legislator_id', 'name', 'completed_actions'],
    rows: ({ totals }, names) =>
      totals.by_legislator.map((row) => ({ ...row, name: names.legislator(row.legislator_id) })),
  },
  division: {
    columns: ['division_id', 'name', 'completed_actions'],
    rows: ({ totals }, names) =>
      totals.by_division.map((row) => ({ ...row, name: names.division(row.division_id) })),
  },
  partner: {
    columns: ['partner', 'name', 'completed_actions'],
    rows: ({ totals }, names) =>
      totals.by_partner.map((row) => ({ ...row, name: names.partner(row.partner) })),
  },
  language: { columns: ['language', 'completed_actions'], rows: ({ totals }) => totals.by_language },
  message_language: {
    columns: ['language', 'completed_actions'],
    rows: ({ totals }) => totals.by_message_language,
  },
  variant: {
    columns: ['type', 'variant', 'completed_actions'],
    rows: ({ totals }) => totals.by_variant.map((row) => ({ ...row })),
  },
  corrections: {
    columns: ['id', 'kind', 'made_at', 'reason', 'completed_actions'],
    rows: ({ totals }) => totals.corrections.map((row) => ({ ...row })),
  },
} satisfies Record<string, View>;

/** The name of a view, as it stands in the address of its data. */
export type ReportView = keyof typeof VIEWS;

/** The names of all views. */
export const REPORT_VIEWS = Object.keys(VIEWS) as ReportView[];

/** The views that a report has: a partner's lacks those that are the organizer's alone. */
export function viewsOf({ scope }: Pick<Report, 'scope'>): ReportView[] {
  return REPORT_VIEWS.filter((name) => scope === 'organizer' || !(VIEWS[name] as View).is_organizers);
}

/** The rows of a view. */
export function viewRows(report: Report, view: ReportView, names: ReportNames): ViewRow[] {
  const { columns, rows } = VIEWS[view] as View;
  return rows(report, names).map((row) =>
    Object.fromEntries(columns.map((column) => [column, row[column]!])),
  );
}

/** The columns of a view, in the order in which its CSV has them. */
export function viewColumns(view: ReportView): string[] {
  return VIEWS[view].columns;
}

/** A view as CSV (RFC 4180): a header line, then a line a row; nothing in it is taken for a formula. */
export function viewCsv(report: Report, view: ReportView, names: ReportNames): string {
  const columns = viewColumns(view);
  const lines = viewRows(report, view, names).map((row) =>
    columns
      .map((column) => {
        const value = row[column]!;
        return cell(typeof value === 'boolean' ? String(value) : value);
      })
      .join(','),
  );
  return [columns.join(','), ...lines, ''].join('\r\n');
}
