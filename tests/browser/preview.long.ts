import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { type ChangedCampaigns, changedCampaign } from '../support/changed-campaign.ts';
import { axeFaults } from '../support/page-faults.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let campaigns: ChangedCampaigns;
let app: TestApp;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  campaigns = changedCampaign((yaml) => `${yaml}\nstatus: draft\n`);
  // Axe looks at every word, and few say as much to it as many.
  for (const language of ['en', 'es'])
    for (const name of readdirSync(join(campaigns.folder, 'visible-act', language)))
      if (/^voicemail|opponent|ally/.test(name) && name !== 'email.ally.hbs')
        rmSync(join(campaigns.folder, 'visible-act', language, name));
  app = await startTestApp({ campaigns_dir: campaigns.folder, campaigns_every_ms: 50 });
  browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, colorScheme: 'light' });
  context.setDefaultTimeout(20_000);
  page = await context.newPage();
});
afterAll(async () => {
  await browser.close();
  await app.close();
  campaigns.drop();
});

test('an open preview follows a change of the files, shows a fault in its line, and has nothing for axe to find', async () => {
  const preview = app.parts.preview_tokens.issue('visible-act', { now: new Date() });
  await page.goto(`${app.url}/campaigns/visible-act/preview?preview=${preview}`);
  const file = join(campaigns.folder, 'visible-act/en/email.hbs');
  const text = readFileSync(file, 'utf8');
  const letter = page.locator('#wording-plain .preview-letter').first();
  await page.locator('text=this page follows within seconds').waitFor();

  writeFileSync(file, text.replace('Sincerely', 'With best regards'));
  await letter.filter({ hasText: 'With best regards' }).waitFor();

  writeFileSync(file, text.replace('{{legislator.name}}', '{{legislator.nmae}}'));
  await page.locator('.fault-line .at', { hasText: 'legislator.nmae' }).waitFor();
  expect(await letter.textContent()).toContain('With best regards');

  expect(await axeFaults(page, true)).toEqual([]);
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  expect(await width()).toBe(320);
  await page.setViewportSize({ width: 1280, height: 800 });
  expect(await width()).toBe(1280);

  writeFileSync(file, text);
  await letter.filter({ hasText: 'Sincerely' }).waitFor();
  expect(await page.locator('[data-faults]').count()).toBe(0);
});
