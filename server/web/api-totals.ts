import { TOTALS_COLUMNS } from '../actions/totals-csv.ts';
import { TOTALS } from '../actions/totals-shape.ts';
import type { DataAddress } from './api-document.ts';

const SLUG = { name: 'slug', in: 'path', description: "The campaign's name in its address." } as const;
const OPEN =
  'Any site may read it. Numbers are of the moment: ask again for newer ones, once a minute at most.';

/** A campaign's totals, as they are at the moment. */
export const TOTALS_ADDRESSES: readonly DataAddress[] = [
  {
    path: '/campaigns/{slug}/totals.json',
    operation_id: 'getTotals',
    summary: "A campaign's totals",
    description: OPEN,
    parameters: [SLUG],
    answer: { type: 'application/json', name: 'Totals', shape: TOTALS },
  },
  {
    path: '/campaigns/{slug}/totals.csv',
    operation_id: 'getTotalsCsv',
    summary: "A campaign's totals, for spreadsheets",
    description: `${OPEN} A text that a spreadsheet would take for a formula begins with an apostrophe.`,
    parameters: [SLUG],
    answer: { type: 'text/csv', columns: TOTALS_COLUMNS },
  },
];
