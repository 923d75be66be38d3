import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { importRoster } from '../../server/legislators/import-roster.ts';
import { type Keeper, startKeeper } from '../../server/legislators/keeper.ts';
import { keptRosters } from '../../server/legislators/kept-rosters.ts';
import { type OpenedRosters, openRosters } from '../../server/legislators/open-rosters.ts';
import { createOpenStates } from '../../server/legislators/openstates-client.ts';
import { createRequestBudget } from '../../server/legislators/request-budget.ts';
import { rosterFolder } from '../../server/legislators/roster-files.ts';
import { createLog } from '../../server/log.ts';
import { censusZip, squares } from '../fixtures/boundaries/made-up.ts';
import { apiPerson, madeUpFlorida, madeUpGeorgia } from '../fixtures/openstates/made-up.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { everyone, personFiles } from '../fixtures/people/made-up.ts';
import { STUB_KEY, type StubOpenStates, startStubOpenStates } from '../support/stub-openstates.ts';
import { until } from '../support/until.ts';

const DAY_MS = 86_400_000;
/** Nobody answers there: no boundaries are to be had. */
const NOWHERE = 'http://127.0.0.1:9/{vintage}/{fips}/{layer}';

let stub: StubOpenStates;
let ms: number;
let data_dir: string;
let rosters: OpenedRosters;
let keeper: Keeper | undefined;
let lines: string[];
beforeAll(async () => {
  stub = await startStubOpenStates();
});
afterAll(() => stub.close());
beforeEach(() => {
  ms = Date.parse('2026-11-24T17:00:00Z');
  data_dir = folderOf({});
  lines = [];
  stub.requests.length = 0;
  stub.states = [madeUpFlorida(), madeUpGeorgia()];
  stub.behave('serve');
});
afterEach(async () => {
  await keeper?.stop();
  // Wherever anything is kept or told, the key is not.
  const files = readdirSync(data_dir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const kept = files.map((one) => readFileSync(join(one.parentPath, one.name), 'utf8'));
  expect(lines.join() + kept.join()).not.toContain(STUB_KEY);
});

/** Opens DATA_DIR and starts a keeper, as a start of the app does. */
async function start(
  states = ['fl'],
  { key = STUB_KEY, allow_sample = false, per_minute = 100, pulls = true } = {},
): Promise<void> {
  const now = () => new Date(ms);
  const log = createLog('info', now, (line) => lines.push(line));
  rosters = await openRosters({ data_dir, sample_dir: 'sample-data', allow_sample });
  const file = join(data_dir, 'openstates-requests.json');
  const budget = createRequestBudget({ file, per_minute, per_day: 1000, now });
  const client = createOpenStates({ url: stub.url, key, budget, now, timeout_ms: 300 });
  const often = { first_pause_ms: 5, minute_pause_ms: 5, longest_pause_ms: 20, look_every_ms: 5 };
  const tasks = keptRosters({
    states,
    openStates: client,
    rosters,
    settings: {
      pulls,
      data_dir,
      people_url: NOWHERE,
      boundaries_url: NOWHERE,
      boundaries_vintage: undefined,
      zip_districts_url: NOWHERE,
    },
    sample_dir: 'sample-data',
    now,
    log,
    waits: { first_pause_ms: 1 },
  });
  keeper = startKeeper({ tasks, log, ...often });
}

async function restart(...options: Parameters<typeof start>): Promise<void> {
  await keeper?.stop();
  await start(...options);
}

const florida = () => rosters.get('fl')?.roster;
const events = (name: string) => lines.map((line) => JSON.parse(line)).filter(({ event }) => event === name);

test('a state without a roster is fetched, served without a restart, and kept for the next start', async () => {
  await start(['fl', 'ga']);
  expect(florida()).toBeUndefined();
  await until(() => florida() !== undefined && rosters.get('ga') !== undefined);
  expect(florida()).toMatchObject({ source: 'OpenStates API', as_of: '2026-11-24', is_sample: false });
  expect(florida()!.legislators.length).toBe(159);
  expect(rosters.get('fl')!.boundaries!.at({ latitude: 30.3255, longitude: -81.6565 }).length).toBe(2);
  expect(rosters.get('ga')!.boundaries).toBeUndefined();
  expect(events('roster_fetched')).toContainEqual(
    expect.objectContaining({ state: 'fl', seats: 160, members: 159, vacant: 1, has_boundaries: true }),
  );

  // The API is gone.
  stub.behave('reset');
  stub.requests.length = 0;
  await restart(['fl', 'ga']);
  expect(florida()!.legislators.length).toBe(159);
  expect(rosters.get('fl')!.boundaries).toBeDefined();
  expect(rosters.get('ga')!.roster.districts.length).toBe(30);
  expect(rosters.faults).toEqual([]);
  expect(stub.requests).toEqual([]);
});

test('made-up legislators serve until the real ones are whole', async () => {
  stub.behave('silence');
  await start(['fl'], { allow_sample: true });
  expect(florida()!.is_sample).toBe(true);
  await until(() => events('openstates_unavailable').length > 0);
  expect(florida()!.is_sample).toBe(true);
  stub.behave('serve');
  await until(() => florida()!.is_sample === false);
});

test('a roster is fetched anew the day after, and the old one serves until the new one is whole', async () => {
  await start();
  await until(() => florida() !== undefined);
  const asked = stub.requests.length;
  ms += DAY_MS / 2;
  stub.behave('html with 502');
  await until(() => events('openstates_unavailable').length > 0);
  expect(stub.requests.length).toBeGreaterThan(asked);
  expect(florida()!.as_of).toBe('2026-11-24');
  const changed = madeUpFlorida();
  changed.people = changed.people.slice(1);
  stub.states = [changed];
  // Cut off in the middle of its pages, it is still the old one.
  stub.behave('serve', 'serve', 'reset', 'serve');
  await until(() => florida()!.as_of === '2026-11-25');
  expect(florida()!.legislators.length).toBe(158);
});

/** Waits until the keeper has fetched another state, and so has looked at Florida too; what was asked of Florida. */
async function askedMeanwhile(): Promise<number> {
  await until(() => rosters.get('ga')?.roster.source === 'OpenStates API');
  return stub.requests.filter(({ path, query }) => path.endsWith('/fl') || query.get('jurisdiction') === 'fl')
    .length;
}

test('on the same day it is not fetched again, whatever is restarted', async () => {
  await start();
  await until(() => florida() !== undefined);
  stub.requests.length = 0;
  await restart(['fl', 'ga']);
  expect(await askedMeanwhile()).toBe(0);
});

/** Imports Florida from made-up files, as someone at a terminal would. */
async function importFlorida(): Promise<void> {
  const people = folderOf(personFiles(everyone()));
  const zips = folderOf({
    'sldl.zip': censusZip(squares('sldl', 25)),
    'sldu.zip': censusZip(squares('sldu', 6)),
  });
  const boundaries = ['sldl.zip', 'sldu.zip'].map((name) => join(zips, name));
  const now = () => new Date(ms);
  await importRoster({ state: 'fl', people, boundaries, as_of: '2026-08-05', data_dir, now });
}

test('an import is never replaced, however old, and nothing is asked', async () => {
  await importFlorida();
  ms += 30 * DAY_MS;
  await start(['fl', 'ga']);
  expect(await askedMeanwhile()).toBe(0);
  expect(florida()!.source).toBe('OpenStates people files');
});

test('an import that appears while the app runs wins, at once and for good', async () => {
  await start();
  await until(() => florida() !== undefined);
  await importFlorida();
  await until(() => florida()!.source === 'OpenStates people files');
  stub.requests.length = 0;
  ms += 2 * DAY_MS;
  await restart(['fl', 'ga']);
  expect(await askedMeanwhile()).toBe(0);
  expect(florida()!.source).toBe('OpenStates people files');
});

test('where nothing is to be fetched, nothing is asked, and an import that appears is taken in all the same', async () => {
  await start(['fl'], { pulls: false });
  await importFlorida();
  await until(() => florida()?.source === 'OpenStates people files');
  expect(stub.requests).toEqual([]);
});

test('an import that appears during the fetch wins', async () => {
  stub.behave('serve', 'silence');
  await start();
  await until(() => stub.requests.length === 2);
  await importFlorida();
  stub.behave('serve');
  await until(() => florida() !== undefined);
  expect(florida()!.source).toBe('OpenStates people files');
});

test('a damaged import is left for its owner to mend; a damaged fetch is fetched anew', async () => {
  await importFlorida();
  const file = join(rosterFolder(data_dir, 'fl'), 'roster.json');
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, -50));
  await start(['fl', 'ga']);
  expect([await askedMeanwhile(), florida()]).toEqual([0, undefined]);
  const damaged = readFileSync(file, 'utf8');
  expect(damaged.length).toBeGreaterThan(1000);

  const source = join(dirname(file), readdirSync(dirname(file)).find((name) => name.startsWith('source-'))!);
  writeFileSync(source, readFileSync(source, 'utf8').replace('OpenStates people files', 'OpenStates API'));
  await restart();
  await until(() => florida() !== undefined);
  expect(florida()!.source).toBe('OpenStates API');
});

test('made-up legislators in DATA_DIR give way to the real ones', async () => {
  mkdirSync(join(data_dir, 'legislators'));
  cpSync('sample-data/fl', rosterFolder(data_dir, 'fl'), { recursive: true });
  await start(['fl'], { allow_sample: true });
  await until(() => florida()?.is_sample === false);
});

test('why it can’t is told once, a bad key plainly and as an error, and a bad key is tried once an hour', async () => {
  await start(['fl'], { key: 'a-wrong-key' });
  await until(() => events('openstates_unavailable').length > 0);
  expect(stub.requests.length).toBe(1);
  ms += 3_600_000;
  await until(() => stub.requests.length === 2);
  expect(events('openstates_unavailable')).toEqual([
    expect.objectContaining({
      level: 'error',
      states: 'fl',
      code: 'openstates_bad_key',
      message: expect.stringMatching(/OPENSTATES_API_KEY.*pluralpolicy/),
    }),
  ]);
  expect(lines.join()).not.toContain('a-wrong-key');
});

test.each([
  'over the minute',
  'over the day',
  'html',
  'cut short',
  'stall',
  'another shape',
  'reset',
  'bad question',
  'huge',
])(
  '%s in the middle of the pages: what came is kept, and once it is over the roster is whole',
  async (fault) => {
    stub.behave('serve', 'serve', fault);
    await start();
    await until(() => events('openstates_unavailable').length > 0);
    expect(florida()).toBeUndefined();
    stub.behave('serve');
    ms += 3_600_000;
    // Within the hour, the pages before the fault are not asked for again.
    const before = stub.requests.length;
    await until(() => florida() !== undefined);
    expect(florida()!.legislators.length).toBe(159);
    expect(stub.requests.length - before).toBeLessThanOrEqual(4);
    expect(events('openstates_unavailable').length).toBe(1);
  },
);

test('a legislature that is mostly gone from OpenStates does not replace the one at hand', async () => {
  await start();
  await until(() => florida() !== undefined);
  stub.states = [{ ...madeUpFlorida(), people: [apiPerson('fl', 'lower', '1')] }];
  ms += DAY_MS;
  await until(() => events('openstates_unavailable').some(({ code }) => code === 'openstates_not_whole'));
  expect(florida()!.legislators.length).toBe(159);
});

test('a first fetch with many seats empty is taken, for it is all that OpenStates has, and told as doubtful', async () => {
  const few = madeUpFlorida();
  few.people = few.people.slice(0, 50);
  stub.states = [few];
  await start();
  await until(() => florida() !== undefined);
  expect(florida()!.legislators.length).toBe(50);
  expect(events('roster_doubtful')).toEqual([
    expect.objectContaining({ level: 'warn', message: expect.stringMatching(/^110 of 160 seats are empty/) }),
  ]);
});

test('states come one after the other, minute after minute, and no page is asked for twice', async () => {
  // Five requests for Florida and two for Georgia, three a minute.
  await start(['fl', 'ga'], { per_minute: 3 });
  for (let minute = 0; minute < 3; minute += 1) {
    const asked = 3 * (minute + 1);
    await until(() => stub.requests.length === Math.min(asked, 7));
    ms += 61_001;
  }
  await until(() => florida() !== undefined && rosters.get('ga') !== undefined);
  expect(stub.requests.length).toBe(7);
  expect(events('openstates_unavailable')).toEqual([]);
});

test('a roster of a day to come, fetched when the clock was ahead, is fetched anew', async () => {
  ms += 400 * DAY_MS;
  await start();
  await until(() => florida() !== undefined);
  ms -= 400 * DAY_MS;
  await restart();
  await until(() => florida()!.as_of === '2026-11-24');
});

test.each(['', '{}', '\0\0\0', 'minified'])(
  'a fetched roster damaged to %j is fetched anew',
  async (damaged) => {
    await start();
    await until(() => florida() !== undefined);
    const file = join(rosterFolder(data_dir, 'fl'), 'roster.json');
    const whole = JSON.stringify(JSON.parse(readFileSync(file, 'utf8')));
    writeFileSync(file, damaged === 'minified' ? whole.slice(0, -50) : damaged);
    await restart();
    await until(() => florida() !== undefined);
    expect(florida()!.source).toBe('OpenStates API');
  },
);

test('stopped in the middle of a question it ends at once, and leaves nothing half written', async () => {
  stub.behave('serve', 'silence');
  await start();
  await until(() => stub.requests.length === 2);
  await keeper!.stop();
  expect(readdirSync(data_dir)).toEqual(['openstates-requests.json']);
});

test('a DATA_DIR that can’t be written to is told of; once it can, what was fetched is kept', async () => {
  writeFileSync(join(data_dir, 'legislators'), '');
  await start();
  await until(() => events('openstates_unavailable').length > 0);
  expect(events('openstates_unavailable')[0].code).toBe('roster_unwritable');
  const asked = stub.requests.length;
  rmSync(join(data_dir, 'legislators'));
  await until(() => florida() !== undefined);
  expect(stub.requests.length).toBe(asked);
});
