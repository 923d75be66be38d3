import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sessionsOf } from '../fixtures/openstates/bills.ts';
import { congressPerson, type StubPerson, type StubState } from '../fixtures/openstates/made-up.ts';

const ROOT = join(import.meta.dirname, '../..');
/** Replies of the real server's code, where they are at hand. */
const REAL_REPLIES = join(ROOT, '../shared/data/openstates/api-v3');
export const HAS_REAL_OPENSTATES = existsSync(REAL_REPLIES);

/** The value of a file of real replies: 'rendered/people-fl-page1.json'. */
export const realReply = (file: string): unknown =>
  JSON.parse(readFileSync(join(REAL_REPLIES, file), 'utf8'));

/** A key for tests alone. */
export const STUB_KEY = 'a-key-for-tests-0123456789';

const KEY_PAGE = 'Login and visit https://openstates.org/account/profile/';
const json = (res: ServerResponse, status: number, body: unknown) =>
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const html = (res: ServerResponse, status: number) =>
  res.writeHead(status, { 'content-type': 'text/html' }).end('<html><body>Gateway</body></html>');

/** Packed once a stub is started: the client must not wait for that, nor those who start none. */
let packed_flood: Buffer | undefined;

/** What the real API, and what stands before it, was seen to answer. Texts are the real ones. */
const FAULTS: Record<string, (res: ServerResponse) => unknown> = {
  'no key': (res) =>
    json(res, 403, { detail: `Must provide API Key as ?apikey or X-API-KEY. ${KEY_PAGE} for your API key.` }),
  'unknown key': (res) => json(res, 401, { detail: `Invalid API Key. ${KEY_PAGE} for your API key.` }),
  'inactive key': (res) => json(res, 401, { detail: `Inactive API Key. ${KEY_PAGE} for details.` }),
  'over the minute': (res) => json(res, 429, { detail: 'exceeded limit of 10/min: 11' }),
  'over the day': (res) => json(res, 429, { detail: 'exceeded limit of 250/day: 251' }),
  'bad question': (res) =>
    json(res, 422, {
      detail: [{ loc: ['query', 'lng'], msg: 'field required', type: 'value_error.missing' }],
    }),
  refused: (res) => json(res, 400, { detail: 'invalid per_page, must be in [1, 50]' }),
  'no such jurisdiction': (res) => json(res, 404, { detail: 'No such Jurisdiction.' }),
  'no such bill': (res) => json(res, 404, { detail: 'No such Bill.' }),
  'upstream failed': (res) =>
    json(res, 500, { detail: 'unexpected upstream response, try again in 60 seconds' }),
  'server error': (res) => res.writeHead(500, { 'content-type': 'text/plain' }).end('Internal Server Error'),
  html: (res) => html(res, 200),
  'html with 403': (res) => html(res, 403),
  'html with 404': (res) => html(res, 404),
  'html with 502': (res) => html(res, 502),
  'html with 504': (res) => html(res, 504),
  'cut short': (res) => res.writeHead(200, { 'content-type': 'application/json' }).end('{"results":[{"id":'),
  empty: (res) => res.writeHead(200, { 'content-type': 'application/json' }).end(),
  null: (res) => json(res, 200, null),
  'another shape': (res) => json(res, 200, { result: {} }),
  huge: (res) => res.writeHead(200, { 'content-type': 'application/json' }).end(`"${'x'.repeat(9_000_000)}"`),
  'huge when unpacked': (res) =>
    res.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(packed_flood),
  reset: (res) => res.destroy(),
  'reset in the middle': (res) => {
    res.writeHead(200, { 'content-type': 'application/json' }).write('{"results":[', () => res.destroy());
  },
  // Begins and never ends.
  stall: (res) => res.writeHead(200, { 'content-type': 'application/json' }).write('{"results":'),
  // Never answered: the client's own time-out ends it.
  silence: () => undefined,
  redirect: (res) => res.writeHead(302, { location: 'https://example.org/' }).end(),
};

/** Every fault by its name. */
export const STUB_FAULTS = Object.keys(FAULTS);

/** A page of `/people` on its way out. */
export interface StubPage {
  results: StubPerson[];
  pagination: { per_page: number; page: number; max_page: number; total_items: number };
}

export interface StubRequest {
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
}

export interface StubOpenStates {
  url: string;
  /** Every request so far. */
  requests: StubRequest[];
  /**
   * What to do from now on, in turn, the last one from then on: 'serve', a fault by name, or a file of real replies with
   * its status ('401 rendered/error-401-invalid-key.json').
   */
  behave: (...behaviours: string[]) => void;
  /** The same for requests whose path and query match; what is said last goes first. Forgotten by `behave`. */
  behaveAt: (which: RegExp, ...behaviours: string[]) => void;
  /** Serves only after so many milliseconds. */
  delay: (ms: number) => void;
  /** Answers such requests with this; forgotten by `behave`. */
  answerAt: (which: RegExp, body: unknown) => void;
  /** The states that are served; may be changed while it runs. */
  states: StubState[];
  /** Changes each page of `/people` on its way out. */
  changePage: (change: (page: StubPage) => StubPage) => void;
  close: () => Promise<void>;
}

/** OpenStates on a local port: paging, keys, ten people a point, and every fault that was seen of the real one. */
export async function startStubOpenStates(...states: StubState[]): Promise<StubOpenStates> {
  packed_flood ??= gzipSync(`"${'x'.repeat(9_000_000)}"`);
  let behaviours = ['serve'];
  let delay_ms = 0;
  let particular: { which: RegExp; next: string[]; body?: unknown }[] = [];
  let change = (page: StubPage) => page;
  const stub: StubOpenStates = {
    url: '',
    requests: [],
    states,
    behave: (...next) => {
      behaviours = next;
      particular = [];
    },
    behaveAt: (which, ...next) => {
      particular.unshift({ which, next });
    },
    delay: (ms) => {
      delay_ms = ms;
    },
    answerAt: (which, body) => {
      particular.unshift({ which, next: ['serve'], body });
    },
    changePage: (next) => {
      change = next;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  const server = createServer((req, res) => {
    const { pathname: path, searchParams: query } = new URL(req.url!, 'http://stub');
    stub.requests.push({ path, query, headers: req.headers });
    const own = particular.find(({ which }) => which.test(req.url!));
    if (own?.body !== undefined) return json(res, 200, own.body);
    const next = own?.next ?? behaviours;
    const behaviour = next.length > 1 ? next.shift()! : next[0]!;
    const file = /^(\d+) (.+\.json)$/.exec(behaviour);
    if (file) return json(res, Number(file[1]), realReply(file[2]!));
    if (behaviour !== 'serve') return FAULTS[behaviour]!(res);
    const key = req.headers['x-api-key'] ?? query.get('apikey');
    if (!key) return FAULTS['no key']!(res);
    if (key !== STUB_KEY) return FAULTS['unknown key']!(res);
    if (delay_ms > 0) return setTimeout(() => serve(stub.states, change, { path, query, res }), delay_ms);
    return serve(stub.states, change, { path, query, res });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stub.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return stub;
}

function serve(
  states: StubState[],
  change: (page: StubPage) => StubPage,
  { path, query, res }: { path: string; query: URLSearchParams; res: ServerResponse },
): unknown {
  const find = (name: string) => states.find((one) => name === one.state || name === one.jurisdiction.id);
  const include = query.getAll('include');
  const jurisdiction = /^\/jurisdictions\/(.+)$/.exec(path)?.[1];
  if (jurisdiction !== undefined) {
    const found = find(decodeURIComponent(jurisdiction));
    if (!found) return json(res, 404, { detail: 'No such Jurisdiction.' });
    const { organizations, ...rest } = found.jurisdiction;
    return json(res, 200, {
      ...rest,
      ...(include.includes('organizations') ? { organizations } : {}),
      ...(include.includes('legislative_sessions')
        ? { legislative_sessions: sessionsOf(found.bills ?? []) }
        : {}),
    });
  }
  const [, ...bill] = /^\/bills\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  if (bill.length > 0) {
    const [state, session, identifier] = bill.map(decodeURIComponent) as [string, string, string];
    const bare = (text: string) => text.replace(/\s/g, '').toUpperCase();
    const found = find(state)?.bills?.find(
      (one) => one.session === session && bare(one.identifier) === bare(identifier),
    );
    if (!found) return json(res, 404, { detail: 'No such Bill.' });
    return json(res, 200, withIncluded(found, BILL_RELATIONS, include));
  }
  const committee = /^\/committees\/(.+)$/.exec(path)?.[1];
  if (committee !== undefined) {
    const all = states.flatMap((one) => one.committees ?? []);
    const found = all.find(({ id }) => id === decodeURIComponent(committee));
    if (!found) return json(res, 404, { detail: 'No such Committee.' });
    return json(res, 200, withIncluded(found, ['memberships'], include));
  }
  if (path === '/committees') {
    const of = (name: string) => query.get(name) ?? undefined;
    const found = (find(of('jurisdiction') ?? '')?.committees ?? [])
      .filter((one) => (of('classification') ?? one.classification) === one.classification)
      .filter((one) => (of('chamber') ?? one.chamber) === one.chamber)
      .toSorted((one, other) => one.name.localeCompare(other.name));
    const per_page = Number(query.get('per_page') ?? 20);
    const page = Number(query.get('page') ?? 1);
    if (per_page < 1 || per_page > 20) return FAULTS.refused!(res);
    const max_page = Math.max(1, Math.ceil(found.length / per_page));
    if (page > max_page) return json(res, 404, { detail: `invalid page, must be in [1, ${max_page}]` });
    const results = found
      .slice((page - 1) * per_page, page * per_page)
      .map((one) => withIncluded(one, ['memberships'], include));
    return json(res, 200, { results, pagination: { per_page, page, max_page, total_items: found.length } });
  }
  if (path === '/people.geo') {
    const [latitude, longitude] = ['lat', 'lng'].map((name) => Number(query.get(name) ?? 'none')) as [
      number,
      number,
    ];
    if (Number.isNaN(latitude) || Number.isNaN(longitude)) return FAULTS['bad question']!(res);
    return json(res, 200, geoReply(states, { latitude, longitude }, include));
  }
  if (path === '/people') {
    const found = find(query.get('jurisdiction') ?? '');
    const per_page = Number(query.get('per_page') ?? 10);
    const page = Number(query.get('page') ?? 1);
    if (per_page < 1 || per_page > 50) return FAULTS.refused!(res);
    const people = (found?.people ?? []).toSorted((one, other) => one.name.localeCompare(other.name));
    const max_page = Math.max(1, Math.ceil(people.length / per_page));
    if (page > max_page) return json(res, 404, { detail: `invalid page, must be in [1, ${max_page}]` });
    const results = people.slice((page - 1) * per_page, page * per_page).map((one) => included(one, include));
    const pagination = { per_page, page, max_page, total_items: people.length };
    return json(res, 200, change({ results, pagination }));
  }
  return json(res, 404, { detail: 'Not Found' });
}

const BILL_RELATIONS = ['sponsorships', 'actions', 'sources', 'related_bills', 'votes', 'versions'];

/** A relation that was not asked for is absent. */
function withIncluded(thing: object, relations: string[], include: string[]): object {
  const hidden = [...relations.filter((relation) => !include.includes(relation)), 'chamber'];
  return Object.fromEntries(Object.entries(thing).filter(([name]) => !hidden.includes(name)));
}

function included(person: StubPerson, include: string[]): StubPerson {
  return withIncluded(person, ['offices', 'links'], include) as StubPerson;
}

/** Everyone at a point, Congress among them, by name; cut at ten without a word. */
function geoReply(states: StubState[], point: { latitude: number; longitude: number }, include: string[]) {
  const found = states.flatMap((one) => {
    const own = one.at(point);
    return own.length === 0
      ? []
      : [
          ...own,
          congressPerson(one.state, 'Aa Example Senator'),
          congressPerson(one.state, 'Zz Example Senator'),
          congressPerson(one.state, 'Mm Example Representative', '/cd:1'),
        ];
  });
  const results = found
    .toSorted((one, other) => one.name.localeCompare(other.name))
    .slice(0, 10)
    .map((one) => included(one, include));
  const total_items = results.length;
  return { results, pagination: { per_page: total_items ? 10 : 100, page: 1, max_page: 1, total_items } };
}
