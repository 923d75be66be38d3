import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inGeorgia, madeUpFlorida, madeUpGeorgia } from '../fixtures/openstates/made-up.ts';
import { changedCampaign } from '../support/changed-campaign.ts';
import type { Answer } from '../support/client.ts';
import { howMany } from '../support/how-many.ts';
import { metricsIn } from '../support/metrics-in.ts';
import { replyWith, type StubGeocoder, startStubGeocoder } from '../support/stub-geocoder.ts';
import {
  HAS_REAL_OPENSTATES,
  STUB_FAULTS,
  STUB_KEY,
  type StubOpenStates,
  startStubOpenStates,
} from '../support/stub-openstates.ts';
import { startTestApp, type TestApp, type TestAppOptions } from '../support/test-app.ts';
import { until } from '../support/until.ts';

const PATH = '/campaigns/visible-act';
/** A thousand visitors take a while on a busy machine. */
const A_THOUSAND_MS = 180_000;
const division = (layer: string, district: number) => `ocd-division/country:us/state:ga/${layer}:${district}`;
const actOf = (house: number) =>
  `${PATH}/act?division=${division('sldu', Math.ceil(house / 4))}&division=${division('sldl', house)}`;
const ADDRESS = '4711 Zebrafinch Lane, Atlanta, GA 30303';

const georgian = changedCampaign((yaml) => yaml.replace('state:fl/', 'state:ga/'));
afterAll(() => georgian.drop());

let stub: StubOpenStates;
let geocoder: StubGeocoder;
let app: TestApp | undefined;
let data_dir: string;
let ms: number;
beforeAll(async () => {
  stub = await startStubOpenStates(madeUpFlorida(), madeUpGeorgia());
  geocoder = await startStubGeocoder();
});
afterAll(async () => {
  await stub.close();
  await geocoder.close();
});
beforeEach(() => {
  ms = Date.parse('2026-11-24T17:00:00Z');
  data_dir = mkdtempSync(join(tmpdir(), 'statehouse-openstates-'));
  stub.requests.length = 0;
  stub.behave('serve');
});
afterEach(async () => {
  // No point, no key and nothing that was typed is in the log.
  const said = app?.log.join('\n') ?? '';
  await app?.close();
  app = undefined;
  rmSync(data_dir, { recursive: true, force: true });
  expect(said).not.toMatch(/33\.12|-84\.|zebrafinch|30303/i);
  expect(said).not.toContain(STUB_KEY);
});

/** The app in production with a key. */
async function start(options: TestAppOptions = {}): Promise<TestApp> {
  app = await startTestApp({
    data_dir,
    allow_sample: false,
    geocoder_url: geocoder.url,
    now: () => new Date(ms),
    openstates: { url: stub.url },
    ...options,
    settings: { is_production: true, lookups_per_minute: 10_000 },
  });
  return app;
}

/** The same for Georgia, of which nobody here has a map, its roster at hand; what that took is not counted. */
async function startGeorgia(openstates = {}): Promise<TestApp> {
  const started = await start({
    campaigns_dir: georgian.folder,
    openstates: { url: stub.url, ...openstates },
  });
  await until(() => started.parts.rosters.get('ga') !== undefined);
  ms += 62_000;
  stub.requests.length = 0;
  return started;
}

const atPoint = ({ latitude, longitude }: { latitude: number; longitude: number }) =>
  app!.post(`${PATH}/lookup`, { latitude: String(latitude), longitude: String(longitude) });

/** Looks up an address that the Census finds in this House district, with or without naming it. */
function atAddress(house: number, census: { upper?: string; lower?: string } = {}): Promise<Answer> {
  geocoder.behave(replyWith({ ...inGeorgia(house), state: 'GA', ...census }));
  return app!.post(`${PATH}/lookup`, { address: ADDRESS });
}

const divisionsIn = ({ $ }: Answer) =>
  $('select[name=division] option[value!=""]')
    .toArray()
    .map((option) => $(option).attr('value')!.split('state:ga/')[1]);

/** A choice that a person can go on from: words they know, districts to pick, nothing picked for them in doubt. */
function expectChoice(answer: Answer, says: RegExp): void {
  expect(answer.status).toBe(200);
  expect(answer.$('.lead').text()).toMatch(says);
  expect(answer.$('.lead').text()).not.toMatch(/HTTP|JSON|API|key|server|[45]\d\d|undefined|null|!/);
  for (const select of answer.$('select').toArray()) {
    expect(answer.$(select).find('option[value!=""]').length).toBeGreaterThan(0);
  }
  const whole_list =
    divisionsIn(answer).length === 30 || answer.$(`main a[href^="${PATH}/districts"]`).length > 0;
  expect(whole_list).toBe(true);
}

describe('Florida, whose boundaries come along', () => {
  test(
    'by key: from not ready to a call, with no question to OpenStates for any visitor',
    async () => {
      stub.behave('html with 502');
      await start();
      const early = await app!.get(PATH);
      expect(early.$('.notice').text()).toMatch(/still getting the list of legislators for Florida/);
      expect((await app!.get('/ready')).status).toBe(503);

      stub.behave('serve');
      await until(() => app!.parts.rosters.get('fl') !== undefined);
      const ready = await app!.get('/ready', { accept: 'application/json' });
      expect(JSON.parse(ready.text).rosters).toEqual([
        {
          state: 'fl',
          at_hand: true,
          is_sample: false,
          source: 'OpenStates API',
          as_of: '2026-11-24',
          age_in_days: 0,
          election_passed: null,
          election_unseen: '2026-11-03',
          checked_at: null,
        },
      ]);
      expect(ready.text).not.toContain(STUB_KEY);
      const page = await app!.get(PATH);
      expect(page.$('body').attr('data-sample')).toBeUndefined();
      expect(page.text).not.toContain('OpenStates');
      expect((await app!.get('/privacy')).text).not.toContain('OpenStates');

      const asked = stub.requests.length;
      for (let visitor = 0; visitor < howMany({ quick: 60, all: 500 }); visitor += 1) {
        geocoder.behave('match');
        const byAddress = await app!.post(`${PATH}/lookup`, { address: '1 Example Street, Jacksonville' });
        const byPoint = await atPoint({ latitude: 30.3255, longitude: -81.6565 });
        for (const found of [byAddress, byPoint]) {
          expect([found.status, found.headers.get('location')]).toEqual([
            303,
            `${PATH}/act?division=ocd-division/country:us/state:fl/sldu:5&division=ocd-division/country:us/state:fl/sldl:14`,
          ]);
        }
      }
      expect(stub.requests.length).toBe(asked);
      const act = await app!.get(
        `${PATH}/act?division=ocd-division/country:us/state:fl/sldu:5&division=ocd-division/country:us/state:fl/sldl:14`,
      );
      expect(
        act
          .$('.target h2')
          .map((_, one) => act.$(one).text())
          .get(),
      ).toEqual(['Senator Fetched Senator 5', 'Representative Fetched Representative 14']);
      expect(act.$('.target a[href^="tel:+1"]').length).toBeGreaterThan(0);
      expect(act.text).toContain('Source: OpenStates API, as of November 24, 2026.');
    },
    A_THOUSAND_MS,
  );

  test.each(STUB_FAULTS)(
    '%s before there is a roster: pages say what to do next, and link who can tell',
    async (fault) => {
      stub.behave(fault);
      await start();
      await until(() => app!.log.some((line) => line.includes('openstates_unavailable')));
      for (const answer of [
        await app!.get(PATH),
        await app!.post(`${PATH}/lookup`, { address: ADDRESS }),
        await atPoint(inGeorgia(3)),
        await app!.get(`${PATH}/districts`),
        await app!.get(`${PATH}/act?division=ocd-division/country:us/state:fl/sldu:5`),
      ]) {
        expect([200, 503]).toContain(answer.status);
        expect(answer.$('main').text()).toMatch(
          /come back later.*Until then, these official pages can tell you/s,
        );
        const links = answer.$('main a[rel=noopener]').map((_, link) => answer.$(link).attr('href'));
        expect(links.get()).toEqual(
          expect.arrayContaining([
            'https://www.flsenate.gov/Senators/Find',
            'https://www.flhouse.gov/FindYourRepresentative',
          ]),
        );
      }
      expect((await app!.get('/ready')).status).toBe(503);
    },
  );
});

describe('Georgia, of which nobody here has a map', () => {
  test('the page and the privacy page say what goes to OpenStates, before it does', async () => {
    await startGeorgia();
    const { $ } = await app!.get(PATH);
    expect($('#address-sent').text()).toMatch(/Census Bureau.*point.*OpenStates, a private service/);
    expect($('#address-sent').text()).toMatch(/pick your districts from the list/);
    expect($('#location-note').text()).toMatch(/OpenStates/);
    expect($('#location-note').text()).not.toMatch(/our server only/);
    const privacy = (await app!.get('/privacy')).$('main').text();
    expect(privacy).toMatch(/For campaigns in Georgia the point goes on to OpenStates/);
    expect(privacy).toMatch(/not a government's service/);
    expect(privacy).not.toContain('{{');
    expect(stub.requests).toEqual([]);
  });

  test('a point leads to act, and what leaves is the point alone, to four places', async () => {
    await startGeorgia();
    const found = await atPoint(inGeorgia(10));
    expect([found.status, found.headers.get('location')]).toEqual([303, actOf(10)]);
    expect((await app!.get(actOf(10))).$('.target').length).toBe(2);
    expect(stub.requests.map(({ path, query }) => `${path}?${query}`)).toEqual([
      '/people.geo?lat=33.1234&lng=-83.9488',
    ]);
    expect(Object.keys(stub.requests[0]!.headers).toSorted()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
      'x-api-key',
    ]);
  });

  test('an address leads to act by the point of its match; the address itself never leaves for OpenStates', async () => {
    await startGeorgia();
    const found = await atAddress(10, { upper: '13003', lower: '13010' });
    expect(found.headers.get('location')).toBe(actOf(10));
    const sent = JSON.stringify(
      stub.requests.map(({ path, query, headers }) => [path, String(query), headers]),
    );
    expect(sent).not.toMatch(/zebrafinch|4711|30303/i);
    expect(stub.requests.length).toBe(1);
  });

  test('where the Census names another district it is a choice of both', async () => {
    await startGeorgia();
    const choice = await atAddress(10, { upper: '13003', lower: '13011' });
    expectChoice(choice, /Two maps/);
    expect(divisionsIn(choice)).toEqual(['sldu:3', 'sldl:11', 'sldl:10']);
  });

  test('a vacant seat is not named: its chamber is a choice, and certain with the Census as a witness', async () => {
    await startGeorgia();
    const choice = await atPoint(inGeorgia(24));
    expectChoice(choice, /a seat may be vacant/);
    expect(divisionsIn(choice)).toEqual(['sldu:6', 'sldl:24']);
    expect(choice.$('option[selected]').attr('value')).toBe(division('sldu', 6));
    const found = await atAddress(24, { upper: '13006', lower: '13024' });
    expect(found.headers.get('location')).toBe(actOf(24));
    expect((await app!.get(actOf(24))).$('[data-vacant]').length).toBe(1);
  });

  test('a point elsewhere is outside, with the whole list', async () => {
    await startGeorgia();
    const page = await atPoint({ latitude: 0, longitude: 0 });
    expect(page.status).toBe(422);
    expect(page.$('.error-summary').text()).toMatch(/outside Georgia/);
    expect(divisionsIn(page).length).toBe(30);
    expect((await atPoint({ latitude: 91, longitude: 0 })).status).toBe(422);
    expect(stub.requests.length).toBe(1);
  });

  test('a ZIP code alone is a choice of everything, asks nobody, and one of another state says so', async () => {
    await startGeorgia();
    const choice = await app!.post(`${PATH}/lookup`, { address: '30303' });
    expectChoice(choice, /Here a ZIP code alone can't tell us your districts/);
    expect(divisionsIn(choice).length).toBe(30);
    const other = await app!.post(`${PATH}/lookup`, { address: '32209' });
    expect(other.$('.error-summary').text()).toMatch(/What you typed is in Florida/);
    expect((await app!.post(`${PATH}/lookup`, { address: 'PO Box 1, Atlanta 30303' })).status).toBe(422);
    expect(stub.requests).toEqual([]);
  });

  test('several places cost a request each, and many of them none', async () => {
    await startGeorgia();
    const places = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ ...inGeorgia(index + 9), state: 'GA' }));
    geocoder.behave(replyWith(...places(2)));
    const choice = await app!.post(`${PATH}/lookup`, { address: ADDRESS });
    expectChoice(choice, /More than one place/);
    expect(divisionsIn(choice)).toEqual(['sldu:3', 'sldl:9', 'sldl:10']);
    expect(stub.requests.length).toBe(2);
    geocoder.behave(replyWith(...places(4)));
    expectChoice(await app!.post(`${PATH}/lookup`, { address: ADDRESS }), /More than one place/);
    expect(stub.requests.length).toBe(2);
  });

  test.each(STUB_FAULTS)(
    '%s: a visitor gets the list, or what the Census says first, after one question',
    async (fault) => {
      await startGeorgia();
      stub.behave(fault);
      const whole = await atPoint(inGeorgia(10));
      expectChoice(whole, /can't look up districts just now.*still go on/);
      expect(divisionsIn(whole).length).toBe(30);
      expect(whole.$('main a').text()).toContain('Go back and try my address again');
      const first = await atAddress(10, { upper: '13003', lower: '13010' });
      expectChoice(first, /can't look up districts just now/);
      expect(divisionsIn(first)).toEqual(['sldu:3', 'sldl:10']);
      expect(first.$('option[selected]').length).toBe(0);
      expect(stub.requests.length).toBeLessThanOrEqual(2);
      expect(app!.log.filter((line) => line.includes('openstates_unavailable')).length).toBe(1);
      const picked = await app!.post(`${PATH}/lookup`, {
        division: [division('sldu', 3), division('sldl', 10)],
      });
      expect(picked.headers.get('location')).toBe(actOf(10));
    },
  );

  test('after three outages in a row it is left alone for half a minute, then asked again', async () => {
    await startGeorgia({ per_minute: 100 });
    stub.behave('html with 502');
    for (let visitor = 0; visitor < 10; visitor += 1) await atPoint(inGeorgia(10));
    expect(stub.requests.length).toBe(3);
    const { value } = metricsIn((await app!.get('/metrics')).text);
    const resting = { upstream: 'openstates', outcome: 'resting' };
    expect(value('statehouse_upstream_questions_total', resting)).toBe(7);
    stub.behave('serve');
    expect((await atPoint(inGeorgia(10))).status).toBe(200);
    ms += 30_001;
    expect((await atPoint(inGeorgia(10))).status).toBe(303);
  });

  test(
    'any number of visitors within the budget, each reaching legislators or the list',
    async () => {
      await startGeorgia();
      const asked: number[] = [];
      let found = 0;
      const visitors = howMany({ quick: 400, all: 1000 });
      for (let visitor = 0; visitor < visitors; visitor += 1) {
        // In bursts of fifty, as when a link goes round, over some nine hours.
        ms += visitor % 50 === 0 ? 1_600_000 : 100;
        const house = (visitor % 23) + 1;
        const before = stub.requests.length;
        const answer = visitor % 2 === 0 ? await atPoint(inGeorgia(house)) : await atAddress(house);
        for (let request = before; request < stub.requests.length; request += 1) asked.push(ms);
        if (answer.status === 303) {
          expect(answer.headers.get('location')).toBe(actOf(house));
          found += 1;
        } else {
          expectChoice(answer, /can't look up districts just now/);
          expect(divisionsIn(answer).length).toBe(30);
        }
      }
      const within = (window: number) =>
        Math.max(...asked.map((from) => asked.filter((at) => at >= from && at < from + window).length));
      expect(within(60_000)).toBe(8);
      expect(found).toBe(asked.length);
      // In each burst as many as a minute allows.
      expect(found).toBeGreaterThan((visitors / 50) * 7.5);
      expect(asked.length).toBeLessThanOrEqual(200);
      // What is left is enough for the next day's roster.
      expect(250 - asked.length).toBeGreaterThanOrEqual(50);
      expect((await app!.get(actOf(1))).status).toBe(200);
    },
    A_THOUSAND_MS,
  );

  test(
    'those who come all at once are within the budget too',
    async () => {
      await startGeorgia({ per_minute: 40, per_day: 1000 });
      const answers = await Promise.all(
        Array.from({ length: howMany({ quick: 200, all: 1000 }) }, (_, visitor) =>
          atPoint(inGeorgia((visitor % 23) + 1)),
        ),
      );
      const found = answers.filter(({ status }) => status === 303).length;
      expect(stub.requests.length).toBeLessThanOrEqual(32);
      expect(found).toBe(stub.requests.length);
      expect(found).toBeGreaterThan(0);
      for (const answer of answers)
        if (answer.status !== 303) expectChoice(answer, /can't look up districts/);
    },
    A_THOUSAND_MS,
  );

  test('the roster at hand goes on without a key: points are not sent, and the page does not say so', async () => {
    await startGeorgia();
    await app!.close();
    app = await startTestApp({
      data_dir,
      allow_sample: false,
      campaigns_dir: georgian.folder,
      geocoder_url: geocoder.url,
      now: () => new Date(ms),
    });
    expectChoice(await atPoint(inGeorgia(10)), /can't look up districts just now/);
    expect((await app.get(actOf(10))).status).toBe(200);
    expect((await app.get(PATH)).text).not.toContain('OpenStates, a private service');
    expect((await app.get('/privacy')).text).not.toContain('OpenStates');
    expect(stub.requests).toEqual([]);
  });
});

const real = HAS_REAL_OPENSTATES ? test : test.skip;
if (!HAS_REAL_OPENSTATES) console.warn('skipped: ../shared/data/openstates/api-v3 is not here');

real.each([
  '401 rendered/error-401-inactive-key.json',
  '401 rendered/error-401-invalid-key.json',
  '403 rendered/error-403-no-key.json',
  '429 rendered/error-429-default-tier-per-minute.json',
  '429 recorded/error-429.json',
  '422 recorded/error-422-people.geo-address.json',
  '422 rendered/people.geo-error-422-missing-lng.json',
  '422 rendered/people.geo-error-422-not-float.json',
  '422 rendered/people.geo-error-422-bad-include.json',
  '422 rendered/people.geo-error-422-address-and-lon.json',
  '500 rendered/people.geo-error-500-bad-upstream.json',
  '500 rendered/people.geo-error-500-upstream-exception.json',
])('the real reply %s leads a visitor to the list', async (file) => {
  await startGeorgia();
  stub.behave(file);
  const choice = await atPoint(inGeorgia(10));
  expectChoice(choice, /can't look up districts just now/);
  expect(divisionsIn(choice).length).toBe(30);
});
