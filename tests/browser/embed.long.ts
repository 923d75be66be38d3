import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { type ChangedCampaigns, changedCampaign } from '../support/changed-campaign.ts';
import { openPartnerSite, type PartnerSite } from '../support/partner-site.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let site: PartnerSite;
let campaigns: ChangedCampaigns;
let app: TestApp;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  site = await openPartnerSite();
  campaigns = changedCampaign((yaml) => `${yaml}\nembed_origins: ["${site.origin}"]\nformer_slugs: [once]\n`);
  app = await startTestApp({ campaigns_dir: campaigns.folder });
  browser = await openBrowser();
});
beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 360, height: 740 }, locale: 'en-US' });
  page.setDefaultTimeout(15_000);
});
afterEach(() => page.close());
afterAll(async () => {
  await browser.close();
  await app.close();
  campaigns.drop();
  site.close();
});

const line = (slug = 'visible-act') =>
  `<script src="${app.url}/embed.js" data-campaign="${slug}" async></script>`;
const heights = () => page.locator('iframe').evaluateAll((all) => all.map((frame) => frame.clientHeight));
const shown = (nth: number) =>
  page.waitForFunction((one) => document.querySelectorAll('iframe')[one]!.clientHeight > 300, nth);

test('the script line alone is enough, by a name that the campaign had before, and twice on one page', async () => {
  site.show(`${line('once')}<p>between</p>${line()}`);
  await page.goto(site.origin);
  for (const nth of [0, 1]) {
    await page.waitForFunction((one) => document.querySelectorAll('iframe').length > one, nth);
    await shown(nth);
    await page.frameLocator('iframe').nth(nth).getByRole('heading', { name: 'Where do you live?' }).waitFor();
  }
});

test('on a site that allows no styles in its pages the frame fits all the same', async () => {
  const policy = `default-src 'none'; script-src ${app.url}; frame-src ${app.url}; style-src 'none'`;
  site.show(line(), policy);
  await page.goto(site.origin);
  await page.waitForSelector('iframe');
  await shown(0);
});

test('a frame far below what is seen has its height before anyone gets there', async () => {
  site.show(`<div id="space"></div>${line()}<script>space.style.height = '6000px'</script>`);
  await page.goto(site.origin);
  await page.waitForSelector('iframe', { state: 'attached' });
  await shown(0);
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
});

test('what others say to the page changes no height, nor does what is no height', async () => {
  site.show(line());
  await page.goto(site.origin);
  await page.waitForSelector('iframe');
  await shown(0);
  const before = await heights();
  await page.evaluate(() => window.postMessage({ statehouse_height: 5000 }, '*'));
  const within = page.frameLocator('iframe').locator('html');
  await within.evaluate(() => {
    for (const said of [null, 'x', {}, { statehouse_height: -1 }, { statehouse_height: 1e9 }])
      window.parent.postMessage(said, '*');
  });
  // Messages come in the order in which they were sent: this one, which counts, is the last.
  await within.evaluate(() => window.parent.postMessage({ statehouse_height: 777 }, '*'));
  await page.waitForFunction(
    (height) => document.querySelector('iframe')!.clientHeight !== height,
    before[0]!,
  );
  expect(await heights()).toEqual([777]);
});
