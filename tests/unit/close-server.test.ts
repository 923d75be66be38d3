import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { closerOf } from '../../server/close-server.ts';

const REQUEST = 'GET / HTTP/1.1\r\nHost: example.org\r\n\r\n';

let server: Server;
let close: (within_ms: number) => Promise<void>;
afterEach(() => server.closeAllConnections());

async function serve(listener: RequestListener): Promise<number> {
  server = createServer(listener).listen(0, '127.0.0.1');
  close = closerOf(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A connection that the server has taken. */
async function open(port: number): Promise<Socket> {
  const taken = once(server, 'connection');
  const socket = connect(port, '127.0.0.1');
  await taken;
  return socket;
}

test('a request that comes right after the stop, on a connection that was there, is answered as the last one', async () => {
  const socket = await open(await serve((_req, res) => res.end('here')));
  const closed = close(10_000);
  // Later than an immediate end of idle connections would be.
  setTimeout(() => socket.write(REQUEST), 100);
  const answer = await text(socket);
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(answer).toMatch(/\r\nConnection: close\r\n/i);
  await closed;
});

test('a request under way is answered, and a connection without one is closed, before the stop is over', async () => {
  let answer = () => {};
  const port = await serve((_req, res) => {
    answer = () => void res.end('late');
  });
  const silent = await open(port);
  const asking = await open(port);
  const asked = once(server, 'request');
  asking.write(REQUEST);
  await asked;
  const closed = close(10_000);
  await text(silent);
  answer();
  const answered = await text(asking);
  expect(answered).toMatch(/late/);
  // A client that may send more on it would, just as it is closed.
  expect(answered).toMatch(/\r\nConnection: close\r\n/i);
  await closed;
});

test('nobody new is taken, and what is not answered in time is cut off', async () => {
  const port = await serve(() => {});
  const socket = await open(port);
  const asked = once(server, 'request');
  socket.write(REQUEST);
  await asked;
  const closed = close(200);
  const [error] = await once(connect(port, '127.0.0.1'), 'error');
  expect(error.code).toBe('ECONNREFUSED');
  expect(await text(socket)).toBe('');
  await closed;
});
