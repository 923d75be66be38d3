import type { Browser } from 'playwright-core';
import { MADE_UP } from '../fixtures/locales/made-up-language.ts';
import { openBrowser } from '../support/browser.ts';
import {
  CAMPAIGN,
  DIVISIONS,
  goTo,
  openPhone,
  PAGE_NAMES,
  SCRIPTED,
  type Stage,
  setStage,
} from '../support/every-page.ts';
import { axeFaults, sizeFaults } from '../support/page-faults.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

/** Script changes the same things in every language. */
const LOOKS = [{ has_script: true }, { has_script: false }];

describe.each(LOOKS)('in English, script $has_script', ({ has_script }) => {
  const names = PAGE_NAMES.filter((name) => !has_script || SCRIPTED.test(name));
  test.each(names)(
    'axe finds nothing on %s, and all of it fits at 320 px and with large letters',
    async (name) => {
      const page = await openPhone(stage, 'en', has_script);
      await goTo(name, page, stage);
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
      expect(await axeFaults(page, has_script || !SCRIPTED.test(name))).toEqual([]);
      expect(await page.locator('noscript').count()).toBe(0);
      expect((await page.locator('script').count()) > 0).toBe(SCRIPTED.test(name));
      expect(await sizeFaults(page)).toEqual([]);
      await page.context().close();
    },
  );
});

/** What is wrong in one of these languages is mostly wrong in all: here each page is seen in one, by turns; in the long suite in all. */
const OTHERS = ['es', 'ht', MADE_UP];

test.each(OTHERS)(
  'in %s pages fit at 320 px and with large letters, and axe finds nothing',
  async (language) => {
    const page = await openPhone(stage, language, false);
    const faults: string[] = [];
    for (const name of PAGE_NAMES.filter((_, nth) => OTHERS[nth % OTHERS.length] === language)) {
      await goTo(name, page, stage);
      expect([name, await page.locator('html').getAttribute('lang')]).toEqual([name, language]);
      const found = [...(await axeFaults(page)), ...(await sizeFaults(page))];
      faults.push(...found.map((fault) => `${name}: ${fault}`));
    }
    expect(faults).toEqual([]);
    await page.context().close();
  },
  90_000,
);

test('text is as large as the browser is told to write it', async () => {
  const large = await openBrowser(['--blink-settings=defaultFontSize=32']);
  const sizeIn = async (one: Browser) => {
    const page = await one.newPage({ viewport: { width: 360, height: 740 } });
    await page.goto(`${stage.url}${CAMPAIGN}`);
    return page.evaluate(() =>
      Number.parseFloat(getComputedStyle(document.querySelector('.ask p')!).fontSize),
    );
  };
  const usual = await sizeIn(stage.browser);
  expect(usual).toBe(17);
  expect(await sizeIn(large)).toBe(2 * usual);
  await large.close();
});

test('everything that is pressed is at least 44 px high', async () => {
  const context = await stage.browser.newContext({ viewport: { width: 360, height: 740 } });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  for (const path of [`act?${DIVISIONS}`, 'districts?find=Miami-Dade', 'bill']) {
    await page.goto(`${stage.url}${CAMPAIGN}/${path}`);
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
