import { execFile } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
import { TO_START } from '../support/server-process.ts';
import { STUB_KEY, type StubOpenStates, startStubOpenStates } from '../support/stub-openstates.ts';

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

/** Runs the command as a person would, from the project's root. */
function sync(args: string[] = ['visible-act'], settings: Record<string, string> = {}): Promise<Outcome> {
  const env = {
    ...TO_START,
    DATA_DIR: data_dir,
    CAMPAIGNS_DIR: join(ROOT, 'campaigns'),
    OPENSTATES_URL: stub.url,
    OPENSTATES_API_KEY: STUB_KEY,
    OPENSTATES_PER_MINUTE: '1000',
    ...settings,
  };
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
  [['clean-air'], /^There is no campaign 'clean-air'\. There are: visible-act\./],
  [[], /^sync takes one campaign/],
  [['visible-act', 'clean-air'], /^sync takes one campaign/],
  [['visible-act', '--format', 'xml'], /^--format is one of: text, json/],
])('sync %j fails with what can be asked for', async (args, says) => {
  const { code, stdout, stderr } = await sync(args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(says);
  expect(stderr).not.toContain('    at ');
});
