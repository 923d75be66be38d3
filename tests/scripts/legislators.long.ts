import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rosterFolder, writeRosterFiles } from '../../server/legislators/roster-files.ts';
import { censusZip, squares } from '../fixtures/boundaries/made-up.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { csvOf, csvRow, everyone, personFiles } from '../fixtures/people/made-up.ts';

const ROOT = join(import.meta.dirname, '../..');
const PEOPLE = folderOf(personFiles(everyone()));
const BOUNDARIES = folderOf({
  'sldl.zip': censusZip(squares('sldl', 25)),
  'sldu.zip': censusZip(squares('sldu', 6)),
});
const files = [
  ...['--people', PEOPLE],
  ...['--boundaries', join(BOUNDARIES, 'sldl.zip'), '--boundaries', join(BOUNDARIES, 'sldu.zip')],
];

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command as a person would, with a DATA_DIR of its own unless one is given. */
function run(args: string[], env: Record<string, string> = {}): Promise<Outcome> {
  const script = join(ROOT, 'scripts/legislators.ts');
  const options = { cwd: ROOT, env: { ...process.env, DATA_DIR: folderOf({}), ...env } };
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

test('--help says on standard output what there is to give, and succeeds', async () => {
  for (const args of [['--help'], ['import', '--help'], ['status', '--help']]) {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const word of [
      'import STATE',
      '--people',
      '--boundaries',
      '--as-of',
      'status',
      '--format',
      'DATA_DIR',
    ])
      expect(stdout).toContain(word);
  }
});

test('without a command standard error names those that there are, and the exit is not zero', async () => {
  const { code, stdout, stderr } = await run([]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^Say pull, import or status\.\n.*--help/);
});

test.each([
  ['no state', ['import'], /import takes one state: its postal code, as in import fl/],
  ['two states', ['import', 'fl', 'ga', ...files], /import takes one state/],
  ['no people', ['import', 'fl', '--boundaries', 'a.zip'], /import needs --people PATH/],
  ['no boundaries', ['import', 'fl', '--people', 'a.tgz'], /import needs --boundaries PATH/],
  ['an option without its value', ['import', 'fl', '--people'], /--people/],
  ['an option that is none', ['import', 'fl', '--peeple', 'x'], /'--peeple'/],
  ['a command that is none', ['pll', 'fl'], /'pll fl' is not a command/],
  ['a word too many', ['status', 'fl'], /'status fl' is not a command/],
  ['a format that is none', ['status', '--format', 'xml'], /--format is one of: text, json\./],
])('%s: what is wrong stands on standard error with a hint at --help', async (_name, args, expected) => {
  const { code, stdout, stderr } = await run(args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(expected);
  expect(stderr).toContain('--help');
  expect(stderr).not.toMatch(/^\s+at /m);
});

test.each([
  ['a wrong state', ['import', 'zz', ...files], /'zz' is not a state\. Give its postal code, for example fl/],
  ['a wrong date', ['import', 'fl', ...files, '--as-of', '5 August'], /'5 August' is not a date.*2026-08-05/],
  [
    'a missing people file',
    [
      'import',
      'fl',
      '--people',
      'nowhere.tgz',
      '--boundaries',
      join(BOUNDARIES, 'sldl.zip'),
      '--boundaries',
      join(BOUNDARIES, 'sldu.zip'),
    ],
    /There is no file or folder nowhere\.tgz\. Check the path after --people/,
  ],
  [
    'a missing boundaries file',
    ['import', 'fl', '--people', PEOPLE, '--boundaries', 'nowhere.zip'],
    /There is no file nowhere\.zip\. Check the path after --boundaries/,
  ],
  [
    'people of an unknown kind',
    ['import', 'fl', '--people', 'package.json', ...files.slice(2)],
    /package\.json is none of what --people takes: the bulk CSV \(\.csv\), a people tarball/,
  ],
  [
    'boundaries of an unknown kind',
    ['import', 'fl', '--people', PEOPLE, '--boundaries', 'README.md'],
    /README\.md is none of what --boundaries takes: a zip/,
  ],
])('%s: what is wrong and what to do stand on standard error', async (_name, args, expected) => {
  const { code, stdout, stderr } = await run(args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(expected);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('wrong settings, and a DATA_DIR that can’t be written to, are named', async () => {
  const wrong = await run(['status'], { PORT: 'door' });
  expect(wrong).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/PORT is a number/) });
  const DATA_DIR = join(folderOf({ data: 'a file' }), 'data');
  const unwritable = await run(['import', 'fl', ...files, '--as-of', '2026-08-05'], { DATA_DIR });
  expect(unwritable).toMatchObject({ code: 1, stdout: '' });
  expect(unwritable.stderr).toMatch(/^The roster can’t be written to .*DATA_DIR is a folder/);
});

test('an import says seats, members, vacant seats, source and date; status says the same of what is at hand', async () => {
  const DATA_DIR = folderOf({});
  const told =
    /^fl: 31 seats, 30 members, vacant: House 25\nwithout e-mail: 0, without phone: 0\nsource: OpenStates people files, as of 2026-08-05/;
  const imported = await run(['import', 'fl', ...files, '--as-of', '2026-08-05'], { DATA_DIR });
  expect(imported).toMatchObject({ code: 0, stderr: '' });
  expect(imported.stdout).toMatch(told);
  const status = await run(['status'], { DATA_DIR });
  expect(status).toMatchObject({ code: 0, stderr: '' });
  expect(status.stdout).toMatch(told);
  expect(status.stdout).toMatch(/\(\d+ days? old/);
  expect(status.stdout).not.toMatch(/made-up sample/);
});

test('where no date is said, an import is of today', async () => {
  const before = new Date().toISOString().slice(0, 10);
  const { stdout } = await run(['import', 'fl', ...files]);
  const after = new Date().toISOString().slice(0, 10);
  expect([before, after]).toContain(/as of (\S+)/.exec(stdout)?.[1]);
});

test('what was left out or is doubtful stands on standard error, the report alone on standard output', async () => {
  const rows = Array.from({ length: 24 }, (_, index) => csvRow('lower', index + 1));
  const senators = Array.from({ length: 6 }, (_, index) => csvRow('upper', index + 1));
  const people = join(folderOf({ 'fl.csv': csvOf([...rows, ...senators]) }), 'fl.csv');
  const args = ['import', 'fl', '--people', people, ...files.slice(2), '--as-of', '2026-08-05'];
  const asText = await run(args);
  expect(asText.code).toBe(0);
  expect(asText.stderr).toMatch(/no offices at the capitol/);
  expect(asText.stdout).not.toMatch(/no offices at the capitol/);
  const asJson = await run([...args, '--format', 'json']);
  expect(JSON.parse(asJson.stdout)).toMatchObject({
    state: 'fl',
    seats: 31,
    members: 30,
    vacant_seats: ['House 25'],
    source: 'OpenStates bulk CSV',
    as_of: '2026-08-05',
    notes: [expect.stringMatching(/no offices at the capitol/)],
  });
});

test('status of made-up legislators says that they are made up, in words and as JSON', async () => {
  const { code, stdout } = await run(['status']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^fl: 160 seats, 159 members, vacant: House 78\n/);
  expect(stdout).toMatch(/made-up sample/);
  const asJson = await run(['status', '--format', 'json']);
  expect(asJson).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(asJson.stdout)).toMatchObject([
    {
      state: 'fl',
      seats: 160,
      members: 159,
      vacant_seats: ['House 78'],
      without_email: 1,
      without_phone: 0,
      source: 'Made up, for trying the app',
      as_of: '2026-11-24',
      age_in_days: expect.any(Number),
      is_sample: true,
    },
  ]);
});

test('status of what was fetched by key shows its source and date, and that there are no boundaries', async () => {
  const data_dir = folderOf({});
  const seat = { org_classification: 'upper' as const, district: '1', division_id: 'ocd-division/1' };
  const legislator = { id: 'ocd-person/1', name: 'Made-Up Senator', party: '', offices: [], links: [] };
  const roster = {
    state: 'ga',
    jurisdiction_id: 'ocd-jurisdiction/country:us/state:ga/government',
    source: 'OpenStates API',
    as_of: '2026-11-24',
    imported_at: '2026-11-24T17:00:00.000Z',
    is_sample: false,
    districts: [{ ...seat, state: 'ga', name: 'State Senate District 1', seats: 1 }],
    legislators: [{ ...legislator, current_role: { ...seat, title: 'Senator' } }],
  };
  await writeRosterFiles(rosterFolder(data_dir, 'ga'), roster, undefined);
  const env = { DATA_DIR: data_dir, NODE_ENV: 'production', SECRET_KEY: 'x'.repeat(32) };
  const { code, stdout } = await run(['status'], env);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^ga: 1 seats, 1 members.*source: OpenStates API, as of 2026-11-24.*no boundaries: /s,
  );
  const asJson = JSON.parse((await run(['status', '--format', 'json'], env)).stdout);
  expect(asJson).toMatchObject([{ state: 'ga', source: 'OpenStates API', has_boundaries: false }]);
});

test('in production, where made-up legislators are never shown, status says that none are at hand', async () => {
  const env = { NODE_ENV: 'production', SECRET_KEY: 'x'.repeat(32) };
  expect(await run(['status'], env)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/No roster is at hand.*--help/),
  });
  expect((await run(['status', '--format', 'json'], env)).stdout).toBe('[]\n');
});

test('status of a damaged state names it and what helps on standard error, still lists the others, and exits with 1', async () => {
  const DATA_DIR = folderOf({});
  await run(['import', 'fl', ...files, '--as-of', '2026-08-05'], { DATA_DIR });
  mkdirSync(join(DATA_DIR, 'legislators/ga'));
  writeFileSync(join(DATA_DIR, 'legislators/ga/roster.json'), '{"state": "ga", "legisl');
  for (const format of ['text', 'json']) {
    const { code, stdout, stderr } = await run(['status', '--format', format], { DATA_DIR });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The roster of Georgia can’t be used: .*ga\/roster\.json is cut short.*pull ga/);
    if (format === 'json') expect(JSON.parse(stdout)).toMatchObject([{ state: 'fl', members: 30 }]);
    else expect(stdout).toMatch(/^fl: 31 seats/);
  }
});

test('killed at any moment, an import leaves the roster of before or its own, and the next one works', async () => {
  const DATA_DIR = folderOf({});
  const importAsOf = (as_of: string) => ['import', 'fl', ...files, '--as-of', as_of];
  await run(importAsOf('2026-08-01'), { DATA_DIR });
  const started = Date.now();
  await run(importAsOf('2026-08-01'), { DATA_DIR });
  const takes = Date.now() - started;
  for (let kill = 0; kill < 6; kill += 1) {
    const args = [join(ROOT, 'scripts/legislators.ts'), ...importAsOf('2026-08-05')];
    const env = { ...process.env, DATA_DIR };
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: 'ignore' });
    const killing = setTimeout(() => child.kill('SIGKILL'), (0.5 + Math.random() * 0.5) * takes);
    await once(child, 'exit');
    clearTimeout(killing);
    const { code, stdout } = await run(['status'], { DATA_DIR });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^fl: 31 seats, 30 members, .*as of 2026-08-0[15] /s);
  }
  expect(await run(importAsOf('2026-08-05'), { DATA_DIR })).toMatchObject({ code: 0, stderr: '' });
});
