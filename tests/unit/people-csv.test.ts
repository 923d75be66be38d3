import { OperationalError } from '../../server/errors.ts';
import { readPeopleCsv } from '../../server/legislators/people-csv.ts';
import { AS_OF, CSV_COLUMNS, csvOf, csvRow, FLORIDA, madeUpId } from '../fixtures/people/made-up.ts';

const FL = { state: 'fl', jurisdiction_id: FLORIDA, as_of: AS_OF };
const AZ = {
  state: 'az',
  jurisdiction_id: 'ocd-jurisdiction/country:us/state:az/government',
  as_of: AS_OF,
};

const read = (content: string | Uint8Array, request = FL) =>
  readPeopleCsv(typeof content === 'string' ? Buffer.from(content) : content, 'people.csv', request);

/** The error that reading gives. */
function refusal(content: string | Uint8Array): OperationalError {
  try {
    read(content);
  } catch (error) {
    if (error instanceof OperationalError) return error;
    throw error;
  }
  throw new Error('it was read');
}

const house = (count: number) => Array.from({ length: count }, (_, index) => csvRow('lower', index + 1));

test('a row is read whole: who it is, the seat, the office and the pages', () => {
  const { members, source } = read(csvOf([csvRow('upper', 5, { email: ' upper-5@example.org ' })]));
  expect(source).toBe('OpenStates bulk CSV');
  expect(members).toEqual([
    {
      id: madeUpId('upper', 5),
      name: 'Made-Up Member 5',
      given_name: 'Made-Up',
      family_name: 'Member 5',
      party: 'Example Party',
      email: 'upper-5@example.org',
      org_classification: 'upper',
      district: '5',
      offices: [{ classification: 'district', address: '5 Example Street', voice: '850-555-0100' }],
      links: [{ url: 'https://example.org/upper/5' }, { url: 'https://example.org/about' }],
    },
  ]);
});

test('where the capitol’s columns are all empty, a note says that the numbers there are missing', () => {
  expect(read(csvOf(house(2))).notes).toEqual([expect.stringMatching(/no offices at the capitol.*tarball/)]);
});

test('where the export is mended one day, the capitol’s office comes in and the note goes', () => {
  const { members, notes } = read(csvOf([csvRow('lower', 1, { capitol_voice: '850-555-0199' })]));
  expect(members[0]!.offices[0]).toEqual({ classification: 'capitol', voice: '850-555-0199' });
  expect(notes).toEqual([]);
});

test('a row that repeats its neighbour’s seat is left out and named where districts have one member', () => {
  const gone = csvRow('lower', 1, { id: madeUpId('lower', 99), name: 'Made-Up Departed' });
  const { members, notes } = read(csvOf([...house(1), gone, csvRow('lower', 2)]));
  expect(members.map(({ name }) => name)).toEqual(['Made-Up Member 1', 'Made-Up Member 2']);
  expect(notes[0]).toMatch(
    /^Left out, doubtful: Made-Up Departed\..*Made-Up Member 1, House 1.*people tarball knows/,
  );
});

test('of three rows with one seat in a row only the first is kept', () => {
  const gone = (index: number) => csvRow('lower', 1, { id: madeUpId('lower', index) });
  expect(read(csvOf([...house(1), gone(98), gone(99)])).members.map(({ id }) => id)).toEqual([
    madeUpId('lower', 1),
  ]);
});

test('somebody of another party who repeats the seat is left out too: a party of one’s own outlives the seat', () => {
  const other = csvRow('lower', 1, { id: madeUpId('lower', 98), current_party: 'Other Party' });
  expect(read(csvOf([...house(1), other])).members.length).toBe(1);
});

test('two members of one seat that are not neighbours are both kept', () => {
  const far = csvRow('lower', 1, { id: madeUpId('lower', 99) });
  expect(read(csvOf([...house(1), csvRow('lower', 2), far])).members.length).toBe(3);
});

test('a row that repeats its neighbour’s seat is kept with a note where districts have several members', () => {
  const second = csvRow('lower', 1, { id: madeUpId('lower', 99), name: 'Made-Up Second' });
  const { members, notes } = read(csvOf([...house(1), second]), AZ);
  expect(members.length).toBe(2);
  expect(notes[0]).toMatch(
    /^Kept, can’t be told apart: Made-Up Second and Made-Up Member 1 both have House 1/,
  );
});

test('one-member chambers of a state whose other chamber has several are still held to one', () => {
  const second = csvRow('upper', 1, { id: madeUpId('upper', 99), name: 'Made-Up Second' });
  expect(read(csvOf([csvRow('upper', 1), second]), AZ).members.length).toBe(1);
});

test('somebody without a seat is left out and named', () => {
  const { members, notes } = read(
    csvOf([csvRow('lower', 1), csvRow('', '', { id: madeUpId('lower', 9), name: 'Made-Up Nobody' })]),
  );
  expect(members.length).toBe(1);
  expect(notes).toContain('Left out, in no seat: Made-Up Nobody.');
});

test('a malformed e-mail address is left out with its owner’s name; links that are no web pages are left out', () => {
  const { members, notes } = read(
    csvOf([
      csvRow('lower', 1, {
        email: 'made up.member@example',
        links: 'javascript:alert(1);https://example.org/a; ;mailto:lower-1@example.org',
      }),
    ]),
  );
  expect(members[0]!.email).toBeUndefined();
  expect(members[0]!.links).toEqual([{ url: 'https://example.org/a' }]);
  expect(notes).toContain('1 malformed e-mail address left out, of: Made-Up Member 1.');
  expect(notes).toContain('2 links left out: not web addresses.');
});

test('a byte order mark, bare line feeds and line breaks within quotes change nothing', () => {
  const rows = [csvRow('lower', 1, { district_address: '1 Example Street\r\nSuite "B", Exampleton' })];
  const text = csvOf(rows);
  const expected = read(text).members;
  expect(expected[0]!.offices[0]!.address).toBe('1 Example Street\r\nSuite "B", Exampleton');
  expect(read(`\uFEFF${text}`).members).toEqual(expected);
  const unix = text.replaceAll(/\r\n(?!Suite)/g, '\n');
  expect(read(unix).members).toEqual(expected);
});

test('columns in another order, and columns more, change nothing', () => {
  const columns = [...CSV_COLUMNS.toReversed(), 'something_new'];
  expect(read(csvOf(house(2), columns)).members).toEqual(read(csvOf(house(2))).members);
});

test('accents come in whole, and a file that a spreadsheet program saved in another encoding is refused', () => {
  const text = csvOf([csvRow('lower', 1, { name: 'Made-Up Núñez' })]);
  expect(read(text).members[0]!.name).toBe('Made-Up Núñez');
  const { code, message } = refusal(Buffer.from(text, 'latin1'));
  expect(code).toBe('people_format');
  expect(message).toMatch(/people\.csv is not in UTF-8.*Get it anew/);
});

test.each([
  ['one column', ['email'], /it lacks the column email\./],
  ['several columns', ['email', 'links'], /it lacks the columns email, links\./],
])('a file without %s is refused, naming what is missing', (_name, missing, expected) => {
  const columns = CSV_COLUMNS.filter((column) => !missing.includes(column));
  const { code, message } = refusal(csvOf(house(2), columns));
  expect(code).toBe('people_format');
  expect(message).toMatch(expected);
  expect(message).toMatch(/Give the file of a state's current people/);
});

test.each([
  ['another CSV', 'name,amount\r\nCoffee,3\r\n'],
  ['a web page', '<!doctype html>\n<html><body>Not found, sorry</body></html>\n'],
  ['an empty file', ''],
])('%s is refused as not the bulk CSV', (_name, text) => {
  expect(refusal(text)).toMatchObject({ code: 'people_format' });
});

test('a file cut short in the middle of a row, or of a quoted cell, is refused', () => {
  const text = csvOf(house(3));
  const cut = refusal(text.slice(0, text.lastIndexOf('850-555-0100')));
  expect(cut).toMatchObject({ code: 'people_format' });
  expect(cut.message).toMatch(/cut short or not CSV \(.*\)\. Get it anew/);
  const quoted = csvOf([csvRow('lower', 1, { district_address: '1 Example Street, Exampleton' })]);
  expect(refusal(quoted.slice(0, quoted.indexOf('Exampleton'))).message).toMatch(/cut short/);
});

test('one row in twenty that can’t be used is told of and left out; more than that refuses the file', () => {
  const broken = { id: 'nobody' };
  const some = read(csvOf([...house(19), csvRow('lower', 20, broken)]));
  expect(some.members.length).toBe(19);
  expect(some.notes[0]).toBe('Left out, can’t be read: row 21: id: begins with ocd-person/');
  const { code, message } = refusal(csvOf([...house(18), csvRow('lower', 20, broken)]));
  expect(code).toBe('people_broken');
  expect(message).toMatch(/1 of 19 rows of people\.csv can’t be used, so nothing was changed/);
  expect(message).toMatch(/row 20: id: begins with ocd-person\//);
});

test('a chamber that is none is told of by row and column', () => {
  const { notes } = read(csvOf([...house(30), csvRow('executive', 1, { id: madeUpId('lower', 99) })]));
  expect(notes[0]).toMatch(/row 32: current_chamber: is upper, lower or legislature/);
});
