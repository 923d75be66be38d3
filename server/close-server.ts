import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { Server as NetServer } from 'node:net';

/** For how long a request may still come on a connection that was there: a proxy has connected and is about to send it. */
const GRACE_MS = 500;
const LOOK_EVERY_MS = 50;

/**
 * Follows a server from its beginning, and gives back what closes it: it takes no more connections, answers every request that
 * comes on those it has, each as the last of its connection, and resolves once they are all closed. What is still open
 * `within_ms` milliseconds later is cut off.
 */
export function closerOf(server: Server): (within_ms: number) => Promise<void> {
  const under_way = new Set<ServerResponse>();
  server.prependListener('request', (_req, res) => {
    under_way.add(res);
    res.once('close', () => under_way.delete(res));
  });
  return async (within_ms) => {
    const closed = once(server, 'close');
    // The server's own close() would at once cut off connections on which nothing has come yet.
    NetServer.prototype.close.call(server);
    server.prependListener('request', (_req, res) => res.setHeader('Connection', 'close'));
    // Else the client would send its next request on a connection that is about to be closed.
    for (const res of under_way) if (!res.headersSent) res.setHeader('Connection', 'close');
    let idle: NodeJS.Timeout | undefined;
    const grace = setTimeout(() => {
      // A connection that is kept open for more requests would wait for them.
      idle = setInterval(() => {
        // Not before what has arrived is read: timers come first, and after a while without time much may wait there.
        setImmediate(() => server.closeIdleConnections());
      }, LOOK_EVERY_MS);
    }, GRACE_MS);
    const late = setTimeout(() => server.closeAllConnections(), within_ms);
    await closed;
    clearTimeout(grace);
    clearInterval(idle);
    clearTimeout(late);
  };
}
