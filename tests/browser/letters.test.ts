import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { changedCampaign } from '../support/changed-campaign.ts';
import { type NotedLetters, noteLetters } from '../support/letters-in-memory.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const NOW = new Date('2026-11-24T15:00:00Z');
const campaigns = changedCampaign((yaml) => `${yaml}\nemail: {send: true}\n`);
const ACT =
  '/campaigns/visible-act/act?division=ocd-division/country:us/state:fl/sldu:5&division=ocd-division/country:us/state:fl/sldl:14';

let app: TestApp;
let browser: Browser;
let noted: NotedLetters;
beforeAll(async () => {
  noted = noteLetters(NOW);
  app = await startTestApp({
    campaigns_dir: campaigns.folder,
    now: () => NOW,
    parts: () => ({ letters: noted.letters }),
  });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.close();
  campaigns.drop();
});

test('with script the details go along from one legislator to the next and to another language, and leave the page only by the button', async () => {
  const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
  page.setDefaultTimeout(15_000);
  const posts: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') posts.push(new URL(request.url()).pathname);
  });
  await page.goto(`${app.url}${ACT}`);
  await page.click('#target-1-email > summary');
  const details = { name: 'Ada Example', street: '1 Example Street', city: 'Jacksonville', zip: '32209' };
  for (const [name, value] of Object.entries(details)) await page.fill(`#target-1-${name}`, value);
  await page.fill('#target-1-from', 'ada@example.org');
  // Enter sends nothing.
  await page.press('#target-1-from', 'Enter');
  await page.click('.languages a[lang=es]');
  await page.getByRole('heading', { name: 'Sus legisladores' }).waitFor();
  expect(await page.inputValue('#target-1-from')).toBe('ada@example.org');
  expect(posts).toEqual([]);

  await page.click('#target-1-send');
  await page.getByRole('heading', { name: 'Revise su correo' }).waitFor();
  expect(page.url()).not.toMatch(/Ada|ada|32209/);
  expect(posts).toEqual(['/campaigns/visible-act/letters']);
  const [letter] = noted.handed_in;
  expect(letter!.content).toMatchObject({ ...details, email: 'ada@example.org' });
  expect(letter!.content.text).toContain('Ada Example\n1 Example Street\nJacksonville, FL 32209');
  expect(letter!.context.page_language).toBe('es');

  // A wrong address is put right on the way back.
  await page.goBack();
  await page.locator('#target-1-from').waitFor({ state: 'attached' });
  await page.locator('#target-1-email').evaluate((fold: HTMLDetailsElement) => {
    fold.open = true;
  });
  for (const [name, value] of Object.entries(details)) await page.fill(`#target-1-${name}`, value);
  await page.fill('#target-1-from', 'ada@example.net');
  expect(await page.inputValue('#target-2-from')).toBe('ada@example.net');
  await page.click('#target-1-send');
  await page.getByRole('link', { name: /^Seguir con / }).click();
  await page.getByText('falta que lo confirme').waitFor();
  expect(noted.handed_in.map(({ content }) => content.email)).toEqual(['ada@example.org', 'ada@example.net']);
  await page.close();
});
