import type { Browser } from 'playwright-core';
import { knownBill, knownBills, longBill, madeUpPosition } from '../fixtures/bills/known-bill.ts';
import { openBrowser } from '../support/browser.ts';
import { byPage, bytesOf, firstViews, requestsOf, walkJourney } from '../support/browser-journey.ts';
import { rawAnswer } from '../support/raw-answer.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { watchTransfers } from '../support/transfers.ts';

const CAMPAIGN = '/campaigns/visible-act';
/** Bytes of the whole journey on a phone that has never been here, headers, the icon and the charts of the totals included. */
const MOST_OF_JOURNEY = 47_000;
/** Bytes of a page and its style sheet: what a server sends at once, before it waits for an answer (RFC 6928). */
const MOST_OF_PAGE = 14_000;
/** The page, its style sheet and two scripts. */
const MOST_REQUESTS = 4;

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  // Saturday in Florida: the office hours say the most.
  app = await startTestApp({ now: () => new Date('2026-11-28T15:00:00Z') });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

test.each([
  { language: 'en', script: true },
  { language: 'en', script: false },
  { language: 'es', script: true },
  { language: 'es', script: false },
])(
  'the journey in $language is light and asks no one but us, script $script',
  async ({ language, script }) => {
    const context = await browser.newContext({
      viewport: { width: 360, height: 740 },
      javaScriptEnabled: script,
    });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    const transfers = await watchTransfers(page);
    await walkJourney(page, app.url, language);
    await context.close();

    expect(new Set(transfers.map(({ url }) => new URL(url).origin))).toEqual(new Set([app.url]));
    // The browser of the tests shows no icon, and asks for none.
    const icon = (await app.get('/')).$('link[rel=icon]').attr('href')!;
    const { transferred } = await rawAnswer(`${app.url}${icon}`, { 'accept-encoding': 'br' });
    expect(bytesOf(transfers) + transferred).toBeLessThan(MOST_OF_JOURNEY);

    expect(byPage(transfers).length).toBe(7);
    for (const bytes of firstViews(transfers)) expect(bytes).toBeLessThan(MOST_OF_PAGE);
    for (const requests of requestsOf(transfers)) expect(requests).toBeLessThanOrEqual(MOST_REQUESTS);
    // What is kept is asked for once.
    const assets = transfers.filter(({ type, bytes }) => type !== 'Document' && bytes > 0);
    expect(new Set(assets.map(({ url }) => url)).size).toBe(assets.length);
  },
);

test.each(['en', 'es'])('the page of a bill with much to tell comes at once too, in %s', async (language) => {
  const full = await startTestApp({
    parts: () => ({
      knownBills: (_, { legislators }) =>
        knownBills(
          [longBill(), knownBill({ record: { identifier: 'SB 999' } })],
          legislators.map(({ id }, nth) => madeUpPosition(id, nth % 3 === 0 ? 'voted_no' : 'voted_yes')),
        ),
    }),
  });
  const packed = (path: string) =>
    rawAnswer(`${full.url}${path}`, { 'accept-encoding': 'br', accept: 'text/html' });
  const page = await packed(`${CAMPAIGN}/bill?lang=${language}`);
  const style = /href="(\/assets\/[^"]*style\.css)"/.exec(page.text)![1]!;
  expect(page.transferred + (await packed(style)).transferred).toBeLessThan(MOST_OF_PAGE);
  await full.close();
});
