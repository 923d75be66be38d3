import { parse } from 'csv-parse/sync';
import type { ReportView } from '../../server/reports/report-views.ts';
import type { Figures } from './known-truth.ts';

type Row = Record<string, string | number | boolean>;

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

/**
 * Each view of reports: the columns that it has, and the figure that a row of it holds. A view that is not here, or a column
 * that is new, is one of which nobody has said what is true.
 */
export const VIEW_FIGURES: Record<
  ReportView,
  { columns: string[]; name: (row: Row) => string; number: string }
> = {
  type: {
    columns: ['origin', 'type', 'status_code', 'is_completed', 'actions'],
    name: (row) => `status/${row.origin}/${row.type}/${row.status_code}`,
    number: 'actions',
  },
  day: {
    columns: ['day', 'completed_actions'],
    name: (row) => `day/${row.day}`,
    number: 'completed_actions',
  },
  legislator: {
    columns: ['legislator_id', 'name', 'completed_actions'],
    name: (row) => `legislator/${row.legislator_id}`,
    number: 'completed_actions',
  },
  division: {
    columns: ['division_id', 'name', 'completed_actions'],
    name: (row) => `division/${row.division_id}`,
    number: 'completed_actions',
  },
  partner: {
    columns: ['partner', 'name', 'completed_actions', 'visits'],
    name: (row) => `partner/${row.partner}`,
    number: 'completed_actions',
  },
  language: {
    columns: ['language', 'completed_actions'],
    name: (row) => `language/${row.language}`,
    number: 'completed_actions',
  },
  message_language: {
    columns: ['language', 'completed_actions'],
    name: (row) => `message_language/${row.language}`,
    number: 'completed_actions',
  },
  variant: {
    columns: ['type', 'variant', 'completed_actions'],
    name: (row) => `variant/${row.type}@${row.variant}`,
    number: 'completed_actions',
  },
  visits: {
    columns: ['day', 'partner', 'visits', 'name'],
    name: (row) => `visits/${row.day}/${row.partner}`,
    number: 'visits',
  },
  unknown_codes: {
    columns: ['code', 'first_day', 'last_day', 'visits'],
    name: (row) => `unknown_code/${row.code}`,
    number: 'visits',
  },
  replies: {
    columns: [
      'legislator_id',
      'name',
      'supports',
      'opposes',
      'undecided',
      'would_not_say',
      'first_day',
      'last_day',
      'proposed_position',
    ],
    name: (row) => `replies/${row.legislator_id}`,
    number: 'supports',
  },
  offline: {
    columns: [
      'id',
      'entered_at',
      'day',
      'type',
      'status_code',
      'legislator_id',
      'partner',
      'actions',
      'excluded_actions',
      'note',
    ],
    name: (row) => `offline/${row.id}`,
    number: 'actions',
  },
  // Nothing is taken out of what is known: any row would be wrong.
  corrections: {
    columns: ['id', 'kind', 'made_at', 'reason', 'completed_actions'],
    name: (row) => `correction/${row.id}`,
    number: 'completed_actions',
  },
};

/** Those of the rows of one view. */
export function figuresOfRows(view: ReportView, rows: Row[]): Figures {
  const { figures, add } = figureList();
  const { columns, name, number } = VIEW_FIGURES[view];
  for (const row of rows) {
    expectNames(`a row of ${view}`, Object.keys(row), columns);
    add(name(row), Number(row[number]));
  }
  return figures;
}

/** Those of one view's CSV. */
export function figuresOfViewCsv(view: ReportView, text: string): Figures {
  expectNames(`the CSV of ${view}`, text.split('\r\n')[0]!.split(','), VIEW_FIGURES[view].columns);
  return figuresOfRows(view, parse(text, { columns: true }));
}

/** Which view each list of the totals is, by its name there. */
const LISTS: Record<string, ReportView> = {
  by_status: 'type',
  by_day: 'day',
  by_legislator: 'legislator',
  by_division: 'division',
  by_partner: 'partner',
  by_language: 'language',
  by_message_language: 'message_language',
  by_variant: 'variant',
};
/** What else stands there and counts nothing. */
const ABOUT = ['schema_version', 'campaign_slug', 'as_of', 'is_sample', 'goal'];
const COUNTS = { completed_actions: 'completed', self_reported: '', server_accepted: '', offline: '' };

/** Those of totals as the server holds them and as JSON has them; whatever else is in there is told by an Error. */
export function figuresOfTotals(totals: object): Figures {
  const { figures, add } = figureList();
  for (const [field, value] of Object.entries(totals)) {
    const view = LISTS[field];
    if (ABOUT.includes(field)) continue;
    if (Object.hasOwn(COUNTS, field)) add(COUNTS[field as keyof typeof COUNTS] || field, value);
    else if (field === 'corrections') expectNames('the corrections', value, []);
    else if (field === 'by_type')
      for (const [type, outcomes] of Object.entries(value as Record<string, Record<string, number>>))
        for (const [status, number] of Object.entries(outcomes)) add(`type/${type}/${status}`, number);
    else if (view) {
      const { name, number } = VIEW_FIGURES[view];
      for (const row of value as Row[]) add(name(row), row[number]);
    } else throw new Error(`nobody has said what is true of '${field}'`);
  }
  return figures;
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
