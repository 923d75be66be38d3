import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

/** An answer as it crosses the wire: `fetch` unpacks what comes, and says nothing of its size. */
export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** The body unpacked. */
  text: string;
  /** Bytes received, status line and headers included. */
  transferred: number;
}

/** Asks once, by a connection of its own, with these headers alone beside Host. */
export async function rawAnswer(
  url: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<RawAnswer> {
  const sent = request(url, { method, headers, agent: false }).end();
  const [res] = (await once(sent, 'response')) as [IncomingMessage];
  const { socket } = res;
  const body = await buffer(res);
  const encoding = res.headers['content-encoding'];
  const plain = body.length === 0 || encoding === undefined ? body : unpack(encoding, body);
  return {
    status: res.statusCode!,
    headers: res.headers,
    body,
    text: plain.toString(),
    transferred: socket.bytesRead,
  };
}

function unpack(encoding: string, body: Buffer): Buffer {
  if (encoding === 'br') return brotliDecompressSync(body);
  if (encoding === 'gzip') return gunzipSync(body);
  throw new Error(`an encoding that no browser was offered: ${encoding}`);
}
