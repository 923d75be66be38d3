import { TOTALS_COLUMNS } from '../actions/totals-csv.ts';
import { REPORT } from '../reports/report-shape.ts';
import { REPORT_VIEWS, type ReportView, viewColumns, viewShape } from '../reports/report-views.ts';
import type { DataAddress } from './api-document.ts';

const PARAMETERS = [
  { name: 'slug', in: 'path', description: "The campaign's name in its address." },
  {
    name: 'link',
    in: 'query',
    description: 'The token of a link to the report: what stands after link= in its address.',
    is_required: true,
  },
] as const satisfies DataAddress['parameters'];
const OPEN =
  'For whoever has a link to the report. The organizer’s link gives all, a partner’s what is credited to that partner. 403 where the link is forged, has expired or was revoked. CSV begins with a byte order mark, for spreadsheets.';

/** What reports hold, whole and by view. */
export const REPORT_ADDRESSES: readonly DataAddress[] = [
  {
    path: '/reports/{slug}/report.json',
    operation_id: 'getReport',
    summary: 'A report, all of one moment',
    description: OPEN,
    parameters: [...PARAMETERS],
    answer: { type: 'application/json', name: 'Report', shape: REPORT },
  },
  {
    path: '/reports/{slug}/report.csv',
    operation_id: 'getReportCsv',
    summary: "A report's totals, for spreadsheets",
    description: OPEN,
    parameters: [...PARAMETERS],
    answer: { type: 'text/csv', columns: TOTALS_COLUMNS },
  },
  ...REPORT_VIEWS.flatMap((view) => addressesOf(view)),
];

function addressesOf(view: ReportView): DataAddress[] {
  const name = view
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  const about = { summary: `The view '${view}' of a report`, description: OPEN, parameters: [...PARAMETERS] };
  return [
    {
      path: `/reports/{slug}/${view}.json`,
      operation_id: `getReport${name}`,
      ...about,
      answer: { type: 'application/json', name: `Report${name}`, shape: viewShape(view) },
    },
    {
      path: `/reports/{slug}/${view}.csv`,
      operation_id: `getReport${name}Csv`,
      ...about,
      answer: { type: 'text/csv', columns: viewColumns(view) },
    },
  ];
}
