import { join } from 'node:path';
import { OperationalError } from '../../server/errors.ts';
import { createOpenStates } from '../../server/legislators/openstates-client.ts';
import { createRequestBudget } from '../../server/legislators/request-budget.ts';
import { describeError } from '../../server/log.ts';
import { apiBill } from '../fixtures/openstates/bills.ts';
import { inGeorgia, madeUpGeorgia } from '../fixtures/openstates/made-up.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import {
  HAS_REAL_OPENSTATES,
  STUB_FAULTS,
  STUB_KEY,
  type StubOpenStates,
  startStubOpenStates,
} from '../support/stub-openstates.ts';

let stub: StubOpenStates;
let ms = Date.parse('2026-11-24T12:00:00Z');
beforeAll(async () => {
  stub = await startStubOpenStates(madeUpGeorgia());
});
afterAll(() => stub.close());
beforeEach(() => {
  stub.requests.length = 0;
  stub.behave('serve');
});

function open({
  key = STUB_KEY,
  url = stub.url,
  per_minute = 1000,
  per_day = 100_000,
  timeout_ms = 3000,
} = {}) {
  const now = () => new Date(ms);
  const budget = createRequestBudget({ file: join(folderOf({}), 'requests.json'), per_minute, per_day, now });
  return createOpenStates({ url, key, budget, now, timeout_ms });
}

/** The error of a question; nothing in it holds the key or the point. */
async function failureOf(asked: Promise<unknown>): Promise<OperationalError> {
  const error = await asked.then(
    () => new Error('it was answered'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof OperationalError)) throw error;
  const said = JSON.stringify([describeError(error), error.message, error.stack, error.cause]);
  expect(said).not.toContain(STUB_KEY);
  expect(said).not.toMatch(/33\.12|127\.0\.0\.1/);
  return error;
}

test('the key goes in a header alone, the question says what it needs, and nothing else goes along', async () => {
  const client = open();
  await client.jurisdiction('ga');
  await client.people('ga', 1);
  await client.seatsAt(inGeorgia(3));
  expect(stub.requests.map(({ path, query }) => `${path}?${query}`)).toEqual([
    '/jurisdictions/ga?include=organizations',
    '/people?jurisdiction=ga&per_page=50&page=1&include=offices&include=links',
    '/people.geo?lat=33.1234&lng=-84.6488',
  ]);
  for (const { headers } of stub.requests) {
    expect(headers).toEqual({
      host: expect.any(String),
      accept: 'application/json',
      'accept-encoding': expect.any(String),
      'user-agent': 'Statehouse',
      'x-api-key': STUB_KEY,
      connection: expect.any(String),
    });
  }
});

test('bills, committees and sessions are asked for with what belongs to them', async () => {
  const client = open();
  await failureOf(client.bill({ state: 'ga', session: '2025/26 S', identifier: 'HB 1' }));
  await client.committees({ state: 'ga', of: 'lower' }, 1);
  await client.committees({ state: 'ga', of: 'subcommittees' }, 1);
  await failureOf(client.committee('ocd-organization/1 2'));
  expect((await client.sessions('ga')).legislative_sessions.length).toBe(2);
  expect(stub.requests.map(({ path, query }) => `${path}?${query}`)).toEqual([
    '/bills/ga/2025%2F26%20S/HB%201?include=sponsorships&include=actions&include=sources&include=related_bills&include=votes',
    '/committees?jurisdiction=ga&chamber=lower&include=memberships&per_page=20&page=1',
    '/committees?jurisdiction=ga&classification=subcommittee&include=memberships&per_page=20&page=1',
    '/committees/ocd-organization/1%202?include=memberships',
    '/jurisdictions/ga?include=legislative_sessions',
  ]);
});

test('a bill that is not there is named; from another server it may just be the wrong address', async () => {
  const bill = { state: 'ga', session: '2026', identifier: 'HB 1' };
  expect((await failureOf(open().bill(bill))).message).toMatch(/no bill HB 1 of the session 2026 in Georgia/);
  stub.behave('html with 404');
  expect((await failureOf(open().bill(bill))).message).toMatch(/OPENSTATES_URL/);
});

test('a bill may take longer than a visitor waits, and be larger than a page of people', async () => {
  const bill = { state: 'ga', session: '2026', identifier: 'HB 1' };
  stub.states[0]!.bills = [apiBill('HB 1', { state: 'ga', title: 'x'.repeat(6_000_000) })];
  stub.delay(150);
  const client = open({ timeout_ms: 100 });
  expect((await failureOf(client.people('ga', 1))).message).toContain('(ETIMEDOUT)');
  expect((await open({ timeout_ms: 1000 }).bill(bill)).title.length).toBe(6_000_000);
  stub.states[0]!.bills = [apiBill('HB 1', { state: 'ga' })];
  expect((await client.bill(bill)).identifier).toBe('HB 1');
  stub.delay(0);
  stub.states[0]!.bills = [apiBill('HB 1', { state: 'ga', title: 'x'.repeat(21_000_000) })];
  expect((await failureOf(open({ timeout_ms: 1000 }).bill(bill))).message).toContain('(too_large)');
});

test.each([
  [
    'null for each list',
    { actions: null, votes: null, sponsorships: null, sources: null, related_bills: null },
  ],
  ['no list at all', { actions: undefined, votes: undefined, sponsorships: undefined, sources: undefined }],
  ['lists of what is none', { actions: [null, 1, {}], votes: ['?'], sponsorships: [[]], sources: [{}] }],
  ['null for what may be missing', { created_at: null, openstates_url: null, from_organization: null }],
])('a bill with %s is understood', async (_, changes) => {
  const reply = { ...apiBill('HB 1', { state: 'ga' }), ...changes };
  stub.answerAt(/bills/, reply);
  const bill = await open().bill({ state: 'ga', session: '2026', identifier: 'HB 1' });
  expect(bill.identifier).toBe('HB 1');
});

/** What each fault is called; all others are `openstates_unavailable`. */
const CODES: Record<string, string> = {
  'no key': 'openstates_bad_key',
  'unknown key': 'openstates_bad_key',
  'inactive key': 'openstates_bad_key',
  'over the minute': 'openstates_over_limit',
  'over the day': 'openstates_over_limit',
  'bad question': 'openstates_refused',
  refused: 'openstates_refused',
  'no such jurisdiction': 'openstates_not_found',
  'no such bill': 'openstates_not_found',
  'html with 404': 'openstates_not_found',
};

test.each(STUB_FAULTS)('%s has its code, is asked once, and says nothing of key or point', async (name) => {
  // What never ends is waited for five times as long where no visitor waits.
  const soon = ['silence', 'stall'].includes(name) ? { timeout_ms: 50 } : {};
  for (const ask of [
    (client: ReturnType<typeof open>) => client.seatsAt(inGeorgia(3)),
    (client: ReturnType<typeof open>) => client.people('ga', 1),
    (client: ReturnType<typeof open>) => client.jurisdiction('ga'),
    (client: ReturnType<typeof open>) => client.bill({ state: 'ga', session: '2026', identifier: 'HB 1' }),
    (client: ReturnType<typeof open>) => client.committees({ state: 'ga', of: 'upper' }, 1),
    (client: ReturnType<typeof open>) => client.committee('ocd-organization/1'),
    (client: ReturnType<typeof open>) => client.sessions('ga'),
  ]) {
    stub.requests.length = 0;
    stub.behave(name);
    expect((await failureOf(ask(open(soon)))).code).toBe(CODES[name] ?? 'openstates_unavailable');
    expect(stub.requests.length).toBe(1);
  }
});

test.each([
  ['html', 'not_json'],
  ['html with 403', 'HTTP_403'],
  ['html with 404', 'HTTP_404'],
  ['server error', 'HTTP_500'],
  ['another shape', 'wrong_shape'],
  ['huge', 'too_large'],
  ['huge when unpacked', 'too_large'],
  ['reset', 'ECONNRESET'],
  ['silence', 'ETIMEDOUT'],
  ['stall', 'ETIMEDOUT'],
  ['redirect', 'HTTP_302'],
])('%s is told as %s', async (name, reason) => {
  stub.behave(name);
  expect((await failureOf(open().people('ga', 1))).message).toContain(`(${reason})`);
});

test('where no one listens it is unavailable', async () => {
  const { code } = await failureOf(open({ url: 'http://127.0.0.1:9' }).people('ga', 1));
  expect(code).toBe('openstates_unavailable');
});

test.each([
  ['unknown key', 'openstates_bad_key', 3_600_000],
  ['over the minute', 'openstates_over_limit', 61_000],
  ['over the day', 'openstates_over_limit', 3_600_000],
])(
  'after %s it is left alone: the same failure without asking, until the time is over',
  async (name, code, rest) => {
    const client = open();
    stub.behave(name);
    await failureOf(client.people('ga', 1));
    stub.behave('serve');
    ms += rest - 1;
    expect((await failureOf(client.seatsAt(inGeorgia(3)))).code).toBe(code);
    expect(stub.requests.length).toBe(1);
    ms += 1;
    expect((await client.people('ga', 1)).results.length).toBe(29);
  },
);

test('a wrong key is told with what to do', async () => {
  const { message } = await failureOf(open({ key: 'another-key' }).people('ga', 1));
  expect(message).toMatch(/OPENSTATES_API_KEY.*https:\/\/open\.pluralpolicy\.com.*\.env.*start again/);
});

test('what the budget does not allow is not asked', async () => {
  const client = open({ per_minute: 2, per_day: 3 });
  await client.people('ga', 1);
  await client.people('ga', 1);
  expect((await failureOf(client.people('ga', 1))).code).toBe('openstates_minute_spent');
  ms += 62_000;
  await client.people('ga', 1);
  expect((await failureOf(client.people('ga', 1))).code).toBe('openstates_day_spent');
  expect(stub.requests.length).toBe(3);
});

test('asked to stop, a question under way ends', async () => {
  stub.behave('silence');
  const stopping = new AbortController();
  const asked = failureOf(open({ timeout_ms: 60_000 }).people('ga', 1, stopping.signal));
  stopping.abort();
  expect((await asked).code).toBe('openstates_unavailable');
});

const real = HAS_REAL_OPENSTATES ? test : test.skip;
if (!HAS_REAL_OPENSTATES) console.warn('skipped: ../shared/data/openstates/api-v3 is not here');

real.each([
  ['401 rendered/error-401-inactive-key.json', 'openstates_bad_key'],
  ['401 rendered/error-401-invalid-key.json', 'openstates_bad_key'],
  ['403 rendered/error-403-no-key.json', 'openstates_bad_key'],
  ['429 rendered/error-429-default-tier-per-minute.json', 'openstates_over_limit'],
  ['429 recorded/error-429.json', 'openstates_over_limit'],
  ['422 recorded/error-422-people.geo-address.json', 'openstates_refused'],
  ['422 rendered/people-error-422-org_classification.json', 'openstates_refused'],
  ['422 rendered/people.geo-error-422-missing-lng.json', 'openstates_refused'],
  ['422 rendered/people.geo-error-422-not-float.json', 'openstates_refused'],
  ['422 rendered/people.geo-error-422-bad-include.json', 'openstates_refused'],
  ['400 rendered/people-error-400-per_page.json', 'openstates_refused'],
  ['400 rendered/people-error-400-no-filter.json', 'openstates_refused'],
  ['404 rendered/people-error-404-page.json', 'openstates_not_found'],
  ['404 rendered/jurisdictions-error-404.json', 'openstates_not_found'],
  ['500 rendered/people.geo-error-500-bad-upstream.json', 'openstates_unavailable'],
  ['500 rendered/people.geo-error-500-upstream-exception.json', 'openstates_unavailable'],
])('the real reply %s is %s', async (file, code) => {
  stub.behave(file);
  expect((await failureOf(open().people('ga', 1))).code).toBe(code);
});

real(
  'the real replies are understood: Congress among the seats, an empty sea, a page without offices',
  async () => {
    const client = open();
    stub.behave('200 rendered/people.geo-jacksonville.json');
    expect((await client.seatsAt(inGeorgia(3))).map(({ current_role }) => current_role?.division_id)).toEqual(
      [
        'ocd-division/country:us/state:fl',
        'ocd-division/country:us/state:fl/sldl:14',
        'ocd-division/country:us/state:fl',
        'ocd-division/country:us/state:fl/sldu:5',
      ],
    );
    stub.behave('200 recorded/people.geo-seattle-47.6105_-122.3115.json');
    expect((await client.seatsAt(inGeorgia(3))).length).toBeGreaterThan(3);
    stub.behave('200 rendered/people.geo-ocean-empty.json');
    expect(await client.seatsAt(inGeorgia(3))).toEqual([]);
    stub.behave('200 rendered/people-fl-page1.json');
    expect((await client.people('fl', 1)).pagination).toMatchObject({
      page: 1,
      max_page: 4,
      total_items: 158,
    });
    stub.behave('200 rendered/jurisdictions-fl-organizations.json');
    const { organizations } = await client.jurisdiction('fl');
    expect(organizations.map(({ districts }) => districts?.length)).toEqual([40, 120, 0]);
  },
);

real('the real replies of bills, committees and sessions are understood', async () => {
  const client = open();
  stub.behave('200 rendered/bills-detail-fl-2026-HB419-all-includes.json');
  const bill = await client.bill({ state: 'fl', session: '2026', identifier: 'HB 419' });
  expect([bill.actions!.length, bill.sponsorships!.length, bill.votes!.length]).toEqual([4, 1, 0]);
  stub.behave('200 rendered/committees-fl-lower.json');
  const page = await client.committees({ state: 'fl', of: 'lower' }, 1);
  expect([page.results.length, page.pagination.max_page]).toEqual([2, 6]);
  stub.behave('404 rendered/bills-error-404.json');
  const missing = await failureOf(client.bill({ state: 'fl', session: '2026', identifier: 'HB 9' }));
  expect(missing.message).toContain('no bill HB 9');
  stub.behave('404 rendered/committees-error-404.json');
  expect((await failureOf(client.committee('ocd-organization/1'))).code).toBe('openstates_not_found');
});
