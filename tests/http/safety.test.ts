import { startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const PATH = '/campaigns/visible-act';

test('pages are HTML throughout', async () => {
  const act = await app.get(`${PATH}/act?division=ocd-division/country:us/state:fl/sldu:5`);
  expect(act.text).toMatch(/^<!DOCTYPE html>/i);
  expect(act.text).not.toMatch(/"\/>|hidden="hidden"/);
});

test('every page forbids inline script and third parties, and names no referrer to others', async () => {
  for (const path of ['/', PATH, `${PATH}/bill`, `${PATH}/totals`, '/privacy', '/nowhere']) {
    const { headers, $ } = await app.get(path);
    const policy = headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe|https?:/);
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
    expect($('script:not([src]), [style], [onclick]').length).toBe(0);
    for (const element of $(
      'script[src], link[href]:not([rel=canonical], [rel=alternate]), img[src]',
    ).toArray()) {
      expect($(element).attr('src') ?? $(element).attr('href')).toMatch(/^\/assets\//);
    }
  }
});

test('a site with HTTPS tells browsers to stay on it, for its own host alone', async () => {
  const secure = await startTestApp({ settings: { base_url: 'https://example.org' } });
  expect((await secure.get('/')).headers.get('strict-transport-security')).toBe('max-age=31536000');
  expect((await app.get('/')).headers.get('strict-transport-security')).toBeNull();
  await secure.close();
});

test('a protocol that is none of the web, handed on by a proxy, is no fault of ours and stands in no link', async () => {
  const behind = await startTestApp({ settings: { trust_proxy: 1 } });
  for (const path of [`${PATH}/embed`, PATH, `${PATH}/thanks`]) {
    const answer = await behind.get(path, { 'x-forwarded-proto': '0x10' });
    expect(answer.status).toBeLessThan(500);
    expect(answer.text).not.toContain('0x10://');
  }
  const secure = await behind.get(PATH, { 'x-forwarded-proto': 'https' });
  expect(secure.$('link[rel=canonical]').attr('href')).toMatch(/^https:/);
  await behind.close();
});

test.each([
  ['Sec-Fetch-Site same-origin', { 'sec-fetch-site': 'same-origin' }, 422],
  ['Sec-Fetch-Site cross-site', { 'sec-fetch-site': 'cross-site' }, 403],
  ['Sec-Fetch-Site same-site', { 'sec-fetch-site': 'same-site' }, 403],
  ['Sec-Fetch-Site none', { 'sec-fetch-site': 'none' }, 403],
  ['cross-site with our own Origin', { 'sec-fetch-site': 'cross-site', origin: 'OWN' }, 403],
])('a POST with %s is answered as it should be', async (_name, headers, status) => {
  const own = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value === 'OWN' ? app.url : value]),
  );
  expect((await app.post(`${PATH}/lookup`, { address: '' }, own)).status).toBe(status);
});

test.each([
  ['our own host', 'OWN', 422],
  ['our own host with another port', 'http://127.0.0.1:1', 403],
  ['another host', 'https://example.org', 403],
  ['null', 'null', 403],
  ['none', undefined, 403],
])('a POST of an old browser with Origin %s is answered as it should be', async (_name, origin, status) => {
  // fetch sets Sec-Fetch headers of its own in some releases: a plain request does not.
  const { request } = await import('node:http');
  const answered = await new Promise<number>((resolve, reject) => {
    const headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded' };
    if (origin) headers.origin = origin === 'OWN' ? app.url : origin;
    const sent = request(`${app.url}${PATH}/lookup`, { method: 'POST', headers }, (res) => {
      res.resume();
      resolve(res.statusCode!);
    });
    sent.on('error', reject).end('address=');
  });
  expect(answered).toBe(status);
});

test('a form from another site is told so on a page with a way back', async () => {
  const { $ } = await app.post(
    `${PATH}/lookup`,
    { address: '1 Example Street' },
    { 'sec-fetch-site': 'cross-site' },
  );
  expect($('h1').text()).toMatch(/another site/);
  expect($(`main a[href="${PATH}"]`).length).toBe(1);
});

test('what a supporter typed is in no log line and in no address', async () => {
  await app.post(`${PATH}/lookup`, { address: '77 Secret Street, Jacksonville 32209' });
  await app.post(`${PATH}/lookup`, { latitude: '30.3255', longitude: '-81.6565' });
  await app.get(`${PATH}/act?division=ocd-division/country:us/state:fl/sldu:5`);
  const log = app.log.join('\n');
  expect(log).toContain('"event":"request"');
  expect(log).not.toMatch(/Secret|32209|30\.3255|sldu|127\.0\.0\.1/);
});

test('a path that somebody typed is in no log line', async () => {
  await app.get('/campaigns/jane.doe@example.org%20411%20Main%20St/act');
  await app.post('/campaigns/jane.doe@example.org/lookup', {}, { 'sec-fetch-site': 'cross-site' });
  expect(app.log.join('\n')).not.toMatch(/jane|Main/);
});

test('a page that is not there says what to do, in HTML for people and JSON for programs', async () => {
  const page = await app.get('/campaigns/nothing');
  expect(page.status).toBe(404);
  expect(page.$('h1').text()).toMatch(/not here/);
  const json = await app.get('/nowhere', { accept: 'application/json' });
  expect([json.status, JSON.parse(json.text)]).toEqual([404, { code: 'not_found' }]);
});

test.each([
  '/%E0%A4%A',
  '/campaigns/..%2f..%2fetc',
  '/campaigns/visible-act/act?division[]=x',
  '/campaigns/visible-act/thanks?done=%00',
  ...['constructor', '__proto__', 'toString', 'hasOwnProperty'].map(
    (name) =>
      `/campaigns/visible-act/act?division=ocd-division/country:us/state:fl/sldu:5&noted=${name}&target=${name}&lang=${name}&partner=${name}`,
  ),
])('a strange address %s gets a page and no fault of ours', async (path) => {
  const { status, $ } = await app.get(path);
  expect(status).toBeLessThan(500);
  if (status >= 400) expect($('h1').length).toBe(1);
});

test('health and readiness answer', async () => {
  expect(JSON.parse((await app.get('/health')).text)).toEqual({ status: 'ok' });
  const ready = await app.get('/ready');
  expect(ready.status).toBe(200);
  expect(JSON.parse(ready.text)).toMatchObject({ store: true, campaigns: ['visible-act'] });
});

test('a fault of ours shows no detail, and its stack goes to the log', async () => {
  const broken = await startTestApp({
    parts: () => ({ readCompleted: () => Promise.reject(new Error('inner detail')) }),
  });
  const page = await broken.get(PATH);
  expect(page.status).toBe(500);
  expect(page.text).not.toMatch(/inner detail|at .*\.ts/);
  expect(page.$('h1').text()).toMatch(/our side/);
  expect(broken.log.join('\n')).toContain('inner detail');
  await broken.close();
});

test('where the store is out of reach readiness says so with 503', async () => {
  const broken = await startTestApp({
    parts: () => ({ pingStore: () => Promise.reject(new Error('gone')) }),
  });
  const ready = await broken.get('/ready');
  expect([ready.status, JSON.parse(ready.text).store]).toEqual([503, false]);
  await broken.close();
});

test('in production sample legislators are never shown: lookup and readiness say that it is not ready', async () => {
  const bare = await startTestApp({ allow_sample: false });
  expect((await bare.get(PATH)).$('form[action$="/lookup"]').length).toBe(0);
  const lookup = await bare.post(`${PATH}/lookup`, { address: '1 Example Street 32209' });
  expect(lookup.status).toBe(503);
  expect(lookup.$('h1').text()).toMatch(/getting ready/);
  expect((await bare.get(`${PATH}/act?division=ocd-division/country:us/state:fl/sldu:5`)).status).toBe(503);
  expect((await bare.get('/ready')).status).toBe(503);
  await bare.close();
});

test('a hall full of actions leaves room for drafts', async () => {
  const strict = await startTestApp({ settings: { actions_per_minute: 1 } });
  const form = { division: 'ocd-division/country:us/state:fl/sldu:5', target: 'x', text: 'Dear Senator' };
  await strict.post(`${PATH}/actions`, {});
  expect((await strict.post(`${PATH}/actions`, {})).status).toBe(429);
  expect((await strict.post(`${PATH}/compose`, form)).status).not.toBe(429);
  await strict.close();
});

test('beyond the limit of an address there is a 429 that says when to go on', async () => {
  const strict = await startTestApp({ settings: { lookups_per_minute: 2, actions_per_minute: 1 } });
  const look = () => strict.post(`${PATH}/lookup`, { address: '' });
  expect([(await look()).status, (await look()).status]).toEqual([422, 422]);
  const refused = await look();
  expect(refused.status).toBe(429);
  const seconds = Number(refused.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(0);
  expect(refused.text).toContain(`${seconds} seconds`);
  expect((await strict.get(PATH)).status).toBe(200);
  await strict.close();
});

test('behind a trusted proxy each visitor has a limit of their own; an untrusted one is warned of once', async () => {
  const look = (app: TestApp, ip: string) =>
    app.post(`${PATH}/lookup`, { address: '' }, { 'x-forwarded-for': ip });
  const trusting = await startTestApp({ settings: { lookups_per_minute: 1, trust_proxy: 1 } });
  expect((await look(trusting, '192.0.2.1')).status).toBe(422);
  expect((await look(trusting, '198.51.100.1')).status).toBe(422);
  expect((await look(trusting, '192.0.2.1')).status).toBe(429);
  await trusting.close();
  const wary = await startTestApp({ settings: { lookups_per_minute: 1 } });
  expect((await look(wary, '192.0.2.1')).status).toBe(422);
  expect((await look(wary, '198.51.100.1')).status).toBe(429);
  expect(wary.log.filter((line) => line.includes('untrusted_proxy')).length).toBe(1);
  await wary.close();
});
