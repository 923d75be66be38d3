import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { OperationalError } from '../errors.ts';
import { ORG_CLASSIFICATIONS } from './legislator.ts';
import {
  type Corrections,
  correctionNotes,
  type Member,
  type People,
  type PeopleRequest,
  TOLERATED_SHARE,
  usableEmail,
  usableLinks,
  usableOffice,
} from './member.ts';
import { seatsOf } from './seat-counts.ts';
import { chamberName } from './states.ts';

const OFFICE_COLUMNS = ['capitol', 'district'].flatMap((office) =>
  (['address', 'voice', 'fax'] as const).map((field) => `${office}_${field}`),
);

/** The columns of the OpenStates bulk export that are used here; it has others. */
const COLUMNS = [
  'id',
  'name',
  'current_party',
  'current_district',
  'current_chamber',
  'given_name',
  'family_name',
  'email',
  'links',
  ...OFFICE_COLUMNS,
];

/** Signs; a quote that is never closed makes one row of the whole file. */
const LONGEST_ROW = 100_000;

const rowSchema = z.object({
  id: z.string().startsWith('ocd-person/', 'begins with ocd-person/'),
  name: z.string().trim().min(1, 'is the name of the person'),
  current_party: z.string(),
  current_district: z.string().trim(),
  current_chamber: z.enum(['', ...ORG_CLASSIFICATIONS], 'is upper, lower or legislature'),
});
type Row = Record<string, string> & z.infer<typeof rowSchema>;

const seatOf = (row: Record<string, string>) => `${row.current_chamber}\n${row.current_district}`;

/**
 * The members in an OpenStates bulk CSV, with the faults that its exporter is known for:
 * - The capitol columns are always empty: where they are, a note says so.
 * - Somebody without a seat keeps chamber and district of the row before. A row that repeats the seat of the row
 *   before it is therefore left out where districts have one member. Where they have several, two such rows may be
 *   right and can't be told from wrong: they stay, with a note.
 * Throws OperationalError `people_format` for another kind of CSV, `people_broken` where more than one row in twenty is.
 */
export function readPeopleCsv(content: Uint8Array, path: string, request: PeopleRequest): People {
  const rows = parseRows(content, path);
  const noted: Corrections = { malformed_emails: [], bad_links: 0 };
  const members: Member[] = [];
  const broken: string[] = [];
  const notes: string[] = [];
  let before: Record<string, string> | undefined;
  rows.forEach((raw, index) => {
    const repeats = before !== undefined && seatOf(before) === seatOf(raw) ? before : undefined;
    before = raw;
    const parsed = rowSchema.safeParse(raw);
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      broken.push(`row ${index + 2}: ${issue.path.join('.')}: ${issue.message}`);
      return;
    }
    const row = { ...raw, ...parsed.data } as Row;
    const { current_chamber: chamber, current_district: district } = row;
    if (chamber === '' || district === '') {
      notes.push(`Left out, in no seat: ${row.name}.`);
      return;
    }
    const seat = `${chamberName(request.state, chamber)} ${district}`;
    if (repeats && seatsOf(request.state, chamber, district) === 1) {
      notes.push(
        `Left out, doubtful: ${row.name}. The row repeats the seat of the row before (${repeats.name}, ${seat}), as the bulk CSV does for people who have left. The people tarball knows for certain.`,
      );
      return;
    }
    if (repeats) {
      notes.push(
        `Kept, can’t be told apart: ${row.name} and ${repeats.name} both have ${seat}. One of them may have left; the people tarball knows for certain.`,
      );
    }
    members.push(memberOf(row, chamber, noted));
  });
  if (broken.length > rows.length * TOLERATED_SHARE) {
    const message = `${broken.length} of ${rows.length} rows of ${path} can’t be used, so nothing was changed. The first:\n  ${broken.slice(0, 5).join('\n  ')}\nGet the file anew.`;
    throw new OperationalError('people_broken', message);
  }
  if (rows.length > 0 && !rows.some((row) => row.capitol_voice || row.capitol_address)) {
    notes.push(
      'The bulk CSV holds no offices at the capitol: its exporter leaves them out, and all district offices but one. The people tarball has them.',
    );
  }
  members.sort((one, other) => one.id.localeCompare(other.id));
  return {
    source: 'OpenStates bulk CSV',
    members,
    notes: [
      ...broken.map((fault) => `Left out, can’t be read: ${fault}`),
      ...notes,
      ...correctionNotes(noted),
    ],
  };
}

function parseRows(content: Uint8Array, path: string): Record<string, string>[] {
  const text = textOf(content, path);
  let missing = COLUMNS;
  let rows: Record<string, string>[];
  try {
    rows = parse(text, {
      max_record_size: LONGEST_ROW,
      columns: (header: string[]) => {
        missing = COLUMNS.filter((column) => !header.includes(column));
        return header;
      },
    });
  } catch (cause) {
    const message = `${path} is cut short or not CSV (${(cause as Error).message}). Get it anew.`;
    throw new OperationalError('people_format', message, { cause });
  }
  if (missing.length > 0) {
    const message = `${path} is not the OpenStates bulk CSV: it lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}.`;
    throw new OperationalError('people_format', `${message} Give the file of a state's current people.`);
  }
  return rows;
}

/** Without its byte order mark. Spreadsheet programs save in other encodings, which would spoil every accent in a name. */
function textOf(content: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch (cause) {
    const message = `${path} is not in UTF-8, as the bulk CSV is: another program may have saved it. Get it anew.`;
    throw new OperationalError('people_format', message, { cause });
  }
}

function memberOf(row: Row, org_classification: Member['org_classification'], noted: Corrections): Member {
  return {
    id: row.id,
    name: row.name,
    given_name: row.given_name || undefined,
    family_name: row.family_name || undefined,
    party: row.current_party,
    email: usableEmail(row.email, row.name, noted),
    org_classification,
    district: row.current_district,
    offices: ['capitol', 'district'].flatMap(
      (classification) =>
        usableOffice({
          classification,
          address: row[`${classification}_address`],
          voice: row[`${classification}_voice`],
          fax: row[`${classification}_fax`],
        }) ?? [],
    ),
    links: usableLinks(
      (row.links ?? '')
        .split(';')
        .map((url) => ({ url: url.trim() }))
        .filter(({ url }) => url !== ''),
      noted,
    ),
  };
}
