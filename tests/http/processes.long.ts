import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ActionStream, amissAfter, streamActions } from '../support/action-stream.ts';
import { createClient } from '../support/client.ts';
import { metricsIn } from '../support/metrics-in.ts';
import { createDatabase, dropDatabase } from '../support/postgres-databases.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { until } from '../support/until.ts';

const SECRET_KEY = 'a secret of many processes in tests alone';
const AT_ONCE = 16;
/** In all fifty. */
const KILLS = { apart: 30, forked: 20 };
/** A stream that is steady, and leaves half of a small machine to those that start. */
const STEADY = { secret: SECRET_KEY, at_once: AT_ONCE, rest_ms: 25 };
const NOTHING = { lost: 0, rows_too_many: 0, tallied_too_many: 0 };

let folder: string;
let database_url: string;
let servers: ServerProcess[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'statehouse-processes-'));
  database_url = await createDatabase();
  servers = [];
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.end('SIGTERM')));
  await dropDatabase(database_url);
  rmSync(folder, { recursive: true });
});

async function start(env: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await startServerProcess({
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: database_url,
    SECRET_KEY,
    PROCESSES: '1',
    PULL: 'off',
    ACTIONS_PER_MINUTE: '1000000',
    CENSUS_GEOCODER_URL: 'http://127.0.0.1:9',
    ...env,
  });
  servers.push(server);
  return server;
}

/** What a server's log says of an event. */
const said = ({ lines }: ServerProcess, event: string): { pid: number; level: string }[] =>
  lines.map((line) => JSON.parse(line)).filter((line) => line.event === event);

/** A supervised site of two processes, both listening. */
async function startForked(env: Record<string, string> = {}): Promise<ServerProcess> {
  const site = await start({ PROCESSES: '2', ...env });
  await until(() => said(site, 'supervising').length === 1);
  return site;
}

/** Ends the stream; looks at what was written, then sends all once more, which changes nothing but for what was cut off. */
async function checkOnce(stream: ActionStream): Promise<void> {
  await stream.stop();
  expect(await amissAfter(database_url, stream)).toEqual(NOTHING);
  const again = await stream.resend([...stream.unsure, ...stream.acknowledged.slice(-2000)]);
  expect(new Set(again)).toEqual(new Set([204]));
  stream.acknowledged.push(...stream.unsure.splice(0));
  expect(await amissAfter(database_url, stream)).toEqual(NOTHING);
}

/** Outcomes that are no answer: what was under way when a process was killed. */
const CUT = /^(ECONNRESET|EPIPE|cut off|silent)$/;

test('kill -9 of one of two processes of their own, again and again: each action once, the other serves on', async () => {
  const two = await Promise.all([start(), start()]);
  const urls = () => two.map(({ url }) => url!);
  const stream = streamActions(urls, { ...STEADY, name: 'apart' });
  for (let kill = 0; kill < KILLS.apart; kill += 1) {
    const [victim, other] = [two[kill % 2]!, two[(kill + 1) % 2]!];
    await stream.more(50);
    await victim.end('SIGKILL');
    const at_other = stream.outcomes.get(`204 ${other.url}`) ?? 0;
    // The other is asked alone, and answers.
    await until(() => (stream.outcomes.get(`204 ${other.url}`) ?? 0) > at_other + 50);
    two[kill % 2] = await start();
    // All that was not answered had been sent to those that were killed.
    const cut_at_other = [...stream.outcomes.keys()].filter(
      (key) => key.endsWith(` ${other.url}`) && !key.startsWith('204 '),
    );
    expect(cut_at_other).toEqual([]);
  }
  await checkOnce(stream);
  const answers = [...stream.outcomes.keys()].filter((key) => !key.includes(' ') && key !== '204');
  for (const answer of answers) expect(answer).toMatch(CUT);
  expect(stream.unsure).toEqual([]);
});

test('kill -9 of one of two forked processes, again and again: each action once, and another takes its place', async () => {
  const site = await startForked();
  const stream = streamActions(() => [site.url!], { ...STEADY, name: 'forked' });
  let cut_off = 0;
  for (let kill = 0; kill < KILLS.forked; kill += 1) {
    const alive = said(site, 'listening').slice(-2);
    await stream.more(50);
    process.kill(alive[0]!.pid, 'SIGKILL');
    await stream.more(50);
    // No more is cut off than was under way.
    expect(stream.unsure.length - cut_off).toBeLessThanOrEqual(AT_ONCE);
    cut_off = stream.unsure.length;
    await until(() => said(site, 'listening').length === kill + 3);
  }
  expect(said(site, 'process_died').length).toBe(KILLS.forked);
  // Whoever had the duties was killed sooner or later, and another took them.
  expect(said(site, 'duties').length).toBeGreaterThan(1);
  await checkOnce(stream);
  for (const outcome of stream.outcomes.keys())
    if (!outcome.includes(' ') && outcome !== '204') expect(outcome).toMatch(CUT);
  expect(await site.end('SIGTERM')).toBe(0);
});

test('SIGHUP puts new processes in the place of the old ones, and no request is lost', async () => {
  const site = await startForked();
  const stream = streamActions(() => [site.url!], { secret: SECRET_KEY, name: 'renewed', at_once: AT_ONCE });
  await stream.more(100);
  site.signal('SIGHUP');
  await until(() => said(site, 'restarted').length === 1);
  const pids = said(site, 'listening').map(({ pid }) => pid);
  expect(new Set(pids).size).toBe(4);
  await checkOnce(stream);
  expect([...stream.outcomes.keys()].filter((key) => !key.includes(' '))).toEqual(['204']);
  expect(await site.end('SIGTERM')).toBe(0);
});

test('of two machines behind one proxy each may be stopped and started anew, and no request is lost', async () => {
  const two = await Promise.all([start(), start()]);
  const stream = streamActions(() => two.map(({ url }) => url!), {
    secret: SECRET_KEY,
    name: 'machines',
    at_once: AT_ONCE,
  });
  for (const index of [0, 1]) {
    await stream.more(100);
    expect(await two[index]!.end('SIGTERM')).toBe(0);
    two[index] = await start();
  }
  await checkOnce(stream);
  expect([...stream.outcomes.keys()].filter((key) => !key.includes(' '))).toEqual(['204']);
});

test('a limit holds over all processes', async () => {
  const site = await startForked({ ACTIONS_PER_MINUTE: '300' });
  const stream = streamActions(() => [site.url!], { secret: SECRET_KEY, name: 'limited', at_once: AT_ONCE });
  await until(() => (stream.outcomes.get('429') ?? 0) > 100);
  await stream.stop();
  expect(stream.outcomes.get('204')).toBeGreaterThanOrEqual(300);
  expect(stream.outcomes.get('204')).toBeLessThanOrEqual(330);
});

test('where the one that supervises is killed, none stays behind that holds the port', async () => {
  const site = await startForked();
  const pids = said(site, 'listening').map(({ pid }) => pid);
  const { port } = new URL(site.url!);
  await site.end('SIGKILL');
  const isAlive = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  await until(() => !pids.some(isAlive));
  const next = await startForked({ PORT: port });
  expect((await createClient(next.url!).get('/ready')).status).toBe(200);

  // Nor do others start beside it: what is wrong is said once, in words.
  const third = await start({ PROCESSES: '2', PORT: port });
  expect(await third.exit()).toBe(1);
  expect(third.said().match(/Another program uses this port/g)?.length).toBe(1);
});

test('whichever of two processes is asked tells what both have counted', async () => {
  const site = await startForked();
  const pids = new Set<number>();
  let asked = 0;
  // On connections of their own, until each has answered.
  for (; pids.size < 2; asked += 1) {
    await createClient(site.url!).get('/', { connection: 'close' });
    for (const { pid } of said(site, 'request')) pids.add(pid);
  }
  for (let time = 0; time < 3; time += 1) {
    const { value } = metricsIn(
      (await createClient(site.url!).get('/metrics', { connection: 'close' })).text,
    );
    expect(value('statehouse_processes')).toBe(2);
    expect(value('statehouse_requests_total', { method: 'GET', route: '/', status: '2xx' })).toBe(asked);
  }
});
