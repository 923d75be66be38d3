import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { LETTERS, type LetterDesk, openLetterDesk } from '../support/letters-taken.ts';
import { axeFaults, sizeFaults } from '../support/page-faults.ts';

let desk: LetterDesk;
let browser: Browser;
beforeAll(async () => {
  [desk, browser] = await Promise.all([
    openLetterDesk({ settings: { letters_per_campaign_per_hour: 4 } }),
    openBrowser(),
  ]);
  // Half of the limit: from here on a challenge is asked for.
  for (let nth = 0; nth < 2; nth++) await desk.handIn();
});
afterAll(async () => {
  await browser.close();
  await desk.close();
});

/** Hands a letter in from a page of the site that holds nothing but its form. */
async function handIn(page: Page, action = LETTERS): Promise<void> {
  const fields = Object.entries(desk.form()).map(
    ([name, value]) =>
      `<textarea name="${name}">${String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</textarea>`,
  );
  const body = `<form method="post" action="${action}">${fields.join('')}<button>Go</button></form>`;
  await page.route('**/form', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }));
  await page.goto(`${desk.app.url}/form`);
  await page.click('button');
  await page.waitForSelector('h1');
}

const open = async (options: Parameters<Browser['newContext']>[0]) => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  context.setDefaultTimeout(15_000);
  return context.newPage();
};

test('with script the sum is done on the page itself, nothing is sent by itself, and the button goes on', async () => {
  const page = await open({});
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await handIn(page);
  await page.waitForSelector('#go-on:visible');
  expect(await page.locator('#challenge-state').textContent()).toBe('The sum is done. You can go on now.');
  expect(await axeFaults(page, true)).toEqual([]);
  expect(await sizeFaults(page)).toEqual([]);
  expect(asked.filter((url) => !url.startsWith(desk.app.url))).toEqual([]);
  expect(faults).toEqual([]);
  expect(desk.taken).toHaveLength(2);
  await page.click('#go-on');
  await page.waitForURL((url) => !url.pathname.endsWith('/letters'));
  expect(desk.taken).toHaveLength(3);
  expect(desk.taken[2]!.is_proven).toBe(true);
  await page.context().close();
});

test('where the sum can’t be done, the page says so, and the other button is there', async () => {
  const page = await open({});
  // As in browsers without it, and on sites without HTTPS.
  await page.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }));
  await handIn(page, `${LETTERS}?lang=es`);
  await page.waitForFunction(() =>
    document.querySelector('#challenge-state')!.textContent!.includes('no pudo'),
  );
  expect(await page.locator('#go-on').isVisible()).toBe(false);
  expect(await page.getByRole('button', { name: 'Seguir sin el cálculo' }).isVisible()).toBe(true);
  await page.context().close();
});

test('without script the letter goes on unproven, by the one button that is seen', async () => {
  const page = await open({ javaScriptEnabled: false });
  await handIn(page);
  expect(await page.locator('main button:visible').allTextContents()).toEqual(['Go on without the sum']);
  await page.click('main button:visible');
  await page.waitForURL((url) => !url.pathname.endsWith('/letters'));
  expect(desk.taken).toHaveLength(4);
  expect(desk.taken[3]!.is_proven).toBe(false);

  await handIn(page);
  expect(await page.locator('h1').textContent()).toBe("We can't take your e-mail just yet");
  expect(await page.locator('main button').count()).toBe(1);
  await page.context().close();
});

test('axe finds nothing on the page that says when to come back', async () => {
  const page = await open({});
  await handIn(page);
  expect(await axeFaults(page)).toEqual([]);
  expect(await sizeFaults(page)).toEqual([]);
  await page.context().close();
});
