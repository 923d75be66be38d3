import { createMetrics } from '../../server/metrics/metrics.ts';
import { formFields } from '../support/client.ts';
import { metricsIn } from '../support/metrics-in.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';
const ACT = `${PATH}/act?division=ocd-division/country:us/state:fl/sldu:5&division=ocd-division/country:us/state:fl/sldl:14`;
const TOKEN = 'a-token-for-tests-alone';
/** What a request from elsewhere brings along: a proxy has passed it on. */
const ELSEWHERE = { 'x-forwarded-for': '192.0.2.1' };

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ settings: { metrics_token: TOKEN } });
});
afterAll(() => app.close());

const read = async (of = app) => metricsIn((await of.get('/metrics')).text);

test.each([
  ['on the machine itself', {}, 200],
  ['from elsewhere', ELSEWHERE, 404],
  ['from elsewhere with the token', { ...ELSEWHERE, authorization: `Bearer ${TOKEN}` }, 200],
  ['with a part of it', { ...ELSEWHERE, authorization: `Bearer ${TOKEN.slice(1)}` }, 404],
  ['with the token as a password', { ...ELSEWHERE, authorization: `Basic ${btoa(`:${TOKEN}`)}` }, 404],
])('who asks for the metrics %s is answered as it should be', async (_name, headers, status) => {
  const answer = await app.get('/metrics', headers);
  expect(answer.status).toBe(status);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  if (status === 200) expect(answer.text).toContain('# TYPE statehouse_requests_total counter');
  else expect(answer.$('h1').text()).toBe((await app.get('/nowhere')).$('h1').text());
});

test('without a token nobody elsewhere may read them, whatever they send', async () => {
  const closed = await startTestApp();
  for (const authorization of ['Bearer undefined', 'Bearer ', `Bearer ${TOKEN}`])
    expect((await closed.get('/metrics', { ...ELSEWHERE, authorization })).status).toBe(404);
  await closed.close();
});

test('requests are counted by the pattern of their route: nothing that somebody typed is a label', async () => {
  const before = await read();
  await app.get(PATH);
  await app.get('/campaigns/jane.doe@example.org');
  await app.get('/jane.doe');
  await app.post(`${PATH}/lookup`, { address: '' }, { 'sec-fetch-site': 'cross-site' });
  const after = await read();
  const grown = (name: string, labels: object) => after.value(name, labels) - before.value(name, labels);
  const route = '/campaigns/:slug';
  expect(grown('statehouse_requests_total', { method: 'GET', route, status: '2xx' })).toBe(1);
  expect(grown('statehouse_requests_total', { method: 'GET', route, status: '4xx' })).toBe(1);
  expect(grown('statehouse_requests_total', { method: 'GET', route: 'none', status: '4xx' })).toBe(1);
  // Refused before any route was looked for.
  expect(grown('statehouse_requests_total', { method: 'POST', route: 'none', status: '4xx' })).toBe(1);
  expect(grown('statehouse_request_seconds_count', { route })).toBe(2);
  expect(grown('statehouse_request_seconds_bucket', { route, le: '+Inf' })).toBe(2);
  expect(grown('statehouse_error_pages_total', { reason: 'not_found' })).toBe(2);
  expect(grown('statehouse_error_pages_total', { reason: 'foreign_post' })).toBe(1);
  expect(after.text).not.toMatch(/jane|127\.0\.0\.1|192\.0\.2/);
});

test('lookups are counted by what was given and what came of it, and so is what was asked outside', async () => {
  const before = await read();
  await app.post(`${PATH}/lookup`, { address: '' });
  await app.post(`${PATH}/lookup`, { address: '12 Marmalade Crescent, Jacksonville, FL 32209' });
  await app.post(`${PATH}/lookup`, { latitude: '30.3255', longitude: '-81.6565' });
  const after = await read();
  const grown = (name: string, labels: object) => after.value(name, labels) - before.value(name, labels);
  const lookups = 'statehouse_lookups_total';
  expect(grown(lookups, { by: 'address', outcome: 'unusable', reason: 'empty' })).toBe(1);
  expect(
    after.values(lookups).filter(({ labels }) => labels.reason?.startsWith('geocoder_unavailable')),
  ).toHaveLength(1);
  expect(grown(lookups, { by: 'point', outcome: 'certain', reason: '' })).toBe(1);
  // Nobody answers in the place of the geocoder.
  const questions = after
    .values('statehouse_upstream_questions_total')
    .filter(({ labels }) => labels.upstream === 'geocoder');
  const outcome = expect.stringMatching(/^(ECONNREFUSED|ETIMEDOUT|late)$/);
  expect(questions).toEqual([{ labels: { upstream: 'geocoder', outcome }, value: 1 }]);
  expect(grown('statehouse_upstream_seconds_count', { upstream: 'geocoder' })).toBe(1);
  expect(after.text).not.toMatch(/Marmalade|32209|30\.3255/);
});

test('questions that a geocoder is spared after outages are counted as resting', async () => {
  const down = await startTestApp();
  const look = () => down.post(`${PATH}/lookup`, { address: '1 Example Street, Jacksonville, FL 32209' });
  const resting = async () =>
    (await read(down)).value('statehouse_upstream_questions_total', {
      upstream: 'geocoder',
      outcome: 'resting',
    });
  await look();
  expect(await resting()).toBe(0);
  for (let outage = 0; outage < 3; outage += 1) await look();
  expect(await resting()).toBe(1);
  await down.close();
});

test('what a first fault raises is there before it, so that an alarm sees it grow', async () => {
  const { values } = metricsIn(await createMetrics().registry.metrics());
  const labelsOf = (name: string) => values(name).map(({ labels }) => labels);
  expect(labelsOf('statehouse_error_pages_total')).toContainEqual({ reason: 'fault' });
  for (const outcome of ['openstates_bad_key', 'openstates_day_spent'])
    expect(labelsOf('statehouse_upstream_questions_total')).toContainEqual({
      upstream: 'openstates',
      outcome,
    });
});

test('actions are counted by how they ended, with the size of the batches they were written in', async () => {
  const { $ } = await app.get(ACT);
  const form = formFields($, '#target-1 form[action$="/actions"]:has(input[name=type][value=phone])');
  const before = await read();
  for (let time = 0; time < 2; time += 1)
    await app.post(`${PATH}/actions`, { ...form, status_code: 'contact' });
  const after = await read();
  const grown = (name: string, labels = {}) => after.value(name, labels) - before.value(name, labels);
  const contact = { type: 'phone', status_code: 'contact' };
  expect(grown('statehouse_actions_total', { ...contact, result: 'counted' })).toBe(1);
  expect(grown('statehouse_actions_total', { ...contact, result: 'duplicate' })).toBe(1);
  expect(grown('statehouse_action_batch_size_count')).toBe(2);
  expect(grown('statehouse_action_seconds_count')).toBe(2);
  expect(after.value('statehouse_actions_waiting')).toBe(0);
});

test('who comes too often, and what breaks, is counted by the reason of the page that they get', async () => {
  const strict = await startTestApp({
    settings: { lookups_per_minute: 1 },
    parts: () => ({ readCompleted: () => Promise.reject(new Error('inner detail')) }),
  });
  await strict.post(`${PATH}/lookup`, { address: '1 Example Street' });
  await strict.post(`${PATH}/lookup`, { address: '1 Example Street' });
  await strict.get(PATH);
  const { value } = await read(strict);
  expect(value('statehouse_error_pages_total', { reason: 'too_many' })).toBe(1);
  expect(value('statehouse_error_pages_total', { reason: 'fault' })).toBe(1);
  expect(value('statehouse_log_lines_total', { level: 'error', event: 'fault' })).toBe(1);
  await strict.close();
});

test('lookups that are refused for too much load are counted', async () => {
  const full = await startTestApp({
    parts: ({ admission }) => ({ admission: { ...admission, admits: () => false } }),
  });
  const look = () => full.post(`${PATH}/lookup`, { address: '1 Example Street' });
  expect([(await look()).status, (await look()).status]).toEqual([503, 503]);
  expect((await read(full)).value('statehouse_error_pages_total', { reason: 'overloaded' })).toBe(2);
  await full.close();
});

test('ages, campaigns and what waits in the store are told as they are', async () => {
  const { value } = await read();
  expect(value('statehouse_roster_at_hand', { state: 'fl' })).toBe(1);
  const { roster } = app.parts.rosters.get('fl')!;
  const age = (Date.now() - Date.parse(roster.as_of)) / 1000;
  expect(Math.abs(value('statehouse_roster_age_seconds', { state: 'fl' }) - age)).toBeLessThan(60);
  expect(value('statehouse_campaigns', { status: 'live' })).toBe(1);
  expect(value('statehouse_campaigns', { status: 'broken' })).toBe(0);
  expect(value('statehouse_store_reached')).toBe(1);
});

test('while the store does not say what waits in it the metrics say so, and tell the rest', async () => {
  const broken = await startTestApp();
  await broken.store.transaction((trx) => trx.schema.dropTable('letters').execute());
  const { value } = await read(broken);
  expect(value('statehouse_store_reached')).toBe(0);
  expect(value('statehouse_campaigns', { status: 'live' })).toBe(1);
  const later = await read(broken);
  expect(later.value('statehouse_log_lines_total', { level: 'error', event: 'metrics_unread' })).toBe(1);
  await broken.close();
});
