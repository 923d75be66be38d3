/**
 * What may break on the evening when everybody comes, each with the page that people see. The list goes on elsewhere:
 * - the geocoder down, answering by halves, with 500s, in another shape, and back: lookup.test.ts, tests/unit/breaker.test.ts
 * - more lookups than can be served, and memory running out: overload.long.ts, overloaded.test.ts
 * - a process killed: tests/store/kill.long.ts, tests/mail/kill.long.ts; stopped and started anew: restart.long.ts
 * - PostgreSQL crashing in a stream of actions, silent, or cut off: tests/store/postgres-outage.test.ts, postgres-network.test.ts
 * - the mail server down, slow or odd: tests/mail/faults.long.ts, mishaps.long.ts
 */
import { DatabaseSync } from 'node:sqlite';
import { type Answer, type Client, createClient, type Fields, formFields } from '../support/client.ts';
import { makeSmallDisk, type SmallDisk } from '../support/full-disk.ts';
import { type KeptPostgres, keepPostgres } from '../support/keep-postgres.ts';
import { startServerProcess } from '../support/server-process.ts';
import { type StubGeocoder, startStubGeocoder } from '../support/stub-geocoder.ts';
import { SQLITE } from '../support/temp-store.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';
const PLACE = 'ocd-division/country:us/state:fl';
const ACT = `${PATH}/act?division=${PLACE}/sldu:5&division=${PLACE}/sldl:14`;
const ADDRESS = '4711 Zebrafinch Lane, Jacksonville, FL 32209';

/** The form of a call that was just made. */
async function openForm(client: Client): Promise<Fields> {
  const act = await client.get(ACT);
  expect(act.status).toBe(200);
  return { ...formFields(act.$, 'form[action$="/actions"]'), status_code: 'contact' };
}

const send = (client: Client, form: Fields) => client.post(`${PATH}/actions`, form);

async function completed(client: Client): Promise<number> {
  return JSON.parse((await client.get(`${PATH}/totals.json`)).text).completed_actions;
}

/** The page of what can't be done just now: in plain words, with when to try again and the way back to the campaign. */
function expectNotNow({ status, headers, $ }: Answer): void {
  expect([status, headers.get('retry-after'), headers.get('cache-control')]).toEqual([503, '60', 'no-store']);
  expect($('h1').text()).toBe("We can't do this just now");
  expect($('.lead').text()).toBe('Nothing was lost, and nothing was counted. Please try again in a minute.');
  expect($(`main a.button[href^="${PATH}"]`).length).toBe(1);
  expect($('body').text()).not.toMatch(/sqlite|postgres|database|disk|undefined|ENO|SQL/);
}

describe('the geocoder', () => {
  let stub: StubGeocoder;
  let app: TestApp;
  beforeAll(async () => {
    stub = await startStubGeocoder();
  });
  afterAll(() => stub.close());
  beforeEach(async () => {
    app = await startTestApp({
      geocoder_url: stub.url,
      settings: { lookups_per_minute: 10_000, trust_proxy: 1 },
    });
  });
  afterEach(() => app.close());
  const lookUp = (ip = '192.0.2.1') =>
    app.post(`${PATH}/lookup`, { address: ADDRESS }, { 'x-forwarded-for': ip });

  test('slow, and still in time: the visitor waits, and gets there', async () => {
    stub.behave('late match');
    const found = await lookUp();
    expect([found.status, found.headers.get('location')]).toEqual([303, ACT]);
  });

  test.each([
    ['out of one block', 1, 10],
    ['out of eight blocks', 8, 30],
  ])(
    'hanging while a crowd comes %s: each gets the districts near the ZIP code, and few are asked in vain',
    async (_from, blocks, places) => {
      stub.behave('silence');
      stub.requests.length = 0;
      const pages = await Promise.all(
        Array.from({ length: 80 }, (_, nth) => lookUp(`198.51.${nth % blocks}.${nth}`)),
      );
      for (const page of pages) {
        expect(page.status).toBe(200);
        expect(page.$('h1').text()).toBe('Choose your districts');
        expect(page.$('.lead').text()).toMatch(/does not answer right now\. You can still go on/);
        expect(page.$('select[name=division]').length).toBe(2);
      }
      // So many at once, and as many as the first two outages make room for: with the third it is left alone. Each asks
      // twice at most before its time is up.
      expect(stub.requests.length).toBeGreaterThan(0);
      expect(stub.requests.length).toBeLessThanOrEqual(2 * (places + 2));
      const asked = stub.requests.length;
      expect((await lookUp()).status).toBe(200);
      expect(stub.requests.length).toBe(asked);
    },
  );

  test('as it really is, hanging: nobody waits longer than twice five seconds', async () => {
    stub.behave('silence');
    const database = await SQLITE.create();
    const server = await startServerProcess({
      PULL: 'off',
      DATA_DIR: database.database_url.replace(/^sqlite:|\/statehouse\.db$/g, ''),
      CENSUS_GEOCODER_URL: stub.url,
    });
    const client = createClient(server.url!);
    await client.get(PATH);
    const started = performance.now();
    const page = await client.post(`${PATH}/lookup`, { address: ADDRESS });
    const waited_s = (performance.now() - started) / 1000;
    expect(page.$('.lead').text()).toMatch(/does not answer right now\. You can still go on/);
    expect(waited_s).toBeGreaterThan(9);
    expect(waited_s).toBeLessThan(14);
    expect(await server.end('SIGTERM')).toBe(0);
    await database.drop();
  });
});

describe('the disk full', () => {
  let disk: SmallDisk;
  beforeAll(() => {
    disk = makeSmallDisk();
  });
  afterAll(() => disk.remove());

  test('an action is not taken and says so; legislators are still found; once there is room the same form counts, and nothing was lost', async () => {
    const settings = { PULL: 'off', DATA_DIR: disk.folder, CENSUS_GEOCODER_URL: 'http://127.0.0.1:9' };
    const server = await startServerProcess(settings);
    const client = createClient(server.url!);
    let acknowledged = 0;
    expect((await send(client, await openForm(client))).status).toBe(303);
    acknowledged += 1;
    disk.fill(server.pid!);
    // What the database has made room for before still holds some.
    let [form, answer] = [await openForm(client), undefined as Answer | undefined];
    for (answer = await send(client, form); answer.status === 303; answer = await send(client, form)) {
      acknowledged += 1;
      form = await openForm(client);
    }
    expectNotNow(answer);
    expect((await client.get(PATH)).status).toBe(200);
    expect((await client.post(`${PATH}/lookup`, { address: '32209' })).status).toBe(200);
    expect((await client.get(ACT)).status).toBe(200);
    expect(await completed(client)).toBe(acknowledged);

    disk.free(server.pid!);
    expect((await send(client, form)).status).toBe(303);
    expect((await send(client, form)).status).toBe(303);
    acknowledged += 1;
    expect(await completed(client)).toBe(acknowledged);
    // And it is on the disk: another process finds it.
    expect(await server.end('SIGKILL')).toBeNull();
    const next = await startServerProcess(settings);
    expect(await completed(createClient(next.url!))).toBe(acknowledged);
    expect(await next.end('SIGTERM')).toBe(0);
  });
});

test('SQLite held by another program for longer than anyone waits: the page says so, and once it lets go the same form counts', async () => {
  const database = await SQLITE.create();
  const app = await startTestApp({ database_url: database.database_url });
  const [before, during] = [await openForm(app), await openForm(app)];
  expect((await send(app, before)).status).toBe(303);
  const other = new DatabaseSync(database.database_url.replace('sqlite:', ''));
  other.exec('begin immediate');
  // Who comes meanwhile reads as ever.
  const refused = send(app, during);
  expect((await app.get(PATH)).status).toBe(200);
  expect(await completed(app)).toBe(1);
  expectNotNow(await refused);
  other.exec('rollback');
  other.close();
  for (const form of [before, during]) expect((await send(app, form)).status).toBe(303);
  expect(await completed(app)).toBe(2);
  await app.close();
  await database.drop();
});

describe('PostgreSQL gone and back', () => {
  let postgres: KeptPostgres;
  beforeAll(async () => {
    postgres = await keepPostgres();
  });
  afterAll(() => postgres.remove());

  test('campaign, lookup and legislators are shown without it; actions and totals say when to come again; then all goes on', async () => {
    const app = await startTestApp({ database_url: postgres.url });
    const [before, during] = [await openForm(app), await openForm(app)];
    expect((await send(app, before)).status).toBe(303);
    await postgres.stop();
    expectNotNow(await send(app, during));
    expectNotNow(await app.get(`${PATH}/totals`));
    const campaign = await app.get(PATH);
    expect([campaign.status, campaign.$('#address').length]).toEqual([200, 1]);
    expect((await app.post(`${PATH}/lookup`, { address: '32209' })).status).toBe(200);
    expect((await app.get(ACT)).status).toBe(200);
    expect((await app.get('/ready')).status).toBe(503);
    expect((await app.get('/health')).status).toBe(200);

    await postgres.start();
    for (const form of [before, during]) expect((await send(app, form)).status).toBe(303);
    expect(await completed(app)).toBe(2);
    expect((await app.get('/ready')).status).toBe(200);
    await app.close();
  });
});

describe('the clock', () => {
  let ms = 0;
  let app: TestApp;
  beforeEach(async () => {
    ms = Date.parse('2026-11-24T12:30:00Z');
    app = await startTestApp({ now: () => new Date(ms) });
  });
  afterEach(() => app.close());

  test.each([
    ['forward by a day', 86_400_000],
    ['back by an hour', -3_600_000],
    ['back by a day, past midnight', -86_400_000],
  ])('jumping %s: forms of before count once, new ones too, and every page is there', async (_how, jump) => {
    const [before, across] = [await openForm(app), await openForm(app)];
    expect((await send(app, before)).status).toBe(303);
    ms += jump;
    expect((await send(app, across)).status).toBe(303);
    const after = await openForm(app);
    expect((await send(app, after)).status).toBe(303);
    expect(await completed(app)).toBe(3);
    ms -= jump;
    for (const form of [before, across, after]) expect((await send(app, form)).status).toBe(303);
    expect(await completed(app)).toBe(3);
    for (const path of [PATH, ACT, `${PATH}/totals`, `${PATH}/districts`, '/'])
      expect((await app.get(path)).status).toBe(200);
    const totals = JSON.parse((await app.get(`${PATH}/totals.json`)).text);
    const by_day = totals.by_day.map(
      ({ completed_actions }: { completed_actions: number }) => completed_actions,
    );
    expect(by_day.reduce((sum: number, one: number) => sum + one, 0)).toBe(3);
    expect((await app.get('/ready')).status).toBe(200);
  });
});
