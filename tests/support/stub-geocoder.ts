import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

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

/** A place as a reply tells of it; a layer that is not named is missing. */
export interface StubMatch {
  latitude: number;
  longitude: number;
  /** '' for none. */
  state?: string;
  upper?: string;
  lower?: string;
}

/** A reply in the real shape with these places in it. */
export function replyWith(...matches: StubMatch[]): Reply {
  const reply = floridaReply();
  const [first] = reply.result.addressMatches;
  reply.result.addressMatches = matches.map(({ latitude, longitude, state = 'FL', upper, lower }) => ({
    ...first,
    coordinates: { x: longitude, y: latitude },
    addressComponents: state === '' ? {} : { state },
    geographies: { ...(upper && layer('Upper', upper)), ...(lower && layer('Lower', lower)) },
  }));
  return reply;
}

const layer = (name: string, geoid: string) => ({
  [`2026 State Legislative Districts - ${name}`]: [{ GEOID: geoid }],
});
const failed = [{ status: 'Layer query encountered an error: java.lang.RuntimeException: Failed to return' }];

// Packed beforehand: the client must not wait for that.
const PACKED_FLOOD = gzipSync(`"${'x'.repeat(5_000_000)}"`);

/** What the stub does with a request, by name. */
const BEHAVIOURS: Record<string, (res: ServerResponse) => unknown> = {
  match: (res) => json(res, 200, floridaReply()),
  'another state': (res) =>
    json(
      res,
      200,
      changedMatch({ addressComponents: { state: 'DE' }, coordinates: { x: -75.52, y: 39.16 } }),
    ),
  'here and in another state': (res) => {
    const reply = floridaReply();
    reply.result.addressMatches.push({
      ...reply.result.addressMatches[0],
      addressComponents: { state: 'DE' },
      coordinates: { x: -75.52, y: 39.16 },
    });
    json(res, 200, reply);
  },
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
  'refused for our question': (res) => json(res, 400, { errors: ['Invalid benchmark in request'] }),
  refused: (res) =>
    json(res, 400, { errors: ['Address cannot be empty and cannot exceed 100 characters'], status: '400' }),
  html: (res) =>
    res.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Service unavailable</body></html>'),
  'html with 502': (res) => res.writeHead(502, { 'content-type': 'text/html' }).end('<html></html>'),
  'cut short': (res) =>
    res.writeHead(200, { 'content-type': 'application/json' }).end('{"result":{"addressMat'),
  'another shape': (res) => json(res, 200, { results: [] }),
  'no coordinates': (res) => json(res, 200, changedMatch({ coordinates: { x: null, y: null } })),
  'not a list': (res) => json(res, 200, { result: { addressMatches: {} } }),
  null: (res) => json(res, 200, null),
  empty: (res) => res.writeHead(200, { 'content-type': 'application/json' }).end(),
  'html with 400': (res) => res.writeHead(400, { 'content-type': 'text/html' }).end('<html></html>'),
  forbidden: (res) => res.writeHead(403).end(),
  unavailable: (res) => res.writeHead(503, { 'retry-after': '3600' }).end(),
  'too many': (res) => res.writeHead(429).end(),
  huge: (res) => res.writeHead(200, { 'content-type': 'application/json' }).end(`"${'x'.repeat(5_000_000)}"`),
  // Two hundred times as large as what is sent.
  'huge when unpacked': (res) =>
    res.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(PACKED_FLOOD),
  reset: (res) => res.destroy(),
  'reset in the middle': (res) => {
    res
      .writeHead(200, { 'content-type': 'application/json' })
      .write('{"result":{"addressMat', () => res.destroy());
  },
  'late match': (res) => setTimeout(() => json(res, 200, floridaReply()), 250),
  // Just within the time that one try may take.
  'late 502': (res) => setTimeout(() => res.writeHead(502).end(), 250),
  // Begins and never ends.
  stall: (res) => res.writeHead(200, { 'content-type': 'application/json' }).write('{"result":'),
  // Never answered: the client's own time-out ends it.
  silence: () => undefined,
  redirect: (res) => res.writeHead(302, { location: 'https://example.org/' }).end(),
};

export interface StubGeocoder {
  url: string;
  /** The query of every request so far. */
  requests: URLSearchParams[];
  /** Everything else of every request so far. */
  received: { method: string; path: string; headers: IncomingHttpHeaders; body: string }[];
  /**
   * What to do from now on, in turn, the last one from then on: a behaviour by name, a file of real replies, or a reply.
   */
  behave: (...behaviours: (string | Reply)[]) => void;
  close: () => Promise<void>;
}

/** A geocoder on a local port that serves replies of the real shape, and every fault that was seen of the real one. */
export async function startStubGeocoder(): Promise<StubGeocoder> {
  let behaviours: (string | Reply)[] = ['match'];
  const requests: URLSearchParams[] = [];
  const received: StubGeocoder['received'] = [];
  const server = createServer((req, res) => {
    const { pathname, searchParams } = new URL(req.url!, 'http://stub');
    requests.push(searchParams);
    const request = { method: req.method!, path: pathname, headers: req.headers, body: '' };
    received.push(request);
    req.on('data', (chunk) => {
      request.body += chunk;
    });
    const behaviour = behaviours.length > 1 ? behaviours.shift()! : behaviours[0]!;
    if (typeof behaviour !== 'string') json(res, 200, behaviour);
    else if (behaviour.endsWith('.json')) {
      const status = behaviour.startsWith('error-400') ? 400 : 200;
      res
        .writeHead(status, { 'content-type': 'application/json' })
        .end(readFileSync(join(REAL_REPLIES, behaviour)));
    } else BEHAVIOURS[behaviour]!(res);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/geocoder`,
    requests,
    received,
    behave: (...next) => {
      behaviours = next;
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
