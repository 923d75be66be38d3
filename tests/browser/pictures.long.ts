import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { logBusyWeeks } from '../support/busy-weeks.ts';
import { type ChangedCampaigns, changedCampaign } from '../support/changed-campaign.ts';
import { DIVISIONS, OPEN } from '../support/every-page.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let campaigns: ChangedCampaigns;
let app: TestApp;
let browser: Browser;
let report: string;
beforeAll(async () => {
  campaigns = changedCampaign((yaml) => yaml);
  cpSync('campaigns/example', join(campaigns.folder, 'example'), { recursive: true });
  app = await startTestApp({
    now: () => OPEN,
    campaigns_dir: campaigns.folder,
    campaigns_every_ms: 20,
    settings: { base_url: 'https://example.org' },
  });
  await logBusyWeeks(app, OPEN);
  report = `/reports/visible-act?link=${await app.reportLink('visible-act')}`;
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.close();
  campaigns.drop();
});

const PHONE = { width: 400, height: 860 };
const preview = () => app.parts.preview_tokens.issue('example', { now: OPEN });
/** What is wrong in the picture of faults: somebody has mistyped a name. */
const mistype = async (page: Page) => {
  appendFileSync(join(campaigns.folder, 'example/en/voicemail.hbs'), '{{legislator.nmae}}\n');
  await page.locator('.fault-line').first().waitFor();
};

/** As it comes out of the printer, margins included. */
const printed = async (page: Page) => {
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => {
    document.body.style.padding = '2rem';
    // A flyer of a campaign that is no draft has no such mark.
    document.querySelector('.flyer .sheet-sample')?.remove();
  });
};

/** The pictures of the guides, taken anew with UPDATE_PICTURES=1 npm test. */
const PICTURES: {
  file: string;
  path: () => string;
  viewport: { width: number; height: number };
  first?: (page: Page) => Promise<void>;
}[] = [
  { file: 'act-page.png', path: () => `/campaigns/visible-act/act?${DIVISIONS}`, viewport: PHONE },
  {
    file: 'report-page.png',
    path: () => report,
    viewport: { width: 760, height: 900 },
    first: (page) => page.locator('#by-type').evaluate((part) => part.scrollIntoView()),
  },
  {
    file: 'report-map.png',
    path: () => report,
    viewport: { width: 760, height: 900 },
    first: (page) => page.locator('#by-division').evaluate((part) => part.scrollIntoView()),
  },
  { file: 'campaign-page.png', path: () => `/campaigns/example?preview=${preview()}`, viewport: PHONE },
  {
    file: 'flyer.png',
    path: () => `/campaigns/example/flyer?preview=${preview()}&partner=readers`,
    viewport: { width: 600, height: 920 },
    first: printed,
  },
  {
    file: 'preview-page.png',
    path: () => `/campaigns/example/preview?preview=${preview()}`,
    viewport: { width: 1000, height: 900 },
    first: (page) => page.locator('#wording-plain').evaluate((part) => part.scrollIntoView()),
  },
  {
    file: 'preview-faults.png',
    path: () => `/campaigns/example/preview?preview=${preview()}`,
    viewport: { width: 1000, height: 560 },
    first: mistype,
  },
];

test.each(PICTURES)('the picture $file is taken from the page itself', async (wanted) => {
  const { file, path, viewport, first } = wanted;
  const context = await browser.newContext({ viewport, deviceScaleFactor: 1.5, colorScheme: 'light' });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  await page.goto(app.url + path());
  await first?.(page);
  const picture = await page.screenshot();
  const kept = join('docs', file);
  if (process.env.UPDATE_PICTURES) writeFileSync(kept, picture);
  const size = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];
  expect(size(readFileSync(kept))).toEqual(size(picture));
  await context.close();
});
