import { readFileSync, writeFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { POSITIONS } from '../../server/bills/position.ts';
import type { Legislator, Roster } from '../../server/legislators/legislator.ts';
import { knownBills, longBill, madeUpPosition } from '../fixtures/bills/known-bill.ts';
import { openBrowser } from '../support/browser.ts';
import { logEntry } from '../support/temp-store.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const CAMPAIGN = '/campaigns/visible-act';
/** Taken anew with UPDATE_PICTURES=1 npm test. */
const README_PICTURE = 'docs/act-page.png';
const DIVISIONS =
  'division=ocd-division/country:us/state:fl/sldu:5&division=ocd-division/country:us/state:fl/sldl:14';
const SENATE_5 = 'division=ocd-division/country:us/state:fl/sldu:5';

/** Tuesday morning and Saturday in Florida. */
const OPEN = new Date('2026-11-24T15:00:00Z');
const CLOSED = new Date('2026-11-28T15:00:00Z');
let now = OPEN;
/** Whether the House has passed the bill. */
let has_passed = false;

/** Every page that a supporter can meet, by the way it is reached. */
const PAGES: Record<string, (page: Page, url: string) => Promise<unknown>> = {
  home: (page, url) => page.goto(`${url}/`),
  campaign: (page, url) => page.goto(`${url}${CAMPAIGN}`),
  'a failed lookup': async (page, url) => {
    await page.goto(`${url}${CAMPAIGN}`);
    await page.fill('#address', '1 Example Street, Tampa, FL 90210');
    await page.click('button.primary');
    await page.waitForSelector('.error-summary');
  },
  'the choice near a ZIP code': async (page, url) => {
    await page.goto(`${url}${CAMPAIGN}`);
    await page.fill('#address', '32209');
    await page.click('button.primary');
    await page.waitForSelector('select');
  },
  'the whole list': (page, url) => page.goto(`${url}${CAMPAIGN}/districts`),
  'what a search of the list finds': async (page, url) => {
    await page.goto(`${url}${CAMPAIGN}/districts?${SENATE_5}`);
    await page.fill('#find', 'Miami-Dade');
    await page.press('#find', 'Enter');
    await page.waitForSelector('[type=radio]');
  },
  'a choice forgotten among what a search found': async (page, url) => {
    await page.goto(`${url}${CAMPAIGN}/districts?find=HD+78`);
    await page.click('button.primary');
    await page.waitForSelector('.error-summary');
  },
  'a search of the list that finds nothing': (page, url) =>
    page.goto(`${url}${CAMPAIGN}/districts?find=zanzibar`),
  act: (page, url) => page.goto(`${url}${CAMPAIGN}/act?${DIVISIONS}`),
  'act, all unfolded': async (page, url) => {
    await page.goto(`${url}${CAMPAIGN}/act?${DIVISIONS}`);
    await unfold(page);
  },
  'act while offices are closed, all unfolded': async (page, url) => {
    now = CLOSED;
    await page.goto(`${url}${CAMPAIGN}/act?${DIVISIONS}`);
    await unfold(page);
  },
  'act with a legislator who is not asked': async (page, url) => {
    has_passed = true;
    await page.goto(`${url}${CAMPAIGN}/act?${DIVISIONS}`);
    await page.waitForSelector('[data-not-asked]');
  },
  'act in the other language': (page, url) =>
    page.goto(`${url}${CAMPAIGN}/act?${DIVISIONS}&message_language=es`),
  'act with a vacant seat': (page, url) =>
    page.goto(`${url}${CAMPAIGN}/act?${SENATE_5}&division=ocd-division/country:us/state:fl/sldl:78`),
  'act after no answer': (page, url) =>
    page.goto(
      `${url}${CAMPAIGN}/act?${DIVISIONS}&target=${senator.id}&noted=unavailable&done=phone:${representative.id}&done=email:${representative.id}`,
    ),
  'act with an empty message': async (page, url) => {
    await page.goto(`${url}${CAMPAIGN}/act?${DIVISIONS}`);
    await page.locator('#target-1-text').evaluate((box: HTMLTextAreaElement) => {
      box.value = '';
      box.form?.submit();
    });
    await page.waitForSelector('.error-summary');
  },
  'act with a form that came too late': async (page, url) => {
    await page.goto(`${url}${CAMPAIGN}/act?${DIVISIONS}`);
    await page.locator('#target-1 form:has([value=contact])').evaluate((form: HTMLFormElement, expired) => {
      (form.elements.namedItem('action_id') as HTMLInputElement).value = expired;
      (form.querySelector('[value=contact]') as HTMLButtonElement).click();
    }, expiredId());
    await page.waitForSelector('#confirm-title');
  },
  thanks: (page, url) => page.goto(`${url}${CAMPAIGN}/thanks?${DIVISIONS}&done=a&partner=jira`),
  'where the bill stands, all unfolded': async (page, url) => {
    await page.goto(`${url}${CAMPAIGN}/bill`);
    await unfold(page);
  },
  totals: (page, url) => page.goto(`${url}${CAMPAIGN}/totals`),
  flyer: (page, url) => page.goto(`${url}${CAMPAIGN}/flyer?partner=jira`),
  'phone-bank sheets': (page, url) => page.goto(`${url}${CAMPAIGN}/phone-bank?${DIVISIONS}`),
  'the choice of phone-bank sheets': (page, url) => page.goto(`${url}${CAMPAIGN}/phone-bank`),
  privacy: (page, url) => page.goto(`${url}/privacy`),
  'not found': (page, url) => page.goto(`${url}/nowhere`),
  'a fault of ours': (page, url) =>
    page.goto(`${url}${CAMPAIGN}/act?division=ocd-division/country:us/state:fl/sldl:999`),
};

let app: TestApp;
let browser: Browser;
let senator: Legislator;
let representative: Legislator;

/** A bill with all that its page can show, and every position of members whom no other page here names. */
function muchOn({ legislators }: Roster) {
  const who = legislators.filter(({ id }) => id !== senator?.id && id !== representative?.id);
  const positions = POSITIONS.map((position, nth) => madeUpPosition(who[nth * 7]!.id, position));
  const bill = { ...longBill(), is_over: true };
  if (!has_passed) return knownBills([bill], positions);
  const did = madeUpPosition(representative.id, 'voted_yes');
  const passed = [{ chamber: 'lower' as const, date: '2026-03-05' }];
  const whereabouts = { chamber: 'upper' as const, committees: [], passed, stage: 'passed_one' as const };
  return knownBills([{ ...bill, whereabouts }], [...positions, did]);
}

/** The id of a form that was drawn a year ago. */
function expiredId(): string {
  const { context } = logEntry({ nonce: '', is_sample: true, legislator_id: senator.id });
  return app.parts.action_ids.issue(context, { now: new Date('2025-11-24T00:00:00Z'), nonce: 'old' });
}
beforeAll(async () => {
  app = await startTestApp({ now: () => now, parts: () => ({ knownBills: (_, roster) => muchOn(roster) }) });
  browser = await openBrowser();
  const { roster } = app.parts.rosters.get('fl')!;
  const memberOf = (division: string) => roster.representation(division)!.legislators[0]!;
  senator = memberOf('ocd-division/country:us/state:fl/sldu:5');
  representative = memberOf('ocd-division/country:us/state:fl/sldl:14');
  // Totals with something to draw.
  const { log } = app.parts.action_log;
  await Promise.all(
    ['a', 'b', 'c'].map((nonce) => log(logEntry({ nonce, is_sample: true, legislator_id: senator.id }))),
  );
});
beforeEach(() => {
  now = OPEN;
  has_passed = false;
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

/** Opens every fold by its summary, as a hand would: works without script too. */
async function unfold(page: Page): Promise<void> {
  for (;;) {
    const folded = page.locator('details:not([open]) > summary:visible').first();
    if ((await folded.count()) === 0) return;
    await folded.click();
  }
}

/** The pages that have a script of their own: the others are the same with script and without. */
const SCRIPTED = /^(act|campaign|a failed lookup|thanks)/;
/** Script changes the same things in either language. */
const LOOKS = [
  { language: 'en', script: true },
  { language: 'en', script: false },
  { language: 'es', script: false },
];

describe.each(LOOKS)('in $language, script $script', ({ language, script }) => {
  const names = Object.keys(PAGES).filter((name) => !script || SCRIPTED.test(name));
  test.each(names)('axe finds nothing on %s, and nothing overflows at 320 px', async (name) => {
    const context = await browser.newContext({
      viewport: { width: 320, height: 640 },
      colorScheme: 'light',
      locale: language,
    });
    // Axe is a script itself: to see the page without script it runs where none of the page's own is loaded.
    if (!script) await context.route('**/*.js', (route) => route.abort());
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    await PAGES[name]!(page, app.url);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    // A page can be found before its style sheet is.
    await page.waitForLoadState('load');

    const found = [await new AxeBuilder({ page }).analyze()];
    // The same page in other colours: only the rules about colour can find something else, in whatever language.
    if (language === 'en' && (script || !SCRIPTED.test(name))) {
      await page.emulateMedia({ colorScheme: 'dark' });
      found.push(await new AxeBuilder({ page }).withTags(['cat.color']).analyze());
    }
    const violations = found.flatMap((result) => result.violations);
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`)).toEqual(
      [],
    );
    for (const { passes } of found) expect(passes.map(({ id }) => id)).toContain('color-contrast');
    expect(await page.locator('noscript').count()).toBe(0);
    expect((await page.locator('script').count()) > 0).toBe(SCRIPTED.test(name));
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(320);
    await context.close();
  });
});

/** Longer words may be broken with letters so wide; where a browser knows how, they get a hyphen. */
const LONGEST_WHOLE = 13;

/**
 * The words of a page that stand in two pieces without a hyphen. Those that a browser hyphenates stay in two pieces where no
 * word may be broken by force; addresses are no words.
 */
function brokenWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const inPieces = () => {
      const found: string[] = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement!;
        if (!element.checkVisibility() || element.closest('script, select, textarea, .verbatim')) continue;
        for (const { index, 0: word } of node.textContent!.matchAll(/[\p{L}\p{N}]+/gu)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
          if (lines.size > 1) found.push(word);
        }
      }
      return found;
    };
    const broken = inPieces();
    document.body.style.overflowWrap = 'normal';
    const hyphenated = inPieces();
    document.body.style.overflowWrap = '';
    return broken.filter((word) => !hyphenated.includes(word));
  });
}

test('text is as large as the browser is told to write it', async () => {
  const large = await openBrowser(['--blink-settings=defaultFontSize=32']);
  const sizeIn = async (one: Browser) => {
    const page = await one.newPage({ viewport: { width: 360, height: 740 } });
    await page.goto(`${app.url}${CAMPAIGN}`);
    return page.evaluate(() =>
      Number.parseFloat(getComputedStyle(document.querySelector('.ask p')!).fontSize),
    );
  };
  const usual = await sizeIn(browser);
  expect(usual).toBe(17);
  expect(await sizeIn(large)).toBe(2 * usual);
  await large.close();
});

test.each(['en', 'es'])(
  'with text at twice its size nothing overflows at 320 px, and words stay whole, in %s',
  async (locale) => {
    const context = await browser.newContext({ viewport: { width: 320, height: 640 }, locale });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    const faults: string[] = [];
    for (const name of [
      'campaign',
      'the whole list',
      'what a search of the list finds',
      'a search of the list that finds nothing',
      'act, all unfolded',
      'act with a vacant seat',
      'thanks',
      'where the bill stands, all unfolded',
      'totals',
      'privacy',
      'not found',
    ]) {
      await PAGES[name]!(page, app.url);
      await page.evaluate(() => {
        document.documentElement.style.fontSize = '34px';
      });
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 320) faults.push(`${name}: ${width}`);
      const broken = await brokenWords(page);
      faults.push(
        ...broken
          .filter((word) => word.length <= LONGEST_WHOLE)
          .map((word) => `${name}: '${word}' is broken`),
      );
    }
    expect(faults).toEqual([]);
    await context.close();
  },
);

test('everything that is pressed is at least 44 px high', async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  for (const path of [`act?${DIVISIONS}`, 'districts?find=Miami-Dade', 'bill']) {
    await page.goto(`${app.url}${CAMPAIGN}/${path}`);
    const low = await page
      .locator(
        'button:visible, summary:visible, a.button:visible, select:visible, input:visible, .tick label:visible, .not-mine a:visible, a.tap:visible',
      )
      .evaluateAll((elements) =>
        elements
          .filter((element) => element.getBoundingClientRect().height < 44)
          // What ticks them is as high as the label beside them.
          .filter((element) => !['checkbox', 'radio'].includes((element as HTMLInputElement).type))
          .map((element) => element.outerHTML),
      );
    expect(low).toEqual([]);
  }
  await context.close();
});

test('the picture of the act page for the README is taken from the page itself', async () => {
  const context = await browser.newContext({
    viewport: { width: 400, height: 860 },
    deviceScaleFactor: 2,
    colorScheme: 'light',
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  await page.goto(`${app.url}${CAMPAIGN}/act?${DIVISIONS}`);
  const picture = await page.screenshot();
  if (process.env.UPDATE_PICTURES) writeFileSync(README_PICTURE, picture);
  const size = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];
  expect(size(readFileSync(README_PICTURE))).toEqual(size(picture));
  await context.close();
});
