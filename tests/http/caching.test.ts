import { type RawAnswer, rawAnswer } from '../support/raw-answer.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';
const DIVISIONS =
  'division=ocd-division/country:us/state:fl/sldu:5&division=ocd-division/country:us/state:fl/sldl:14';
const ACT = `${PATH}/act?${DIVISIONS}`;
const YEAR = 'public, max-age=31536000, immutable';

let app: TestApp;
let style: string;
beforeAll(async () => {
  app = await startTestApp();
  style = (await app.get('/')).$('link[rel=stylesheet]').attr('href')!;
});
afterAll(() => app.close());

const raw = (path: string, headers: Record<string, string> = {}, method?: string): Promise<RawAnswer> =>
  rawAnswer(`${app.url}${path}`, { accept: 'text/html', ...headers }, method);

/** Who may keep what: an answer not in this table is kept by none. */
const KEPT: [path: string, status: number, cache_control: string][] = [
  ['/', 200, 'private, no-cache'],
  [PATH, 200, 'private, no-cache'],
  [`${PATH}/districts`, 200, 'private, no-cache'],
  [ACT, 200, 'private, no-cache'],
  [`${PATH}/thanks?${DIVISIONS}`, 200, 'private, no-cache'],
  [`${PATH}/bill`, 200, 'private, no-cache'],
  [`${PATH}/totals`, 200, 'private, no-cache'],
  [`${PATH}/tables`, 200, 'private, no-cache'],
  ['/privacy', 200, 'private, no-cache'],
  [`${PATH}/totals.json`, 200, 'no-cache'],
  [`${PATH}/totals.csv`, 200, 'no-cache'],
  [`${PATH}/tables.json`, 200, 'no-cache'],
  [`${PATH}/tables.csv`, 200, 'no-cache'],
  ['/api/openapi.json', 200, 'no-cache'],
  [`${PATH}/embed`, 200, 'private, no-cache'],
  [`${PATH}/badge.svg`, 200, 'public, max-age=60'],
  [`${PATH}/counter.json`, 200, 'public, max-age=60'],
  ['/embed.js', 200, 'public, max-age=3600'],
  ['/health', 200, 'no-store'],
  ['/ready', 200, 'no-store'],
  // Redirects.
  [`${PATH}/act`, 303, 'no-store'],
  [`${PATH}/lookup`, 303, 'no-store'],
  // Faults.
  ['/nowhere', 404, 'no-store'],
  [`${PATH}/act?division=ocd-division/country:us/state:fl/sldl:999`, 404, 'no-store'],
  ['/letters/confirm/cut', 404, 'no-store'],
  ['/letters/answered/cut', 404, 'no-store'],
  ['/campaigns/%E0%A4%A', 400, 'no-store'],
  ['/assets/000000000000/nothing.css', 404, 'no-store'],
  ['/assets/000000000000/%E0%A4%A', 400, 'no-store'],
];

test.each(KEPT)('GET %s answers %i and may be kept so: %s', async (path, status, cache_control) => {
  const answer = await raw(path);
  expect([answer.status, answer.headers['cache-control']]).toEqual([status, cache_control]);
  const asJson = await raw(path, { accept: 'application/json' });
  expect([asJson.status, asJson.headers['cache-control']]).toEqual([status, cache_control]);
});

test('no answer to a form is kept, whether a page, a redirect with districts or JSON, but the choice, which holds nothing typed', async () => {
  const $ = (await app.get(ACT)).$;
  const action_id = $('form:has([value=contact]) [name=action_id]').first().attr('value')!;
  const action = { type: 'phone', action_id, status_code: 'contact' };
  const answers = [
    await app.post(`${PATH}/lookup`, { address: '' }),
    await app.post(`${PATH}/lookup`, { latitude: '30.3255', longitude: '-81.6565' }),
    await app.post(`${PATH}/compose`, { division: 'x', target: 'y', text: 'Dear Senator' }),
    await app.post(`${PATH}/actions`, action),
    await app.post(`${PATH}/actions`, action, { accept: 'application/json' }),
    await app.post(`${PATH}/actions`, {}),
    await app.post('/nowhere', {}),
    await app.post(`${PATH}/lookup`, {}, { 'sec-fetch-site': 'cross-site' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([422, 303, 404, 303, 204, 400, 404, 403]);
  expect(new Set(answers.map(({ headers }) => headers.get('cache-control')))).toEqual(new Set(['no-store']));
  // Back leads to it.
  const choice = await app.post(`${PATH}/lookup`, { address: '32209' });
  expect(choice.headers.get('cache-control')).toBe('private, no-cache');
});

test('a fault of ours on a page that may be kept is itself kept by none', async () => {
  const broken = await startTestApp({
    // Breaks while the answer is made, when its headers are set already.
    parts: () => ({
      readTotals: () => Promise.resolve(null as never),
      readCompleted: () => Promise.resolve(Symbol('no number') as never),
    }),
  });
  for (const accept of ['text/html', 'application/json']) {
    for (const path of [PATH, `${PATH}/thanks`, `${PATH}/totals.csv`]) {
      const { status, headers } = await broken.get(path, { accept });
      expect([status, headers.get('cache-control')]).toEqual([500, 'no-store']);
    }
  }
  await broken.close();
});

test.each([
  ['br', 'gzip, deflate, br, zstd', 'br'],
  ['gzip, where brotli is not taken', 'gzip, deflate', 'gzip'],
  ['gzip, where brotli is ruled out', 'br;q=0, gzip', 'gzip'],
  ['nothing, where nothing is taken', 'identity', undefined],
  ['nothing, where only the unknown is taken', 'snappy', undefined],
  ['nothing, where the header is broken', ';;q=,, =\t;br=x', undefined],
])('browsers get the same pages and assets packed by %s', async (_name, accept_encoding, expected) => {
  for (const path of [PATH, `${PATH}/districts`, '/privacy', style]) {
    const plain = await raw(path);
    const packed = await raw(path, { 'accept-encoding': accept_encoding });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(packed.headers['content-encoding']).toBe(expected);
    expect(packed.text).toBe(plain.text);
    expect(packed.headers.vary).toMatch(/\bAccept-Encoding\b/);
    expect(packed.headers.etag).toBe(plain.headers.etag);
    expect(packed.headers.etag).toMatch(/^W\//);
    if (expected) expect(packed.body.length).toBeLessThan(plain.body.length * 0.6);
  }
});

test('data for programs is packed as well, and what is small is left as it is', async () => {
  const takes = { 'accept-encoding': 'gzip' };
  expect((await raw(`${PATH}/totals`, takes)).headers['content-encoding']).toBe('gzip');
  expect((await raw('/health', takes)).headers['content-encoding']).toBeUndefined();
  const json = await raw(`${PATH}/totals.json`, takes);
  expect(JSON.parse(json.text).campaign_slug).toBe('visible-act');
});

test.each(['br', 'gzip', 'identity'])(
  'a page that has not changed is answered with 304 and no body, accepting %s',
  async (encoding) => {
    const takes = { 'accept-encoding': encoding };
    for (const path of [PATH, '/privacy', style]) {
      const first = await raw(path, takes);
      const again = await raw(path, { ...takes, 'if-none-match': first.headers.etag! });
      expect([again.status, again.body.length, again.headers['content-encoding']]).toEqual([
        304,
        0,
        undefined,
      ]);
      for (const name of ['etag', 'vary', 'cache-control'])
        expect(again.headers[name]).toBe(first.headers[name]);
    }
  },
);

test('the act page is never answered with 304: the ids of its forms are new each time', async () => {
  const first = await raw(ACT);
  const again = await raw(ACT, { 'if-none-match': first.headers.etag! });
  expect(again.status).toBe(200);
});

test('HEAD gets the headers of the page, and no body', async () => {
  for (const path of [PATH, style]) {
    const { status, headers, body } = await raw(path, { 'accept-encoding': 'br' }, 'HEAD');
    expect([status, body.length, headers.vary]).toEqual([200, 0, expect.stringContaining('Accept-Encoding')]);
    expect(headers.etag).toBe((await raw(path)).headers.etag);
  }
});

test('assets are kept for a year under the address that their content gives them', async () => {
  const act = await app.get(ACT);
  const addresses = act
    .$('script[src], link[href]:not([rel=canonical], [rel=alternate])')
    .toArray()
    .map(({ attribs }) => attribs.src ?? attribs.href!);
  expect(addresses.length).toBeGreaterThanOrEqual(4);
  for (const address of addresses) {
    const { status, headers } = await raw(address);
    expect([status, headers['cache-control']]).toEqual([200, YEAR]);
  }
  const { headers } = await raw(style);
  expect(headers['content-type']).toBe('text/css; charset=utf-8');
});

test('a page drawn by another release still gets a style sheet, but none that would pass for its own for a year', async () => {
  const other = style.replace(/[0-9a-f]{12}/, '000000000000');
  const answer = await raw(other);
  expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'public, no-cache']);
  expect(answer.text).toBe((await raw(style)).text);
  const again = await raw(other, { 'if-none-match': answer.headers.etag! });
  expect(again.status).toBe(304);
});

test.each(['..%2f..%2fpackage.json', '%2e%2e/act.pug', '.', '', '%00', 'constructor', '__proto__'])(
  'nothing but the assets is served: %s is a 404 page',
  async (name) => {
    const { status, text } = await raw(style.replace('style.css', name));
    expect(status).toBe(404);
    expect(text).toContain('<h1>');
  },
);
