import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperationalError } from '../../server/errors.ts';
import { importRoster } from '../../server/legislators/import-roster.ts';
import { pullRosters } from '../../server/legislators/pull-rosters.ts';
import type { PullOptions, PullResult } from '../../server/legislators/pull-state.ts';
import { loadRoster } from '../../server/legislators/roster.ts';
import { rosterFolder } from '../../server/legislators/roster-files.ts';
import { createSourceClient } from '../../server/legislators/source-client.ts';
import { stateFacts } from '../../server/legislators/states.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { everyone, personFiles } from '../fixtures/people/made-up.ts';
import { boundaryZips, georgians, peopleArchive, zipTexts } from '../fixtures/sources/made-up.ts';
import { type StubSources, sourcePath, startStubSources } from '../support/stub-sources.ts';
import { until } from '../support/until.ts';

const NOON = Date.parse('2026-11-25T17:00:00Z');

let stub: StubSources;
let ms: number;
let data_dir: string;
beforeEach(async () => {
  ms = NOON;
  data_dir = folderOf({});
  stub = await startStubSources(await peopleArchive(), {
    ...boundaryZips('12'),
    ...boundaryZips('13'),
    ...zipTexts('12'),
    ...zipTexts('13'),
  });
});
afterEach(() => stub.close());

/** Pulls, with the waits of servers and network made short. */
async function pull(states = ['fl', 'ga'], changes: Partial<PullOptions> = {}): Promise<PullResult[]> {
  const results: PullResult[] = [];
  const { people_url, boundaries_url, zip_districts_url } = stub;
  const options: PullOptions = {
    fetchSource: createSourceClient({
      now: () => new Date(ms),
      first_pause_ms: 2,
      silence_ms: 300,
      longest_pause_ms: 5000,
    }),
    people_url,
    boundaries: { url: boundaries_url, vintage: undefined },
    zips_url: zip_districts_url,
    data_dir,
    now: () => new Date(ms),
    spareBoundaries: async () => undefined,
    ...changes,
  };
  for await (const result of pullRosters(states.map(stateFacts), options)) results.push(result);
  return results;
}

const kinds = (results: PullResult[]) => results.map(({ state, kind }) => `${state} ${kind}`);
const failures = (results: PullResult[]) =>
  results.flatMap((result) => (result.kind === 'failed' ? [result.error.code] : []));
const loaded = async (state: string) => (await loadRoster(rosterFolder(data_dir, state), state))!;
const statuses = (word: string) =>
  stub.visits.filter(({ path }) => path.includes(word)).map(({ status }) => status);

/** Every file of DATA_DIR with its content. */
function onDisk(): Record<string, string> {
  const files = readdirSync(data_dir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return Object.fromEntries(
    files.map((one) => [
      join(one.parentPath, one.name),
      readFileSync(join(one.parentPath, one.name), 'base64'),
    ]),
  );
}

test('states are pulled whole, by one question for the people of all and one connection, and can be opened', async () => {
  expect(kinds(await pull())).toEqual(['fl pulled', 'ga pulled']);
  const { roster, boundaries } = await loaded('fl');
  expect(roster).toMatchObject({
    source: 'OpenStates people archive',
    as_of: '2026-11-24',
    is_sample: false,
  });
  expect([roster.legislators.length, roster.districts.length]).toEqual([30, 31]);
  expect(boundaries!.at({ latitude: 27.5, longitude: -81.85 }).length).toBe(2);
  expect((await loaded('ga')).roster.legislators.length).toBe(30);
  expect(statuses('people')).toEqual([200]);
  expect(stub.most_open()).toBe(1);
});

test('the newest boundaries are taken, going back year by year; a year that is asked for, first', async () => {
  await pull(['fl']);
  const asked = stub.visits.map(({ path }) => /GENZ(\d+).*(sld.)/.exec(path)?.slice(1).join(' '));
  expect(asked.filter(Boolean)).toEqual(['2026 sldu', '2025 sldu', '2025 sldl']);

  for (const [name, zip] of Object.entries(boundaryZips('12', 2022))) stub.files.set(sourcePath(name), zip);
  stub.visits.length = 0;
  const boundaries = { url: stub.boundaries_url, vintage: 2023 };
  data_dir = folderOf({});
  expect(kinds(await pull(['fl'], { boundaries }))).toEqual(['fl pulled']);
  expect(statuses('GENZ2023')).toEqual([404]);
  expect(statuses('GENZ2022')).toEqual([200, 200]);
});

test('one layer of a year is not mixed with the other of a year before', async () => {
  const [sldu] = Object.keys(boundaryZips('12', 2026)).filter((name) => name.includes('sldu'));
  stub.files.set(sourcePath(sldu!), boundaryZips('12', 2026)[sldu!]!);
  await pull(['fl']);
  expect(statuses('GENZ2026')).toEqual([200, 404]);
  expect(statuses('GENZ2025')).toEqual([200, 200]);
});

test('a state without boundaries at the Census Bureau fails with where it was looked for, and the others go on', async () => {
  for (const path of stub.files.keys()) if (path.includes('_12_')) stub.files.delete(path);
  const results = await pull();
  expect(kinds(results)).toEqual(['fl failed', 'ga pulled']);
  expect(results[0]).toMatchObject({
    error: {
      code: 'boundaries_missing',
      message: expect.stringMatching(/Florida of 2023 to 2026.*cb_2026_12_sldu_500k\.zip.*BOUNDARIES_URL/),
    },
  });
});

test.each([false, true])(
  'a repeat fetches no content and leaves every file as it is, by ETag or by date (%p)',
  async (dated) => {
    stub.dated = dated;
    await pull();
    const before = onDisk();
    stub.visits.length = 0;
    expect(kinds(await pull())).toEqual(['fl unchanged', 'ga unchanged']);
    // Within the hour the boundaries are not even asked for.
    expect(stub.visits.map(({ status }) => status)).toEqual([304]);
    expect(onDisk()).toEqual(before);

    ms += 2 * 3_600_000;
    stub.visits.length = 0;
    expect(kinds(await pull())).toEqual(['fl unchanged', 'ga unchanged']);
    expect(stub.visits.every(({ bytes }) => bytes === 0)).toBe(true);
    expect(statuses('GENZ2025')).toEqual([304, 304, 304, 304]);
    // That they were asked is written down, and nothing else.
    const changed = Object.entries(onDisk()).filter(([name, content]) => before[name] !== content);
    expect(changed.map(([name]) => name)).toEqual([
      expect.stringMatching(/fl\/source-/),
      expect.stringMatching(/ga\/source-/),
    ]);
  },
);

test('an interrupted pull leaves finished states whole and the others as they were, and a repeat skips the finished ones', async () => {
  stub.behave('_13_', 'silence');
  const stopping = new AbortController();
  const pulling = pull(['fl', 'ga'], {
    fetchSource: createSourceClient({ now: () => new Date(ms), silence_ms: 60_000 }),
    stopped: stopping.signal,
    onProgress: () => undefined,
  });
  const ended = expect(pulling).rejects.toMatchObject({ code: 'source_stopped' });
  await until(stub.silent);
  stopping.abort();
  await ended;
  expect((await loaded('fl')).roster.legislators.length).toBe(30);
  expect(await loadRoster(rosterFolder(data_dir, 'ga'), 'ga')).toBeUndefined();

  stub.behave('_13_', 'serve');
  stub.visits.length = 0;
  expect(kinds(await pull())).toEqual(['fl unchanged', 'ga pulled']);
  expect(statuses('_12_')).toEqual([]);
});

test('new people are pulled without their boundaries, new boundaries with the people that go with them', async () => {
  await pull();
  ms += 26 * 3_600_000;
  const changed = everyone();
  changed[0]!.name = 'Made-Up Newcomer';
  stub.files.set(
    '/openstates/people/tar.gz/refs/heads/main',
    await peopleArchive({ fl: changed, ga: georgians() }, new Date(ms)),
  );
  stub.visits.length = 0;
  expect(kinds(await pull())).toEqual(['fl pulled', 'ga pulled']);
  expect(statuses('GENZ2025')).toEqual([304, 304, 304, 304]);
  const { roster } = await loaded('fl');
  expect(roster.as_of).toBe('2026-11-26');
  expect(roster.legislators.map(({ name }) => name)).toContain('Made-Up Newcomer');

  ms += 26 * 3_600_000;
  for (const [name, zip] of Object.entries(boundaryZips('12', 2026, 24)))
    stub.files.set(sourcePath(name), zip);
  stub.visits.length = 0;
  expect(kinds(await pull())).toEqual(['fl pulled', 'ga unchanged']);
  expect(statuses('people')).toEqual([304, 200]);
  expect((await loaded('fl')).roster.districts.length).toBe(30);
});

test('where one layer alone is new, both are fetched', async () => {
  await pull(['fl']);
  ms += 26 * 3_600_000;
  const zips = boundaryZips('12', 2025, 24);
  const sldl = Object.keys(zips).find((name) => name.includes('sldl'))!;
  stub.files.set(sourcePath(sldl), zips[sldl]!);
  expect(kinds(await pull(['fl']))).toEqual(['fl pulled']);
  expect((await loaded('fl')).roster.districts.length).toBe(30);
});

test('429 is waited out as long as the server says, and then it goes on', async () => {
  stub.behave('people', '429', 'serve');
  stub.behave('_12_sldu', '429', 'serve');
  const began = performance.now();
  expect(kinds(await pull(['fl']))).toEqual(['fl pulled']);
  // Twice a second, as Retry-After says, whatever the client's own pauses are.
  expect(performance.now() - began).toBeGreaterThan(1900);
  expect(statuses('people')).toEqual([429, 200]);
});

test('a host that asked for an hour is asked for nothing more by the same client, and again once the hour is over', async () => {
  stub.behave('_12_', '429 for an hour', 'serve');
  const fetchSource = createSourceClient({ now: () => new Date(ms), first_pause_ms: 2 });
  expect(failures(await pull(['fl', 'ga'], { fetchSource }))).toEqual(['source_busy', 'source_busy']);
  const asked = stub.visits.length;
  ms += 3_500_000;
  await expect(pull(['fl', 'ga'], { fetchSource })).rejects.toMatchObject({ code: 'source_busy' });
  expect(stub.visits.length).toBe(asked);
  ms += 200_000;
  expect(kinds(await pull(['fl', 'ga'], { fetchSource }))).toEqual(['fl pulled', 'ga pulled']);
});

test('once a host has failed all tries, each other state costs one question until it answers', async () => {
  stub.behave('GENZ', '503');
  const results = await pull(['fl', 'ga']);
  expect(failures(results)).toEqual(['source_unavailable', 'source_unavailable']);
  expect(statuses('_12_').length).toBe(5);
  expect(statuses('_13_').length).toBe(1);
});

test.each(['people', '_12_sldu', '_12_sldl', 'tab20'])(
  'a 304 that nobody asked for, to %s, is a fault like any other: tried some times, and told',
  async (word) => {
    stub.behave(word, '304');
    const outcome = await pull(['fl']).catch((error: OperationalError) => error.code);
    if (word === 'people') expect(outcome).toBe('source_unavailable');
    else if (word === 'tab20') expect(kinds(outcome as PullResult[])).toEqual(['fl pulled']);
    else expect(failures(outcome as PullResult[])).toEqual(['source_unavailable']);
    expect(stub.visits.length).toBeLessThan(15);
  },
);

test('a circle of redirects is not tried again', async () => {
  stub.behave('people', 'redirect');
  await expect(pull(['fl'])).rejects.toMatchObject({
    code: 'source_unavailable',
    message: expect.stringMatching(/ERR_TOO_MANY_REDIRECTS/),
  });
  expect(stub.visits.length).toBeLessThan(10);
});

test.each(['html', 'forbidden'] as const)(
  'a year that is not there yet, said by %s, does not hide the year before',
  async (behaviour) => {
    stub.behave('GENZ2026', behaviour);
    expect(kinds(await pull(['fl']))).toEqual(['fl pulled']);
    expect(statuses('GENZ2025')).toEqual([200, 200]);
  },
);

test('a file that drips without end is given up', async () => {
  const fetchSource = createSourceClient({
    now: () => new Date(ms),
    first_pause_ms: 2,
    longest_fetch_ms: 100,
  });
  stub.behave('people', 'silence');
  await expect(pull(['fl'], { fetchSource })).rejects.toMatchObject({ code: 'source_unavailable' });
});

test('within the hour a repeat looks again where something did not come, has been lost, or is asked for elsewhere', async () => {
  stub.behave('tab20_sldl_st12', '503');
  await pull(['fl']);
  stub.behave('tab20_sldl_st12', 'serve');
  await pull(['fl']);
  expect((await loaded('fl')).zips!.size).toBe(25);

  writeFileSync(join(rosterFolder(data_dir, 'fl'), 'zips.json'), '{');
  await pull(['fl']);
  expect((await loaded('fl')).zips!.size).toBe(25);

  for (const [name, zip] of Object.entries(boundaryZips('12', 2024, 24)))
    stub.files.set(sourcePath(name), zip);
  const boundaries = { url: stub.boundaries_url, vintage: 2024 };
  expect(kinds(await pull(['fl'], { boundaries }))).toEqual(['fl pulled']);
  expect((await loaded('fl')).roster.districts.length).toBe(30);
  // A clock that was ahead is no reason to wait.
  ms -= 400 * 86_400_000;
  stub.visits.length = 0;
  await pull(['fl'], { boundaries });
  expect(statuses('GENZ').length).toBeGreaterThan(0);
});

test('what could not be put in place is not fetched again for the next try', async () => {
  await pull(['fl']);
  ms += 26 * 3_600_000;
  stub.files.set(
    '/openstates/people/tar.gz/refs/heads/main',
    await peopleArchive({ fl: everyone().slice(0, 12) }, new Date(ms)),
  );
  const read_before = {};
  stub.visits.length = 0;
  for (let tries = 0; tries < 3; tries += 1)
    expect(failures(await pull(['fl'], { read_before }))).toEqual(['people_not_whole']);
  expect(statuses('people')).toEqual([200, 304, 304]);
});

test('someone who imports while the last things are fetched is not overwritten', async () => {
  let may = true;
  stub.behave('tab20', 'silence');
  const pulling = pull(['fl'], { mayReplace: async () => may });
  await until(stub.silent);
  may = false;
  stub.behave('tab20', 'serve');
  expect(kinds(await pulling)).toEqual(['fl unchanged']);
  expect(await loadRoster(rosterFolder(data_dir, 'fl'), 'fl')).toBeUndefined();
});

test('a server that asks for an hour is left alone, and the state stays as it was', async () => {
  await pull();
  ms += 26 * 3_600_000;
  const before = onDisk();
  stub.behave('people', '429 for an hour');
  await expect(pull()).rejects.toMatchObject({
    code: 'source_busy',
    message: expect.stringMatching(/^127\.0\.0\.1:\d+ asks to be left alone for 60 minutes/),
  });
  expect(stub.visits.filter(({ status }) => status === 429).length).toBe(1);
  expect(onDisk()).toEqual(before);
});

test.each([
  ['503', 'source_unavailable'],
  ['reset', 'source_unavailable'],
  ['silence', 'source_unavailable'],
  ['truncated', 'source_unavailable'],
  ['forbidden', 'source_refused'],
  ['damaged', 'people_unreadable'],
] as const)('people %s: nothing that is at hand is harmed, and why is told', async (behaviour, code) => {
  await pull();
  const before = onDisk();
  // Another version, so that it has to be fetched.
  stub.files.set('/openstates/people/tar.gz/refs/heads/main', await peopleArchive({ fl: everyone() }));
  stub.behave('people', behaviour);
  ms += 26 * 3_600_000;
  await expect(pull()).rejects.toMatchObject({ code });
  expect(onDisk()).toEqual(before);
});

test.each([
  ['503', 'source_unavailable'],
  ['reset', 'source_unavailable'],
  ['truncated', 'source_unavailable'],
  ['damaged', 'boundaries_unreadable'],
] as const)(
  'boundaries %s: the roster at hand stays; where people are new it goes on with the boundaries at hand, and says so',
  async (behaviour, code) => {
    await pull(['fl']);
    const before = onDisk();
    ms += 26 * 3_600_000;
    for (const [name, zip] of Object.entries(boundaryZips('12', 2026))) stub.files.set(sourcePath(name), zip);
    stub.behave('GENZ2026', behaviour);
    expect(failures(await pull(['fl']))).toEqual([code]);
    expect(onDisk()).toEqual(before);

    stub.files.set(
      '/openstates/people/tar.gz/refs/heads/main',
      await peopleArchive({ fl: everyone() }, new Date(ms)),
    );
    const [result] = await pull(['fl']);
    expect(result).toMatchObject({
      kind: 'pulled',
      notes: [expect.stringMatching(/^The boundaries are those at hand: /)],
    });
    expect((await loaded('fl')).roster).toMatchObject({ as_of: '2026-11-26' });
    // Once the Census Bureau has them, they are fetched.
    stub.behave('GENZ2026', 'serve');
    ms += 26 * 3_600_000;
    expect(kinds(await pull(['fl']))).toEqual(['fl pulled']);
  },
);

test('a break that passes is not even told', async () => {
  stub.behave('people', 'truncated', 'reset', 'serve');
  stub.behave('_12_sldl', '503', 'truncated', 'serve');
  expect(kinds(await pull(['fl']))).toEqual(['fl pulled']);
});

test('a state of which the archive has nobody fails, one that is mostly gone keeps what is at hand', async () => {
  await pull();
  ms += 26 * 3_600_000;
  stub.files.set(
    '/openstates/people/tar.gz/refs/heads/main',
    await peopleArchive({ fl: everyone().slice(0, 12) }, new Date(ms)),
  );
  const results = await pull();
  expect(failures(results)).toEqual(['people_not_whole', 'people_empty']);
  expect((await loaded('fl')).roster.legislators.length).toBe(30);
  // The first time it is all that there is.
  data_dir = folderOf({});
  const [first] = await pull(['fl']);
  expect(first).toMatchObject({
    kind: 'pulled',
    notes: [expect.stringMatching(/19 of 31 seats are vacant.*more than is usual/)],
  });
});

test('people of an archive of long ago are true as of then, not as of today', async () => {
  stub.files.set(
    '/openstates/people/tar.gz/refs/heads/main',
    await peopleArchive({ fl: everyone() }, new Date('2026-08-05T23:45:00Z')),
  );
  await pull(['fl']);
  expect((await loaded('fl')).roster.as_of).toBe('2026-08-05');
  // A clock that is ahead says nothing of the day to come.
  stub.files.set(
    '/openstates/people/tar.gz/refs/heads/main',
    await peopleArchive({ fl: everyone() }, new Date('2027-08-05T23:45:00Z')),
  );
  await pull(['fl']);
  expect((await loaded('fl')).roster.as_of).toBe('2026-11-25');
});

test('pulled and imported, the same people and boundaries make the same files, byte for byte', async () => {
  await pull(['fl']);
  const pulled = onDisk();
  data_dir = folderOf({});
  const zips = boundaryZips('12');
  const boundaries = folderOf(zips);
  await importRoster({
    state: 'fl',
    people: folderOf(personFiles(everyone())),
    boundaries: Object.keys(zips).map((name) => join(boundaries, name)),
    as_of: '2026-11-25',
    data_dir,
    now: () => new Date(ms),
  });
  const byName = (files: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(files)
        .map(([path, content]) => [path.split('/').at(-1)!, content])
        .filter(([name]) => !/^(source-|zips)/.test(name!)),
    );
  expect(byName(onDisk())).toEqual(byName(pulled));
});

test('the districts of ZIP codes come along; where they can’t be had the roster is whole without, and says so', async () => {
  await pull(['fl']);
  const names = (await loaded('fl')).zips!.get('00001')!.map(({ name }) => name);
  expect(names).toEqual(['State Senate District 2', 'State Senate District 1', 'State House District 1']);

  data_dir = folderOf({});
  stub.behave('tab20_sldl_st12', 'truncated');
  const [result] = await pull(['fl']);
  expect(result).toMatchObject({
    kind: 'pulled',
    notes: [expect.stringMatching(/^Without the districts of ZIP codes: .*\(ECONNRESET\)/)],
  });
  expect((await loaded('fl')).zips).toBeUndefined();
  stub.behave('tab20_sldl_st12', 'serve');
  ms += 2 * 3_600_000;
  expect(kinds(await pull(['fl']))).toEqual(['fl unchanged']);
  expect((await loaded('fl')).zips!.size).toBe(25);
});

test('of ZIP codes what is at hand stays when the next ones are damaged, and one new layer brings both', async () => {
  await pull(['fl']);
  ms += 26 * 3_600_000;
  stub.files.set(sourcePath('tab20_sldl_st12.txt'), Buffer.from('<html>Not found</html>'));
  await pull(['fl']);
  expect((await loaded('fl')).zips!.size).toBe(25);

  ms += 26 * 3_600_000;
  const { 'tab20_sldl_st12.txt': fewer } = zipTexts('12', 25, 6);
  stub.files.set(
    sourcePath('tab20_sldl_st12.txt'),
    Buffer.from(fewer!.toString().replaceAll('|00025|', '|00099|')),
  );
  stub.visits.length = 0;
  await pull(['fl']);
  expect((await loaded('fl')).zips!.get('00099')!.map(({ district }) => district)).toEqual(['25']);
  expect(statuses('tab20_sldu_st12')).toEqual([304, 200]);
});

test('a damaged roster of before is pulled anew, whole', async () => {
  await pull(['fl']);
  const file = join(rosterFolder(data_dir, 'fl'), 'roster.json');
  writeFileSync(file, '{');
  expect(kinds(await pull(['fl']))).toEqual(['fl pulled']);
  expect((await loaded('fl')).roster.legislators.length).toBe(30);
});

test('an archive that is not there names PEOPLE_URL', async () => {
  stub.files.delete('/openstates/people/tar.gz/refs/heads/main');
  const error = await pull().catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(OperationalError);
  expect(error).toMatchObject({ code: 'people_missing', message: expect.stringMatching(/PEOPLE_URL/) });
});
