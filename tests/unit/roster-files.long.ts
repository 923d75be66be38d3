import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Polygon } from 'geojson';
import type { District, Legislator } from '../../server/legislators/legislator.ts';
import { openRosters } from '../../server/legislators/open-rosters.ts';
import { createRoster, loadRoster, type StateRoster } from '../../server/legislators/roster.ts';
import { rosterFolder, writeRosterFiles } from '../../server/legislators/roster-files.ts';
import { summarizeRoster, vacantInWords } from '../../server/legislators/roster-summary.ts';
import { squares, westOf } from '../fixtures/boundaries/made-up.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { AS_OF, FLORIDA, madeUpId } from '../fixtures/people/made-up.ts';

const ROOT = join(import.meta.dirname, '../..');

const house = (number: number, seats = 1): District => ({
  division_id: `ocd-division/country:us/state:fl/sldl:${number}`,
  state: 'fl',
  org_classification: 'lower',
  district: String(number),
  name: `State House District ${number}`,
  seats,
});

const member = ({ division_id, org_classification, district }: District, nth = 0): Legislator => ({
  id: madeUpId('lower', Number(district) + 1000 * nth),
  name: `Made-Up Member ${district}-${nth}`,
  party: '',
  current_role: { title: 'Representative', org_classification, district, division_id },
  offices: [],
  links: [],
});

const rosterOf = (districts: District[], legislators: Legislator[], state = 'fl') => ({
  state,
  jurisdiction_id: FLORIDA,
  source: 'OpenStates people files',
  as_of: AS_OF,
  imported_at: '2026-08-05T12:00:00.000Z',
  is_sample: false,
  districts,
  legislators,
});

const outlinesOf = (districts: District[]) => {
  const drawn = squares('sldl', districts.length);
  return {
    type: 'FeatureCollection' as const,
    features: districts.map(({ division_id }, index) => ({
      type: 'Feature' as const,
      properties: { division_id },
      geometry: drawn[index]!.geometry,
    })),
  };
};

const THREE = [house(1), house(2), house(3)];

/** A DATA_DIR with a sound roster of three districts and two members for each of these states. */
async function dataDir(...states: string[]): Promise<string> {
  const data_dir = folderOf({});
  for (const state of states) {
    const roster = rosterOf(THREE, [member(THREE[0]!), member(THREE[1]!)], state);
    await writeRosterFiles(rosterFolder(data_dir, state), roster, outlinesOf(THREE));
  }
  return data_dir;
}

const open = (data_dir: string, allow_sample = false) =>
  openRosters({ data_dir, sample_dir: join(ROOT, 'sample-data'), allow_sample });

test('what is written is read back: members by district and by id, vacant seats, and districts by point', async () => {
  const { roster, boundaries } = (await loadRoster(rosterFolder(await dataDir('fl'), 'fl'), 'fl'))!;
  expect(roster.representation(THREE[1]!.division_id)).toMatchObject({
    district: THREE[1],
    legislators: [{ name: 'Made-Up Member 2-0' }],
    vacant_seats: 0,
  });
  expect(roster.representation(THREE[2]!.division_id)).toMatchObject({ legislators: [], vacant_seats: 1 });
  expect(roster.representation('ocd-division/country:us/state:fl/sldl:99')).toBeUndefined();
  expect(roster.legislator(madeUpId('lower', 1))?.name).toBe('Made-Up Member 1-0');
  expect(roster.legislator('ocd-person/nobody')).toBeUndefined();
  expect(boundaries!.at({ latitude: 27.5, longitude: westOf(2) + 0.05 })).toEqual([THREE[1]]);
});

test('a district with several seats holds all its members, and its vacant seats are counted one by one', () => {
  const districts = [house(1, 3), house(2, 2), house(3), house(4)];
  const legislators = [
    member(districts[0]!, 0),
    member(districts[1]!, 0),
    member(districts[1]!, 1),
    {
      ...member(districts[2]!),
      email: 'lower-3@example.org',
      offices: [{ classification: 'capitol', voice: '850-555-0100' }],
    },
  ];
  const roster = createRoster(rosterOf(districts, legislators));
  expect(roster.representation(districts[1]!.division_id)).toMatchObject({
    legislators: [{ name: 'Made-Up Member 2-0' }, { name: 'Made-Up Member 2-1' }],
    vacant_seats: 0,
  });
  expect(roster.representation(districts[0]!.division_id)!.vacant_seats).toBe(2);
  expect(summarizeRoster(roster)).toEqual({
    seats: 7,
    members: 4,
    vacant_seats: ['House 1', 'House 1', 'House 4'],
    without_email: 3,
    without_phone: 3,
  });
});

test.each([
  [[], 'none'],
  [['House 78'], 'House 78'],
  [['House 78', 'House 113'], 'House 78 and 113'],
  [['Senate 3', 'House 1', 'House 2', 'House 78'], 'Senate 3, House 1, 2, and 78'],
  [['House of Delegates 7'], 'House of Delegates 7'],
])('the vacant seats %j are told as %j', (seats, expected) => {
  expect(vacantInWords(seats)).toBe(expected);
});

test('without any roster nothing is at hand and nothing is wrong', async () => {
  const rosters = await open(folderOf({}));
  expect(rosters.get('fl')).toBeUndefined();
  expect(rosters.faults).toEqual([]);
});

test('made-up legislators stand in where there are no real ones, and only where that is allowed', async () => {
  const sample = (await open(folderOf({}), true)).get('fl')!.roster;
  expect(sample.is_sample).toBe(true);
  const real = (await open(await dataDir('fl'), true)).get('fl')!.roster;
  expect(real.is_sample).toBe(false);
});

test('made-up legislators that were put in the place of real ones are refused where they are not allowed', async () => {
  const data_dir = folderOf({});
  const folder = rosterFolder(data_dir, 'fl');
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(join(ROOT, 'sample-data/fl')))
    copyFileSync(join(ROOT, 'sample-data/fl', name), join(folder, name));
  const rosters = await open(data_dir);
  expect(rosters.get('fl')).toBeUndefined();
  expect(rosters.faults).toMatchObject([
    { code: 'roster_made_up', message: expect.stringMatching(/Florida.*made up.*pull fl/) },
  ]);
  expect((await open(data_dir, true)).get('fl')!.roster.is_sample).toBe(true);
});

/** Changes the text of roster.json, or of the boundaries beside it. */
function damage(folder: string, file: RegExp, change: (text: string) => string): void {
  const name = readdirSync(folder).find((one) => file.test(one))!;
  writeFileSync(join(folder, name), change(readFileSync(join(folder, name), 'utf8')));
}

test.each([
  ['roster.json', /roster/, 'is cut short', (text: string) => text.slice(0, -9), /cut short or not JSON/],
  ['roster.json', /roster/, 'is empty', () => '', /cut short or not JSON/],
  [
    'roster.json',
    /roster/,
    'lacks the members',
    (text: string) => text.replace('"legislators"', '"people"'),
    /has a fault in legislators: /,
  ],
  [
    'the source file',
    /source/,
    'has a wrong date',
    (text: string) => text.replace(AS_OF, 'yesterday'),
    /has a fault in as_of: /,
  ],
  ['the source file', /source/, 'is cut short', (text: string) => text.slice(0, -9), /cut short or not JSON/],
  [
    'roster.json',
    /roster/,
    'leads out of its folder',
    (text: string) => text.replace(/boundaries-\w+/, '../boundaries'),
    /has a fault in boundaries_file: /,
  ],
  [
    'roster.json',
    /roster/,
    'is of another state',
    (text: string) => text.replace('"state": "fl"', '"state": "ga"'),
    /is that of 'ga'/,
  ],
  [
    'roster.json',
    /roster/,
    'seats a member in no district',
    (text: string) => text.replaceAll('sldl:1"', 'sldl:9"').replace('sldl:9"', 'sldl:1"'),
    /has no district ocd-division\/country:us\/state:fl\/sldl:9/,
  ],
  [
    'the boundaries file',
    /boundaries/,
    'is cut short',
    (text: string) => text.slice(0, -9),
    /cut short or not JSON/,
  ],
  [
    'the boundaries file',
    /boundaries/,
    'is another JSON',
    () => '{"type":"Topology"}',
    /has a fault in type: /,
  ],
  [
    'the boundaries file',
    /boundaries/,
    'has a district that the roster lacks',
    (text: string) => text.replace('sldl:2"', 'sldl:9"'),
    /has .*sldl:9, which roster\.json does not have/,
  ],
  [
    'the boundaries file',
    /boundaries/,
    'lacks a district',
    (text: string) => text.replace(/\n.*sldl:3".*\n/, '\n').replace(',\n]', '\n]'),
    /lacks the district .*sldl:3/,
  ],
  [
    'the boundaries file',
    /boundaries/,
    'has an outline without numbers',
    (text: string) => text.replace('[-81.8,27]', '["west","south"]'),
    /has no outline of .*sldl:/,
  ],
])(
  '%s that %3$s is named with what helps, and the state has no roster, not even a made-up one',
  async (_file, name, _what, change, expected) => {
    const data_dir = await dataDir('fl', 'ga');
    damage(rosterFolder(data_dir, 'fl'), name, change);
    const rosters = await open(data_dir, true);
    expect(rosters.get('fl')).toBeUndefined();
    expect(rosters.get('ga')!.roster.legislators.length).toBe(2);
    expect(rosters.faults.map(({ code }) => code)).toEqual(['roster_unreadable']);
    const { message } = rosters.faults[0]!;
    expect(message).toMatch(expected);
    expect(message).toMatch(/^The roster of Florida can’t be used: /);
    expect(message).toContain(rosterFolder(data_dir, 'fl'));
    expect(message).toMatch(/npm run legislators -- pull fl$/);
  },
);

test('boundaries that are gone, and a folder in the place of the roster, are named too', async () => {
  const data_dir = await dataDir('fl', 'ga');
  damage(rosterFolder(data_dir, 'fl'), /roster/, (text) => text.replace(/boundaries-\w+/, 'boundaries-gone'));
  mkdirSync(join(rosterFolder(data_dir, 'al'), 'roster.json'), { recursive: true });
  const { faults, get } = await open(data_dir);
  expect(faults.map(({ message }) => message)).toEqual([
    expect.stringMatching(/Alabama.*roster\.json can’t be opened/),
    expect.stringMatching(/Florida.*boundaries-gone\.geojson is missing/),
  ]);
  expect(get('ga')).toBeDefined();
});

test('the same people and boundaries make the same files, whatever their source and date, and those are kept beside', async () => {
  const folder = rosterFolder(await dataDir('fl'), 'fl');
  const filesNow = () =>
    Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  const before = filesNow();
  const roster = rosterOf(THREE, [member(THREE[0]!), member(THREE[1]!)]);
  const later = { source: 'another', as_of: '2026-11-20', imported_at: '2026-11-20T12:00:00.000Z' };
  await writeRosterFiles(folder, { ...roster, ...later }, outlinesOf(THREE));
  const after = filesNow();
  expect(Object.keys(after)).toEqual(Object.keys(before));
  const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
  expect(changed).toEqual([expect.stringMatching(/^source-/)]);
  expect((await loadRoster(folder, 'fl'))!.roster).toMatchObject({ source: 'another', as_of: '2026-11-20' });
});

test('a roster of before, with source and date inside, opens, and the next import puts them beside', async () => {
  const folder = rosterFolder(await dataDir('fl'), 'fl');
  const [source_file] = readdirSync(folder).filter((name) => name.startsWith('source-'));
  const file = join(folder, 'roster.json');
  const inside = JSON.parse(readFileSync(join(folder, source_file!), 'utf8'));
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...inside }));
  rmSync(join(folder, source_file!));
  expect((await loadRoster(folder, 'fl'))!.roster).toMatchObject({ as_of: AS_OF });
  const roster = rosterOf(THREE, [member(THREE[0]!)]);
  await writeRosterFiles(folder, { ...roster, as_of: '2026-08-06' }, outlinesOf(THREE));
  expect(readFileSync(file, 'utf8')).not.toContain('as_of');
  expect((await loadRoster(folder, 'fl'))!.roster).toMatchObject({ as_of: '2026-08-06' });
});

test('a roster that was changed by hand keeps its source; one without any is told of', async () => {
  const data_dir = await dataDir('fl');
  const folder = rosterFolder(data_dir, 'fl');
  damage(folder, /roster/, (text) => text.replace('Made-Up Member 1-0', 'Changed By-Hand'));
  const { roster } = (await loadRoster(folder, 'fl'))!;
  expect([roster.as_of, roster.legislators[0]!.name]).toEqual([AS_OF, 'Changed By-Hand']);
  for (const name of readdirSync(folder)) if (name.startsWith('source-')) rmSync(join(folder, name));
  const { faults } = await open(data_dir);
  expect(faults[0]!.message).toMatch(/Florida.*source-\w+\.json is missing.*pull fl/);
});

test('damaged sample data are named with a remedy of their own', async () => {
  const sample_dir = folderOf({ 'roster.json': '{' }, 'fl');
  const { faults } = await openRosters({ data_dir: folderOf({}), sample_dir, allow_sample: true });
  expect(faults[0]!.message).toMatch(
    /Florida.*fl\/roster\.json is cut short.*get the folder sample-data anew/,
  );
});

test('a folder that can’t be written to is named, with what to check', async () => {
  const data_dir = folderOf({ legislators: 'a file where a folder belongs' });
  const writing = writeRosterFiles(
    rosterFolder(data_dir, 'fl'),
    rosterOf(THREE, [member(THREE[0]!)]),
    outlinesOf(THREE),
  );
  await expect(writing).rejects.toMatchObject({
    code: 'roster_unwritable',
    message: expect.stringMatching(/can’t be written to .*legislators\/fl \(.*\)\. .*DATA_DIR/),
  });
});

test('what earlier imports left behind goes after an hour: not the boundaries in use, and not what may be under way', async () => {
  const data_dir = await dataDir('fl');
  const folder = rosterFolder(data_dir, 'fl');
  const in_use = readdirSync(folder).filter((name) => /^(boundaries|source)-/.test(name));
  expect(in_use.length).toBe(2);
  const hoursAgo = (hours: number) => new Date(Date.parse('2026-08-05T12:00:00.000Z') - hours * 3_600_000);
  mkdirSync(join(folder, '.import-killed'));
  mkdirSync(join(folder, '.import-running'));
  for (const name of ['.import-killed/roster.json', 'boundaries-old.geojson', 'source-old.json', 'notes.txt'])
    writeFileSync(join(folder, name), '');
  for (const name of ['.import-killed', 'boundaries-old.geojson', 'source-old.json', 'notes.txt', ...in_use])
    utimesSync(join(folder, name), hoursAgo(2), hoursAgo(2));
  utimesSync(join(folder, '.import-running'), hoursAgo(0.5), hoursAgo(0.5));

  const four = [...THREE, house(4)];
  await writeRosterFiles(folder, rosterOf(four, [member(four[0]!)]), outlinesOf(four));
  const left = readdirSync(folder);
  expect(left).not.toContain('.import-killed');
  expect(left).not.toContain('boundaries-old.geojson');
  expect(left).not.toContain('source-old.json');
  expect(left).toEqual(expect.arrayContaining(['.import-running', ...in_use, 'notes.txt', 'roster.json']));
  expect(left.filter((name) => name.endsWith('.geojson')).length).toBe(2);
});

/** A process that writes rosters without end, numbered from `first`; each line that it says is a number written. */
function startWriter(folder: string, first: number) {
  const script = join(ROOT, 'tests/fixtures/people/write-without-end.ts');
  const child = spawn(process.execPath, ['--no-warnings', script, folder, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { child, lines: createInterface({ input: child.stdout! }) };
}

/** Kills a writer in the middle; gives back the last number that it said was written. */
async function killWriter(folder: string, first: number, random: () => number): Promise<number> {
  const { child, lines } = startWriter(folder, first);
  const last = first + Math.floor(random() * 4);
  let said = first;
  for await (const line of lines) {
    said = Number(line);
    if (said === last) setTimeout(() => child.kill('SIGKILL'), random() * 30);
  }
  if (child.signalCode === null) await once(child, 'exit');
  return said;
}

/** Every number that is told by the members, the districts and the outlines. */
function numbersIn({ roster, boundaries }: StateRoster): number[] {
  const told = [
    ...roster.legislators.map(({ name }) => Number(name)),
    ...roster.districts.map(({ name }) => Number(name)),
    ...boundaries!.features.map(({ geometry }) =>
      Math.round((geometry as Polygon).coordinates[0]![9]![1]! * 1_000_000),
    ),
  ];
  return [...new Set(told)];
}

test('killed at any moment of the writing, the folder holds the old roster or the new one, whole, and the next import works', async () => {
  const folder = rosterFolder(folderOf({}), 'fl');
  let killed_in_the_middle = 0;
  // Kills between two rosters show nothing: goes on until there were others.
  for (let kill = 0; kill < 15 || (killed_in_the_middle < 3 && kill < 60); kill += 1) {
    const said = await killWriter(folder, 1000 * (kill + 1), Math.random);
    const numbers = numbersIn((await loadRoster(folder, 'fl'))!);
    expect([[said], [said + 1]]).toContainEqual(numbers);
    killed_in_the_middle = readdirSync(folder).filter((name) => name.startsWith('.import-')).length;
  }
  expect(killed_in_the_middle).toBeGreaterThanOrEqual(3);
  await writeRosterFiles(folder, rosterOf(THREE, [member(THREE[0]!)]), outlinesOf(THREE));
  expect((await loadRoster(folder, 'fl'))!.roster.districts.length).toBe(3);
  // Starts as many as sixty processes: minutes where others keep the machine busy.
}, 180_000);

test('whoever reads while rosters are written finds one whole, at every moment', async () => {
  const folder = rosterFolder(folderOf({}), 'fl');
  const { child, lines } = startWriter(folder, 1);
  let written = 0;
  const writing = (async () => {
    for await (const line of lines) written = Number(line);
  })();
  let reads = 0;
  while (written < 150 && child.exitCode === null) {
    const found = await loadRoster(folder, 'fl');
    if (found) expect(numbersIn(found).length).toBe(1);
    reads += 1;
  }
  child.kill('SIGKILL');
  await writing;
  expect(written).toBeGreaterThanOrEqual(150);
  expect(reads).toBeGreaterThan(20);
});
