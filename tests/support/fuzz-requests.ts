import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { createApp } from '../../server/web/app.ts';
import { formFields } from './client.ts';
import { anyText, mutated, NASTY } from './fuzz.ts';
import { markupIn } from './fuzz-markup.ts';
import { startTestApp, type TestApp } from './test-app.ts';

/** A route of the app, as its own router has it. */
export interface KnownRoute {
  path: string;
  methods: string[];
  /** The path by which the log names it: the first, where a route has several. */
  logged_as: string;
}

/** One request, whatever it is. */
export interface Sent {
  /** The path of the route that it is meant for. */
  pattern: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** What comes of one. */
interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Every route that the app's router has, so that a new one is tried without being named here. */
export async function routesOf({ parts }: TestApp): Promise<KnownRoute[]> {
  const app = await createApp({ ...parts, log: () => undefined });
  const { stack } = app.router as unknown as {
    stack: { route?: { path: string | string[]; methods: Record<string, boolean> } }[];
  };
  return stack.flatMap(({ route }) =>
    route === undefined
      ? []
      : [route.path].flat().map((path) => ({
          path,
          logged_as: [route.path].flat()[0]!,
          methods: Object.keys(route.methods).map((one) => one.toUpperCase()),
        })),
  );
}

const DIVISIONS = ['sldu:5', 'sldl:14', 'sldl:9999'].map((one) => `ocd-division/country:us/state:fl/${one}`);
/** Every field that some form or address has, and names that objects have by themselves. */
export const FIELDS = [
  ...[
    'address',
    'latitude',
    'longitude',
    'division',
    'done',
    'partner',
    'lang',
    'message_language',
    'target',
    'noted',
  ],
  ...[
    'variant',
    'letter_variant',
    'own_words',
    'type',
    'action_id',
    'status_code',
    'office_reply',
    'name',
    'street',
  ],
  ...[
    'city',
    'zip',
    'email',
    'subject',
    'text',
    'draft',
    'no_reply',
    'find',
    'near',
    'preview',
    'token',
    'send',
    'by',
  ],
  ...[
    'language',
    'asked_about',
    'challenge_answer',
    'without_challenge',
    'text_id',
    'version',
    'v',
    'format',
  ],
  ...['division[]', 'division[a]', '__proto__', 'constructor', 'toString', '__proto__[x]', ''],
];
/** Headers that programs read, with values that they may have and values that nobody sends. */
export const HEADERS: Record<string, string[]> = {
  host: ['localhost', '[::1]:80', 'a"><xq>', 'a b', '', 'x'.repeat(300), 'evil.example.org', '..', '@'],
  'accept-language': ['es', 'ht;q=0.1,*', 'x'.repeat(4000), ';q=,', '*,'.repeat(500), 'en-'.repeat(900)],
  'accept-encoding': ['br', 'gzip;q=0', 'identity;q=0', '*', 'x'.repeat(500), ','.repeat(999)],
  accept: ['application/json', '*/*;q=', 'text/html', '/', 'a/'.repeat(900), 'text/html;level="'],
  'content-type': [
    'text/plain',
    'application/json',
    'multipart/form-data',
    'application/x-www-form-urlencoded;charset=utf-7',
    ';',
  ],
  'content-encoding': ['gzip', 'deflate', 'br', 'identity', 'x'],
  referer: ['http://[', 'javascript:xq()', 'http://localhost/?partner="><xq>', 'x'.repeat(5000)],
  origin: ['null', 'http://[', 'https://evil.example.org', '"><xq>'],
  'sec-fetch-site': ['cross-site', 'none', '', 'x'],
  'x-forwarded-for': [
    '192.0.2.1',
    '::1',
    'a"><xq>',
    '1'.repeat(3000),
    ','.repeat(500),
    '::ffff:192.0.2.1%eth0',
  ],
  'x-forwarded-proto': ['https', 'javascript', 'https,https'],
  cookie: ['a=b', '__proto__=1', ';'.repeat(2000)],
  'if-none-match': ['*', '"a"', 'W/"', ','.repeat(2000)],
  'if-modified-since': ['never', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  range: ['bytes=0-', 'bytes=-1', 'bytes=9999999999-0', `bytes=${'0-1,'.repeat(500)}`],
  'user-agent': ['bot', 'x'.repeat(5000), '(('.repeat(900), 'Mozilla/5.0 '.repeat(300)],
  expect: ['x'],
  'x-http-method-override': ['DELETE'],
  upgrade: ['h2c'],
};

/** An app that lets any number of requests through, with what is needed to get far into its routes. */
export async function openFuzzed() {
  const app = await startTestApp({
    settings: { lookups_per_minute: 1e9, actions_per_minute: 1e9, trust_proxy: 1 },
  });
  const slug = '/campaigns/visible-act';
  const act = await app.get(`${slug}/act?division=${DIVISIONS[0]}`);
  const actions = formFields(act.$, 'form[action$="/actions"]');
  const compose = formFields(act.$, 'form[action$="/compose"]');
  const { letter_tokens, preview_tokens } = app.parts;
  const good = {
    report: await app.reportLink('visible-act'),
    preview: preview_tokens.issue('visible-act', { now: app.parts.now() }),
    confirm: letter_tokens.issue('confirm', 'letter-1'),
  };
  const routes = await routesOf(app);
  return {
    app,
    routes,
    values: Object.values({ ...actions, ...compose, ...good }).flat(),
    real: { ...actions, ...compose },
    good,
  };
}
/** Such an app. */
export type Fuzzed = Awaited<ReturnType<typeof openFuzzed>>;

/** Requests to every route: good paths and odd ones, by every method, with odd fields and headers. */
export function requests({ routes, values, real, good }: Fuzzed): fc.Arbitrary<Sent> {
  const value = fc.oneof(
    { weight: 3, arbitrary: anyText },
    { weight: 2, arbitrary: fc.constantFrom(...values, ...DIVISIONS) },
    { weight: 1, arbitrary: fc.constantFrom(...values).chain((one) => mutated(one)) },
  );
  const pairs = fc.array(fc.tuple(fc.constantFrom(...FIELDS), value), { maxLength: 6 });
  const known: Record<string, string[]> = {
    slug: ['visible-act'],
    token: [good.confirm],
    short: ['visible-act'],
    partner: ['jira'],
    id: ['a'],
    name: ['base.css'],
  };
  const path = fc.constantFrom(...routes).chain(({ path: pattern, methods }) => {
    const names = pattern.match(/[:*]\w+/g) ?? [];
    const chosen = fc.tuple(
      ...names.map((name) =>
        fc.oneof(
          { weight: 4, arbitrary: fc.constantFrom(...(known[name.slice(1)] ?? ['a'])) },
          { weight: 1, arbitrary: value },
        ),
      ),
    );
    const method = fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...methods) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          'GET',
          'HEAD',
          'POST',
          'PUT',
          'DELETE',
          'OPTIONS',
          'PATCH',
          'TRACE',
          'PROPFIND',
        ),
      },
    );
    return fc.record({
      pattern: fc.constant(pattern),
      method,
      path: chosen.map((filled) =>
        names.reduce((made, name, nth) => made.replace(name, () => encoded(filled[nth]!)), pattern),
      ),
    });
  });
  const headers = fc.array(
    fc
      .constantFrom(...Object.keys(HEADERS))
      .chain((name) =>
        fc.tuple(
          fc.constant(name),
          fc.oneof(
            { weight: 3, arbitrary: fc.constantFrom(...HEADERS[name]!) },
            { weight: 1, arbitrary: fc.constantFrom(...NASTY) },
          ),
        ),
      ),
    { maxLength: 3 },
  );
  return fc.record({ path, pairs, headers, is_real: fc.boolean(), token: fc.nat(3) }).map((made) => {
    const fields: [string, string][] = [...(made.is_real ? Object.entries(real) : []), ...made.pairs].map(
      ([name, one]) => [name, [one].flat()[0] ?? ''],
    );
    if (made.token === 0) fields.push(['token', good.report]);
    if (made.token === 1) fields.push(['preview', good.preview]);
    const is_post = made.path.method === 'POST';
    const encodedFields = new URLSearchParams(fields).toString();
    return {
      pattern: made.path.pattern,
      method: made.path.method,
      path:
        is_post || fields.length === 0 ? made.path.path : `${made.path.path}?${encodedFields.slice(0, 8000)}`,
      headers: {
        accept: 'text/html',
        'sec-fetch-site': 'same-origin',
        ...(is_post ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        ...Object.fromEntries(
          made.headers.map(([name, text]) => [name, text.replace(/[^\x20-\x7e\x80-\xff]/g, '')]),
        ),
      },
      body: is_post ? encodedFields : '',
    };
  });
}

/** A part of a path; odd signs stay as odd as a request line can have them. */
const encoded = (text: string) => encodeURIComponent(text.toWellFormed()).replaceAll('%25', '%');

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/** Sends it by a connection that is kept open. */
export async function send(url: string, { method, path, headers, body }: Sent): Promise<Answered> {
  const { host, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, agent, method, path, headers: { host, ...headers } },
      (res) => {
        buffer(res).then(
          (bytes) => resolve({ status: res.statusCode!, headers: res.headers, text: bytes.toString() }),
          reject,
        );
      },
    );
    sent.on('error', reject);
    // Neither of these is answered by a page, nor is it an error.
    sent.on('upgrade', (res) => resolve({ status: res.statusCode!, headers: res.headers, text: '' }));
    sent.end(body === '' ? undefined : body);
  });
}

/** What every answer must hold to, whatever was asked: throws where one does not. */
export function checkAnswer({ status, headers, text }: Answered): void {
  // Only what is not at hand yet, or is out of reach, may say so.
  if (status >= 500 && status !== 503) throw new Error(`${status}: ${text.slice(0, 300)}`);
  if (/\bat .*\.ts:\d+|node:internal|node_modules/.test(text)) throw new Error('a stack is shown');
  if (headers['set-cookie'] !== undefined) throw new Error('a cookie is set');
  const { location = '/' } = headers;
  if (!/^\/(?![/\\])/.test(location)) throw new Error(`led away to ${location}`);
  const is_html = String(headers['content-type']).startsWith('text/html');
  const markup = is_html && headers['content-encoding'] === undefined ? markupIn(text) : undefined;
  if (markup !== undefined) throw new Error(`markup let through: ${markup}`);
  // What the server itself refuses before the app has seen it has no page.
  if (headers['content-type'] === undefined && text === '' && status === 400) return;
  const policy = String(headers['content-security-policy']);
  const is_safe = policy.includes("default-src 'none'") && headers['x-content-type-options'] === 'nosniff';
  if (!is_safe && status !== 417)
    throw new Error(`${status} without its headers: ${JSON.stringify(headers)}`);
}

/** Whatever comes over a socket: good requests with odd bytes in them, lengths that lie, pieces and noise. */
export function rawBytes(): fc.Arbitrary<Buffer> {
  const body = 'address=1+Example+Street';
  const lines = (more: string[]) =>
    ['POST /campaigns/visible-act/lookup HTTP/1.1', 'Host: localhost', ...more, '', body].join('\r\n');
  const type = 'Content-Type: application/x-www-form-urlencoded';
  const starts = [
    'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'GET /campaigns/visible-act HTTP/1.0\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    lines([type, 'Content-Length: 24']),
    lines([type, 'Content-Length: 9']),
    lines([type, 'Content-Length: 24', 'Content-Length: 25']),
    lines([type, 'Content-Length: -1']),
    lines([type, 'Content-Length: 99999999999999999999']),
    lines([type, 'Transfer-Encoding: chunked']),
    lines([type, 'Transfer-Encoding: chunked', 'Content-Length: 24']),
    lines([type, 'Transfer-Encoding: xchunked']),
    lines([type, `X-Long: ${'x'.repeat(20_000)}`]),
    lines(Array.from({ length: 300 }, (_, nth) => `X-${nth}: a`)),
    `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
    'GET http://evil.example.org/ HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'CONNECT evil.example.org:443 HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'GET //evil.example.org HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'GET * HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: localhost\r\n folded: x\r\n\r\n',
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  ];
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .constantFrom(...starts)
        .chain((one) => mutated(one))
        .map((one) => Buffer.from(one, 'latin1')),
    },
    { weight: 1, arbitrary: fc.constantFrom(...starts).map((one) => Buffer.from(one, 'latin1')) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
  );
}

/** Sends bytes and ends; gives all that comes back until the other side closes. */
export async function sendRaw(url: string, bytes: Buffer): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  // A connection that the server breaks off is an answer too.
  socket.on('error', () => socket.destroy());
  socket.end(bytes);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await new Promise<void>((resolve) => socket.on('close', () => resolve()));
  return Buffer.concat(chunks).toString('latin1');
}
