import cluster from 'node:cluster';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gatherMetrics, superviseMetrics } from '../../server/metrics/gather.ts';
import { createMetrics } from '../../server/metrics/metrics.ts';

// A program: two processes that count, each by its own number, and the primary between them. It writes the
// address and the pid of each.

if (cluster.isPrimary) {
  superviseMetrics();
  for (const number of ['1', '2'])
    cluster
      .fork({ NUMBER: number })
      .on('message', ({ at, pid }) => at && process.stdout.write(`${JSON.stringify({ at, pid })}\n`));
} else {
  const metrics = createMetrics();
  const requests = Number(process.env.NUMBER);
  for (let request = 0; request < requests; request += 1)
    metrics.requests.note('/', { method: 'GET', status: 200, seconds: 1, is_aborted: false });
  metrics.setBreaker('geocoder', requests === 1);
  const readMetrics = gatherMetrics(metrics.registry);
  // Exclusive: each listens on a port of its own, so that the test can choose whom to ask.
  const server = createServer(async (req, res) => {
    if (req.url === '/hang') return void hang();
    res.end(
      await readMetrics().catch((error) => {
        res.statusCode = error.status;
        return error.code;
      }),
    );
  }).listen({ port: 0, host: '127.0.0.1', exclusive: true }, () =>
    process.send?.({ at: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, pid: process.pid }),
  );
}

/** Answers nobody any more, as a process that is stuck. */
function hang(): void {
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
}
