import type { Browser, Page } from 'playwright-core';
import type { StateRoster } from '../../server/legislators/roster.ts';
import { loadRoster } from '../../server/legislators/roster.ts';
import { type Locales, openLocales } from '../../server/words/locale.ts';
import { MADE_UP, withMadeUpLanguage } from '../fixtures/locales/made-up-language.ts';
import { openBrowser } from '../support/browser.ts';
import { chartPage } from '../support/chart-page.ts';
import { axeFaults, sizeFaults } from '../support/page-faults.ts';

let folders: ReturnType<typeof withMadeUpLanguage>;
let browser: Browser;
let locales: Locales;
let place: StateRoster;
beforeAll(async () => {
  folders = withMadeUpLanguage();
  locales = await openLocales(folders.locales_dir);
  place = everyEighth((await loadRoster('sample-data/fl', 'fl'))!);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  folders.drop();
});

/** Enough districts for each class of a map, and few for axe to look at. */
function everyEighth({ roster, boundaries }: StateRoster): StateRoster {
  const districts = roster.districts.filter((_, index) => index % 8 === 0);
  const features = boundaries!.features.filter(({ district }) => districts.includes(district));
  return { roster: { ...roster, districts }, boundaries: { ...boundaries!, features } };
}

/** A page with every chart, as wide as a small phone unless said otherwise. */
async function openCharts(language: string, { days = 24, width = 320 } = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 740 }, colorScheme: 'light' });
  const page = await context.newPage();
  await page.setContent(chartPage(place, locales.translate(language), days));
  for (const name of ['style', 'charts', 'report'])
    await page.addStyleTag({ path: `views/assets/${name}.css` });
  return page;
}

test.each([
  { language: 'en', days: 24, with_dark: true },
  { language: MADE_UP, days: 3, with_dark: false },
])(
  'axe finds nothing on the charts of $days days in $language, dark colours $with_dark',
  async ({ language, days, with_dark }) => {
    const page = await openCharts(language, { days });
    expect(await page.locator('[role=img][aria-label]').count()).toBe(6);
    expect(await axeFaults(page, with_dark)).toEqual([]);
    await page.context().close();
  },
);

test.each([
  { language: 'es', days: 400 },
  { language: 'ht', days: 1 },
  { language: MADE_UP, days: 24 },
])('charts of $days days in $language fit at 320 px and with large letters', async ({ language, days }) => {
  const page = await openCharts(language, { days });
  expect(await sizeFaults(page)).toEqual([]);
  await page.context().close();
});

/** The smallest letters in the charts that are seen, in pixels, and what stands out of the page. */
function lettersOf(page: Page) {
  return page.evaluate(() => {
    const words = [...document.querySelectorAll('[role=img] *, .key span')].filter(
      (element) =>
        element.checkVisibility() &&
        element.closest('title') === null &&
        [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
    );
    const out = words.filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      return left < 0 || right > document.documentElement.clientWidth;
    });
    return {
      words: words.length,
      smallest: Math.min(...words.map((element) => Number.parseFloat(getComputedStyle(element).fontSize))),
      out: out.map((element) => element.textContent),
    };
  });
}

test.each([
  { width: 360, language: 'en' },
  { width: 1280, language: 'es' },
  { width: 1280, language: MADE_UP },
])(
  'at $width px in $language words in charts have 12 px or more, grow with the page’s, and stay on it',
  async ({ width, language }) => {
    const page = await openCharts(language, { width });
    const usual = await lettersOf(page);
    expect(usual.words).toBeGreaterThan(60);
    expect(usual.smallest).toBeGreaterThanOrEqual(12);
    expect(usual.out).toEqual([]);
    const size = await page.evaluate(() => {
      const { style } = document.documentElement;
      const before = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      style.fontSize = `${2 * before}px`;
      return before;
    });
    expect(size).toBeGreaterThanOrEqual(17);
    const large = await lettersOf(page);
    expect(large.smallest).toBeCloseTo(2 * usual.smallest, 0);
    expect(large.out).toEqual([]);
    await page.context().close();
  },
);

test('what counts and what does not, and each class of a map, differ on paper too, where tables are unfolded', async () => {
  const page = await openCharts('en');
  await page.emulateMedia({ media: 'print' });
  const fills = (selector: string) =>
    page.locator(selector).evaluateAll((all) => [...new Set(all.map((one) => getComputedStyle(one).fill))]);
  expect(await fills('.bar-chart .bar-fill')).toEqual(['rgb(0, 0, 0)']);
  expect(await fills('.bar-chart .bar-hollow')).toEqual(['rgb(255, 255, 255)']);
  const greys = await fills('#lower .map-key rect');
  expect(greys.length).toBe(6);
  for (const grey of greys) expect(grey).toMatch(/^rgb\((\d+), \1, \1\)$/);
  const table = page.locator('#by-legislator table');
  expect(await table.evaluate((one) => one.getBoundingClientRect().height)).toBeGreaterThan(500);
  await page.emulateMedia({ media: 'screen' });
  expect(await table.evaluate((one) => one.checkVisibility())).toBe(false);
  await page.context().close();
});
