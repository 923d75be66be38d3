import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiBill } from '../fixtures/openstates/bills.ts';
import { inGeorgia, madeUpFlorida, madeUpGeorgia } from '../fixtures/openstates/made-up.ts';
import { changedCampaign } from '../support/changed-campaign.ts';
import { createClient } from '../support/client.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { STUB_KEY, type StubOpenStates, startStubOpenStates } from '../support/stub-openstates.ts';
import { until } from '../support/until.ts';

const PATH = '/campaigns/visible-act';

let folder: string;
let stub: StubOpenStates;
let running: ServerProcess | undefined;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'statehouse-openstates-'));
  stub = await startStubOpenStates(madeUpFlorida(), madeUpGeorgia());
});
afterEach(async () => {
  await running?.end('SIGKILL');
  running = undefined;
  await stub.close().catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the app in production with a key, and without any other network. */
async function start(env: Record<string, string> = {}): Promise<ServerProcess> {
  running = await startServerProcess({
    NODE_ENV: 'production',
    SECRET_KEY: 'x'.repeat(32),
    DATA_DIR: join(folder, 'data'),
    CENSUS_GEOCODER_URL: 'http://127.0.0.1:9',
    OPENSTATES_API_KEY: STUB_KEY,
    OPENSTATES_URL: stub.url,
    LOG_LEVEL: 'debug',
    ...env,
  });
  return running;
}

async function untilReady({ url }: ServerProcess): Promise<void> {
  await until(async () => (await createClient(url!).get('/ready')).status === 200);
}

/** All that the app said, and all that it keeps. */
function saidAndKept(servers: ServerProcess[]): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  const kept = files.map((one) => readFileSync(join(one.parentPath, one.name), 'latin1'));
  return [...servers.flatMap((one) => [...one.lines, one.said()]), ...kept].join('\n');
}

test.each([
  ['Florida, whose boundaries come along', 'campaigns', { latitude: 30.3255, longitude: -81.6565 }],
  ['Georgia, of which nobody here has a map', '', inGeorgia(10)],
])(
  '%s: the journey by key; act loads when the API is gone, and after a restart without it',
  async (_where, dir, point) => {
    const georgian = changedCampaign((yaml) => yaml.replace('state:fl/', 'state:ga/'));
    const env = { CAMPAIGNS_DIR: dir || georgian.folder };
    const first = await start(env);
    await untilReady(first);
    const client = createClient(first.url!);
    const found = await client.post(`${PATH}/lookup`, {
      latitude: String(point.latitude),
      longitude: String(point.longitude),
    });
    expect(found.status).toBe(303);
    const act = found.headers.get('location')!;
    const before = await client.get(act);
    expect([before.status, before.$('.target').length]).toEqual([200, 2]);
    expect(before.$('body').attr('data-sample')).toBeUndefined();

    await stub.close();
    expect((await client.get(act)).status).toBe(200);
    expect(await first.end('SIGTERM')).toBe(0);

    const second = await start(env);
    const again = await createClient(second.url!).get(act);
    const names = (answer: typeof again) => answer.$('.target h2').text();
    expect([again.status, names(again)]).toEqual([200, names(before)]);
    expect((await createClient(second.url!).get('/ready')).status).toBe(200);
    expect(await second.end('SIGTERM')).toBe(0);

    const third = await start({ ...env, OPENSTATES_API_KEY: '' });
    expect((await createClient(third.url!).get(act)).status).toBe(200);
    expect(await third.end('SIGTERM')).toBe(0);

    const all = saidAndKept([first, second, third]);
    expect(all).toContain('roster_fetched');
    expect(all).not.toContain(STUB_KEY);
    expect(all).not.toMatch(new RegExp(String(point.latitude)));
    georgian.drop();
  },
);

test('the campaign’s bills are fetched beside the members, and kept', async () => {
  stub.states[0]!.bills = [apiBill('SB 316'), apiBill('HB 419')];
  // Members alone take half of a free key's minute.
  const server = await start({ OPENSTATES_PER_MINUTE: '1000' });
  await until(() => server.lines.join().includes('bills_fetched'));
  expect(readdirSync(join(folder, 'data/bills/fl/2026')).toSorted()).toEqual(['HB419.json', 'SB316.json']);
  expect((await createClient(server.url!).get(PATH)).status).toBe(200);
  expect(await server.end('SIGTERM')).toBe(0);
  expect(saidAndKept([server])).not.toContain(STUB_KEY);
});

test('asked to stop while OpenStates keeps it waiting, it ends with 0 and keeps nothing half', async () => {
  stub.behave('serve', 'silence');
  const server = await start();
  await until(() => stub.requests.length === 2);
  expect(await server.end('SIGTERM')).toBe(0);
  expect(readdirSync(join(folder, 'data')).toSorted()).toEqual(['openstates-requests.json', 'statehouse.db']);
});

test('killed and started again without end, it stays within the day', async () => {
  stub.behave('html with 502');
  // A request is counted before it is made: one that a kill forestalled is counted too.
  const counted = () => {
    const file = join(folder, 'data/openstates-requests.json');
    const { by_minute } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { by_minute: {} };
    return Object.values<number>(by_minute).reduce((sum, count) => sum + count, 0);
  };
  for (let kill = 0; kill < 6; kill += 1) {
    const before = counted();
    const server = await start({ OPENSTATES_PER_DAY: '4' });
    await until(() => counted() > before || server.lines.join().includes('openstates_day_spent'));
    await server.end('SIGKILL');
  }
  expect(counted()).toBe(4);
  expect(stub.requests.length).toBeLessThanOrEqual(4);
});

test('a wrong key is told in the log with what to do, without the key, and the app runs', async () => {
  const server = await start({ OPENSTATES_API_KEY: 'a-wrong-key-0123' });
  await until(() => server.lines.join().includes('openstates_bad_key'));
  const told = server.lines
    .map((line) => JSON.parse(line))
    .filter(({ event }) => event === 'openstates_unavailable');
  expect(told).toEqual([
    expect.objectContaining({ level: 'error', message: expect.stringMatching(/OPENSTATES_API_KEY.*\.env/) }),
  ]);
  expect((await createClient(server.url!).get('/health')).status).toBe(200);
  expect(await server.end('SIGTERM')).toBe(0);
  expect(saidAndKept([server])).not.toContain('a-wrong-key-0123');
});

test('without a key OpenStates is never asked', async () => {
  const server = await start({ OPENSTATES_API_KEY: ' ' });
  expect((await createClient(server.url!).get('/ready')).status).toBe(503);
  expect(await server.end('SIGTERM')).toBe(0);
  expect(stub.requests).toEqual([]);
});

test('with PULL=off neither rosters nor bills are fetched, key or not, and the log says how to pull one', async () => {
  const server = await start({ PULL: 'off' });
  expect((await createClient(server.url!).get('/ready')).status).toBe(503);
  expect(server.lines.join()).toContain('npm run legislators -- pull fl');
  expect(await server.end('SIGTERM')).toBe(0);
  expect(stub.requests).toEqual([]);
});

test('a key that was copied wrongly stops the start, and is not repeated', async () => {
  const server = await start({ OPENSTATES_API_KEY: 'half a key', OPENSTATES_PER_DAY: 'many' });
  expect(await server.exit()).toBe(1);
  expect(server.said()).toMatch(
    /OPENSTATES_API_KEY is a key without spaces.*\n.*OPENSTATES_PER_DAY is a number/,
  );
  expect(server.said()).not.toContain('half');
});
