import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { openPartnerSite } from '../support/partner-site.ts';
import { logEntry } from '../support/temp-store.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { until } from '../support/until.ts';

let app: TestApp;
let browser: Browser;
let address: string;
let logged = 0;
/** Writes actions down, as supporters do. */
const act = (count: number) =>
  Promise.all(
    Array.from({ length: count }, () =>
      app.parts.action_log.log(
        logEntry({ nonce: `${++logged}`, is_sample: true, partner: logged % 2 ? 'jira' : '' }),
      ),
    ),
  );
beforeAll(async () => {
  app = await startTestApp();
  browser = await openBrowser();
  address = `${app.url}/reports/visible-act?link=${await app.reportLink('visible-act')}`;
  await act(4);
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

async function open(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
  context.setDefaultTimeout(15_000);
  return context.newPage();
}

/** The completed actions as each part of the page has them. */
function figuresOn(page: Page): Promise<number[]> {
  return page.evaluate(() => {
    // By partner the visits stand before the actions.
    const sum = (part: string) =>
      [...document.querySelectorAll(`${part} tbody td:nth-child(${part === '#by-partner' ? 3 : 2})`)].reduce(
        (all, cell) => all + Number(cell.textContent),
        0,
      );
    const [total] = /\d+/.exec(document.querySelector('#summary .progress p')!.textContent!)!;
    return [Number(total), ...['#by-day', '#by-legislator', '#by-language', '#by-partner'].map(sum)];
  });
}

test('an open report draws new numbers by itself: the same everywhere at every moment, what was open or in focus stays so', async () => {
  const page = await open();
  await page.clock.install();
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });
  await page.goto(address);
  expect(await figuresOn(page)).toEqual([4, 4, 4, 4, 4]);
  // Whatever changes, changes in one step: no reader, of eyes or of screens, meets it half done.
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      const number = (text: string | null | undefined) => /\d+/.exec(text ?? '')?.[0];
      const total = number(document.querySelector('#summary .progress p')?.textContent);
      const day = number(document.querySelector('#by-day tbody td.number')?.textContent);
      seen.push(`${total} ${day}`);
    }).observe(document.querySelector('main')!, { childList: true, subtree: true, characterData: true });
  });
  const focused = page.locator('#by-legislator .wide').first();
  await focused.focus();
  await page.evaluate(() => window.scrollTo(0, 900));
  const before = await page.evaluate(() => window.scrollY);
  await act(3);
  await until(async () => {
    await page.clock.runFor(15_000);
    return (await figuresOn(page))[0] === 7;
  });
  expect(await figuresOn(page)).toEqual([7, 7, 7, 7, 7]);
  const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  expect([...new Set(seen)].filter((pair) => !['4 4', '7 7'].includes(pair))).toEqual([]);
  expect(loads).toBe(1);
  expect(await focused.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await page.evaluate(() => window.scrollY)).toBe(before);
  await page.context().close();
});

test('without script the report is whole, and says how to get the newest numbers', async () => {
  const page = await open({ javaScriptEnabled: false });
  await page.goto(address);
  expect(await page.locator('text=Reload this page for the newest numbers.').count()).toBe(1);
  expect(await page.locator('#by-partner td.number').allTextContents()).toEqual(
    expect.arrayContaining(['4', '3']),
  );
  await page.context().close();
});

test('on paper the report has its numbers and no address that opens it', async () => {
  const page = await open();
  await page.emulateMedia({ media: 'print' });
  await page.goto(address);
  const printed = await page.evaluate(() => {
    const shown = [...document.querySelectorAll<HTMLElement>('main *')].filter((one) =>
      one.checkVisibility(),
    );
    const words = shown.map((one) => [
      one.children.length ? '' : one.textContent,
      getComputedStyle(one, '::after').content,
    ]);
    return words.flat().join(' ');
  });
  expect(printed).toContain('7 of 1,000 actions');
  expect(printed).not.toContain('link=');
  expect(await page.locator('.languages').isVisible()).toBe(false);
  await page.context().close();
});

test('on paper and on a wide screen every table stands whole, and what is to be copied breaks its lines on paper', async () => {
  const legislator_id = app.parts.rosters.get('fl')!.roster.legislators[0]!.id;
  const heard = { campaign_slug: 'visible-act', is_sample: 1, partner: '', legislator_id };
  const day = new Date().toISOString().slice(0, 10);
  const visits = { campaign_slug: 'visible-act', is_sample: 1, partner: 'jira', day, visits: 1240 };
  await app.store.transaction(async (trx) => {
    await trx
      .insertInto('office_replies')
      .values({ ...heard, day, reply: 'supports', replies: 14 })
      .execute();
    await trx.insertInto('visit_tally').values(visits).execute();
  });
  await app.parts.action_log.log(logEntry({ nonce: 'offline', is_sample: true, origin: 'offline' }));
  // Letter paper between the margins that browsers leave.
  const page = await open({ viewport: { width: 740, height: 960 } });
  const tooWide = (selector: string) =>
    page.evaluate((parts) => {
      const edge = document.querySelector('main')!.getBoundingClientRect().right;
      return [...document.querySelectorAll(parts)]
        .filter((one) => one.checkVisibility())
        .filter(
          (one) => one.getBoundingClientRect().right > edge + 1 || one.scrollWidth > one.clientWidth + 1,
        )
        .map((one) => `${one.closest('section')?.id}: ${one.scrollWidth} of ${one.clientWidth}`);
    }, selector);
  for (const lang of ['en', 'es', 'ht']) {
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 740, height: 960 });
    await page.goto(`${address}&lang=${lang}`);
    expect(await page.locator('#replies table, #replies pre').count()).toBe(2);
    expect(await tooWide('main table, main .wide, main pre')).toEqual([]);
    await page.emulateMedia({ media: 'screen' });
    await page.setViewportSize({ width: 1280, height: 960 });
    expect(await tooWide('main table, main .wide')).toEqual([]);
  }
  await page.context().close();
});

test('no page of another origin can show the report in a frame', async () => {
  const other = await openPartnerSite();
  other.show(`<iframe title="Report" src="${address}"></iframe>`);
  const page = await open();
  await page.goto(other.origin);
  const frames = () => page.frames().map((frame) => frame.url());
  await until(() => frames().length === 2 && !/^(about:blank)?$/.test(frames()[1]!));
  expect(frames()[1]).toMatch(/^chrome-error:/);
  other.close();
  await page.context().close();
});
