import { rawAnswer } from '../support/raw-answer.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const PATH = '/campaigns/visible-act';

test.each([
  ['/', 'text/html; charset=utf-8'],
  [`${PATH}/totals.json`, 'application/json; charset=utf-8'],
  [`${PATH}/totals.csv`, 'text/csv; charset=utf-8'],
  [`${PATH}/badge.svg`, 'image/svg+xml; charset=utf-8'],
  ['/embed.js', 'text/javascript; charset=utf-8'],
  ['/nowhere', 'text/html; charset=utf-8'],
])('%s says what it is and in which signs, and is not to be taken for anything else', async (path, type) => {
  const { headers } = await rawAnswer(`${app.url}${path}`, { accept: '*/*' });
  expect([headers['content-type']?.toLowerCase(), headers['x-content-type-options']]).toEqual([
    type,
    'nosniff',
  ]);
});

test.each(['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND'])(
  '%s is no method of any address here',
  async (method) => {
    for (const path of ['/', PATH, `${PATH}/actions`, `${PATH}/totals.json`, '/letters/confirm/x', '/health'])
      expect([path, (await rawAnswer(`${app.url}${path}`, {}, method)).status]).toEqual([path, 404]);
  },
);

test('of a field that is sent several times one is taken, and names that objects have are names like others', async () => {
  const twice = await app.post(`${PATH}/lookup`, { address: ['', '32209', '33101'] });
  const once = await app.post(`${PATH}/lookup`, { address: '32209' });
  expect([twice.status, twice.$('main').text()]).toEqual([once.status, once.$('main').text()]);
  const odd = '__proto__[is_preview]=1&constructor[prototype][x]=1&__proto__.x=1';
  expect((await app.get(`${PATH}?${odd}`)).status).toBe(200);
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as Record<string, unknown>).is_preview).toBeUndefined();
});

test('a folder is listed nowhere, and no path leads to a file that is not among the assets', async () => {
  const style = (await app.get('/')).$('link[rel=stylesheet]').attr('href')!;
  const folder = style.slice(0, style.lastIndexOf('/'));
  for (const path of [
    '/assets/',
    `${folder}/`,
    `${folder}/..%2f..%2fpackage.json`,
    `${folder}/%2e%2e/layout.pug`,
    `${folder}/.env`,
  ])
    expect([path, (await app.get(path)).status]).toEqual([path, 404]);
});
