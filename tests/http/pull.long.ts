import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { importRoster } from '../../server/legislators/import-roster.ts';
import { madeUpFlorida } from '../fixtures/openstates/made-up.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { everyone, personFiles } from '../fixtures/people/made-up.ts';
import { boundaryZips, peopleArchive, zipTexts } from '../fixtures/sources/made-up.ts';
import { startStubOpenStates } from '../support/stub-openstates.ts';
import { type StubSources, startStubSources } from '../support/stub-sources.ts';
import { startTestApp, type TestApp, type TestAppOptions } from '../support/test-app.ts';
import { until } from '../support/until.ts';

const DAY_MS = 86_400_000;
const PATH = '/campaigns/visible-act';
/** In House district 1 and Senate district 1 of the made-up squares. */
const HOME = { latitude: '27.5', longitude: '-81.85' };
const division = (layer: string, number: number) =>
  `division=ocd-division/country:us/state:fl/${layer}:${number}`;
const ACT = `${PATH}/act?${division('sldu', 1)}&${division('sldl', 1)}`;

let sources: StubSources;
let app: TestApp | undefined;
let ms: number;
beforeEach(async () => {
  ms = Date.parse('2026-11-25T17:00:00Z');
  sources = await startStubSources(await peopleArchive(), { ...boundaryZips('12'), ...zipTexts('12') });
});
afterEach(async () => {
  await app?.close();
  app = undefined;
  await sources.close();
});

async function start(options: TestAppOptions = {}): Promise<TestApp> {
  app = await startTestApp({ sources, now: () => new Date(ms), ...options });
  return app;
}

const events = (name: string) =>
  app!.log.map((line) => JSON.parse(line)).filter(({ event }) => event === name);
const roster = () => app!.parts.rosters.get('fl')?.roster;
const commit = async (at: number, people = everyone()) =>
  void sources.files.set(
    '/openstates/people/tar.gz/refs/heads/main',
    await peopleArchive({ fl: people }, new Date(at)),
  );

test('made-up legislators serve until the real ones are whole, then the app changes over without a restart', async () => {
  sources.behave('people', 'silence');
  await start();
  await until(sources.silent);
  expect((await app!.get(ACT)).$('body').attr('data-sample')).toBe('true');
  sources.behave('people', 'serve');
  await until(() => roster()?.is_sample === false);
  const page = await app!.get(ACT);
  expect(page.$('body').attr('data-sample')).toBeUndefined();
  expect(page.text).toContain('Made-Up Senator 1');
  const found = await app!.post(`${PATH}/lookup`, HOME);
  expect(found.headers.get('location')).toContain('sldl:1');
  const by_zip = await app!.post(`${PATH}/lookup`, { address: '00001' });
  expect(by_zip.$('select').first().find('option').text()).toMatch(/District 2.*District 1/);
  expect(events('roster_note')).toEqual([]);
  expect(events('roster_pulled')).toEqual([
    expect.objectContaining({ state: 'fl', as_of: '2026-11-24', seats: 31, members: 30, vacant: 1 }),
  ]);
});

test('in production lookup says that it is getting ready until the real ones are there, and so does /ready with their age', async () => {
  sources.behave('people', 'silence');
  await start({ allow_sample: false });
  expect((await app!.get(PATH)).$('.notice').text()).toMatch(/still getting the list of legislators/);
  expect((await app!.post(`${PATH}/lookup`, HOME)).status).toBe(503);
  expect((await app!.get('/ready')).status).toBe(503);
  sources.behave('people', 'serve');
  await until(() => roster() !== undefined);
  const ready = await app!.get('/ready');
  expect(ready.status).toBe(200);
  expect(JSON.parse(ready.text).rosters).toEqual([
    {
      state: 'fl',
      at_hand: true,
      is_sample: false,
      source: 'OpenStates people archive',
      as_of: '2026-11-24',
      age_in_days: 1,
      election_passed: null,
      election_unseen: '2026-11-03',
      checked_at: '2026-11-25T17:00:00.000Z',
    },
  ]);
});

test('what can’t be had is told once with why, however often it is tried, and what is at hand goes on serving', async () => {
  sources.behave('people', 'forbidden');
  await start();
  await until(() => sources.visits.length > 5);
  expect((await app!.get(ACT)).status).toBe(200);
  expect(events('pull_failed')).toEqual([
    expect.objectContaining({
      level: 'warn',
      states: 'fl',
      code: 'source_refused',
      message: expect.stringMatching(/refuses.*Look at PEOPLE_URL/),
    }),
  ]);
});

test('it looks for newer ones each day and no sooner, and takes what has changed', async () => {
  await start();
  await until(() => roster()?.is_sample === false);
  sources.visits.length = 0;
  ms += DAY_MS - 1000;
  await pause(100);
  expect(sources.visits).toEqual([]);
  ms += 2000;
  await until(() => roster()?.checked_at === new Date(ms).toISOString());
  expect(sources.visits.length).toBeGreaterThan(2);
  expect(sources.visits.every(({ bytes }) => bytes === 0)).toBe(true);

  ms += DAY_MS;
  const changed = everyone();
  changed.find(({ id }) => id.includes('-8000-1') && id.endsWith('00001'))!.name = 'Made-Up Newcomer';
  await commit(ms, changed);
  await until(() => roster()?.as_of === '2026-11-27');
  expect((await app!.get(ACT)).text).toContain('Made-Up Newcomer');
});

/** Imports Florida from made-up files, as someone at a terminal would. */
async function importFlorida(data_dir: string, as_of: string): Promise<void> {
  const zips = boundaryZips('12');
  const folder = folderOf(zips);
  await importRoster({
    state: 'fl',
    people: folderOf(personFiles(everyone())),
    boundaries: Object.keys(zips).map((name) => join(folder, name)),
    as_of,
    data_dir,
    now: () => new Date(ms),
  });
}

test('an import is never replaced, nor is one that appears while the archive is read', async () => {
  const data_dir = folderOf({});
  await importFlorida(data_dir, '2026-08-05');
  await start({ data_dir });
  await pause(100);
  expect(sources.visits).toEqual([]);
  await app!.close();

  const other = folderOf({});
  sources.behave('_12_', 'silence');
  await start({ data_dir: other });
  await until(sources.silent);
  await importFlorida(other, '2026-11-25');
  sources.behave('_12_', 'serve');
  await until(() => roster()?.source === 'OpenStates people files');
  await until(() => sources.visits.filter(({ status }) => status === 200).length >= 3);
  await pause(100);
  expect(roster()?.source).toBe('OpenStates people files');
});

test('what a command pulls beside the running app is taken in', async () => {
  const data_dir = folderOf({});
  sources.behave('people', 'forbidden');
  await start({ data_dir });
  await until(() => events('pull_failed').length > 0);
  await importFlorida(data_dir, '2026-11-25');
  await until(() => roster()?.is_sample === false);
});

test('what is imported serves at once, however long a server keeps the pull waiting', async () => {
  const data_dir = folderOf({});
  sources.behave('people', 'silence');
  await start({ data_dir });
  await until(sources.silent);
  await importFlorida(data_dir, '2026-11-25');
  await until(() => roster()?.source === 'OpenStates people files');
  // The pull still waits: it would be told once it had given up.
  expect(events('pull_failed')).toEqual([]);
});

test('while a pull changes over, no request fails and none sees half a roster', async () => {
  // Two real rosters take turns: in one all names are old, in the other all are new.
  const named = (word: string) =>
    everyone().map((one) => ({ ...one, name: `${word} ${one.name}`, given_name: word }));
  await commit(ms, named('Old'));
  await start();
  await until(() => roster()?.is_sample === false);

  const seen = { Old: 0, New: 0 };
  let is_over = false;
  const visit = async () => {
    while (!is_over) {
      const [page, list, found] = await Promise.all([
        app!.get(ACT),
        app!.get(`${PATH}/districts`),
        app!.post(`${PATH}/lookup`, HOME),
      ]);
      expect([page.status, list.status, found.status]).toEqual([200, 200, 303]);
      const names = page.$('.card h2').text();
      expect(page.$('.card').length).toBe(2);
      const words = (['Old', 'New'] as const).filter((word) => names.includes(word));
      expect(words.length).toBe(1);
      seen[words[0]!] += 1;
      const all = list.$('option').text();
      expect(all.includes('Old Made-Up') && all.includes('New Made-Up')).toBe(false);
    }
  };
  const visitors = Promise.all(Array.from({ length: 4 }, visit));
  for (let turn = 1; turn <= 4; turn += 1) {
    await until(() => seen[turn % 2 === 1 ? 'Old' : 'New'] > 3);
    ms += DAY_MS + 1000;
    await commit(ms, named(turn % 2 === 1 ? 'New' : 'Old'));
    seen.Old = 0;
    seen.New = 0;
    await until(() => seen[turn % 2 === 1 ? 'New' : 'Old'] > 3);
  }
  is_over = true;
  await visitors;
  expect(events('fault')).toEqual([]);
});

describe('with a key', () => {
  test('where OpenStates can’t be asked at the first start members are pulled as without a key, and come from it once it can', async () => {
    const openStates = await startStubOpenStates();
    openStates.states = [madeUpFlorida()];
    openStates.behave('html with 502');
    await start({ openstates: { url: openStates.url, per_minute: 100 }, allow_sample: false });
    await until(() => roster() !== undefined);
    expect(roster()!.source).toBe('OpenStates people archive');
    expect(events('openstates_unavailable').length).toBe(1);
    openStates.behave('serve');
    await until(() => roster()!.source === 'OpenStates API');
    await openStates.close();
  });

  test('members come from OpenStates, and boundaries from the Census Bureau, so that no point leaves', async () => {
    const openStates = await startStubOpenStates();
    const florida = madeUpFlorida();
    openStates.states = [florida];
    // Boundaries that come along would do: without them.
    sources.files.clear();
    await start({ openstates: { url: openStates.url, per_minute: 100 }, sample_dir: folderOf({}) });
    await until(() => roster() !== undefined);
    expect(app!.parts.finder.sendsPoint('fl')).toBe(true);
    await until(() => events('boundaries_unavailable').length > 0);
    expect(events('boundaries_unavailable')).toEqual([
      expect.objectContaining({ states: 'fl', code: 'boundaries_missing' }),
    ]);
    for (const [name, zip] of Object.entries(boundaryZips('12', 2026, 120)))
      sources.files.set(`/GENZ2026/shp/${name}`, zip);
    // Six Senate districts are not the forty that OpenStates names.
    await until(() => events('boundaries_unavailable').length > 1);
    expect(events('boundaries_unavailable')[1]).toMatchObject({ code: 'boundaries_elsewhere' });
    expect(app!.parts.finder.sendsPoint('fl')).toBe(true);

    for (const [name, zip] of Object.entries(boundaryZips('12', 2026, 120, 40)))
      sources.files.set(`/GENZ2026/shp/${name}`, zip);
    await until(() => app!.parts.rosters.get('fl')!.boundaries !== undefined);
    expect(app!.parts.finder.sendsPoint('fl')).toBe(false);
    expect(roster()).toMatchObject({ source: 'OpenStates API', as_of: '2026-11-25' });
    const asked = openStates.requests.length;
    const found = await app!.post(`${PATH}/lookup`, HOME);
    expect(found.headers.get('location')).toContain('sldl:1');
    expect(openStates.requests.length).toBe(asked);
    await openStates.close();
  });
});
