import type { Browser, Page } from 'playwright-core';
import { knownBill, knownBills, longBill, madeUpPosition } from '../fixtures/bills/known-bill.ts';
import { openBrowser } from '../support/browser.ts';
import { localeOf } from '../support/message-words.ts';
import { rawAnswer } from '../support/raw-answer.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { type Transfer, watchTransfers } from '../support/transfers.ts';

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

/** From the flyer to the totals, each page awaited whole. */
async function journey(page: Page, language: string): Promise<void> {
  const { campaign, districts, act, thanks, totals, privacy, site, names } = localeOf(language);
  const arrive = async (heading: string) => {
    await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
    await page.waitForLoadState('load');
  };
  const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click();
  const follow = (name: string) => page.getByRole('link', { name, exact: true }).click();
  await page.goto(`${app.url}${CAMPAIGN}?partner=jira&lang=${language}`);
  await page.getByLabel(campaign.address).fill('1 Example Street, Jacksonville 32209');
  await press(campaign.find);
  await arrive(districts.title);
  for (const chamber of ['Senate', 'House']) {
    const label = districts.label.replace('{{chamber}}', names?.chambers[chamber] ?? chamber);
    await page.getByLabel(label).selectOption({ index: 1 });
  }
  await press(districts.go);
  await arrive(act.title);
  await press(act.voicemail_left);
  await page.locator('.count', { hasText: /^1 / }).waitFor();
  await page.waitForLoadState('load');
  await page.locator('#target-2-email > summary').click();
  await page.locator('#target-2').getByRole('button', { name: act.sent }).click();
  await arrive(thanks.title);
  await follow(site.totals);
  await arrive(totals.title);
  await follow(site.privacy);
  await arrive(privacy.title);
}

/** Requests, each page's own together: a page begins with its document, redirects before it included. */
function byPage(transfers: Transfer[]): Transfer[][] {
  const pages: Transfer[][] = [];
  for (const [index, transfer] of transfers.entries()) {
    const begins = transfer.type === 'Document' && transfers[index - 1]?.status !== 303;
    if (begins) pages.push([]);
    pages.at(-1)!.push(transfer);
  }
  return pages;
}

const sum = (transfers: Transfer[]) => transfers.reduce((bytes, transfer) => bytes + transfer.bytes, 0);

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
    await journey(page, language);
    await context.close();

    expect(new Set(transfers.map(({ url }) => new URL(url).origin))).toEqual(new Set([app.url]));
    // The browser of the tests shows no icon, and asks for none.
    const icon = (await app.get('/')).$('link[rel=icon]').attr('href')!;
    const { transferred } = await rawAnswer(`${app.url}${icon}`, { 'accept-encoding': 'br' });
    expect(sum(transfers) + transferred).toBeLessThan(MOST_OF_JOURNEY);

    const style = transfers.find(({ type }) => type === 'Stylesheet')!.bytes;
    const pages = byPage(transfers);
    expect(pages.length).toBe(7);
    for (const own of pages) {
      const document = own.findLast(({ type }) => type === 'Document')!;
      expect(document.bytes + style).toBeLessThan(MOST_OF_PAGE);
      expect(own.filter(({ status }) => status !== 303 && status !== 0).length).toBeLessThanOrEqual(
        MOST_REQUESTS,
      );
    }
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
