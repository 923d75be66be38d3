import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { fixedCampaigns } from '../../server/campaigns/live-campaigns.ts';
import type { Answer } from '../support/client.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';
const DIVISION = 'division=ocd-division/country:us/state:fl/sldu:5';
const PARTNER = 'https://partner.example.org';
/** A minute: two rows below take them. */
const LOOKUPS = 2;
const HALF_A_YEAR = 15_552_000;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({
    settings: { base_url: 'https://example.org', lookups_per_minute: LOOKUPS },
    parts: ({ campaigns }) => ({
      campaigns: fixedCampaigns(campaigns.all().map((one) => ({ ...one, embed_origins: [PARTNER] }))),
      readTotals: () => Promise.reject(new Error('broken')),
    }),
  });
});
afterAll(() => app.close());

const lookUp = (fields: Record<string, string>, headers = {}) => app.post(`${PATH}/lookup`, fields, headers);
/** Once more than the limit lets pass. */
async function lookUpTooOften(): Promise<Answer> {
  for (let time = 0; time < LOOKUPS; time += 1) await lookUp({ address: '' });
  return lookUp({ address: '' });
}
/** Every kind of answer that there is, with its status. */
const ANSWERS: [string, number, () => Promise<Answer>][] = [
  ['a page', 200, () => app.get(PATH)],
  ['a page with much script', 200, () => app.get(`${PATH}/act?${DIVISION}`)],
  ['a style sheet', 200, async () => app.get((await app.get('/')).$('link[rel=stylesheet]').attr('href')!)],
  ['a script', 200, async () => app.get((await app.get(PATH)).$('script[src]').attr('src')!)],
  ['JSON', 200, () => app.get('/api/openapi.json')],
  ['JSON for other sites', 200, () => app.get(`${PATH}/counter.json`)],
  ['CSV', 200, () => app.get(`${PATH}/tables.csv`)],
  ['PDF', 200, () => app.get(`${PATH}/flyer.pdf`)],
  ['the badge', 200, () => app.get(`${PATH}/badge.svg`)],
  ['the frame for partners’ sites', 200, () => app.get(`${PATH}/embed`)],
  ['the script for partners’ sites', 200, () => app.get('/embed.js')],
  ['the metrics', 404, () => app.get('/metrics', { 'x-forwarded-for': '192.0.2.1' })],
  ['health', 200, () => app.get('/health')],
  ['a redirect', 303, () => lookUp({ latitude: '30.3255', longitude: '-81.6565' })],
  ['a form that can’t be used', 422, () => lookUp({ address: '' })],
  ['too much', 429, lookUpTooOften],
  ['a form from elsewhere', 403, () => lookUp({}, { 'sec-fetch-site': 'cross-site' })],
  ['a form too large', 413, () => lookUp({ address: 'x'.repeat(70_000) })],
  ['nothing', 404, () => app.get('/nowhere')],
  ['nothing, for programs', 404, () => app.get('/nowhere', { accept: 'application/json' })],
  ['no such asset', 404, () => app.get('/assets/none/none.css')],
  ['a fault', 500, () => app.get(`${PATH}/totals`)],
];
/** What any site may read or show. */
const FOR_ALL = ['JSON', 'JSON for other sites', 'CSV', 'the badge', 'the script for partners’ sites'];

test.each(ANSWERS)('%s (%i) carries the headers that a scanner asks for', async (name, status, ask) => {
  const answer = await ask();
  expect(answer.status).toBe(status);
  const header = (key: string) => answer.headers.get(key);
  // The rules of MDN's HTTP Observatory, with what it gives extra credit for.
  const policy = header('content-security-policy') ?? '';
  expect(policy).toMatch(/^default-src 'none';/);
  expect(policy).not.toMatch(/unsafe|\*|data:|http:/);
  const framing = name === 'the frame for partners’ sites' ? PARTNER : "'none'";
  expect(policy).toContain(`frame-ancestors ${framing}`);
  expect(header('x-frame-options')).toBe(framing === PARTNER ? null : 'DENY');
  expect(header('x-content-type-options')).toBe('nosniff');
  expect(header('referrer-policy')).toBe('same-origin');
  expect(header('cross-origin-resource-policy')).toBe(
    FOR_ALL.includes(name) ? 'cross-origin' : 'same-origin',
  );
  expect(header('access-control-allow-origin')).toBe(FOR_ALL.includes(name) ? '*' : null);
  expect(Number(/max-age=(\d+)/.exec(header('strict-transport-security')!)?.[1])).toBeGreaterThan(
    HALF_A_YEAR,
  );
  if (/asset|sheet|^a script/.test(name)) expect(header('permissions-policy')).toBeNull();
  else expect(header('permissions-policy')).toMatch(/^geolocation=\(self\), camera=\(\)/);
  // What tells of the program, or of who is asking.
  for (const telling of ['server', 'x-powered-by', 'set-cookie']) expect(header(telling)).toBeNull();
  // Google's evaluator: nothing but that 'self' lets in whatever we serve ourselves, which is our own code alone.
  const findings = new CspEvaluator(new CspParser(policy).csp).evaluate();
  expect(findings.filter(({ value }) => value !== "'self'").map(({ description }) => description)).toEqual(
    [],
  );
});
