import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { metricsIn } from '../support/metrics-in.ts';
import { until } from '../support/until.ts';

test('whichever of several processes is asked tells what all have counted, those that ended too, and says so when one does not answer', async () => {
  const told: { pid: number; at?: string; hangs?: boolean }[] = [];
  const program = spawn(process.execPath, ['--no-warnings', 'tests/support/cluster-metrics.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  createInterface({ input: program.stdout }).on('line', (line) => told.push(JSON.parse(line)));
  try {
    // One of the four does not listen, and is not waited for.
    await until(() => told.length === 4);
    const workers = told.filter(({ at }) => at !== undefined);
    const read = async (worker: { at?: string }) => metricsIn(await (await fetch(worker.at!)).text());
    const expectSum = async (worker: { at?: string }) => {
      const { value } = await read(worker);
      const route = '/';
      expect(value('statehouse_requests_total', { method: 'GET', route, status: '2xx' })).toBe(7);
      expect(value('statehouse_request_seconds_count', { route })).toBe(7);
      expect(value('statehouse_request_seconds_sum', { route })).toBe(7);
      return value;
    };
    for (const worker of workers) {
      const value = await expectSum(worker);
      expect(value('statehouse_processes')).toBe(3);
      // Ages are not added up: the oldest tells.
      expect(value('statehouse_age')).toBe(4);
    }

    const [ended, stuck, well] = workers;
    process.kill(ended!.pid, 'SIGKILL');
    await until(async () => (await read(well!)).value('statehouse_processes') === 2);
    await expectSum(well!);

    fetch(`${stuck!.at}/hang`).catch(() => undefined);
    await until(() => told.some(({ hangs }) => hangs));
    const answer = await fetch(well!.at!);
    expect([answer.status, await answer.text()]).toEqual([503, 'metrics_unavailable']);
  } finally {
    program.kill('SIGKILL');
    // The one that is stuck does not see that its primary is gone; the others may have seen it already.
    for (const { pid } of told) spawnSync('kill', ['-9', String(pid)]);
  }
});
