import cluster from 'node:cluster';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Gauge } from 'prom-client';
import { gatherMetrics, superviseMetrics } from '../../server/metrics/gather.ts';
import { createMetrics } from '../../server/metrics/metrics.ts';

// A program: three processes that count, each by its own number, a fourth that never comes to listen, and the primary between
// them. It writes the pid of each, with its address where it listens, and which one hangs.

if (cluster.isPrimary) {
  superviseMetrics();
  for (const NUMBER of ['1', '2', '4', '0'])
    cluster
      .fork({ NUMBER })
      .on('message', (message) => 'pid' in message && process.stdout.write(`${JSON.stringify(message)}\n`));
} else if (process.env.NUMBER === '0') {
  process.send?.({ pid: process.pid }, () => hang());
} else {
  const metrics = createMetrics();
  const requests = Number(process.env.NUMBER);
  for (let request = 0; request < requests; request += 1)
    metrics.requests.note('/', { method: 'GET', status: 200, seconds: 1, is_aborted: false });
  const age = { name: 'statehouse_age', help: 'Of the oldest.', aggregator: 'max' } as const;
  new Gauge({ ...age, registers: [metrics.registry] }).set(requests);
  const readMetrics = gatherMetrics(metrics.registry);
  // Exclusive: each listens on a port of its own, so that the test can choose whom to ask.
  const server = createServer(async (req, res) => {
    if (req.url === '/hang') return void process.send?.({ pid: process.pid, hangs: true }, () => hang());
    res.end(
      await readMetrics().catch((error) => {
        res.statusCode = error.status;
        return error.code;
      }),
    );
  });
  // The primary sees one that listens where others do as well.
  createServer().listen({ port: 0, host: '127.0.0.1' }, () =>
    server.listen({ port: 0, host: '127.0.0.1', exclusive: true }, () =>
      process.send?.({ pid: process.pid, at: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }),
    ),
  );
}

/** Answers nobody any more, as a process that is stuck. */
function hang(): void {
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
}
