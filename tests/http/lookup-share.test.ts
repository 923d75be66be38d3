import { createFinder } from '../../server/legislators/finder.ts';
import { createGeocoder } from '../../server/legislators/geocoder.ts';
import { meterFinder } from '../../server/metrics/metered.ts';
import { createLookupShare } from '../../server/web/lookup-share.ts';
import { type StubGeocoder, startStubGeocoder } from '../support/stub-geocoder.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { until } from '../support/until.ts';

const LOOKUP = '/campaigns/visible-act/lookup';
const TYPED = { address: '1 Example Street, Jacksonville 32209' };
/** What the geocoder has room for at once, and a third of it. */
const [PLACES, SHARE] = [30, 10];

let stub: StubGeocoder;
let app: TestApp;
beforeEach(async () => {
  stub = await startStubGeocoder();
  app = await startTestApp({
    settings: { trust_proxy: 1 },
    // Counted as `start` has it.
    parts: ({ rosters, now, log, metrics }) => ({
      finder: meterFinder(
        createFinder({
          geocoder: createGeocoder({ url: stub.url, now, log, random: () => 0, timeout_ms: 60_000 }),
          getRoster: rosters.get,
        }),
        metrics,
      ),
    }),
  });
});
afterEach(() => app.close());

const look = (ip: string) => app.post(LOOKUP, TYPED, { 'x-forwarded-for': ip });
/** Lookups of one block, which end with the geocoder at the latest. */
const flood = (block: string, lookups: number) =>
  Array.from({ length: lookups }, (_, nth) => look(`${block}.${nth}`).catch(() => undefined));

test('a block of addresses that floods lookups has a third of the geocoder’s places, and the others find room', async () => {
  stub.behave(...Array.from({ length: SHARE }, () => 'silence'), 'match');
  const flooding = flood('192.0.2', PLACES + SHARE);
  await until(() => stub.requests.length === SHARE);
  // Those who find no room are not left waiting: they choose from the districts of their ZIP code.
  const answers = await Promise.all(Array.from({ length: SHARE }, (_, nth) => look(`192.0.2.${100 + nth}`)));
  expect([...new Set(answers.map(({ status }) => status))]).toEqual([200]);
  expect(answers[0]!.$('[name=division]').length).toBeGreaterThan(0);
  expect(stub.requests).toHaveLength(SHARE);

  const other = await look('198.51.100.7');
  expect([other.status, other.headers.get('location')]).toEqual([
    303,
    expect.stringContaining('/act?division='),
  ]);
  expect(stub.requests).toHaveLength(SHARE + 1);
  expect(app.log.join('\n')).not.toMatch(/192\.0\.2|198\.51\.100/);
  await stub.close();
  await Promise.all(flooding);
});

test('three blocks together fill the geocoder’s places: whoever comes then chooses as well', async () => {
  stub.behave('silence');
  const flooding = ['192.0.2', '198.51.100', '203.0.113'].flatMap((block) => flood(block, SHARE));
  await until(() => stub.requests.length === PLACES);
  const other = await look('192.0.3.7');
  expect([other.status, other.$('[name=division]').length > 0]).toEqual([200, true]);
  expect(stub.requests).toHaveLength(PLACES);
  await stub.close();
  await Promise.all(flooding);
});

test('a place that is given back can be taken again, and nothing is kept of who had it', () => {
  const share = createLookupShare(2);
  const [first, second] = [share.enter('192.0.2.1'), share.enter('192.0.2.2')];
  expect(share.enter('192.0.2.3')).toBeUndefined();
  expect(share.enter('192.0.3.3')).toBeDefined();
  first!();
  const third = share.enter('192.0.2.3');
  expect(third).toBeDefined();
  expect(share.enter('192.0.2.4')).toBeUndefined();
  second!();
  third!();
  expect(share.enter('192.0.2.4')).toBeDefined();
});
