import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
/** Real replies, where they are at hand. */
export const REAL_REPLIES = join(ROOT, '../shared/data/census-geocoder');
export const HAS_REAL_REPLIES = existsSync(REAL_REPLIES);

type Reply = Record<string, unknown> & { result: { addressMatches: Record<string, unknown>[] } };

/** A reply in the real shape: one match in House 14 and Senate 5 of Florida. */
export function floridaReply(): Reply {
  return JSON.parse(readFileSync(join(ROOT, 'tests/fixtures/census-geocoder/florida.json'), 'utf8'));
}

/** The same with its one match changed. */
function changedMatch(changes: Record<string, unknown>): Reply {
  const reply = floridaReply();
  reply.result.addressMatches = [{ ...reply.result.addressMatches[0], ...changes }];
  return reply;
}

const layer = (name: string, geoid: string) => ({
  [`2026 State Legislative Districts - ${name}`]: [{ GEOID: geoid }],
});
const failed = [{ status: 'Layer query encountered an error: java.lang.RuntimeException: Failed to return' }];

/** What the stub does with a request, by name. */
const BEHAVIOURS: Record<string, (res: ServerResponse) => unknown> = {
  match: (res) => json(res, 200, floridaReply()),
  'another state': (res) =>
    json(
      res,
      200,
      changedMatch({ addressComponents: { state: 'DE' }, coordinates: { x: -75.52, y: 39.16 } }),
    ),
  'several matches': (res) => {
    const reply = floridaReply();
    const elsewhere = {
      ...reply.result.addressMatches[0],
      coordinates: { x: -82.4584, y: 27.9477 },
      geographies: {},
    };
    reply.result.addressMatches.push(elsewhere);
    json(res, 200, reply);
  },
  'the same place twice': (res) => {
    const reply = floridaReply();
    reply.result.addressMatches.push(reply.result.addressMatches[0]!);
    json(res, 200, reply);
  },
  'failed layers': (res) =>
    json(
      res,
      200,
      changedMatch({
        geographies: {
          '2026 State Legislative Districts - Upper': failed,
          '2026 State Legislative Districts - Lower': failed,
        },
      }),
    ),
  'another map': (res) =>
    json(res, 200, changedMatch({ geographies: { ...layer('Upper', '12005'), ...layer('Lower', '12013') } })),
  'an older year': (res) =>
    json(
      res,
      200,
      changedMatch({
        geographies: {
          '2024 State Legislative Districts - Upper': [{ GEOID: '12005' }],
          '2024 State Legislative Districts - Lower': [{ GEOID: '12014' }],
        },
      }),
    ),
  'no match': (res) => json(res, 200, { result: { addressMatches: [] } }),
  refused: (res) =>
    json(res, 400, { errors: ['Address cannot be empty and cannot exceed 100 characters'], status: '400' }),
  html: (res) =>
    res.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Service unavailable</body></html>'),
  'html with 502': (res) => res.writeHead(502, { 'content-type': 'text/html' }).end('<html></html>'),
  'cut short': (res) =>
    res.writeHead(200, { 'content-type': 'application/json' }).end('{"result":{"addressMat'),
  'another shape': (res) => json(res, 200, { results: [] }),
  'too many': (res) => res.writeHead(429).end(),
  huge: (res) => res.writeHead(200, { 'content-type': 'application/json' }).end(`"${'x'.repeat(5_000_000)}"`),
  reset: (res) => res.destroy(),
  // Never answered: the client's own time-out ends it.
  silence: () => undefined,
  redirect: (res) => res.writeHead(302, { location: 'https://example.org/' }).end(),
};

export interface StubGeocoder {
  url: string;
  /** The query of every request so far. */
  requests: URLSearchParams[];
  /** What to do from now on: the names of behaviours in turn, the last one from then on; or a file of real replies. */
  behave: (...names: string[]) => void;
  close: () => Promise<void>;
}

/** A geocoder on a local port that serves replies of the real shape, and every fault that was seen of the real one. */
export async function startStubGeocoder(): Promise<StubGeocoder> {
  let behaviours = ['match'];
  const requests: URLSearchParams[] = [];
  const server = createServer((req, res) => {
    requests.push(new URL(req.url!, 'http://stub').searchParams);
    const name = behaviours.length > 1 ? behaviours.shift()! : behaviours[0]!;
    if (name.endsWith('.json')) {
      const status = name.startsWith('error-400') ? 400 : 200;
      res
        .writeHead(status, { 'content-type': 'application/json' })
        .end(readFileSync(join(REAL_REPLIES, name)));
    } else BEHAVIOURS[name]!(res);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/geocoder`,
    requests,
    behave: (...names) => {
      behaviours = names;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function json(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
