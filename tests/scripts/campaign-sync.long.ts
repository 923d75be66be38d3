import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rosterFolder, writeRosterFiles } from '../../server/legislators/roster-files.ts';
import {
  apiAction,
  apiBill,
  apiCommittee,
  apiRollCall,
  apiSponsorship,
  compactPerson,
  companionTo,
} from '../fixtures/openstates/bills.ts';
import { madeUpFlorida } from '../fixtures/openstates/made-up.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { madeUpRoster } from '../fixtures/people/made-up-roster.ts';
import { STUB_KEY, type StubOpenStates, startStubOpenStates } from '../support/stub-openstates.ts';
import { until } from '../support/until.ts';

const ROOT = join(import.meta.dirname, '../..');

let stub: StubOpenStates;
let data_dir: string;
beforeAll(async () => {
  stub = await startStubOpenStates();
});
afterAll(() => stub.close());
beforeEach(() => {
  data_dir = folderOf({});
  stub.behave('serve');
  stub.requests.length = 0;
  stub.states = [{ ...madeUpFlorida(), ...legislature() }];
});

function legislature() {
  return {
    bills: [
      apiBill('SB 316', {
        actions: [
          apiAction('2025-11-03', 'Filed', 'upper', { classification: ['filing'] }),
          apiAction('2025-11-18', 'Referred to Judiciary', 'upper', {
            classification: ['referral-committee'],
          }),
        ],
        sponsorships: [
          apiSponsorship('Member 5', compactPerson('upper', 5)),
          apiSponsorship('Smith', undefined, false),
          apiSponsorship('Jones', undefined, false),
        ],
        related_bills: [companionTo('HB 7')],
        votes: [
          apiRollCall(
            '2026-02-01',
            [
              ['yes', 'Smith'],
              ['yes', 'Jones'],
              ['no', 'Young'],
              ['excused', 'Zorn'],
            ],
            {
              identifier: 'SV #1',
            },
          ),
          apiRollCall('2026-02-02', [['yes', 'Smith']], {
            motion_text: 'Motion to table',
            motion_classification: [],
          }),
        ],
      }),
      apiBill('HB 419'),
      apiBill('HB 7'),
    ],
    committees: [apiCommittee('Judiciary', 'upper', [['Member 6', compactPerson('upper', 6)], ['Brown']])],
  };
}

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

const environment = () => ({
  PATH: process.env.PATH,
  DATA_DIR: data_dir,
  CAMPAIGNS_DIR: join(ROOT, 'campaigns'),
  OPENSTATES_URL: stub.url,
  OPENSTATES_API_KEY: STUB_KEY,
  OPENSTATES_PER_MINUTE: '1000',
});

/** Runs the command as a person would, from the project's root. */
function sync(args: string[] = ['visible-act'], settings: Record<string, string> = {}): Promise<Outcome> {
  const env = { ...environment(), ...settings };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['scripts/campaign.ts', 'sync', ...args],
      { cwd: ROOT, env },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

test('sync tells of each bill where it is, who is for it and which votes set positions, and keeps it', async () => {
  const { code, stdout, stderr } = await sync();
  expect(code).toBe(0);
  expect(
    stdout.replaceAll(/fetched \d{4}-\d\d-\d\d \d\d:\d\d UTC/g, 'fetched NOW'),
  ).toBe(`SB 316 (2026 Regular Session): An example act of SB 316
  fetched NOW from OpenStates
  filed in: Senate
  last action: 2025-11-18 Referred to Judiciary
  where it is: Senate, in Judiciary since 2025-11-18
  committee: Judiciary (Senate), members: 2
  sponsors: 1, cosponsors: 2
  roll call: 2026-02-01 House, Third reading (SV #1): 2 yes, 1 no: sets positions
  roll call: 2026-02-02 House, Motion to table (ocd-vote/00000000-0000-8000-8000-000020260202): 1 yes, 0 no: sets no positions

HB 419 (2026 Regular Session): An example act of HB 419
  fetched NOW from OpenStates
  filed in: House
  last action: 2025-11-13 Filed
  where it is: House, filed; no committee is known to have it
  sponsors: 0, cosponsors: 0
  roll calls: none

HB 7 (2026 Regular Session, a companion that the campaign does not name): An example act of HB 7
  fetched NOW from OpenStates
  filed in: House
  last action: 2025-11-13 Filed
  where it is: House, filed; no committee is known to have it
  sponsors: 0, cosponsors: 0
  roll calls: none
`);
  expect(stderr).toBe(
    ['SB 316', 'HB 419', 'HB 7'].map((one) => `${one} of 2026 is being fetched …\n`).join(''),
  );
  for (const name of ['SB316', 'HB419', 'HB7'])
    expect(existsSync(join(data_dir, `bills/fl/2026/${name}.json`))).toBe(true);
});

test('--format json prints the report alone on standard output', async () => {
  const { code, stdout } = await sync(['visible-act', '--format', 'json']);
  expect(code).toBe(0);
  const report = JSON.parse(stdout);
  expect(report.campaign_slug).toBe('visible-act');
  expect(report.bills.map(({ identifier, result }: Record<string, string>) => [identifier, result])).toEqual([
    ['SB 316', 'fetched'],
    ['HB 419', 'fetched'],
    ['HB 7', 'fetched'],
  ]);
  expect(report.bills[0]).toMatchObject({
    is_companion: false,
    notes: [],
    known: {
      chamber: 'upper',
      last_action: { date: '2025-11-18' },
      whereabouts: { chamber: 'upper', stage: 'in_committee' },
      committees: [{ name: 'Judiciary', chamber: 'upper', since: '2025-11-18', members: 2 }],
      sponsors: 1,
      cosponsors: 2,
      roll_calls: [
        { identifier: 'SV #1', chamber: 'lower', yes: 2, no: 1, other: 1, sets_positions: true },
        { motion: 'Motion to table', yes: 1, no: 0, other: 0, sets_positions: false },
      ],
    },
  });
});

/** Real legislators, as they look to the command: two in the Senate and four in the House, who are made up. */
async function rosterAtHand(): Promise<(name: string) => { id: string; name: string }> {
  const seat = (chamber: 'upper' | 'lower', district: string, name: string) => ({
    chamber,
    district,
    members: [name],
  });
  const roster = madeUpRoster([
    seat('upper', '1', 'Ada Oak'),
    seat('upper', '2', 'Bea Smith'),
    seat('lower', '1', 'Ben Smith'),
    seat('lower', '2', 'Cy Smith'),
    seat('lower', '3', 'Dan Jones'),
    seat('lower', '4', 'Eve Holly'),
  ]);
  await writeRosterFiles(rosterFolder(data_dir, 'fl'), roster, undefined);
  return (name) => ({ id: roster.legislators.find((one) => one.name === name)!.id, name });
}

test('where real legislators are at hand it counts those of whom something is known, and names who is left unknown', async () => {
  const person = await rosterAtHand();
  Object.assign(stub.states[0]!.bills![0]!, {
    sponsorships: [
      apiSponsorship('Ada Oak', person('Ada Oak')),
      apiSponsorship('Smith', undefined, false),
      apiSponsorship('Nobody', undefined, false),
      // Who has left the legislature has a position, and is none of today's.
      apiSponsorship('Member 5', compactPerson('upper', 5), false),
    ],
    votes: [
      apiRollCall('2026-02-01', [
        ['yes', 'Jones'],
        ['no', 'Smith'],
      ]),
    ],
  });
  const members: Parameters<typeof apiCommittee>[2] = [['Ada Oak', person('Ada Oak')], ['Brown']];
  stub.states[0]!.committees = [apiCommittee('Judiciary', 'upper', members)];

  const { stdout } = await sync();
  expect(stdout.slice(stdout.indexOf('\nlegislators of today'))).toBe(`
legislators of today of whom something is known: 3
left unknown: 'Nobody' (cosponsor of SB 316): no member fits
left unknown: 'Smith' (vote of SB 316): more than one member fits
`);
  const report = JSON.parse((await sync(['visible-act', '--format', 'json'])).stdout);
  const of = { bill: 'SB 316', session: '2026' };
  expect(report).toMatchObject({ campaign_slug: 'visible-act', legislators_with_positions: 3 });
  expect(report.unmatched).toEqual([
    { name: 'Nobody', ...of, did: 'cosponsor', why: 'none' },
    { name: 'Smith', ...of, did: 'vote', why: 'several' },
  ]);
});

test('where no legislators are at hand none are counted, and no names are left unknown', async () => {
  const { stdout } = await sync(['visible-act', '--format', 'json']);
  expect(Object.keys(JSON.parse(stdout))).toEqual(['campaign_slug', 'bills']);
});

test('where the legislators at hand are damaged it says so, and tells of the bills', async () => {
  await rosterAtHand();
  for (const name of readdirSync(rosterFolder(data_dir, 'fl')))
    writeFileSync(join(rosterFolder(data_dir, 'fl'), name), '{"state"');
  const { code, stdout, stderr } = await sync();
  expect(code).toBe(0);
  expect(stdout).toMatch(/^SB 316 \(2026 Regular Session\)/);
  expect(stdout).not.toContain('legislators of today');
  expect(stderr).toMatch(/roster of Florida.*roster\.json/);
});

test('killed between two bills it leaves the first whole, and another run goes on', async () => {
  stub.behaveAt(/HB%20419/, 'silence');
  const killed = spawn(process.execPath, ['scripts/campaign.ts', 'sync', 'visible-act'], {
    cwd: ROOT,
    env: environment(),
    stdio: 'ignore',
  });
  await until(() => stub.requests.some(({ path }) => path.endsWith('HB%20419')));
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const folder = join(data_dir, 'bills/fl/2026');
  expect(readdirSync(folder)).toEqual(['SB316.json']);
  expect(JSON.parse(readFileSync(join(folder, 'SB316.json'), 'utf8'))).toMatchObject({
    identifier: 'SB 316',
  });
  stub.behave('serve');
  expect((await sync()).code).toBe(0);
  expect(readdirSync(folder).toSorted()).toEqual(['HB419.json', 'HB7.json', 'SB316.json']);
});

test('where bills can’t be written it names the folder and what to do', async () => {
  writeFileSync(join(data_dir, 'bills'), 'a file in place of the folder');
  const { code, stdout, stderr } = await sync();
  expect(code).toBe(1);
  expect(stderr).toMatch(/SB316\.json.*Check that the disk has room and that DATA_DIR/);
  expect(stderr).not.toContain('    at ');
  expect(stdout).toMatch(/^SB 316 \(2026\)\n {2}not fetched: .*\n {2}nothing of it is at hand$/m);
});

test('when the day is used up in the middle, what was fetched is kept and the rest says when it goes on', async () => {
  // Bills may use four of five: the first, its session and its committee, and the second.
  const { code, stdout } = await sync(['visible-act'], { OPENSTATES_PER_DAY: '5' });
  expect(code).toBe(0);
  expect(readdirSync(join(data_dir, 'bills/fl/2026')).toSorted()).toEqual(['HB419.json', 'SB316.json']);
  expect(stdout).toMatch(/^HB 7 \(2026, a companion .*\)\n {2}not fetched: .* day/m);
  const again = await sync(['visible-act'], { OPENSTATES_PER_DAY: '5' });
  expect(again.code).toBe(1);
  expect(again.stdout).toMatch(/^SB 316 .*\n {2}not fetched: .* day.*\n {2}what was at hand stays/m);
  expect(again.stderr.match(/^.* day.*$/gm)?.length).toBe(1);
  expect(stub.requests.length).toBe(4);
});

test('two at once keep within one allowance, and both report whole bills', async () => {
  const both = await Promise.all([sync(), sync()]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  const folder = join(data_dir, 'bills/fl/2026');
  expect(readdirSync(folder).toSorted()).toEqual(['HB419.json', 'HB7.json', 'SB316.json']);
  const { by_minute } = JSON.parse(readFileSync(join(data_dir, 'openstates-requests.json'), 'utf8'));
  expect(Object.values<number>(by_minute).reduce((sum, count) => sum + count, 0)).toBe(stub.requests.length);
});

test('without a key it says how to get one, and that positions can be written by hand', async () => {
  const { code, stdout, stderr } = await sync(['visible-act'], { OPENSTATES_API_KEY: '' });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(
    /^Bills are fetched with a key.*https:\/\/open\.pluralpolicy\.com.*campaign\.yaml work.*\.\n$/,
  );
  expect(stub.requests).toEqual([]);
});

test('a bill that OpenStates does not have fails the command with what to do; the others are kept', async () => {
  stub.states[0]!.bills!.splice(1, 1);
  const { code, stdout, stderr } = await sync();
  expect(code).toBe(1);
  expect(stderr).toMatch(/no bill HB 419 of the session 2026 in Florida\. Check its identifier and session/);
  expect(stdout).toMatch(/^HB 419 \(2026\)\n {2}not fetched: .*\n {2}nothing of it is at hand$/m);
  expect(existsSync(join(data_dir, 'bills/fl/2026/SB316.json'))).toBe(true);
});

test('a companion that OpenStates does not have fails nothing', async () => {
  stub.states[0]!.bills!.pop();
  const { code, stdout } = await sync();
  expect(code).toBe(0);
  expect(stdout).toMatch(/^HB 7 \(2026, a companion that the campaign does not name\)\n {2}not fetched: /m);
});

test('in an outage what was at hand stays, is told with its date, and the cause is told once', async () => {
  await sync();
  const file = join(data_dir, 'bills/fl/2026/SB316.json');
  const before = readFileSync(file, 'utf8');
  stub.behave('html with 502');
  const { code, stdout, stderr } = await sync();
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^SB 316 .*\n {2}not fetched: .*HTTP_502.*\n {2}what was at hand stays, fetched \d{4}-/m,
  );
  expect(stderr.match(/HTTP_502/g)!.length).toBe(1);
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('when the minute is used up it says that it waits, and goes on', async () => {
  // Asked almost a minute ago: soon another may be asked.
  const at = Date.now() - 58_000;
  writeFileSync(
    join(data_dir, 'openstates-requests.json'),
    JSON.stringify({ by_minute: {}, recent: Array.from({ length: 10 }, () => at) }),
  );
  const { code, stderr } = await sync(['visible-act'], { OPENSTATES_PER_MINUTE: '10' });
  expect(code).toBe(0);
  expect(stderr.match(/has been asked\. It goes on by itself within a minute …\n/g)!.length).toBe(1);
});

test('a campaign with faults is to be mended first', async () => {
  const campaigns = folderOf({});
  cpSync(join(ROOT, 'tests/fixtures/broken-campaigns/wrong-ask'), join(campaigns, 'clean-water'), {
    recursive: true,
  });
  const { code, stdout, stderr } = await sync(['clean-water'], { CAMPAIGNS_DIR: campaigns });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/npm run campaign -- check clean-water\n$/);
});

test.each([
  [['clean-air'], /^There is no campaign 'clean-air'\. There are: example, visible-act\./],
  [[], /^sync takes one campaign/],
  [['visible-act', 'clean-air'], /^sync takes one campaign/],
  [['visible-act', '--format', 'xml'], /^--format is one of: text, json/],
])('sync %j fails with what can be asked for', async (args, says) => {
  const { code, stdout, stderr } = await sync(args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(says);
  expect(stderr).not.toContain('    at ');
});
