import { once } from 'node:events';
import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';

/** For how long a request may still come on a connection that was there: a proxy has connected and is about to send it. */
const GRACE_MS = 500;
const LOOK_EVERY_MS = 50;

/**
 * Takes no more connections, answers every request that comes on those it has, and resolves once they are all closed. What
 * is still open `within_ms` milliseconds later is cut off.
 */
export async function closeServer(server: Server, within_ms: number): Promise<void> {
  const closed = once(server, 'close');
  // The server's own close() would at once cut off connections on which nothing has come yet.
  NetServer.prototype.close.call(server);
  server.prependListener('request', (_req, res) => res.setHeader('Connection', 'close'));
  let idle: NodeJS.Timeout | undefined;
  const grace = setTimeout(() => {
    // A connection that is kept open for more requests would wait for them.
    idle = setInterval(() => server.closeIdleConnections(), LOOK_EVERY_MS);
  }, GRACE_MS);
  const late = setTimeout(() => server.closeAllConnections(), within_ms);
  await closed;
  clearTimeout(grace);
  clearInterval(idle);
  clearTimeout(late);
}
