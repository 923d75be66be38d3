import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { billFile, readBill } from '../../server/bills/bill-files.ts';
import type { BillRecord, BillRef } from '../../server/bills/bill-record.ts';
import { createBillSync, type SyncedBill } from '../../server/bills/sync-bills.ts';
import { OperationalError } from '../../server/errors.ts';
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
import { clientOf, florida } from '../support/bills.ts';
import {
  HAS_REAL_OPENSTATES,
  realReply,
  type StubOpenStates,
  startStubOpenStates,
} from '../support/stub-openstates.ts';

let stub: StubOpenStates;
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
  stub.requests.length = 0;
  stub.behave('serve');
  stub.states = [{ ...madeUpFlorida(), ...legislature() }];
});

const inCommittee = (name: string, since = '2026-01-20') =>
  apiAction(since, `Referred to ${name}`, 'lower', { classification: ['referral-committee'] });

/** HB 1, its companion SB 2, and HB 3, which has none; both House bills are in Judiciary. */
function legislature() {
  return {
    bills: [
      apiBill('HB 1', {
        actions: [apiAction('2025-11-13', 'Filed'), inCommittee('Judiciary Committee')],
        sponsorships: [apiSponsorship('Member 13', compactPerson('lower', 13))],
        related_bills: [companionTo('SB 2'), companionTo('HB 9', '2025')],
        votes: [apiRollCall('2026-02-01', [['yes', compactPerson('lower', 13)]])],
      }),
      apiBill('SB 2', { related_bills: [companionTo('HB 1')] }),
      apiBill('HB 3', { actions: [inCommittee('Judiciary Committee')] }),
    ],
    committees: [
      apiCommittee('Judiciary', 'lower', [['Member 14', compactPerson('lower', 14), 'chair'], ['Smith']]),
      apiCommittee('Judiciary', 'upper', [['Member 5', compactPerson('upper', 5)]]),
    ],
  };
}

const syncWith = (options: Partial<Parameters<typeof clientOf>[1]> = {}) =>
  createBillSync({ client: clientOf(stub.url, { data_dir, now, ...options }), data_dir, now });
const sync = (...refs: BillRef[]): Promise<SyncedBill[]> => syncWith()(refs);
const results = (synced: SyncedBill[]) =>
  synced.map(({ record, ref, result, is_companion }) => [
    ref.identifier,
    result,
    is_companion,
    record?.fetched_at,
  ]);
const asked = () => stub.requests.map(({ path, query }) => `${path}?${query}`);
async function kept(identifier: string): Promise<BillRecord | undefined> {
  const found = await readBill(data_dir, florida(identifier));
  return found.kind === 'record' ? found.record : undefined;
}
const AT = '2026-02-10T17:00:00.000Z';

test('a bill comes with its session, its committee’s members and its companion, and is kept', async () => {
  const synced = await sync(florida('HB 1'));
  expect(results(synced)).toEqual([
    ['HB 1', 'fetched', false, AT],
    ['SB 2', 'fetched', true, AT],
  ]);
  expect(synced.flatMap(({ notes }) => notes)).toEqual([]);
  const record = await kept('hb0001');
  expect(record).toEqual(synced[0]!.record);
  expect(record).toMatchObject({
    session_name: '2026 Regular Session',
    session_end: '2026-03-13',
    committees: [
      {
        name: expect.stringContaining('Judiciary'),
        chamber: 'lower',
        since: '2026-01-20',
        members: [
          { name: 'Member 14', person_id: compactPerson('lower', 14).id, role: 'chair' },
          { name: 'Smith', role: 'member' },
        ],
      },
    ],
  });
  expect((await kept('SB 2'))?.committees).toEqual([]);
});

test('what is the same for all bills is asked once', async () => {
  await sync(florida('HB 1'), florida('HB 3'), florida('hb001'), florida('SB 2'));
  const include = ['sponsorships', 'actions', 'sources', 'related_bills', 'votes'];
  const bill = (identifier: string) =>
    `/bills/fl/2026/${identifier}?${include.map((one) => `include=${one}`).join('&')}`;
  expect(asked().toSorted()).toEqual(
    [
      bill('HB%201'),
      bill('HB%203'),
      bill('SB%202'),
      '/committees?jurisdiction=fl&chamber=lower&include=memberships&per_page=20&page=1',
      '/jurisdictions/fl?include=legislative_sessions',
    ].toSorted(),
  );
});

test.each([
  ['404 for one', 'no such bill', 'openstates_not_found'],
  ['an outage for one', 'html with 502', 'openstates_unavailable'],
  ['another bill for one', 'another bill', 'openstates_other_bill'],
])('%s: what was at hand of it stays with its date, and the others are written', async (_, fault, code) => {
  await sync(florida('HB 1'), florida('HB 3'));
  const before = readFileSync(billFile(data_dir, florida('HB 1')), 'utf8');
  ms += 86_400_000;
  if (fault === 'another bill')
    stub.states[0]!.bills![0]!.jurisdiction = { id: 'ocd-jurisdiction/country:us/state:ga/government' };
  else stub.behaveAt(/HB%201/, fault);
  const synced = await sync(florida('HB 1'), florida('HB 3'));
  expect(results(synced)).toEqual([
    ['HB 1', 'failed', false, AT],
    ['HB 3', 'fetched', false, '2026-02-11T17:00:00.000Z'],
    ['SB 2', 'fetched', true, '2026-02-11T17:00:00.000Z'],
  ]);
  expect(synced[0]!.error?.code).toBe(code);
  expect(readFileSync(billFile(data_dir, florida('HB 1')), 'utf8')).toBe(before);
});

test('a bill that OpenStates does not have is named, with what to do', async () => {
  const [synced] = await sync(florida('HB 77'));
  expect(synced).toMatchObject({ result: 'failed', record: undefined });
  expect(synced!.error!.message).toMatch(
    /no bill HB 77 of the session 2026 in Florida\. Check its identifier and session in campaign\.yaml/,
  );
  expect(existsSync(billFile(data_dir, florida('HB 77')))).toBe(false);
});

test('a companion that fails is told as its own failure, and the campaign’s bill is whole', async () => {
  stub.behaveAt(/SB%202/, 'no such bill');
  const synced = await sync(florida('HB 1'));
  expect(results(synced)).toEqual([
    ['HB 1', 'fetched', false, AT],
    ['SB 2', 'failed', true, undefined],
  ]);
});

test('of many companions five that the campaign does not name are fetched, and a note says so', async () => {
  const names = Array.from({ length: 300 }, (_, index) => `SB ${index + 10}`);
  Object.assign(stub.states[0]!.bills![0]!, { related_bills: names.map((one) => companionTo(one)) });
  stub.states[0]!.bills!.push(...names.map((one) => apiBill(one)));
  const synced = await sync(florida('SB 11'), florida('HB 1'), florida('HB 3'));
  expect(results(synced).map(([identifier, , is_companion]) => [identifier, is_companion])).toEqual([
    ['SB 11', false],
    ['HB 1', false],
    ['HB 3', false],
    ...['SB 10', 'SB 12', 'SB 13', 'SB 14', 'SB 15'].map((one) => [one, true]),
  ]);
  expect(synced.map(({ notes }) => notes.length)).toEqual([0, 1, 0, 0, 0, 0, 0, 0]);
  expect(synced[1]!.notes[0]).toMatch(/^294 of its companions are not fetched: .* five/);
});

describe('a list that was asked for and did not come', () => {
  const PARTS = {
    actions: ['actions', 'actions'],
    sponsorships: ['sponsorships', 'sponsors'],
    votes: ['roll_calls', 'votes'],
    related_bills: ['companions', 'companions'],
    sources: ['source', 'sources'],
  } as const;
  const lists = Object.keys(PARTS) as (keyof typeof PARTS)[];
  const change = (changes: Record<string, unknown>) =>
    Object.assign(stub.states[0]!.bills![0]!, { title: 'Another title', ...changes });

  test.each(lists)('%s: that part of before stays with a note, the rest is new', async (list) => {
    await sync(florida('HB 1'));
    const before = (await kept('HB 1'))!;
    for (const nothing of [undefined, null]) {
      change({ [list]: nothing });
      const [synced] = await sync(florida('HB 1'));
      expect(synced).toMatchObject({ result: 'fetched' });
      expect(synced!.notes).toEqual([
        `OpenStates sent no list of its ${PARTS[list][1]}, so those of before stay.`,
      ]);
      expect(await kept('HB 1')).toEqual({ ...before, title: 'Another title' });
    }
  });

  test.each(lists.filter((list) => list !== 'sources'))(
    '%s: an empty one is taken as it is',
    async (list) => {
      await sync(florida('HB 1'));
      change({ [list]: [] });
      const [synced] = await sync(florida('HB 1'));
      expect(synced!.notes).toEqual([]);
      expect(await kept('HB 1')).toMatchObject({ title: 'Another title', [PARTS[list][0]]: [] });
    },
  );

  test('with nothing at hand there is nothing of it, and each is told', async () => {
    change(Object.fromEntries(lists.map((list) => [list, undefined])));
    const [synced] = await sync(florida('HB 1'));
    expect(synced!.notes).toEqual(
      lists.map((list) => `OpenStates sent no list of its ${PARTS[list][1]}, so none are known.`),
    );
    expect(await kept('HB 1')).toMatchObject({
      title: 'Another title',
      actions: [],
      sponsorships: [],
      roll_calls: [],
      companions: [],
      source: 'https://example.org/openstates/HB1',
    });
  });

  test('without actions the day of the first and the members in the other chamber stay', async () => {
    change({
      first_action_date: null,
      actions: [
        apiAction('2025-11-13', 'Filed'),
        apiAction('2026-01-20', 'Passed', 'lower', { classification: ['passage'] }),
        apiAction('2026-01-22', 'Referred to Judiciary', 'upper', { classification: ['referral-committee'] }),
      ],
    });
    await sync(florida('HB 1'));
    const before = (await kept('HB 1'))!;
    expect(before.committees).toMatchObject([{ chamber: 'upper', members: [{ name: 'Member 5' }] }]);
    change({ actions: undefined });
    await sync(florida('HB 1'));
    expect(await kept('HB 1')).toEqual(before);
  });

  test('choices of one vote stay as they were; a vote that is new has none', async () => {
    await sync(florida('HB 1'));
    const [{ votes: choices }] = (await kept('HB 1'))!.roll_calls as [BillRecord['roll_calls'][0]];
    expect(choices.length).toBe(1);
    const [vote] = stub.states[0]!.bills![0]!.votes as [object];
    change({
      votes: [
        { ...vote, votes: undefined },
        { ...apiRollCall('2026-02-08', []), votes: null },
      ],
    });
    const [synced] = await sync(florida('HB 1'));
    expect(synced!.notes).toEqual([
      'OpenStates sent no list of who voted how in 2 of its votes, so those of before stay.',
    ]);
    expect((await kept('HB 1'))!.roll_calls.map(({ votes }) => votes)).toEqual([choices, []]);
  });

  test('members of a committee stay as they were', async () => {
    await sync(florida('HB 1'));
    const before = (await kept('HB 1'))!;
    Object.assign(stub.states[0]!.committees![0]!, { memberships: undefined });
    const [synced] = await sync(florida('HB 1'));
    expect(synced!.notes).toEqual([
      expect.stringMatching(/those of before stay\. .* no list of its members/),
    ]);
    expect(await kept('HB 1')).toEqual(before);
  });
});

test.each([
  ['sessions', /jurisdictions/],
  ['committees', /committees/],
])('%s that can’t be asked for are a note, and what was known of them before stays', async (what, which) => {
  await sync(florida('HB 1'));
  const before = await kept('HB 1');
  ms += 86_400_000;
  stub.requests.length = 0;
  stub.behaveAt(which, 'html with 502');
  const [synced, other] = await sync(florida('HB 1'), florida('HB 3'));
  expect(synced).toMatchObject({ result: 'fetched', notes: [expect.stringContaining('could not be asked')] });
  const members_as_of = what === 'sessions' ? '2026-02-11' : '2026-02-10';
  const committees = [{ ...before!.committees[0], members_as_of }];
  expect(await kept('HB 1')).toEqual({ ...before, fetched_at: now().toISOString(), committees });
  expect(other).toMatchObject({ result: 'fetched', notes: [expect.stringContaining('could not be asked')] });
  expect(stub.requests.filter(({ path }) => path.includes(what === 'sessions' ? 'juris' : what)).length).toBe(
    1,
  );
});

test('members of before do not stay once another committee has the bill', async () => {
  await sync(florida('HB 1'));
  stub.states[0]!.bills![0]!.actions = [inCommittee('Rules Committee', '2026-02-09')];
  stub.behaveAt(/committees/, 'html with 502');
  await sync(florida('HB 1'));
  expect((await kept('HB 1'))!.committees).toEqual([
    { name: expect.stringContaining('Rules'), chamber: 'lower', since: '2026-02-09' },
  ]);
});

describe('once the session is over', () => {
  const DURING = '2026-03-13T17:00:00Z';
  /** Still the day after it in Florida. */
  const AFTER = '2026-03-15T03:59:00Z';
  const AFTERWARDS = '2026-03-16T17:00:00Z';
  const syncOn = async (time: string) => {
    ms = Date.parse(time);
    stub.requests.length = 0;
    const [synced] = await sync(florida('HB 3'));
    const lists = stub.requests.filter(({ path }) => path.startsWith('/committees')).length;
    return { result: synced!.result, committees: synced!.record!.committees, lists, notes: synced!.notes };
  };
  const newMembers = () => {
    stub.states[0]!.committees = [apiCommittee('Judiciary', 'lower', [['Newcomer']])];
  };

  test('committees are not asked for any more, and those of its last day stay', async () => {
    const before = await syncOn(DURING);
    expect(before).toMatchObject({
      lists: 1,
      committees: [{ members_as_of: '2026-03-13', members: [{}, {}] }],
    });
    newMembers();
    expect(await syncOn(AFTER)).toEqual({ ...before, lists: 0 });
    expect(await syncOn(AFTERWARDS)).toEqual({ ...before, lists: 0 });
  });

  test('another committee that turns out to have had it has no members of today', async () => {
    await syncOn(DURING);
    stub.states[0]!.committees = [apiCommittee('Rules', 'lower', [['Newcomer']])];
    stub.states[0]!.bills![2]!.actions = [inCommittee('Rules', '2026-03-13')];
    expect(await syncOn(AFTER)).toMatchObject({
      lists: 0,
      committees: [{ name: 'Rules', chamber: 'lower', since: '2026-03-13' }],
    });
    expect((await kept('HB 3'))!.committees[0]).not.toHaveProperty('members');
  });

  test('where none were ever told, those of today are asked for once', async () => {
    const before = await syncOn(AFTER);
    expect(before).toMatchObject({ lists: 1, committees: [{ members_as_of: '2026-03-14' }] });
    newMembers();
    expect(await syncOn(AFTERWARDS)).toEqual({ ...before, lists: 0 });
  });

  test('where OpenStates said then that it does not have the committee, it is not asked again', async () => {
    stub.states[0]!.committees = [];
    expect(await syncOn(AFTER)).toMatchObject({ lists: 1, notes: [expect.stringContaining('not among')] });
    newMembers();
    const after = await syncOn(AFTERWARDS);
    expect(after).toMatchObject({ lists: 0, notes: [] });
    expect(after.committees[0]).not.toHaveProperty('members');
  });

  test('where they could not be asked for, they are the next time', async () => {
    stub.behaveAt(/committees/, 'html with 502');
    expect(await syncOn(AFTER)).toMatchObject({ result: 'fetched', lists: 1 });
    stub.behave('serve');
    expect(await syncOn(AFTERWARDS)).toMatchObject({
      lists: 1,
      committees: [{ members_as_of: '2026-03-16', members: [{}, {}] }],
    });
  });

  test('with the clock set back into it they are asked for as of that day', async () => {
    await syncOn(AFTER);
    newMembers();
    expect(await syncOn(DURING)).toMatchObject({
      lists: 1,
      committees: [{ members_as_of: '2026-03-13', members: [{ name: 'Newcomer' }] }],
    });
  });
});

test('of a session whose end nobody tells committees are asked for', async () => {
  stub.answerAt(/jurisdictions/, { id: stub.states[0]!.jurisdiction.id, legislative_sessions: [] });
  ms = Date.parse('2027-02-10T17:00:00Z');
  await sync(florida('HB 3'));
  await sync(florida('HB 3'));
  expect(asked().filter((one) => one.startsWith('/committees')).length).toBe(2);
});

test('a committee that OpenStates does not have is a note, and its members are not known', async () => {
  stub.states[0]!.committees = [];
  const [synced] = await sync(florida('HB 1'));
  expect(synced).toMatchObject({
    result: 'fetched',
    notes: [expect.stringMatching(/Judiciary.* is not among the House’s committees at OpenStates/)],
  });
  expect(synced!.record!.committees[0]).not.toHaveProperty('members');
});

test('members that were not sent along are asked for by themselves', async () => {
  const [house] = stub.states[0]!.committees!;
  const page = { per_page: 20, page: 1, max_page: 1, total_items: 1 };
  stub.answerAt(/committees\?/, { results: [{ ...house, memberships: null }], pagination: page });
  const [synced] = await sync(florida('HB 1'));
  expect(synced!.record!.committees[0]!.members!.length).toBe(2);
});

test('all pages of a list are read, and subcommittees with them where one has the bill', async () => {
  const many = Array.from({ length: 25 }, (_, index) => apiCommittee(`Committee ${index}`, 'lower'));
  const parent = apiCommittee('Zoning', 'lower');
  const sub = apiCommittee('Zoning Appeals Subcommittee', parent, [['Smith']]);
  stub.states[0]!.committees = [...many, parent, sub];
  stub.states[0]!.bills![0]!.actions = [inCommittee('Zoning Appeals Subcommittee')];
  const [synced] = await sync(florida('HB 1'));
  expect(synced!.notes).toEqual([]);
  expect(synced!.record!.committees[0]!.members).toEqual([{ name: 'Smith', role: 'member' }]);
  const pages = stub.requests
    .filter(({ path }) => path === '/committees')
    .map(({ query }) => [query.get('chamber') ?? query.get('classification'), query.get('page')]);
  expect(pages).toEqual([
    ['lower', '1'],
    ['lower', '2'],
    ['subcommittee', '1'],
  ]);
});

test.each([
  ['the first page for ever', { per_page: 1, page: 1, max_page: 3, total_items: 3 }],
  ['pages without an end', { per_page: 1, page: 1, max_page: 1_000_000, total_items: 1_000_000 }],
])('a server that answers %s is not asked for ever', async (_, pagination) => {
  stub.answerAt(/committees\?/, { results: [], pagination });
  const [synced] = await sync(florida('HB 1'));
  expect(synced).toMatchObject({ result: 'fetched', notes: [expect.stringContaining('not whole')] });
  expect(stub.requests.filter(({ path }) => path === '/committees').length).toBeLessThanOrEqual(2);
});

test('when the minute is used up it goes on later where it was, and repeats no question', async () => {
  // Bills may use six of ten.
  const syncSome = syncWith({ per_minute: 4 });
  let spent = 0;
  let synced: SyncedBill[] | undefined;
  while (!synced) {
    try {
      synced = await syncSome([florida('HB 1'), florida('HB 3')]);
    } catch (error) {
      if (!(error instanceof OperationalError) || error.code !== 'openstates_minute_spent') throw error;
      spent += 1;
      ms += 62_000;
    }
  }
  expect(spent).toBe(1);
  expect(results(synced).map(([, result]) => result)).toEqual(['fetched', 'fetched', 'fetched']);
  expect(new Set(asked()).size).toBe(asked().length);
  expect(asked().length).toBe(5);
});

test('what was fetched over an hour ago is fetched anew', async () => {
  const syncSome = syncWith({ per_minute: 1 });
  await expect(syncSome([florida('HB 1')])).rejects.toThrow(/minute/);
  ms += 3_700_000;
  await expect(syncSome([florida('HB 1')])).rejects.toThrow(/minute/);
  expect(asked().map((question) => question.slice(0, 20))).toEqual([
    '/bills/fl/2026/HB%20',
    '/bills/fl/2026/HB%20',
  ]);
});

test('with the clock set back while it waits, it begins anew as of the new time, and ends', async () => {
  const syncSome = syncWith({ per_minute: 4 });
  await expect(syncSome([florida('HB 1'), florida('HB 3')])).rejects.toThrow(/minute/);
  ms -= 86_400_000;
  await expect(syncSome([florida('HB 1'), florida('HB 3')])).rejects.toThrow(/minute/);
  ms += 62_000;
  await expect(syncSome([florida('HB 1'), florida('HB 3')])).rejects.toThrow(/minute/);
  ms += 62_000;
  const synced = await syncSome([florida('HB 1'), florida('HB 3')]);
  expect(results(synced).map(([identifier, result, , at]) => [identifier, result, at])).toEqual([
    ['HB 1', 'fetched', '2026-02-09T17:01:02.000Z'],
    ['HB 3', 'fetched', '2026-02-09T17:01:02.000Z'],
    ['SB 2', 'fetched', '2026-02-09T17:02:04.000Z'],
  ]);
});

test('when the day is used up each bill stays as it was, and says so', async () => {
  await sync(florida('HB 1'));
  const synced = await syncWith({ per_day: 3 })([florida('HB 1'), florida('HB 3')]);
  expect(synced.map(({ result, error }) => [result, error?.code])).toEqual([
    ['failed', 'openstates_day_spent'],
    ['failed', 'openstates_day_spent'],
    ['failed', 'openstates_day_spent'],
  ]);
  expect(synced[0]!.record?.fetched_at).toBe(AT);
});

test('asked to stop, it ends at once and writes nothing', async () => {
  stub.behave('silence');
  const stopping = new AbortController();
  const syncing = syncWith()([florida('HB 1')], stopping.signal);
  stopping.abort();
  await expect(syncing).rejects.toThrow(OperationalError);
  expect(existsSync(billFile(data_dir, florida('HB 1')))).toBe(false);
});

test('a damaged file is told of, and takes the new record', async () => {
  const file = billFile(data_dir, florida('HB 3'));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '{"state":"fl"');
  const [synced] = await sync(florida('HB 3'));
  expect(synced).toMatchObject({ result: 'fetched', notes: [expect.stringContaining('it is damaged')] });
  expect((await kept('HB 3'))?.identifier).toBe('HB 3');
});

test.each(['https:example.org/x', 'http:/x', 'https:', '//example.org', 'https://'])(
  'a bill with the source %j is written with another, and so are the others',
  async (url) => {
    Object.assign(stub.states[0]!.bills![0]!, { sources: [{ url, note: '' }], openstates_url: url });
    Object.assign((stub.states[0]!.bills![0]!.votes as object[])[0]!, { sources: [{ url, note: '' }] });
    const synced = await sync(florida('HB 1'), florida('HB 3'));
    expect(synced.map(({ result }) => result)).toEqual(['fetched', 'fetched', 'fetched']);
    const page = 'https://open.pluralpolicy.com/fl/bills/2026/HB1';
    expect(await kept('HB 1')).toMatchObject({ source: page, roll_calls: [{ source: page }] });
    expect((await kept('HB 3'))?.fetched_at).toBe(AT);
  },
);

test('where it can’t be written the bill has failed', async () => {
  writeFileSync(`${data_dir}/bills`, 'a file where the folder should be');
  const [synced] = await sync(florida('HB 3'));
  expect(synced!.error?.code).toBe('bill_unwritable');
});

const real = HAS_REAL_OPENSTATES ? test : test.skip;
if (!HAS_REAL_OPENSTATES) console.warn('skipped: ../shared/data/openstates/api-v3 is not here');

real(
  'the real HB 419 is kept whole; its subcommittee is not among the real committees of Florida',
  async () => {
    stub.behaveAt(/HB%20419/, '200 rendered/bills-detail-fl-2026-HB419-all-includes.json');
    const { results: page } = realReply('rendered/committees-fl-lower.json') as { results: unknown[] };
    const pagination = { per_page: 20, page: 1, max_page: 1, total_items: 2 };
    stub.answerAt(/committees\?/, { results: page, pagination });
    const [synced, companion] = await sync(florida('HB 419'));
    expect(synced).toMatchObject({
      result: 'fetched',
      notes: [expect.stringMatching(/^Criminal Justice Subcommittee is not among the House’s committees/)],
    });
    expect((await kept('HB 419'))?.committees).toEqual([
      {
        name: 'Criminal Justice Subcommittee',
        chamber: 'lower',
        since: '2025-11-18',
        members_as_of: '2026-02-10',
      },
    ]);
    expect(companion).toMatchObject({ ref: { identifier: 'SB 316' }, is_companion: true, result: 'failed' });
  },
);
