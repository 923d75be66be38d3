import { createGeocoder } from '../../server/legislators/geocoder.ts';
import { createLog } from '../../server/log.ts';
import { HAS_REAL_REPLIES, type StubGeocoder, startStubGeocoder } from '../support/stub-geocoder.ts';

const ADDRESS = '77 Secret Street, Jacksonville, FL 32209';

let stub: StubGeocoder;
let now = new Date('2026-11-24T12:00:00Z');
let lines: string[] = [];
beforeAll(async () => {
  stub = await startStubGeocoder();
});
afterAll(() => stub.close());
beforeEach(() => {
  stub.requests.length = 0;
  lines = [];
});
// What reaches the log never holds any part of the address.
afterEach(() => expect(lines.join('\n')).not.toMatch(/Secret|32209|77/));

function open(options: { timeout_ms?: number; url?: string } = {}) {
  const log = createLog(
    'debug',
    () => now,
    (line) => lines.push(line),
  );
  return createGeocoder({
    url: stub.url,
    now: () => now,
    random: () => 0,
    log,
    timeout_ms: 1000,
    backoff_ms: 5,
    ...options,
  });
}

test('the address goes to the Census with the current map and every layer', async () => {
  stub.behave('match');
  await open().geocode(ADDRESS);
  expect(Object.fromEntries(stub.requests[0]!)).toEqual({
    address: ADDRESS,
    benchmark: 'Public_AR_Current',
    vintage: 'Current_Current',
    layers: 'all',
    format: 'json',
  });
});

test('a 400 that is not about the address is a fault of ours, and goes to the log', async () => {
  stub.behave('refused for our question');
  expect(await open().geocode(ADDRESS)).toEqual({ kind: 'unavailable', code: 'HTTP_400' });
  expect(lines.join()).toContain('HTTP_400');
});

test.each(['match', 'an older year'])(
  '%s: a point, the state and the districts, whatever year the layers have',
  async (name) => {
    stub.behave(name);
    expect(await open().geocode(ADDRESS)).toEqual({
      kind: 'matches',
      matches: [
        {
          point: { latitude: 30.3255, longitude: -81.6565 },
          state: 'fl',
          geoids: { upper: '12005', lower: '12014' },
        },
      ],
    });
  },
);

test('a layer that failed inside a 200 gives no district, and the point still stands', async () => {
  stub.behave('failed layers');
  const outcome = await open().geocode(ADDRESS);
  expect(outcome).toMatchObject({ kind: 'matches', matches: [{ point: { latitude: 30.3255 }, geoids: {} }] });
});

test('no match and a refusal are answers, and are not asked again', async () => {
  stub.behave('no match');
  expect(await open().geocode(ADDRESS)).toEqual({ kind: 'no_match' });
  stub.behave('refused');
  expect(await open().geocode(ADDRESS)).toEqual({ kind: 'refused' });
  expect(stub.requests.length).toBe(2);
});

test.each([
  ['html', 'not_json', 3],
  ['html with 502', 'HTTP_502', 3],
  ['cut short', 'not_json', 3],
  ['too many', 'HTTP_429', 3],
  ['reset', 'ECONNRESET', 3],
  ['another shape', 'wrong_shape', 1],
  ['redirect', 'not_json', 3],
])('%s is an outage, tried %3$s times', async (name, code, tries) => {
  stub.behave(name);
  expect(await open().geocode(ADDRESS)).toEqual({ kind: 'unavailable', code });
  expect(stub.requests.length).toBe(tries);
  expect(lines.join('\n')).toContain('geocoder_unavailable');
});

test('silence ends by a time-out, and the visitor waits for no third try', async () => {
  stub.behave('silence');
  expect(await open({ timeout_ms: 60 }).geocode(ADDRESS)).toEqual({ kind: 'unavailable', code: 'ETIMEDOUT' });
  expect(stub.requests.length).toBe(2);
});

test('a flood of a reply is not read to its end', async () => {
  stub.behave('huge');
  expect((await open().geocode(ADDRESS)).kind).toBe('unavailable');
});

test('where no one listens it is unavailable', async () => {
  expect(await open({ url: 'http://127.0.0.1:9' }).geocode(ADDRESS)).toEqual({
    kind: 'unavailable',
    code: 'ECONNREFUSED',
  });
});

test('an outage that passes is not noticed', async () => {
  stub.behave('html with 502', 'reset', 'match');
  expect((await open().geocode(ADDRESS)).kind).toBe('matches');
});

test('after three outages in a row it is left alone for half a minute, then tried again', async () => {
  stub.behave('another shape');
  const geocoder = open();
  for (let index = 0; index < 3; index += 1) await geocoder.geocode(ADDRESS);
  stub.behave('match');
  expect(await geocoder.geocode(ADDRESS)).toEqual({ kind: 'unavailable', code: 'resting' });
  expect(stub.requests.length).toBe(3);
  now = new Date(now.getTime() + 30_001);
  expect((await geocoder.geocode(ADDRESS)).kind).toBe('matches');
});

test('a crowd beyond what may be under way is answered at once', async () => {
  stub.behave('silence');
  const geocoder = open({ timeout_ms: 100 });
  const outcomes = await Promise.all(Array.from({ length: 40 }, () => geocoder.geocode(ADDRESS)));
  expect(outcomes.filter((outcome) => outcome.kind === 'unavailable' && outcome.code === 'busy').length).toBe(
    10,
  );
});

const real = HAS_REAL_REPLIES ? test : test.skip;
if (!HAS_REAL_REPLIES) console.warn('skipped: ../shared/data/census-geocoder is not here');

real('the real replies are understood', async () => {
  const geocoder = open();
  stub.behave('geographies-onelineaddress-DE-2026layers.json');
  expect(await geocoder.geocode(ADDRESS)).toMatchObject({
    kind: 'matches',
    matches: [
      {
        state: 'de',
        geoids: { upper: '10017', lower: '10032' },
        point: { longitude: expect.closeTo(-75.52, 2) },
      },
    ],
  });
  stub.behave('geographies-onelineaddress-no-match.json');
  expect(await geocoder.geocode(ADDRESS)).toEqual({ kind: 'no_match' });
  stub.behave('error-400-over-long-address.json');
  expect(await geocoder.geocode(ADDRESS)).toEqual({ kind: 'refused' });
});
