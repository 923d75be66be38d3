import { parse } from 'csv-parse/sync';
import type { ReportView } from '../../server/reports/report-views.ts';
import type { Figures } from './known-counts.ts';
import { type Row, VIEW_FIGURES } from './view-figures.ts';

/** Collects figures; each has one place, and those that are 0 say nothing. */
export function figureList(): { figures: Figures; add: (name: string, number: unknown) => void } {
  const seen = new Set<string>();
  const figures: Figures = {};
  return {
    figures,
    add: (name, number) => {
      if (!Number.isSafeInteger(number)) throw new Error(`${name} is no whole number: ${number}`);
      if (seen.has(name)) throw new Error(`${name} is there twice`);
      seen.add(name);
      if (number !== 0) figures[name] = number as number;
    },
  };
}

/** Those of the rows of one view. */
export function figuresOfRows(view: ReportView, rows: Row[]): Figures {
  const { figures, add } = figureList();
  for (const row of rows) {
    expectNames(`a row of ${view}`, Object.keys(row), VIEW_FIGURES[view].columns);
    addRow(add, view, row);
  }
  return figures;
}

/** Those of one view's CSV. */
export function figuresOfViewCsv(view: ReportView, text: string): Figures {
  const { columns } = VIEW_FIGURES[view];
  expectNames(`the CSV of ${view}`, text.split('\r\n')[0]!.split(','), columns);
  const texts = ['name', 'note', 'reason', 'code', 'partner', 'variant', 'language'];
  const rows = parse(text, { columns: true }) as Record<string, string>[];
  return figuresOfRows(
    view,
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([column, value]) => {
          const is_number = !texts.includes(column) && /^-?\d+$/.test(value);
          return [column, is_number ? Number(value) : value];
        }),
      ),
    ),
  );
}

function addRow(add: (name: string, number: unknown) => void, view: ReportView, row: Row): void {
  for (const [name, number] of VIEW_FIGURES[view].figures(row)) if (number !== undefined) add(name, number);
}

/** Which view each list of the totals or of a report is, by its name there. */
const LISTS: Record<string, ReportView> = {
  by_status: 'type',
  by_day: 'day',
  by_legislator: 'legislator',
  by_division: 'division',
  by_partner: 'partner',
  by_language: 'language',
  by_message_language: 'message_language',
  by_variant: 'variant',
  corrections: 'corrections',
  visits: 'visits',
  unknown_codes: 'unknown_codes',
};
/** What else stands there and counts nothing. */
const ABOUT = ['schema_version', 'campaign_slug', 'as_of', 'is_sample', 'goal', 'scope', 'partner'];
const ABOUT_FIGURE = [
  ...['id', 'title', 'browser_url', 'figure_url', 'frozen_at', 'time_zone', 'as_of_in_words'],
  ...['corrections_since', 'note', 'definition'],
];
const COUNTS = { completed_actions: 'completed', self_reported: '', server_accepted: '', offline: '' };

/** Those of totals as the server holds them and as JSON has them; whatever else is in there is told by an Error. */
export function figuresOfTotals(totals: object): Figures {
  const { figures, add } = figureList();
  for (const [field, value] of Object.entries(totals)) {
    const view = LISTS[field];
    if (ABOUT.includes(field)) continue;
    if (Object.hasOwn(COUNTS, field)) add(COUNTS[field as keyof typeof COUNTS] || field, value);
    else if (field === 'by_type')
      for (const [type, outcomes] of Object.entries(value as Record<string, Record<string, number>>))
        for (const [status, number] of Object.entries(outcomes)) add(`type/${type}/${status}`, number);
    else if (view) for (const row of value as Row[]) addRow(add, view, row);
    else throw new Error(`nobody has said what is true of '${field}'`);
  }
  return figures;
}

/** Those of a figure for the press. */
export function figuresOfFrozen(figure: object): Figures {
  return figuresOfTotals(
    Object.fromEntries(Object.entries(figure).filter(([field]) => !ABOUT_FIGURE.includes(field))),
  );
}

/** Those of a whole report, as the server holds it and as JSON has it; the coalition's own number is none of them. */
export function figuresOfReport({
  totals,
  coalition: _,
  offline,
  replies,
  letters,
  ...report
}: ReportData): Figures {
  const { figures, add } = figureList();
  for (const row of offline) addRow(add, 'offline', row);
  for (const { legislator_id, replies: counts, first_day, last_day, proposed } of replies ?? []) {
    const proposed_position = proposed?.position ?? '';
    addRow(add, 'replies', { legislator_id, ...counts, first_day, last_day, proposed_position });
    if (proposed) add(`proposed_by/${legislator_id}/${proposed.alike}/${proposed.answers}`, 1);
  }
  for (const row of letters?.queue ?? []) addRow(add, 'letters', row);
  for (const row of letters?.answers ?? []) addRow(add, 'letter_answers', row);
  for (const row of letters?.set_aside ?? []) addRow(add, 'set_aside', row);
  return { ...figuresOfTotals(totals), ...figures, ...figuresOfTotals(report) };
}

interface ReportData {
  totals: object;
  coalition: object;
  offline: Row[];
  replies?: {
    legislator_id: string;
    replies: Record<string, number>;
    first_day: string;
    last_day: string;
    proposed?: { position: string; alike: number; answers: number } | undefined;
  }[];
  letters?: { queue: Row[]; answers: Row[]; set_aside: Row[] };
}

/** Those of the totals as CSV, the public one, the report's and the command's. */
export function figuresOfCsv(text: string): Figures {
  const { figures, add } = figureList();
  for (const row of parse(text, { columns: true }) as Record<string, string>[]) {
    const { dimension, key, status_code, actions, completed_actions } = row;
    const name = status_code === '' ? `${dimension}/${key}` : `${dimension}/${key}/${status_code}`;
    add(name, Number(actions));
    checkCompleted(name, Number(actions), Number(completed_actions));
  }
  return figures;
}

/** Of outcomes that complete nothing, nothing is completed; of all others, all. */
export function checkCompleted(name: string, actions: number, completed: number): void {
  const isCompleted = !/^type\/.*\/(unavailable|started|confirmed|bounced|failed)$/.test(name);
  if (completed !== (isCompleted ? actions : 0))
    throw new Error(`${name}: ${completed} of ${actions} completed`);
}

function expectNames(where: string, found: unknown, known: string[]): void {
  if (JSON.stringify(found) !== JSON.stringify(known))
    throw new Error(`nobody has said what is true of ${where}: ${JSON.stringify(found)}, known are ${known}`);
}
