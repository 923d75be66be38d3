import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { billFile, readBill } from '../../server/bills/bill-files.ts';
import { keptBills } from '../../server/bills/kept-bills.ts';
import { createLog } from '../../server/log.ts';
import { apiBill, companionTo } from '../fixtures/openstates/bills.ts';
import { madeUpFlorida } from '../fixtures/openstates/made-up.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { clientOf, florida } from '../support/bills.ts';
import { type StubOpenStates, startStubOpenStates } from '../support/stub-openstates.ts';

let stub: StubOpenStates;
let data_dir: string;
let ms: number;
let looks: number;
let lines: string[];
const now = () => new Date(ms);
beforeAll(async () => {
  stub = await startStubOpenStates();
});
afterAll(() => stub.close());
beforeEach(() => {
  ms = Date.parse('2026-02-10T17:00:00Z');
  data_dir = folderOf({});
  looks = 0;
  lines = [];
  stub.behave('serve');
  stub.requests.length = 0;
  const bills = [apiBill('HB 1', { related_bills: [companionTo('SB 2')] }), apiBill('SB 2'), apiBill('HB 3')];
  stub.states = [{ ...madeUpFlorida(), bills }];
});

/** What keeps a campaign's bills, as its keeper takes it; gives the code of what failed, and which bills were asked for. */
function keep(...identifiers: string[]) {
  return keepWith({}, ...identifiers);
}

/** The same with an allowance. */
function keepWith(limits: { per_minute?: number; per_day?: number }, ...identifiers: string[]) {
  const [task] = keptBills({
    campaigns: [
      {
        slug: 'example',
        state: 'fl',
        bills: identifiers.map((identifier) => ({ identifier, session: '2026' })),
      },
    ],
    client: clientOf(stub.url, { data_dir, now, ...limits }),
    bills_keeper: {
      look: async () => {
        looks += 1;
      },
    },
    data_dir,
    now,
    log: createLog('info', now, (line) => lines.push(line)),
  });
  expect(task).toMatchObject({ event: 'sync_failed', of: { campaign: 'example' } });
  return async () => {
    stub.requests.length = 0;
    const failure = await task!.step(new AbortController().signal);
    const bills = stub.requests.flatMap(({ path }) => /^\/bills\/fl\/2026\/(.+)$/.exec(path)?.[1] ?? []);
    return [failure?.code, bills.map(decodeURIComponent)];
  };
}

test('bills and companions are fetched once on each of the state’s days', async () => {
  const step = keep('HB 1', 'HB 3');
  expect(await step()).toEqual([undefined, ['HB 1', 'HB 3', 'SB 2']]);
  expect(looks).toBe(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    event: 'bills_fetched',
    campaign: 'example',
    bills: 'HB 1, HB 3, SB 2',
  });
  // Still February 10 in Florida.
  ms = Date.parse('2026-02-11T04:59:00Z');
  expect(await step()).toEqual([undefined, []]);
  expect(stub.requests).toEqual([]);
  ms = Date.parse('2026-02-11T05:01:00Z');
  expect(await step()).toEqual([undefined, ['HB 1', 'HB 3', 'SB 2']]);
  expect([looks, lines.length]).toEqual([2, 2]);
});

test('what another has fetched today is not fetched again', async () => {
  await keep('HB 1')();
  expect(await keep('HB 1', 'HB 3')()).toEqual([undefined, ['HB 3']]);
});

test('one of a day to come, of a clock that was ahead, is fetched anew', async () => {
  const step = keep('HB 3');
  ms += 86_400_000 * 3;
  await step();
  ms -= 86_400_000 * 3;
  expect(await step()).toEqual([undefined, ['HB 3']]);
});

test('a bill that OpenStates does not have is asked for once a day, and the others are kept', async () => {
  const step = keep('HB 77', 'HB 3');
  expect(await step()).toEqual(['openstates_not_found', ['HB 77', 'HB 3']]);
  expect(await step()).toEqual([undefined, []]);
  ms += 86_400_000;
  expect(await step()).toEqual(['openstates_not_found', ['HB 77', 'HB 3']]);
});

test('one that could not be reached is asked for again, it alone', async () => {
  stub.behaveAt(/HB%201/, 'html with 502', 'serve');
  const step = keep('HB 1', 'HB 3');
  expect(await step()).toEqual(['openstates_unavailable', ['HB 1', 'HB 3']]);
  expect(await step()).toEqual([undefined, ['HB 1', 'SB 2']]);
});

test('a companion that could not be reached fails nothing, and is asked for the next day', async () => {
  stub.behaveAt(/SB%202/, 'html with 502', 'serve');
  const step = keep('HB 1');
  expect(await step()).toEqual([undefined, ['HB 1', 'SB 2']]);
  expect(JSON.parse(lines[0]!).notes).toEqual([expect.stringContaining('HTTP_502')]);
  expect(await step()).toEqual([undefined, []]);
  ms += 86_400_000;
  expect(await step()).toEqual([undefined, ['HB 1', 'SB 2']]);
});

test('what can’t be written costs no further question for an hour, and is written once it can be', async () => {
  writeFileSync(join(data_dir, 'bills'), 'a file in place of the folder');
  const step = keep('HB 3');
  expect(await step()).toEqual(['bill_unwritable', ['HB 3']]);
  const fetched_at = now().toISOString();
  for (let times = 0; times < 3; times += 1) {
    ms += 60_000;
    expect(await step()).toEqual(['bill_unwritable', []]);
    expect(stub.requests).toEqual([]);
  }
  rmSync(join(data_dir, 'bills'));
  expect(await step()).toEqual([undefined, []]);
  expect(await readBill(data_dir, florida('HB 3'))).toMatchObject({ record: { fetched_at } });
  expect([looks, lines.length]).toEqual([1, 1]);
});

test('what could not be written for over an hour is fetched anew', async () => {
  writeFileSync(join(data_dir, 'bills'), 'a file in place of the folder');
  const step = keep('HB 3');
  await step();
  ms += 3_700_000;
  expect(await step()).toEqual(['bill_unwritable', ['HB 3']]);
});

test('when the minute is used up in the middle it goes on with the next, and what is whole is kept already', async () => {
  const step = keepWith({ per_minute: 2 }, 'HB 1', 'HB 3');
  expect(await step()).toEqual(['openstates_minute_spent', ['HB 1']]);
  expect(existsSync(billFile(data_dir, florida('HB 1')))).toBe(true);
  expect(await step()).toEqual(['openstates_minute_spent', []]);
  ms += 62_000;
  expect(await step()).toEqual([undefined, ['HB 3', 'SB 2']]);
  expect(JSON.parse(lines[0]!)).toMatchObject({ bills: 'HB 1, HB 3, SB 2' });
  expect(looks).toBe(1);
});

test('what a command fetches while the app waits for its minute is not fetched again', async () => {
  const step = keepWith({ per_minute: 2 }, 'HB 1', 'HB 3');
  expect(await step()).toEqual(['openstates_minute_spent', ['HB 1']]);
  ms += 62_000;
  await keep('HB 3', 'SB 2')();
  ms += 62_000;
  expect(await step()).toEqual([undefined, []]);
});

test('when the day is used up in the middle the rest is fetched when it may be, and what was fetched is not again', async () => {
  // Bills may use three of three: the first, its session and the second.
  const step = keepWith({ per_day: 3 }, 'HB 1', 'HB 3');
  expect(await step()).toEqual([undefined, ['HB 1', 'HB 3']]);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    bills: 'HB 1, HB 3',
    notes: [expect.stringMatching(/ day/)],
  });
  const other = keepWith({ per_day: 3 }, 'HB 1', 'HB 4');
  expect(await other()).toEqual(['openstates_day_spent', []]);
  stub.states[0]!.bills!.push(apiBill('HB 4'));
  ms += 86_400_000 + 62_000;
  await keep('HB 1', 'SB 2')();
  expect(await other()).toEqual(['openstates_day_spent', []]);
  ms += 86_400_000 + 62_000;
  expect(await other()).toEqual([undefined, ['HB 1', 'HB 4']]);
});

test('two apps on one folder at once end with whole bills, and the next look asks nothing', async () => {
  const steps = [keep('HB 1', 'HB 3'), keep('HB 1', 'HB 3')];
  expect((await Promise.all(steps.map((step) => step()))).map(([failure]) => failure)).toEqual([
    undefined,
    undefined,
  ]);
  for (const identifier of ['HB 1', 'HB 3', 'SB 2'])
    expect(await readBill(data_dir, florida(identifier))).toMatchObject({ kind: 'record' });
  for (const step of steps) expect(await step()).toEqual([undefined, []]);
});
