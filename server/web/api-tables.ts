import { PUBLISHED, PUBLISHED_COLUMNS } from '../reports/published-shape.ts';
import type { DataAddress } from './api-document.ts';

const SLUG = { name: 'slug', in: 'path', description: "The campaign's name in its address." } as const;
const OPEN =
  'By legislator and day, and by partner and district, small numbers hidden. Any site may read it. New tables come once a day at most, and those that are there stay as they are.';

/** What is published of a campaign in two dimensions. */
export const TABLES_ADDRESSES: readonly DataAddress[] = [
  {
    path: '/campaigns/{slug}/tables.json',
    operation_id: 'getTables',
    summary: "A campaign's published tables",
    description: OPEN,
    parameters: [SLUG],
    answer: { type: 'application/json', name: 'Tables', shape: PUBLISHED },
  },
  {
    path: '/campaigns/{slug}/tables.csv',
    operation_id: 'getTablesCsv',
    summary: "A campaign's published tables, for spreadsheets",
    description: `${OPEN} A text that a spreadsheet would take for a formula begins with an apostrophe.`,
    parameters: [SLUG],
    answer: { type: 'text/csv', columns: PUBLISHED_COLUMNS },
  },
];
