import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '../support/client.ts';
import { createDatabase, dropDatabase } from '../support/postgres-databases.ts';
import { startServerProcess } from '../support/server-process.ts';
import { until } from '../support/until.ts';

test('of two processes on an empty PostgreSQL one is killed: the other answers, another comes, and all stop when asked', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'statehouse-forked-'));
  const database_url = await createDatabase();
  const site = await startServerProcess({
    DATA_DIR: folder,
    DATABASE_URL: database_url,
    PROCESSES: '2',
    PULL: 'off',
    CENSUS_GEOCODER_URL: 'http://127.0.0.1:9',
  });
  const pids = (event: string): number[] =>
    site.lines.map((line) => JSON.parse(line)).flatMap((line) => (line.event === event ? [line.pid] : []));
  await until(() => pids('listening').length === 2);
  const [first] = pids('listening');
  expect(pids('duties')).toEqual([first]);
  process.kill(first!, 'SIGKILL');
  await until(() => pids('process_died').length === 1);
  expect((await createClient(site.url!).get('/ready')).status).toBe(200);
  await until(() => pids('listening').length === 3);
  expect(pids('duties').length).toBe(2);
  expect(await site.end('SIGTERM')).toBe(0);
  expect(site.said()).toBe('');
  await dropDatabase(database_url);
  rmSync(folder, { recursive: true });
}, 120_000);
