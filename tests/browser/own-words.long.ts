import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { changedCampaign } from '../support/changed-campaign.ts';
import { type NotedLetters, noteLetters } from '../support/letters-in-memory.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const NOW = new Date('2026-11-24T15:00:00Z');
const campaigns = changedCampaign((yaml) => `${yaml}\nemail: {send: true}\n`);
const ACT = '/campaigns/visible-act/act?division=ocd-division/country:us/state:fl/sldu:5';
const WORDS = 'There is a school\nat the corner of our street.';
const PERSON = { name: 'Ada Example', street: '1 Example Street', city: 'Ocala', zip: '34470' };

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

const field = (page: Page, name: string) => page.locator(`#target-1-${name}`);

async function begin(page: Page, more = ''): Promise<void> {
  await page.goto(`${app.url}${ACT}${more}`);
  await page.locator('#target-1-email > summary').click();
  for (const [name, value] of Object.entries(PERSON)) await field(page, name).fill(value);
  await field(page, 'from').fill('ada@example.org');
}

async function send(page: Page): Promise<void> {
  await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    field(page, 'send').click(),
  ]);
  await page.waitForLoadState();
}

/** Sends without a ZIP code, and puts that right on the page that says so. */
async function sendWrong(page: Page): Promise<void> {
  await field(page, 'zip').fill('');
  await send(page);
  await page.locator('.error-summary').waitFor();
  await field(page, 'zip').fill(PERSON.zip);
}

/** The ways in which own words come to be in a letter, each with what has to stand in it once. */
const WAYS: Record<string, (page: Page) => Promise<string>> = {
  'filled in': async (page) => {
    await begin(page);
    await field(page, 'own_words').fill(WORDS);
    return WORDS;
  },
  typed: async (page) => {
    await begin(page);
    await field(page, 'own_words').pressSequentially('Own words. ');
    return 'Own words.';
  },
  'beside a text that was edited': async (page) => {
    await begin(page);
    await field(page, 'own_words').fill(WORDS);
    const text = await field(page, 'text').inputValue();
    await field(page, 'text').fill(`${text}\n\nOne more line.`);
    return WORDS;
  },
  'on a page in Spanish': async (page) => {
    await begin(page, '&lang=es');
    await field(page, 'own_words').fill(WORDS);
    return WORDS;
  },
  'sent again after an error': async (page) => {
    await begin(page);
    await field(page, 'own_words').fill(WORDS);
    await sendWrong(page);
    return WORDS;
  },
  'changed after an error': async (page) => {
    await begin(page);
    await field(page, 'own_words').fill(WORDS);
    await sendWrong(page);
    await field(page, 'own_words').fill('Other words.');
    return 'Other words.';
  },
};

describe.each([true, false])('with script: %s', (javaScriptEnabled) => {
  test('own words stand once in the letter, whichever way they came into it', async () => {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const counted: Record<string, number> = {};
    for (const [way, write] of Object.entries(WAYS)) {
      const words = await write(page);
      await send(page);
      await page.getByRole('heading', { level: 1, name: /^(Look in your mail|Revise su correo)$/ }).waitFor();
      const { text } = noted.handed_in.at(-1)!.content;
      counted[way] = text.split(words).length - 1;
      if (words !== WORDS) expect(text).not.toContain('There is a school');
    }
    expect(counted).toEqual(Object.fromEntries(Object.keys(WAYS).map((way) => [way, 1])));
    await context.close();
  });
});

test('own words that were changed in the letter itself stand there alone, after an error too', async () => {
  const page = await browser.newPage();
  page.setDefaultTimeout(15_000);
  await begin(page);
  await field(page, 'own_words').fill('Parents ask me.');
  const text = await field(page, 'text').inputValue();
  await field(page, 'text').fill(text.replace('Parents', 'Neighbors'));
  await sendWrong(page);
  await send(page);
  await page.getByRole('heading', { name: 'Look in your mail' }).waitFor();
  const sent = noted.handed_in.at(-1)!.content.text;
  expect(sent).not.toContain('Parents');
  expect(sent.split('Neighbors ask me.')).toHaveLength(2);
  await page.close();
});
