import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { loadRoster } from '../../server/legislators/roster.ts';
import { rosterFolder } from '../../server/legislators/roster-files.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { boundaryZips, peopleArchive, zipTexts } from '../fixtures/sources/made-up.ts';
import { type StubSources, startStubSources } from '../support/stub-sources.ts';
import { until } from '../support/until.ts';

const ROOT = join(import.meta.dirname, '../..');

let stub: StubSources;
let DATA_DIR: string;
beforeEach(async () => {
  DATA_DIR = folderOf({});
  const commit = new Date(Date.now() - 3 * 86_400_000);
  stub = await startStubSources(await peopleArchive(undefined, commit), {
    ...boundaryZips('12'),
    ...boundaryZips('13'),
    ...zipTexts('12'),
    ...zipTexts('13'),
  });
});
afterEach(() => stub.close());

/** The settings of a command that pulls from the stand-in. */
const environment = () => ({
  ...process.env,
  DATA_DIR,
  PEOPLE_URL: stub.people_url,
  BOUNDARIES_URL: stub.boundaries_url,
  ZIP_DISTRICTS_URL: stub.zip_districts_url,
});

/** Runs the command as a person would; gives back the exit code and what was said. */
function run(args: string[], env: Record<string, string> = {}) {
  const options = {
    cwd: ROOT,
    env: { ...environment(), ...env },
  };
  const script = join(ROOT, 'scripts/legislators.ts');
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [script, ...args], options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

test('pull fl ga says how each state stands, in plain lines where there is no terminal, and status its age', async () => {
  const { code, stdout, stderr } = await run(['pull', 'FL', 'ga', 'fl']);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^fl: 31 seats, 30 members, vacant: House 25\nwithout e-mail: 0, without phone: 0\nsource: OpenStates people archive, as of \d{4}-\d\d-\d\d\nga: 31 seats/,
  );
  const { host } = new URL(stub.url);
  expect(stderr).toBe(
    `People of all states, from ${host}\nBoundaries of Florida, from ${host}\nBoundaries of Georgia, from ${host}\n`,
  );
  const status = await run(['status']);
  expect(status.stdout).toMatch(
    /ga: 31 seats.*\n.*\nsource: OpenStates people archive, as of .*\([23] days old/,
  );
  expect(status.stdout).toMatch(/looked for newer ones today/);

  expect(await run(['pull', 'fl', 'ga'])).toEqual({
    code: 0,
    stdout: 'fl: unchanged\nga: unchanged\n',
    stderr: '',
  });
});

test('as JSON it prints that alone, for states that failed too, and exits with 1 where one did', async () => {
  for (const path of stub.files.keys()) if (path.includes('_13_')) stub.files.delete(path);
  const { code, stdout, stderr } = await run(['pull', 'fl', 'ga', '--format', 'json']);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toEqual([
    expect.objectContaining({ state: 'fl', result: 'pulled', members: 30, vacant_seats: ['House 25'] }),
    {
      state: 'ga',
      result: 'failed',
      notes: [],
      error: expect.stringMatching(/^ga: The Census Bureau has no boundaries/),
    },
  ]);
  expect(stderr).toMatch(/ga: The Census Bureau has no boundaries of the legislature of Georgia/);
});

test('all pulls every state that there is, and tells of each that can’t be had', async () => {
  const { code, stdout } = await run(['pull', 'all', '--format', 'json']);
  const rows = JSON.parse(stdout) as { state: string; result: string }[];
  expect(rows.length).toBe(52);
  expect(rows.filter(({ result }) => result === 'pulled').map(({ state }) => state)).toEqual(['fl', 'ga']);
  expect(code).toBe(1);
});

test('a server that is down is named, with what stays, and the exit is 1', async () => {
  await run(['pull', 'fl']);
  stub.behave('people', 'forbidden');
  const { code, stdout, stderr } = await run(['pull', 'fl']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: 'fl: failed, nothing was changed\n' });
  expect(stderr).toMatch(/^127\.0\.0\.1:\d+ refuses http.* \(HTTP 403\)\. Look at PEOPLE_URL/);
  expect((await loadRoster(rosterFolder(DATA_DIR, 'fl'), 'fl'))!.roster.legislators.length).toBe(30);
});

test('Ctrl+C in the middle ends it at once; what was finished is there, and a repeat goes on with the rest', async () => {
  stub.behave('_13_', 'silence');
  const options = {
    cwd: ROOT,
    env: environment(),
    stdio: 'ignore' as const,
  };
  const child = spawn(process.execPath, ['scripts/legislators.ts', 'pull', 'fl', 'ga'], options);
  await until(stub.silent);
  child.kill('SIGINT');
  await once(child, 'exit');
  expect(child.signalCode).toBe('SIGINT');
  const status = JSON.parse((await run(['status', '--format', 'json'])).stdout) as { state: string }[];
  expect(status.map(({ state }) => state)).toEqual(['fl']);

  stub.behave('_13_', 'serve');
  stub.visits.length = 0;
  expect((await run(['pull', 'fl', 'ga'])).stdout).toMatch(/^fl: unchanged\nga: 31 seats/);
  expect(stub.visits.filter(({ path }) => path.includes('_12_'))).toEqual([]);
});

test.each([
  [[], /^pull takes states by their postal codes, as in pull fl ga, or all\.\n/],
  [['florida'], /^'florida' is not a state\. Give its postal code, for example fl\.\n/],
])('pull %j is refused with what is wanted, and nothing is asked', async (states, expected) => {
  const { code, stderr } = await run(['pull', ...states]);
  expect(code).toBe(1);
  expect(stderr).toMatch(expected);
  expect(stub.visits).toEqual([]);
});

test.each([
  [{ BOUNDARIES_URL: 'https://example.org/boundaries.zip' }, /BOUNDARIES_URL is an address with \{fips\}/],
  [{ BOUNDARIES_VINTAGE: 'newest' }, /BOUNDARIES_VINTAGE is a year, for example 2024/],
  [{ PEOPLE_URL: 'example.org' }, /PEOPLE_URL is an address that begins with http/],
])('settings %j are refused with what they are to be', async (env, expected) => {
  const { code, stderr } = await run(['pull', 'fl'], env as unknown as Record<string, string>);
  expect(code).toBe(1);
  expect(stderr).toMatch(expected);
});
