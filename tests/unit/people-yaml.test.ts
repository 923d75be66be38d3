import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { OperationalError } from '../../server/errors.ts';
import type { Member, People } from '../../server/legislators/member.ts';
import { readPeople } from '../../server/legislators/people-source.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import {
  AS_OF,
  everyone,
  FLORIDA,
  madeUpId,
  person,
  personFiles,
  tarballOf,
} from '../fixtures/people/made-up.ts';

const FL = { state: 'fl', jurisdiction_id: FLORIDA, as_of: AS_OF };
const read = (path: string, request = FL) => readPeople(path, request);

async function refusal(path: string, request = FL): Promise<OperationalError> {
  const error = await read(path, request).then(
    () => new Error('it was read'),
    (reason: unknown) => reason,
  );
  if (error instanceof OperationalError) return error;
  throw error;
}

/** Reads the person together with others who have no fault; gives back what came of the person, and the notes. */
async function readOne(changes: Record<string, unknown>): Promise<{ member?: Member; notes: string[] }> {
  const files = personFiles([...everyone(), person('lower', 60, changes)]);
  const { members, notes } = await read(folderOf(files));
  return { member: members.find(({ id }) => id === madeUpId('lower', 60)), notes };
}

const role = (changes: Record<string, unknown>) => ({
  type: 'lower',
  jurisdiction: FLORIDA,
  district: '60',
  ...changes,
});

test('a person’s file is read whole: who it is, the seat, every office with its number, and the pages', async () => {
  const { member, notes } = await readOne({
    links: [{ url: 'https://example.org/60', note: 'official' }, { url: 'http://example.org/contact' }],
    offices: [
      { classification: 'capitol-mail', address: ' PO Box 1, Exampleton ', voice: '' },
      { classification: 'district', name: 'Main office', voice: '850-555-0160 ext. 12', fax: '850-555-0161' },
      { classification: 'home' },
    ],
  });
  expect(notes).toEqual([]);
  expect(member).toEqual({
    id: madeUpId('lower', 60),
    name: 'Made-Up Representative 60',
    given_name: 'Made-Up',
    family_name: 'Member 60',
    party: 'Example Party',
    email: 'lower-60@example.org',
    org_classification: 'lower',
    district: '60',
    start_date: '2024-11-05',
    offices: [
      { classification: 'capitol-mail', address: 'PO Box 1, Exampleton' },
      { classification: 'district', name: 'Main office', voice: '850-555-0160 ext. 12', fax: '850-555-0161' },
    ],
    links: [{ url: 'https://example.org/60', note: 'official' }, { url: 'http://example.org/contact' }],
  });
});

test('of several roles the one in force counts: not the one that ended, not the one that begins later', async () => {
  const { member } = await readOne({
    roles: [
      role({ district: '7', start_date: '2018-11-06', end_date: '2022-11-08' }),
      role({ start_date: '2022-11-08' }),
      role({ type: 'upper', district: '8', start_date: '2026-11-03' }),
    ],
  });
  expect(member).toMatchObject({ org_classification: 'lower', district: '60' });
});

test('of two roles that are both in force the one that began last counts', async () => {
  const { member } = await readOne({
    roles: [
      role({ district: '7', start_date: '2022-11-08' }),
      role({ type: 'upper', district: '8', start_date: '2025-03-01' }),
    ],
  });
  expect(member).toMatchObject({ org_classification: 'upper', district: '8' });
});

test.each([
  ['ended on the day asked for', { end_date: AS_OF }],
  ['ended before it', { end_date: '2026-06-21' }],
  ['begins after it', { start_date: '2026-08-06' }],
  ['begins next year, of which the year alone is known', { start_date: '2027' }],
  ['is an executive one', { type: 'governor' }],
  ['is in another place', { jurisdiction: 'ocd-jurisdiction/country:us/state:ga/government' }],
])('a person whose only role %s is left out and named', async (_name, changes) => {
  const { member, notes } = await readOne({ roles: [role(changes)] });
  expect(member).toBeUndefined();
  expect(notes).toEqual([
    `Left out, in no seat on ${AS_OF}: Made-Up-Representative-60-${madeUpId('lower', 60).slice(11)}.yml.`,
  ]);
});

test.each([
  ['begins on the day asked for', { start_date: AS_OF }],
  ['ends the day after', { end_date: '2026-08-06' }],
  ['ends this year, of which the year alone is known', { end_date: '2026' }],
  ['began in a year alone, written without quotes', { start_date: 2024 }],
  ['has no dates, or empty ones', { start_date: '', end_date: null }],
])('a person whose role %s is in office', async (_name, changes) => {
  expect((await readOne({ roles: [role(changes)] })).member).toBeDefined();
});

test('the party is the one of the day: a former one, and one to come, do not count', async () => {
  const party = [
    { name: 'Former Party', end_date: '2025-01-01' },
    { name: 'Present Party', start_date: '2025-01-01' },
    { name: 'Later Party', start_date: '2026-09-01' },
  ];
  expect((await readOne({ party })).member!.party).toBe('Present Party');
  const unended = [{ name: 'Former Party' }, { name: 'Present Party', start_date: '2025-01-01' }];
  expect((await readOne({ party: unended })).member!.party).toBe('Present Party');
  expect((await readOne({ party: undefined })).member!.party).toBe('');
});

test('numbers, districts and years written without quotes are read as they stand', async () => {
  const { member, notes } = await readOne({
    roles: [role({ district: 60 })],
    offices: [{ classification: 'capitol', voice: 8505550160 }],
  });
  expect(notes).toEqual([]);
  expect(member).toMatchObject({ district: '60', offices: [{ voice: '8505550160' }] });
});

test('a malformed e-mail address is left out, and its owner named', async () => {
  const { member, notes } = await readOne({ email: 'made upmember.house@example.org' });
  expect(member!.email).toBeUndefined();
  expect(notes).toEqual(['1 malformed e-mail address left out, of: Made-Up Representative 60.']);
});

test('a link that would run as a script is left out, and told of', async () => {
  const { member, notes } = await readOne({
    links: [
      { url: 'javascript:alert(1)' },
      { url: 'https:/example.com/one-slash' },
      { url: 'http:example.com' },
      { url: ' JavaScript:alert(1)' },
      { url: 'data:text/html,hello' },
      { url: 'example.org' },
      { url: 'https://example.org/' },
    ],
  });
  expect(member!.links).toEqual([{ url: 'https://example.org/' }]);
  expect(notes).toEqual(['6 links left out: not web addresses.']);
});

test.each([
  ['is not YAML', 'name: [unclosed', /not readable as YAML/],
  ['is empty', '', /the whole file: /],
  ['is a list', '- name: nobody\n', /the whole file: /],
  ['has no roles', `id: ${madeUpId('lower', 61)}\nname: Nobody\n`, /roles: /],
  [
    'has a wrong date',
    `id: ${madeUpId('lower', 61)}\nname: Nobody\nroles:\n- {type: lower, district: '61', start_date: yesterday}\n`,
    /roles\.0\.start_date: is a date such as 2026-08-05/,
  ],
  [
    'names no district',
    `id: ${madeUpId('lower', 61)}\nname: Nobody\nroles:\n- {type: lower, jurisdiction: '${FLORIDA}'}\n`,
    /the role in force names no district/,
  ],
])('one file among many that %s is told of and left out', async (_name, text, expected) => {
  const files = { ...personFiles(everyone()), 'Nobody.yml': text };
  const { members, notes } = await read(folderOf(files));
  expect(members.length).toBe(30);
  expect(notes).toEqual([expect.stringMatching(/^Left out, can’t be read: Nobody\.yml: /)]);
  expect(notes[0]).toMatch(expected);
});

test('more than one broken file in twenty refuses them all, naming the first', async () => {
  const broken = Object.fromEntries(['A', 'B'].map((name) => [`0-${name}.yml`, 'name: [unclosed']));
  const { code, message } = await refusal(folderOf({ ...personFiles(everyone()), ...broken }));
  expect(code).toBe('people_broken');
  expect(message).toMatch(/^2 of 32 person files can’t be read, so nothing was changed/);
  expect(message).toMatch(/0-A\.yml: not readable as YAML.*0-B\.yml.*Get the people files anew/s);
});

test('a person who is listed twice is taken once, and named', async () => {
  const files = {
    ...personFiles(everyone()),
    ...personFiles([person('lower', 1, { name: 'Made-Up Twin' })]),
  };
  const { members, notes } = await read(folderOf(files));
  expect(members.length).toBe(30);
  expect(notes).toEqual([expect.stringMatching(/^Listed more than once, taken once: Made-Up/)]);
});

test.each(['.', 'legislature', 'fl/legislature', 'data/fl/legislature'])(
  'a folder with the files under %s is understood; other files in it are not looked at',
  async (inside) => {
    const files = { ...personFiles(everyone()), 'README.md': '# not a person' };
    expect((await read(folderOf(files, inside))).members.length).toBe(30);
  },
);

/** Person files by their path in the people repository. */
function inRepository(root: string, state: string): Record<string, string> {
  const files = Object.entries(personFiles(everyone()));
  return Object.fromEntries(files.map(([name, text]) => [`${root}data/${state}/legislature/${name}`, text]));
}

const tarballPath = async (files: Record<string, string>) =>
  join(folderOf({ 'people.tgz': await tarballOf(files) }), 'people.tgz');

test.each(['', './', 'people-main/'])(
  'a tarball with %j around data gives the same members as the folder, and looks at no other state',
  async (root) => {
    const path = await tarballPath({
      ...inRepository(root, 'fl'),
      [`${root}data/ga/legislature/Nobody.yml`]: 'name: [unclosed',
      [`${root}data/fl/retired/Nobody.yml`]: 'name: [unclosed',
      [`${root}README.md`]: '# people',
    });
    const fromFolder = await read(folderOf(personFiles(everyone())));
    // Only an archive tells when its files were changed.
    expect(await read(path)).toEqual({ ...fromFolder, newest: expect.any(String) } satisfies People);
  },
);

test('a tarball cut short at any of a hundred places is refused, never read in part', async () => {
  const whole = await tarballOf(inRepository('', 'fl'));
  const folder = folderOf({});
  const path = join(folder, 'people.tgz');
  for (let place = 0; place < 100; place += 1) {
    writeFileSync(path, whole.subarray(0, Math.floor((whole.length * place) / 100)));
    const { code, message } = await refusal(path);
    expect(code).toBe('people_unreadable');
    expect(message).toMatch(/people\.tgz is cut short or not a gzipped tar archive \(.*\)\. Get it anew/);
  }
});

test('a tarball that was cut short before it was packed is refused', async () => {
  const tar = gunzipSync(await tarballOf(inRepository('', 'fl')));
  const path = join(folderOf({ 'people.tgz': gzipSync(tar.subarray(0, 1200)) }), 'people.tgz');
  expect(await refusal(path)).toMatchObject({ code: 'people_unreadable' });
});

test('a tarball that was damaged on its way is refused', async () => {
  const damaged = await tarballOf(inRepository('', 'fl'));
  damaged[Math.floor(damaged.length / 2)]! ^= 0xff;
  const path = join(folderOf({ 'people.tgz': damaged }), 'people.tgz');
  expect(await refusal(path)).toMatchObject({ code: 'people_unreadable' });
});

test('what is no tarball but is called one is refused', async () => {
  const path = join(folderOf({ 'people.tgz': '<html>Not found</html>' }), 'people.tgz');
  expect(await refusal(path)).toMatchObject({ code: 'people_unreadable' });
});

test('people of another state, or of another time, give no member and say what to check', async () => {
  const path = await tarballPath(inRepository('', 'fl'));
  const georgia = {
    state: 'ga',
    jurisdiction_id: 'ocd-jurisdiction/country:us/state:ga/government',
    as_of: AS_OF,
  };
  const elsewhere = await refusal(path, georgia);
  expect(elsewhere.code).toBe('people_empty');
  expect(elsewhere.message).toMatch(/holds no member of the legislature in office on 2026-08-05/);
  expect(elsewhere.message).toMatch(/Check that it is of the state 'ga'/);

  const { code, message } = await refusal(path, { ...FL, as_of: '1999-01-01' });
  expect(code).toBe('people_empty');
  expect(message).toMatch(/in no seat on 1999-01-01: .*\.yml and 20 more\./);
});

test('a folder that holds the tarball itself is told so', async () => {
  const folder = folderOf({ 'people.tgz': await tarballOf(inRepository('', 'fl')) });
  const { code, message } = await refusal(folder);
  expect(code).toBe('people_empty');
  expect(message).toMatch(/There is a file people\.tgz in it: give that file/);
});

test.each([
  ['nothing at all', 'nowhere.tgz', 'file_missing', /There is no file or folder .*nowhere\.tgz.*--people/],
  ['an empty folder', '.', 'people_empty', /holds no member/],
  ['a zip', 'people.zip', 'people_format', /Unpack it, and give the folder/],
  ['another kind of file', 'people.xlsx', 'people_format', /is none of what --people takes: .*\.csv.*\.tgz/],
  ['the CSV of another state', 'ga.csv', 'people_format', /file of Georgia, but 'fl' is being imported/],
])('%s is refused', async (_name, file, code, message) => {
  const folder = folderOf({});
  if (/zip|xlsx|csv/.test(file)) writeFileSync(join(folder, file), '');
  const error = await refusal(join(folder, file));
  expect(error.code).toBe(code);
  expect(error.message).toMatch(message);
});
