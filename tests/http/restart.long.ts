import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createClient } from '../support/client.ts';
import { createDatabase, dropDatabase } from '../support/postgres-databases.ts';
import { startServerProcess, TO_START } from '../support/server-process.ts';
import { until } from '../support/until.ts';

/** What systemd does, in a few words: keeps the socket, and starts the app with it again and again. */
const KEEPER = `while :; do "$1" -c 'export LISTEN_PID=$$; echo "{\\"pid\\":$$}"; exec "$0" server/start.ts' "$2"; done`;

let folder: string;
let keeper: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'statehouse-restart-'));
});
afterEach(() => {
  if (keeper?.pid) process.kill(-keeper.pid, 'SIGKILL');
  keeper = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** A socket that listens: its port, and its number among this process's files. */
async function listen() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  // Node has no other way to hand a listening socket on.
  const { fd } = (server as unknown as { _handle: { fd: number } })._handle;
  return { server, port, fd };
}

const settings = () => ({
  DATA_DIR: join(folder, 'data'),
  PORT: '0',
  CENSUS_GEOCODER_URL: 'http://127.0.0.1:9',
});

// Windows hands no sockets on so.
const onUnix = process.platform === 'win32' ? test.skip : test;

onUnix('on a socket that is kept for it the app restarts without refusing anybody', async () => {
  const { server, port, fd } = await listen();
  keeper = spawn('sh', ['-c', KEEPER, 'keeper', 'sh', process.execPath], {
    stdio: ['ignore', 'pipe', 'inherit', fd],
    detached: true,
    env: { PATH: process.env.PATH, LISTEN_FDS: '1', NODE_NO_WARNINGS: '1', ...settings() },
  });
  server.close();
  const pids: number[] = [];
  const places: string[] = [];
  createInterface({ input: keeper.stdout! }).on('line', (line) => {
    const { pid, event, at } = JSON.parse(line);
    if (pid) pids.push(pid);
    if (event === 'listening') places.push(at);
  });

  const client = createClient(`http://127.0.0.1:${port}`);
  const statuses = new Set<number>();
  let isOver = false;
  const visitor = async () => {
    while (!isOver) statuses.add((await client.get('/health')).status);
  };
  // The first ones come before the app listens.
  const visitors = Promise.all(Array.from({ length: 8 }, visitor));
  for (const starts of [1, 2]) {
    await until(() => places.length === starts);
    process.kill(pids.at(-1)!, 'SIGTERM');
  }
  await until(() => places.length === 3);
  isOver = true;
  await visitors;
  expect([...statuses]).toEqual([200]);
  expect(new Set(places)).toEqual(new Set([`http://localhost:${port}`]));
});

test('a socket that was meant for another process is left alone', async () => {
  const { url, end } = await startServerProcess({ ...settings(), LISTEN_PID: '1', LISTEN_FDS: '1' });
  expect((await createClient(url!).get('/health')).status).toBe(200);
  await end('SIGTERM');
});

onUnix(
  'several processes are renewed on a socket that is kept for them; where all die at once they are started again on it',
  async () => {
    const database_url = await createDatabase();
    const { server, port, fd } = await listen();
    keeper = spawn('sh', ['-c', KEEPER, 'keeper', 'sh', process.execPath], {
      stdio: ['ignore', 'pipe', 'ignore', fd],
      detached: true,
      env: {
        ...TO_START,
        LISTEN_FDS: '1',
        NODE_NO_WARNINGS: '1',
        DATABASE_URL: database_url,
        PROCESSES: '2',
        PULL: 'off',
        ...settings(),
      },
    });
    server.close();
    const events: { event?: string; pid: number }[] = [];
    createInterface({ input: keeper.stdout! }).on('line', (line) => events.push(JSON.parse(line)));
    const pids = (event: string | undefined) =>
      events.filter((line) => line.event === event).map(({ pid }) => pid);

    const client = createClient(`http://127.0.0.1:${port}`);
    expect((await client.get('/health')).status).toBe(200);
    await until(() => pids('supervising').length === 1);
    process.kill(pids(undefined)[0]!, 'SIGHUP');
    const statuses = new Set<number>();
    while (pids('restarted').length === 0) statuses.add((await client.get('/health')).status);
    expect([...statuses]).toEqual([200]);

    const listening = pids('listening');
    expect(new Set(listening).size).toBe(4);
    for (const pid of listening.slice(-2)) process.kill(pid, 'SIGKILL');
    await until(() => pids('supervising').length === 2);
    expect((await client.get('/health')).status).toBe(200);
    await dropDatabase(database_url);
  },
);
