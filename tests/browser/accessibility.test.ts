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

/**
 * Pages that have no script are the same with script and without, script changes the same things in every language, and what
 * is wrong in one language is mostly wrong in all. So an eighth of the pages is seen here, each in one language by turns, and
 * the two that most people see with script too; in the long suite all of them in all.
 */
const LANGUAGES = ['en', 'es', 'ht', MADE_UP];
const LOOKS = [
  ...PAGE_NAMES.filter((_, nth) => nth % 8 === 0).map((name, nth) => ({
    name,
    language: LANGUAGES[nth % LANGUAGES.length]!,
    has_script: false,
  })),
  ...['campaign', 'act'].map((name) => ({ name, language: 'en', has_script: true })),
];

test.each(LOOKS)(
  'axe finds nothing on $name, in $language, script $has_script, and all of it fits at 320 px and with large letters',
  async ({ name, language, has_script }) => {
    const page = await openPhone(stage, language, has_script);
    await goTo(name, page, stage);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await axeFaults(page, has_script || !SCRIPTED.test(name))).toEqual([]);
    expect(await page.locator('noscript').count()).toBe(0);
    expect((await page.locator('script').count()) > 0).toBe(SCRIPTED.test(name));
    expect(await sizeFaults(page)).toEqual([]);
    await page.context().close();
  },
);

test('what is wrong with a page is found: a picture without words, and letters too pale in the light, or in the dark alone', async () => {
  const page = await openPhone(stage, 'en', false);
  await goTo('not found', page, stage);
  await page.evaluate(() => {
    document.querySelector('main')!.append(document.createElement('img'));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      'main p { color: #999; background: #aaa } @media (prefers-color-scheme: dark) { main p { color: #fff; background: #000 } h1 { color: #111; background: #000 } }',
    );
    document.adoptedStyleSheets.push(sheet);
  });
  const found = await axeFaults(page, true);
  expect(found.map((fault) => /^[\w-]+: <\w+/.exec(fault)?.[0])).toEqual([
    'color-contrast: <p',
    'image-alt: <img',
    'color-contrast: <h1',
  ]);
  await page.context().close();
});

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
