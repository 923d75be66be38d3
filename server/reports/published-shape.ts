import { z } from 'zod';
import { cell } from '../actions/totals-csv.ts';
import type { PublishedTables } from './published-tables.ts';
import { SMALLEST_SHOWN } from './small-cells.ts';

const completed_actions = z
  .int()
  .min(SMALLEST_SHOWN)
  .describe('Exact, as it was when the table was published.');
const first_day = z.iso.date().describe("The first of the state's days that it counts.");
const last_day = z.iso.date().describe('The last of them.');
const published_at = z.iso
  .datetime()
  .describe('When it was published, in UTC. It does not change after that.');

/** What `tables.json` holds, field by field, as programs are told of it. */
export const PUBLISHED = z.strictObject({
  schema_version: z
    .literal(1)
    .describe('Raised when a field changes its meaning or goes; new fields may come without.'),
  campaign_slug: z.string().describe("The campaign's name in addresses."),
  smallest_shown: z
    .literal(SMALLEST_SHOWN)
    .describe(
      'No number below this is shown. Whatever is not in the lists is hidden: small numbers, zeros, and larger numbers by which a small one could be worked out.',
    ),
  kept_back: z
    .strictObject({ first_day, last_day })
    .nullable()
    .describe("The campaign's first days, of which nothing is ever shown; null until tables can begin."),
  legislator_by_day: z
    .array(
      z.strictObject({
        first_day,
        last_day,
        published_at,
        cells: z.array(
          z.strictObject({ legislator_id: z.string().describe('OpenStates person id.'), completed_actions }),
        ),
      }),
    )
    .describe(
      'Completed actions by legislator, for some days each, earliest first. No day is in two of them.',
    ),
  partner_by_division: z
    .array(
      z.strictObject({
        first_day,
        last_day,
        published_at,
        cells: z.array(
          z.strictObject({
            partner: z.string().describe("Code of the partner that is credited; '' stands for none."),
            division_id: z.string().describe('Open Civic Data id of the district, or of the state.'),
            completed_actions,
          }),
        ),
      }),
    )
    .describe('The same by partner and district.'),
  corrections: z
    .array(
      z.strictObject({
        id: z.string(),
        kind: z
          .enum(['exclude', 'readmit'])
          .describe("'exclude' took actions out of the totals, 'readmit' put those of an earlier one back."),
        made_at: z.iso.datetime(),
        reason: z.string(),
        completed_actions: z.int().describe('By how much the totals changed: below zero where actions went.'),
      }),
    )
    .describe('What changed in the totals since the first table, and did not change the tables before it.'),
});

/** The published tables as programs get them. */
export function publishedData(
  campaign_slug: string,
  { kept_back, slices, corrections }: PublishedTables,
): z.infer<typeof PUBLISHED> {
  return {
    schema_version: 1,
    campaign_slug,
    smallest_shown: SMALLEST_SHOWN,
    kept_back: kept_back ?? null,
    legislator_by_day: slices.flatMap((slice) => {
      if (slice.name !== 'legislator_by_day') return [];
      const { name: _, ...rest } = slice;
      return [rest];
    }),
    partner_by_division: slices.flatMap((slice) => {
      if (slice.name !== 'partner_by_division') return [];
      const { name: _, ...rest } = slice;
      return [rest];
    }),
    corrections,
  };
}

/** The columns of `tables.csv`. */
export const PUBLISHED_COLUMNS = [
  'table',
  'first_day',
  'last_day',
  'legislator_id',
  'partner',
  'division_id',
  'completed_actions',
] as const;

/** The published tables as CSV (RFC 4180): a line for each number that is shown; what a table has not is ''. */
export function publishedCsv({ slices }: PublishedTables): string {
  const lines = slices.flatMap(({ name, first_day, last_day, cells }) =>
    cells.map((shown) => {
      const row = {
        table: name,
        first_day,
        last_day,
        legislator_id: '',
        partner: '',
        division_id: '',
        ...shown,
      };
      return PUBLISHED_COLUMNS.map((column) => cell(row[column])).join(',');
    }),
  );
  return [PUBLISHED_COLUMNS.join(','), ...lines, ''].join('\r\n');
}
