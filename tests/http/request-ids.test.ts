import { randomFillSync } from 'node:crypto';
import { request } from 'node:http';
import { createRequestIds } from '../../server/web/request-ids.ts';
import { startTestApp, type TestApp, type TestAppOptions } from '../support/test-app.ts';
import { until } from '../support/until.ts';

const PATH = '/campaigns/visible-act';
const ID = /^[0-9a-hjkmnp-tv-z]{12}$/;

/** The lines of the log about requests, and about faults, by the id of the request. */
const linesOf = (app: TestApp, id: string | null) =>
  app.log.map((line) => JSON.parse(line)).filter(({ request_id }) => request_id === id);
const idOf = async (app: TestApp, path: string, headers = {}) =>
  (await app.get(path, headers)).headers.get('x-request-id');

async function withApp(options: TestAppOptions, use: (app: TestApp) => Promise<void>): Promise<void> {
  const app = await startTestApp(options);
  await use(app);
  await app.close();
}

test('every answer has an id of its own, by which its one line in the log is found', () =>
  withApp({ settings: { lookups_per_minute: 1 } }, async (app) => {
    const ids = new Set<string>();
    for (const [path, status] of [
      [PATH, 200],
      ['/nowhere', 404],
      ['/%E0%A4%A', 404],
      ['/health', 200],
    ] as const) {
      const answer = await app.get(path);
      const id = answer.headers.get('x-request-id')!;
      expect(id).toMatch(ID);
      await until(() => linesOf(app, id).length > 0);
      expect(linesOf(app, id)).toEqual([
        expect.objectContaining({ event: 'request', method: 'GET', status }),
      ]);
      ids.add(id);
    }
    expect(ids.size).toBe(4);
    // Refused before a route was looked for, for its size, and for coming too often.
    const foreign = await app.post(`${PATH}/lookup`, {}, { 'sec-fetch-site': 'cross-site' });
    const large = await app.post(`${PATH}/lookup`, { address: 'x'.repeat(70_000) });
    await app.post(`${PATH}/lookup`, {});
    const often = await app.post(`${PATH}/lookup`, {});
    for (const { status, headers } of [foreign, large, often]) {
      const id = headers.get('x-request-id');
      await until(() => linesOf(app, id).length > 0);
      expect(linesOf(app, id)).toEqual([
        expect.objectContaining({ event: 'request', method: 'POST', status }),
      ]);
    }
    expect([foreign.status, large.status, often.status]).toEqual([403, 413, 429]);
  }));

test('the page of a fault shows the id under which its line tells of it, in three languages', () =>
  withApp(
    { parts: () => ({ readCompleted: () => Promise.reject(new Error('inner detail')) }) },
    async (app) => {
      for (const [language, words] of [
        ['en', 'give this number:'],
        ['es', 'indique este número:'],
        ['ht', 'ban nou nimewo sa a:'],
      ]) {
        const page = await app.get(PATH, { 'accept-language': language! });
        const id = page.$('main code').text();
        expect(id).toBe(page.headers.get('x-request-id'));
        expect(page.$('main').text()).toContain(`${words} ${id}`);
        const [fault] = linesOf(app, id).filter(({ level }) => level === 'error');
        expect(fault).toMatchObject({ event: 'fault', message: 'inner detail' });
      }
      expect((await app.get('/nowhere')).$('main code').length).toBe(0);
    },
  ));

test('the id of a proxy is kept where the proxy is trusted and it looks like one, and no other', async () => {
  const given = '7f9c24e8-3b12-4fef-91e0-5b8a3c1d2e4f';
  await withApp({}, async (app) => {
    expect(await idOf(app, PATH, { 'x-request-id': given })).toMatch(ID);
  });
  await withApp({ settings: { trust_proxy: ['loopback'] } }, async (app) => {
    expect(await idOf(app, PATH, { 'x-request-id': given })).toBe(given);
    for (const odd of ['short', 'jane.doe@example.org', 'x'.repeat(65), 'two words of it', '<script>12345'])
      expect(await idOf(app, PATH, { 'x-request-id': odd })).toMatch(ID);
  });
});

test('a request whose sender goes away before the answer has its line, and says so', async () => {
  const held = Promise.withResolvers<number>();
  let is_asked = false;
  const readCompleted = () => {
    is_asked = true;
    return held.promise;
  };
  await withApp({ parts: () => ({ readCompleted }) }, async (app) => {
    const sent = request(`${app.url}${PATH}`);
    sent.on('error', () => undefined).end();
    await until(() => is_asked);
    sent.destroy();
    const aborted = () => app.log.map((line) => JSON.parse(line)).find((line) => line.aborted);
    await until(() => aborted() !== undefined);
    expect(aborted()).toMatchObject({ event: 'request', route: '/campaigns/:slug', slug: 'visible-act' });
    held.resolve(1);
    const { text } = await app.get('/metrics');
    expect(text).toContain(
      'statehouse_requests_total{method="GET",route="/campaigns/:slug",status="aborted"} 1',
    );
  });
});

test('ids are random, and asked of the source many at a time', () => {
  let fills = 0;
  const newId = createRequestIds((bytes) => {
    fills += 1;
    randomFillSync(bytes);
  });
  const ids = new Set(Array.from({ length: 1000 }, newId));
  expect(ids.size).toBe(1000);
  for (const id of ids) expect(id).toMatch(ID);
  expect(fills).toBe(4);
});
