import { z } from 'zod';
import { cell } from '../actions/totals-csv.ts';
import { REPORT_TOTALS, STATUS_COUNT, TOTALS } from '../actions/totals-shape.ts';
import type { Report } from './report.ts';
import { LETTER_ANSWERS, LETTERS_ROW, SET_ASIDE } from './report-letters.ts';
import { OFFLINE_ENTRY, REPLY_COUNTS, REPORT, UNKNOWN_CODE, VISITS } from './report-shape.ts';

/** A row of a view: what its columns hold, by name. */
export type ViewRow = Record<string, string | number | boolean>;

/** What people call what is known by an id or a code; '' where nobody here knows. */
export interface ReportNames {
  legislator: (legislator_id: string) => string;
  division: (division_id: string) => string;
  partner: (partner: string) => string;
}

interface View {
  /** Shape of a row. Its fields, in their order, are the columns of the CSV. */
  row: z.ZodObject;
  rows: (report: Report, names: ReportNames) => ViewRow[];
  /** Whether a partner's link does not open it. */
  is_organizers?: boolean;
}

const name = z
  .string()
  .describe("What people call it, in the language of the answer; '' where nobody here knows.");
const proposed_position = z
  .string()
  .describe(
    "A position that the answers amount to, for campaign.yaml once there is a public source; '' for none.",
  );

const VIEWS = {
  type: { row: STATUS_COUNT, rows: ({ totals }) => totals.by_status.map((row) => ({ ...row })) },
  day: { row: TOTALS.shape.by_day.element, rows: ({ totals }) => totals.by_day },
  legislator: {
    row: named(TOTALS.shape.by_legislator.element),
    rows: ({ totals }, names) =>
      totals.by_legislator.map((row) => ({ ...row, name: names.legislator(row.legislator_id) })),
  },
  division: {
    row: named(REPORT_TOTALS.shape.by_division.element),
    rows: ({ totals }, names) =>
      totals.by_division.map((row) => ({ ...row, name: names.division(row.division_id) })),
  },
  partner: {
    row: z.strictObject({
      ...named(TOTALS.shape.by_partner.element).shape,
      visits: z.int().nonnegative().describe('Visits by way of its links.'),
    }),
    rows: (report, names) =>
      visitsAgainstActions(report).map((row) => ({ ...row, name: names.partner(row.partner) })),
  },
  language: { row: TOTALS.shape.by_language.element, rows: ({ totals }) => totals.by_language },
  message_language: {
    row: TOTALS.shape.by_message_language.element,
    rows: ({ totals }) => totals.by_message_language,
  },
  variant: {
    row: REPORT_TOTALS.shape.by_variant.element,
    rows: ({ totals }) => totals.by_variant.map((row) => ({ ...row })),
  },
  visits: {
    row: z.strictObject({ ...VISITS.shape, name }),
    rows: ({ visits }, names) => visits.map((row) => ({ ...row, name: names.partner(row.partner) })),
  },
  unknown_codes: { row: UNKNOWN_CODE, rows: ({ unknown_codes = [] }) => unknown_codes, is_organizers: true },
  replies: {
    row: z.strictObject({
      legislator_id: TOTALS.shape.by_legislator.element.shape.legislator_id,
      name,
      ...REPLY_COUNTS.shape,
      first_day: z.iso.date().describe("The state's first day on which something was heard."),
      last_day: z.iso.date().describe('The last.'),
      proposed_position,
    }),
    rows: ({ replies = [] }, names) =>
      replies.map(({ legislator_id, replies: counts, first_day, last_day, proposed }) => ({
        legislator_id,
        name: names.legislator(legislator_id),
        ...counts,
        first_day,
        last_day,
        proposed_position: proposed?.position ?? '',
      })),
    is_organizers: true,
  },
  letters: {
    row: LETTERS_ROW,
    rows: ({ letters }) => (letters?.queue ?? []).map((row) => ({ ...row })),
    is_organizers: true,
  },
  letter_answers: {
    row: named(LETTER_ANSWERS),
    rows: ({ letters }, names) =>
      (letters?.answers ?? []).map((row) => ({ ...row, name: names.legislator(row.legislator_id) })),
    is_organizers: true,
  },
  set_aside: {
    row: SET_ASIDE,
    rows: ({ letters }) => (letters?.set_aside ?? []).map((row) => ({ ...row })),
    is_organizers: true,
  },
  offline: {
    row: z.strictObject({ ...OFFLINE_ENTRY.shape, note: z.string().describe("'' in a partner's report.") }),
    rows: ({ offline }) => offline.map((row) => ({ ...row, note: row.note ?? '' })),
  },
  corrections: {
    row: TOTALS.shape.corrections.element,
    rows: ({ totals }) => totals.corrections.map((row) => ({ ...row })),
  },
} satisfies Record<string, View>;

/** Visits and completed actions of each partner ('' for none) of whom there is either; those with the most actions first. */
export function visitsAgainstActions({ totals, visits }: Pick<Report, 'totals' | 'visits'>) {
  const sums = new Map(
    totals.by_partner.map(({ partner, completed_actions }) => [
      partner,
      { partner, completed_actions, visits: 0 },
    ]),
  );
  for (const one of visits) {
    const sum = sums.get(one.partner) ?? { partner: one.partner, completed_actions: 0, visits: 0 };
    sums.set(one.partner, { ...sum, visits: sum.visits + one.visits });
  }
  return [...sums.values()].toSorted(
    (a, b) =>
      b.completed_actions - a.completed_actions || b.visits - a.visits || (a.partner < b.partner ? -1 : 1),
  );
}

/** A row with a name after what it is the name of. */
function named(row: z.ZodObject) {
  const [[key, first] = ['', z.string()], ...rest] = Object.entries(row.shape);
  return z.strictObject({ [key]: first, name, ...Object.fromEntries(rest) });
}

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
  const columns = viewColumns(view);
  return (VIEWS[view] as View)
    .rows(report, names)
    .map((row) => Object.fromEntries(columns.map((column) => [column, row[column]!])));
}

/** The columns of a view, in the order in which its CSV has them. */
export function viewColumns(view: ReportView): string[] {
  return Object.keys(VIEWS[view].row.shape);
}

/** What the JSON of a view holds. */
export function viewShape(view: ReportView) {
  const { schema_version, campaign_slug, scope, partner, as_of, is_sample } = REPORT.shape;
  return z.strictObject({
    schema_version,
    campaign_slug,
    scope,
    partner,
    as_of,
    is_sample,
    view: z.literal(view),
    rows: z.array(VIEWS[view].row),
  });
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
