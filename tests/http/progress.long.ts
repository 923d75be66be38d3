import { OperationalError } from '../../server/errors.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';
const ACT = `${PATH}/act?division=ocd-division/country:us/state:fl/sldu:5`;
const away = new OperationalError('store_unavailable', 'The database can’t be reached.');

let app: TestApp;
let asked: number;
let ms: number;
let answer: () => Promise<never>;
beforeEach(async () => {
  asked = 0;
  ms = Date.parse('2026-11-24T17:00:00Z');
  app = await startTestApp({
    now: () => new Date(ms),
    parts: () => ({
      readCompleted: () => {
        asked += 1;
        return answer();
      },
      readTotals: () => answer(),
    }),
  });
});
afterEach(() => app.close());

test('while the database is away the pages on the way to a call stand without their number, and lose nothing typed', async () => {
  answer = () => Promise.reject(away);
  const campaign = await app.get(PATH);
  expect(campaign.status).toBe(200);
  expect(campaign.$('.progress').length).toBe(0);
  expect(campaign.text).toContain('All that was counted is kept.');
  const failed = await app.post(`${PATH}/lookup`, { address: 'PO Box 12, Tampa' });
  expect([failed.status, failed.$('#address').attr('value')]).toEqual([422, 'PO Box 12, Tampa']);
  expect((await app.get(ACT)).status).toBe(200);
  expect((await app.get(`${PATH}/thanks`)).status).toBe(200);
  // What is the number itself says that it is not to be had.
  expect((await app.get(`${PATH}/totals`)).status).toBe(503);
  expect(app.log.join('\n')).toContain('progress_unavailable');
});

test('a database that is silent is waited for a moment, thrice; then no page waits until it was left alone for a while', async () => {
  answer = () => new Promise(() => undefined);
  // Those who come together wait for one and the same answer.
  for (let wait = 1; wait <= 3; wait += 1) {
    await Promise.all([app.get(PATH), app.get(PATH)]);
    expect(asked).toBe(wait);
  }
  for (let visit = 0; visit < 20; visit += 1) expect((await app.get(PATH)).status).toBe(200);
  expect(asked).toBe(3);
  ms += 10_001;
  await app.get(PATH);
  expect(asked).toBe(4);
});

test('a fault of ours is not taken for a database that is away', async () => {
  answer = () => Promise.reject(new TypeError('a bug'));
  expect((await app.get(PATH)).status).toBe(500);
});
