import type { ReportView } from '../../server/reports/report-views.ts';
import { addEntry } from './entry-figures.ts';
import { addFigure, type Figures } from './known-counts.ts';
import { wallDay } from './known-days.ts';
import { addCorrection } from './known-truth.ts';
import { MAIN } from './known-world.ts';

/** A row of a view, as JSON or as CSV has it. */
export type Row = Record<string, string | number | boolean>;

/** What of a view is compared with what is true. */
interface ViewFigures {
  columns: string[];
  /** The names of its figures, up to the first stroke. */
  names: string[];
  /** The figures that a row holds; those whose number is undefined stand elsewhere alone. */
  figures: (row: Row) => [name: string, number: unknown][];
}

/** A view of completed actions by one key. */
function byKey(view: string, columns: string[], name: (row: Row) => string): ViewFigures {
  return { columns, names: [view], figures: (row) => [[`${view}/${name(row)}`, row.completed_actions]] };
}

/**
 * Each view of reports: the columns that it has, and the figures that a row of it holds. A view that is not here, or a column
 * that is new, is one of which nobody has said what is true.
 */
export const VIEW_FIGURES: Record<ReportView, ViewFigures> = {
  type: {
    columns: ['origin', 'type', 'status_code', 'is_completed', 'actions'],
    names: ['status'],
    figures: (row) => [[`status/${row.origin}/${row.type}/${row.status_code}`, row.actions]],
  },
  day: byKey('day', ['day', 'completed_actions'], (row) => `${row.day}`),
  legislator: byKey(
    'legislator',
    ['legislator_id', 'name', 'completed_actions'],
    (row) => `${row.legislator_id}`,
  ),
  division: byKey('division', ['division_id', 'name', 'completed_actions'], (row) => `${row.division_id}`),
  partner: {
    columns: ['partner', 'name', 'completed_actions', 'visits'],
    names: ['partner', 'partner_visits'],
    figures: (row) => [
      [`partner/${row.partner}`, row.completed_actions],
      [`partner_visits/${row.partner}`, row.visits],
    ],
  },
  language: byKey('language', ['language', 'completed_actions'], (row) => `${row.language}`),
  message_language: byKey('message_language', ['language', 'completed_actions'], (row) => `${row.language}`),
  variant: byKey('variant', ['type', 'variant', 'completed_actions'], (row) => `${row.type}@${row.variant}`),
  visits: {
    columns: ['day', 'partner', 'visits', 'name'],
    names: ['visits'],
    figures: (row) => [[`visits/${row.day}/${row.partner}`, row.visits]],
  },
  unknown_codes: {
    columns: ['code', 'first_day', 'last_day', 'visits'],
    names: ['unknown_code', 'unknown_first'],
    figures: (row) => [
      [`unknown_code/${row.code}/${row.last_day}`, row.visits],
      [`unknown_first/${row.code}/${row.first_day}`, 1],
    ],
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
    names: ['reply', 'reply_days', 'proposed'],
    figures: (row) => [
      ...['supports', 'opposes', 'undecided', 'would_not_say'].map((reply): [string, unknown] => [
        `reply/${row.legislator_id}/${reply}`,
        row[reply],
      ]),
      [`reply_days/${row.legislator_id}/${row.first_day}/${row.last_day}`, 1],
      [
        `proposed/${row.legislator_id}/${row.proposed_position}`,
        row.proposed_position === '' ? undefined : 1,
      ],
    ],
  },
  letters: {
    columns: ['state', 'reason', 'letters', 'oldest_at'],
    names: ['letters', 'letters_oldest'],
    figures: (row) => [
      [`letters/${row.state}/${row.reason}`, row.letters],
      [`letters_oldest/${row.state}/${row.reason}/${row.oldest_at}`, row.oldest_at === '' ? undefined : 1],
    ],
  },
  letter_answers: {
    columns: ['legislator_id', 'name', 'answers'],
    names: ['letter_answers'],
    figures: (row) => [[`letter_answers/${row.legislator_id}`, row.answers]],
  },
  set_aside: {
    columns: ['address', 'since', 'hard_bounces'],
    names: ['set_aside'],
    figures: (row) => [
      [`set_aside/${row.address}/${wallDay(MAIN.slug, String(row.since))}`, row.hard_bounces],
    ],
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
    names: ['entry', 'entered'],
    figures: (row) => listed((figures) => addEntry(figures, row)),
  },
  corrections: {
    columns: ['id', 'kind', 'made_at', 'reason', 'completed_actions'],
    names: ['correction', 'corrected'],
    figures: (row) =>
      listed((figures) =>
        // The days of one eastern state are those of all in which corrections are made at these hours.
        addCorrection(figures, { ...row, campaign: MAIN } as never, Number(row.completed_actions)),
      ),
  },
};

function listed(add: (figures: Figures) => void): [string, unknown][] {
  const figures: Figures = {};
  add(figures);
  return Object.entries(figures);
}

/** Of two lists of figures all. */
export function together(...lists: Figures[]): Figures {
  const all: Figures = {};
  for (const list of lists) for (const [name, number] of Object.entries(list)) addFigure(all, name, number);
  return all;
}
