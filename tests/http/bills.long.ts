import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { billFile, writeBill } from '../../server/bills/bill-files.ts';
import { createBillSync } from '../../server/bills/sync-bills.ts';
import { apiBill, apiSponsorship, compactPerson, companionTo } from '../fixtures/openstates/bills.ts';
import { madeUpFlorida } from '../fixtures/openstates/made-up.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { clientOf, florida } from '../support/bills.ts';
import { type StubOpenStates, startStubOpenStates } from '../support/stub-openstates.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { until } from '../support/until.ts';

const DAY_MS = 86_400_000;
const PAGE = '/campaigns/visible-act';
const ACT = `${PAGE}/act?division=${encodeURIComponent('ocd-division/country:us/state:fl/sldu:5')}`;

let stub: StubOpenStates;
let app: TestApp | undefined;
let data_dir: string;
let ms: number;
const now = () => new Date(ms);
beforeAll(async () => {
  stub = await startStubOpenStates();
});
afterAll(() => stub.close());
beforeEach(() => {
  ms = Date.parse('2026-02-10T17:00:00Z');
  data_dir = folderOf({});
  stub.behave('serve');
  stub.requests.length = 0;
  stub.states = [
    {
      ...madeUpFlorida(),
      bills: [
        apiBill('SB 316', { sponsorships: [apiSponsorship('Member 5', compactPerson('upper', 5))] }),
        apiBill('HB 419', { related_bills: [companionTo('SB 316'), companionTo('SB 7')] }),
        apiBill('SB 7'),
      ],
    },
  ];
});
afterEach(async () => {
  await app?.close();
  app = undefined;
});

async function start(openstates: { per_minute?: number; per_day?: number; is_synced?: boolean } = {}) {
  const { is_synced = true, ...limits } = openstates;
  app = await startTestApp({
    data_dir,
    now,
    ...(is_synced
      ? { openstates: { url: stub.url, per_minute: 1000, per_day: 10_000, ...limits, syncs_bills: true } }
      : {}),
  });
}

const campaign = () => app!.parts.campaigns.get('visible-act')!;
const records = () => app!.bills_keeper.records(campaign());
const dates = () => records().map(({ identifier, fetched_at }) => [identifier, fetched_at.slice(0, 10)]);
const events = (name: string) =>
  app!.log.map((line) => JSON.parse(line)).filter(({ event }) => event === name);
const pagesServe = async () => {
  for (const path of [PAGE, ACT]) expect((await app!.get(path)).status).toBe(200);
};

test('bills are fetched at the start with a companion that no campaign names, serve at once, and are kept', async () => {
  await start();
  await until(() => records().length === 3);
  expect(dates()).toEqual([
    ['SB 316', '2026-02-10'],
    ['HB 419', '2026-02-10'],
    ['SB 7', '2026-02-10'],
  ]);
  expect(records()).toBe(records());
  const known = app!.parts.knownBills(campaign(), app!.parts.rosters.get('fl')!.roster);
  expect(known.bills.map(({ record }) => record.identifier)).toEqual(['SB 316', 'HB 419', 'SB 7']);
  await pagesServe();
  await app!.close();
  await start({ is_synced: false });
  expect(dates().length).toBe(3);
});

test('on another day of the state they are fetched anew', async () => {
  await start();
  await until(() => events('bills_fetched').length === 1);
  stub.states[0]!.bills![0]!.title = 'Another title';
  ms += DAY_MS;
  await until(() => dates().every(([, date]) => date === '2026-02-11'));
  expect(records().map(({ title }) => title)).toContain('Another title');
});

test.each([
  ['is out of reach', 'html with 502', 'openstates_unavailable'],
  ['counts too many questions', 'over the minute', 'openstates_over_limit'],
  ['has no such bill', 'no such bill', 'openstates_not_found'],
  ['does not take the key', 'unknown key', 'openstates_bad_key'],
])(
  'while OpenStates %s what is at hand stays with its date, and the log tells it once',
  async (_, fault, code) => {
    await start();
    await until(() => events('bills_fetched').length === 1);
    stub.behave(fault);
    ms += DAY_MS;
    await until(() => events('sync_failed').length > 0);
    const asked = stub.requests.length;
    if (fault === 'html with 502') await until(() => stub.requests.length > asked + 4);
    expect(events('sync_failed')).toEqual([
      expect.objectContaining({ campaign: 'visible-act', code, message: expect.any(String) }),
    ]);
    expect(dates().map(([, date]) => date)).toEqual(['2026-02-10', '2026-02-10', '2026-02-10']);
    await pagesServe();
  },
);

test('a bill that comes too late stays as it was; the others are new', async () => {
  await start();
  await until(() => events('bills_fetched').length === 1);
  stub.behaveAt(/HB%20419/, 'silence');
  ms += DAY_MS;
  await until(() => events('sync_failed').length > 0);
  expect(events('sync_failed')[0]).toMatchObject({ message: expect.stringContaining('ETIMEDOUT') });
  expect(dates()).toEqual([
    ['SB 316', '2026-02-11'],
    ['HB 419', '2026-02-10'],
    ['SB 7', '2026-02-11'],
  ]);
  await pagesServe();
});

test('with nothing at hand and OpenStates out of reach every page serves', async () => {
  stub.behave('html with 502');
  await start();
  await until(() => events('sync_failed').length > 0);
  expect(records()).toEqual([]);
  await pagesServe();
});

test('a day’s allowance that is used up leaves what is at hand, and is told', async () => {
  await start();
  await until(() => events('bills_fetched').length === 1);
  await app!.close();
  // On another day, and what was asked on the one before still counts.
  ms += DAY_MS / 2;
  await start({ per_day: 5 });
  await until(() => events('sync_failed').some(({ code }) => code === 'openstates_day_spent'));
  expect(dates().map(([, date]) => date)).toEqual(['2026-02-10', '2026-02-10', '2026-02-10']);
  await pagesServe();
});

test('a bill of another session that comes in its place is not taken', async () => {
  await start();
  await until(() => events('bills_fetched').length === 1);
  stub.answerAt(/HB%20419/, apiBill('HB 419', { session: '2027' }));
  ms += DAY_MS;
  await until(() => events('sync_failed').length > 0);
  expect(events('sync_failed')[0]).toMatchObject({ code: 'openstates_other_bill' });
  expect(dates()).toEqual([
    ['SB 316', '2026-02-11'],
    ['HB 419', '2026-02-10'],
    ['SB 7', '2026-02-11'],
  ]);
});

test('what a command has fetched beside the app is taken in without a restart', async () => {
  await start({ is_synced: false });
  expect(records()).toEqual([]);
  const client = clientOf(stub.url, { data_dir, now });
  await createBillSync({ client, data_dir, now })([florida('HB 419')]);
  await until(() => records().length === 3);
  const before = records();
  await writeBill(data_dir, {
    ...before[0]!,
    actions: [{ date: '2026-02-12', description: 'Died in Rules', classification: [], committees: [] }],
  });
  await until(() => records() !== before);
  expect(records()[0]!.actions[0]!.description).toBe('Died in Rules');
  expect(records()[1]).toBe(before[1]);
  await pagesServe();
});

test.each(['', '{}', '{"state":"fl"', '\0\0\0'])(
  'a file damaged to %j is told of, and none at a start',
  async (text) => {
    const file = billFile(data_dir, florida('SB 316'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    await start({ is_synced: false });
    expect(records()).toEqual([]);
    expect(events('bill_unreadable').length).toBe(1);
    await pagesServe();
    await app!.close();
    await start();
    await until(() => records().length === 3);
    // While the app runs what was read before still holds. It is fetched anew at once, perhaps before anyone saw the damage.
    stub.behave('html with 502');
    writeFileSync(file, text);
    await until(() => events('bill_unreadable').length > 1);
    expect(records().length).toBe(3);
    await pagesServe();
  },
);

test('the key is in no file and no line of the log', async () => {
  await start();
  await until(() => records().length === 3);
  const kept = readFileSync(billFile(data_dir, florida('SB 316')), 'utf8');
  expect(kept + app!.log.join()).not.toContain('a-key-for-tests');
  expect(kept).toContain('"fetched_at"');
  expect(join(data_dir, 'bills/fl/2026/SB316.json')).toBe(billFile(data_dir, florida('sb 0316')));
});
