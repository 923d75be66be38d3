import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { metricsIn } from '../support/metrics-in.ts';

test('with several processes whichever is asked tells what all of them counted, and says so when one does not answer', async () => {
  const workers: { at: string; pid: number }[] = [];
  const program = spawn(process.execPath, ['--no-warnings', 'tests/support/cluster-metrics.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    for await (const line of createInterface({ input: program.stdout }))
      if (workers.push(JSON.parse(line)) === 2) break;
    const urls = workers.map(({ at }) => at);
    for (const url of urls) {
      const { value } = metricsIn(await (await fetch(url)).text());
      const route = '/';
      expect(value('statehouse_requests_total', { method: 'GET', route, status: '2xx' })).toBe(3);
      expect(value('statehouse_request_seconds_count', { route })).toBe(3);
      expect(value('statehouse_request_seconds_sum', { route })).toBe(3);
      // That one of them rests is told, and is not added up.
      expect(value('statehouse_upstream_resting', { upstream: 'geocoder' })).toBe(1);
    }
    fetch(`${urls[0]}/hang`).catch(() => undefined);
    const answer = await fetch(urls[1]!);
    expect([answer.status, await answer.text()]).toEqual([503, 'metrics_unavailable']);
  } finally {
    program.kill('SIGKILL');
    // The one that is stuck does not see that its primary is gone; the other may have seen it already.
    for (const { pid } of workers) spawnSync('kill', ['-9', String(pid)]);
  }
});
