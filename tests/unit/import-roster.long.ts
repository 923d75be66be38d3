import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperationalError } from '../../server/errors.ts';
import { type ImportRequest, importRoster } from '../../server/legislators/import-roster.ts';
import { loadRoster } from '../../server/legislators/roster.ts';
import { readSource, rosterFolder } from '../../server/legislators/roster-files.ts';
import { censusZip, geoJson, square, squares } from '../fixtures/boundaries/made-up.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import {
  AS_OF,
  csvOf,
  csvRow,
  everyone,
  type MadeUpPerson,
  madeUpId,
  person,
  personFiles,
  tarballOf,
} from '../fixtures/people/made-up.ts';

const NOW = new Date('2026-08-05T15:00:00Z');
const boundaries = folderOf({
  'sldl.zip': censusZip(squares('sldl', 25)),
  'sldu.zip': censusZip(squares('sldu', 6)),
  'cut.zip': censusZip(squares('sldl', 25)).subarray(0, 500),
});
const ZIPS = ['sldl.zip', 'sldu.zip'].map((name) => join(boundaries, name));

/** A request to import these people into a new DATA_DIR, with changes. */
function request(people: MadeUpPerson[], changes: Partial<ImportRequest> = {}): ImportRequest {
  return {
    state: 'fl',
    people: folderOf(personFiles(people)),
    boundaries: ZIPS,
    as_of: AS_OF,
    data_dir: folderOf({}),
    now: () => NOW,
    ...changes,
  };
}

test.each([
  ['2026-07-22', []],
  ['2026-07-21', [expect.stringContaining('import them again with --as-of 2026-07-21')]],
])(
  'people of %s who are said to be true two weeks later or more are doubted in a note',
  async (changed_on, notes) => {
    const files = Object.entries(personFiles(everyone())).map(([name, text]) => [
      `data/fl/legislature/${name}`,
      text,
    ]);
    const tarball = await tarballOf(Object.fromEntries(files), new Date(`${changed_on}T12:00:00Z`));
    const people = join(folderOf({ 'people.tgz': tarball }), 'people.tgz');
    const report = await importRoster(request([], { people, as_of: '2026-08-05' }));
    expect(report.notes).toEqual(notes);
  },
);

test('whatever an import lets in, a start can read again', async () => {
  const odd = [
    'https:/example.com/x',
    'http:example.com',
    'https:\\\\example.com',
    'https://example.com/a b',
    'HTTPS://EXAMPLE.COM',
  ];
  const [first, ...others] = everyone();
  const asked = request([{ ...first!, links: odd.map((url) => ({ url })) }, ...others]);
  await importRoster(asked);
  const { state } = asked;
  await expect(loadRoster(rosterFolder(asked.data_dir, state), state)).resolves.toBeDefined();
});

test('an imported roster says which counties each district lies in', async () => {
  const asked = request(everyone());
  await importRoster(asked);
  const { roster } = (await loadRoster(rosterFolder(asked.data_dir, 'fl'), 'fl'))!;
  const third = roster.representation('ocd-division/country:us/state:fl/sldl:3')!.district;
  // A strip of a tenth of a degree, east of 81.7° west and north of 27°.
  expect(third.counties).toEqual(['Polk', 'DeSoto', 'Hardee', 'Charlotte']);
});

async function refusal(asked: ImportRequest): Promise<OperationalError> {
  const error = await importRoster(asked).then(
    () => new Error('it was imported'),
    (reason: unknown) => reason,
  );
  if (error instanceof OperationalError) return error;
  throw error;
}

const loaded = async ({ data_dir }: ImportRequest, state = 'fl') =>
  (await loadRoster(rosterFolder(data_dir, state), state))!.roster;

test('an import reports seats, members and vacant seats, and keeps source, date and time beside the roster', async () => {
  const asked = request(everyone());
  const report = await importRoster(asked);
  expect(report).toEqual({
    state: 'fl',
    source: 'OpenStates people files',
    as_of: AS_OF,
    seats: 31,
    members: 30,
    vacant_seats: ['House 25'],
    without_email: 0,
    without_phone: 0,
    notes: [],
  });
  const roster = await loaded(asked);
  expect(roster).toMatchObject({ source: 'OpenStates people files', as_of: AS_OF, is_sample: false });
  expect(roster.representation('ocd-division/country:us/state:fl/sldl:24')).toMatchObject({
    district: { seats: 1, geoid: '12024', name: 'State House District 24' },
    legislators: [
      {
        id: madeUpId('lower', 24),
        current_role: { title: 'Representative', division_id: 'ocd-division/country:us/state:fl/sldl:24' },
      },
    ],
    vacant_seats: 0,
  });
  expect(await readSource(rosterFolder(asked.data_dir, 'fl'))).toEqual({
    source: 'OpenStates people files',
    as_of: AS_OF,
    imported_at: NOW.toISOString(),
  });
});

test('the state may be written in capitals', async () => {
  const asked = request(everyone(), { state: 'FL' });
  expect((await importRoster(asked)).state).toBe('fl');
  expect((await loaded(asked)).state).toBe('fl');
});

test('members whose district is written with zeros or in words find its boundary', async () => {
  const people = everyone().map((one) =>
    one.id === madeUpId('lower', 3)
      ? person('lower', 3, { roles: [{ ...(one.roles as object[])[0], district: 'District 003' }] })
      : one,
  );
  const { vacant_seats, notes } = await importRoster(request(people));
  expect(vacant_seats).toEqual(['House 25']);
  expect(notes).toEqual([]);
});

test('one member in twenty without a boundary is left out and named; more than that refuses them all', async () => {
  const beyond = (number: number) => person('lower', number);
  const { members, notes } = await importRoster(request([...everyone(), beyond(77)]));
  expect(members).toBe(30);
  expect(notes).toEqual([
    '1 left out, their district has no boundary: Made-Up Representative 77 (House 77).',
  ]);
  const { code, message } = await refusal(request([...everyone(), beyond(77), beyond(78)]));
  expect(code).toBe('people_elsewhere');
  expect(message).toMatch(/^2 of 32 members have a district without a boundary/);
  expect(message).toMatch(/House 77.*nothing was changed.*same state and year/);
});

test('two people in a district that elects one are both shown, and named as doubtful', async () => {
  const asked = request([
    ...everyone(),
    person('lower', 1, { id: madeUpId('lower', 99), name: 'Made-Up Second' }),
  ]);
  const report = await importRoster(asked);
  expect(report.notes).toEqual(['House 1 elects one member, but the source has 2: check who holds it.']);
  const one = (await loaded(asked)).representation('ocd-division/country:us/state:fl/sldl:1')!;
  expect(one.legislators.length).toBe(2);
});

test('in a state whose districts elect several, all members of one stand together without a doubt', async () => {
  const jurisdiction = 'ocd-jurisdiction/country:us/state:az/government';
  const arizona = (chamber: 'upper' | 'lower', district: number, id: number) =>
    person(chamber, district, {
      id: madeUpId(chamber, id),
      name: `Made-Up ${chamber} ${id}`,
      roles: [{ type: chamber, jurisdiction, district: String(district) }],
    });
  const people = [1, 2, 3].flatMap((district) => [
    arizona('upper', district, district),
    arizona('lower', district, district),
    arizona('lower', district, district + 50),
  ]);
  const features = [1, 2, 3].flatMap((number) =>
    (['sldl', 'sldu'] as const).map((layer) =>
      square(layer, number, { STATEFP: '04', GEOID: `0400${number}` }),
    ),
  );
  const both = join(folderOf({ 'az.geojson': geoJson(features) }), 'az.geojson');
  const asked = request(people, { state: 'az', boundaries: [both] });
  expect(await importRoster(asked)).toMatchObject({ seats: 9, members: 9, vacant_seats: [], notes: [] });
  const lower = (await loaded(asked, 'az')).representation('ocd-division/country:us/state:az/sldl:2')!;
  expect(lower.district.seats).toBe(2);
  expect(lower.legislators.map(({ name }) => name)).toEqual(['Made-Up lower 2', 'Made-Up lower 52']);
});

test('far more vacant seats than is usual are told of: the people may be another state’s, or not all', async () => {
  const asked = request(everyone().slice(0, 20));
  expect((await importRoster(asked)).notes).toEqual([
    expect.stringMatching(
      /^11 of 31 seats are vacant, which is more than is usual: check that .* of Florida/,
    ),
  ]);
});

test('the bulk CSV gives the same members in the same seats, and its notes', async () => {
  const rows = [
    ...Array.from({ length: 24 }, (_, index) => csvRow('lower', index + 1)),
    ...Array.from({ length: 6 }, (_, index) => csvRow('upper', index + 1)),
  ];
  const asked = request([], { people: join(folderOf({ 'fl.csv': csvOf(rows) }), 'fl.csv') });
  const report = await importRoster(asked);
  expect(report).toMatchObject({
    source: 'OpenStates bulk CSV',
    seats: 31,
    members: 30,
    vacant_seats: ['House 25'],
  });
  expect(report.notes).toEqual([expect.stringMatching(/no offices at the capitol/)]);
  const fromFiles = request(everyone());
  await importRoster(fromFiles);
  const seats = async (of: ImportRequest) =>
    (await loaded(of)).legislators.map(({ id, current_role }) => `${id} ${current_role.division_id}`);
  expect(await seats(asked)).toEqual(await seats(fromFiles));
});

test('importing the same files again gives the same bytes', async () => {
  const asked = request(everyone());
  await importRoster(asked);
  const before = bytesOf(asked);
  await importRoster(asked);
  expect(bytesOf(asked)).toEqual(before);
});

test.each([
  ['a state that is none', { state: 'xx' }, 'unknown_state', /'xx' is not a state\. Give its postal code/],
  ['a state in full', { state: 'Florida' }, 'unknown_state', /Give its postal code, for example fl/],
  ['a date that is none', { as_of: 'yesterday' }, 'bad_date', /'yesterday' is not a date.*2026-08-05/],
  ['a day that the month lacks', { as_of: '2026-02-30' }, 'bad_date', /'2026-02-30' is not a date/],
  ['a date written as Americans do', { as_of: '08/05/2026' }, 'bad_date', /year-month-day/],
  ['a date still to come', { as_of: '2026-08-07' }, 'bad_date', /2026-08-07 is still to come/],
  [
    'no such people',
    { people: '/nowhere/people.tgz' },
    'file_missing',
    /There is no file or folder \/nowhere/,
  ],
  ['no such boundaries', { boundaries: ['/nowhere/sldl.zip'] }, 'file_missing', /There is no file \/nowhere/],
  ['one chamber alone', { boundaries: [ZIPS[0]!] }, 'boundaries_layer', /Senate of Florida are missing/],
  ['a chamber twice', { boundaries: [...ZIPS, ZIPS[0]!] }, 'boundaries_layer', /twice in/],
  [
    'a zip cut short',
    { boundaries: [join(boundaries, 'cut.zip')] },
    'boundaries_unreadable',
    /cut\.zip is cut short/,
  ],
  ['people of another state', { state: 'ga' }, 'boundaries_state', /boundaries of Florida, but 'ga'/],
  ['people of another time', { as_of: '2000-01-01' }, 'people_empty', /no member .* on 2000-01-01/],
  [
    'broken people',
    { people: folderOf({ 'a.yml': 'id: [', 'b.yml': 'id: [' }) },
    'people_broken',
    /2 of 2 person files/,
  ],
  [
    'people of other districts',
    { people: folderOf(personFiles([person('lower', 77)])) },
    'people_elsewhere',
    /1 of 1/,
  ],
])(
  '%s: the import fails, and the roster before it stands byte for byte',
  async (_name, changes, code, message) => {
    const asked = request(everyone());
    await importRoster(asked);
    const before = bytesOf(asked);
    const error = await refusal({ ...asked, ...changes });
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(bytesOf(asked)).toEqual(before);
  },
);

test('the day after today is let through: it has begun in other time zones', async () => {
  expect((await importRoster(request(everyone(), { as_of: '2026-08-06' }))).as_of).toBe('2026-08-06');
});

test('a damaged roster is replaced by the next import', async () => {
  const asked = request(everyone());
  await importRoster(asked);
  writeFileSync(join(rosterFolder(asked.data_dir, 'fl'), 'roster.json'), '{');
  await importRoster(asked);
  expect((await loaded(asked)).legislators.length).toBe(30);
});

/** Every file under DATA_DIR with its content. */
function bytesOf({ data_dir }: ImportRequest): Record<string, string> {
  const names = readdirSync(data_dir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return Object.fromEntries(
    names.map((one) => {
      const path = join(one.parentPath, one.name);
      return [path, readFileSync(path).toString('base64')];
    }),
  );
}
