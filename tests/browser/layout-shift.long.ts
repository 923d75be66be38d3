import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const CAMPAIGN = '/campaigns/visible-act';
const DIVISIONS =
  'division=ocd-division/country:us/state:fl/sldu:5&division=ocd-division/country:us/state:fl/sldl:14';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  // Tuesday morning in Florida, whenever this runs.
  app = await startTestApp({ now: () => new Date('2026-11-24T15:00:00Z') });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

/** What moved by itself since the page began to load: the sum of its layout shift scores. */
function shifted(page: Page): Promise<number> {
  return page.evaluate(async () => {
    // What is drawn now counts too.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const entries = await new Promise<PerformanceEntryList>((resolve) => {
      const observer = new PerformanceObserver((list) => resolve(list.getEntriesByType('layout-shift')));
      observer.observe({ type: 'layout-shift', buffered: true });
      // There is always one of these: the observer is called where nothing moved as well.
      observer.observe({ type: 'navigation', buffered: true });
    });
    return entries.reduce((sum, entry) => sum + (entry as PerformanceEntry & { value: number }).value, 0);
  });
}

/** Waits until something of the page can be seen. */
function firstPaint(page: Page) {
  return page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
}

// High enough to show a whole page: what moves out of sight is not measured.
const WIDTHS = [
  { width: 360, height: 2400 },
  { width: 1280, height: 2400 },
];
const PAGES = {
  home: '/',
  campaign: CAMPAIGN,
  'the whole list': `${CAMPAIGN}/districts`,
  act: `${CAMPAIGN}/act?${DIVISIONS}`,
  'act after no answer': `${CAMPAIGN}/act?${DIVISIONS}&noted=unavailable`,
  thanks: `${CAMPAIGN}/thanks?${DIVISIONS}`,
  totals: `${CAMPAIGN}/totals`,
  privacy: '/privacy',
};

describe.each(WIDTHS)('at $width px', (viewport) => {
  test.each(Object.entries(PAGES))(
    'nothing moves on %s where its scripts come after it is seen',
    async (_name, path) => {
      const context = await browser.newContext({ viewport });
      context.setDefaultTimeout(15_000);
      const page = await context.newPage();
      // A phone's own way to share, which the browser of the tests lacks.
      await page.addInitScript(() => Object.assign(navigator, { share: () => Promise.resolve() }));
      await page.route('**/*.js', async (route) => {
        await firstPaint(page);
        await route.continue();
      });
      await page.goto(`${app.url}${path}`, { waitUntil: 'load' });
      expect(
        await page
          .locator('#location-form, [data-share-url], [data-copy]')
          .evaluateAll((shown) => shown.filter((element) => element.hasAttribute('hidden')).length),
      ).toBe(0);
      expect(await shifted(page)).toBe(0);
      await context.close();
    },
  );
});

test('on a slow connection nothing is seen before its style sheet is there, and nothing moves after', async () => {
  const context = await browser.newContext({ viewport: WIDTHS[0]! });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const [latency, throughput] = [150, 50_000];
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  });
  for (const path of [PAGES.campaign, PAGES.act]) {
    await page.goto(`${app.url}${path}`);
    await firstPaint(page);
    const { seen, styled } = await page.evaluate(() => ({
      seen: performance.getEntriesByName('first-contentful-paint')[0]!.startTime,
      styled: performance
        .getEntriesByType('resource')
        .map((entry) => entry as PerformanceResourceTiming)
        .find(({ name }) => name.endsWith('style.css'))!.responseEnd,
    }));
    expect(seen).toBeGreaterThanOrEqual(styled);
    expect(await shifted(page)).toBe(0);
  }
  await context.close();
});
