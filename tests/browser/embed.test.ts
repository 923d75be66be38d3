import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { type ChangedCampaigns, changedCampaign } from '../support/changed-campaign.ts';
import { openPartnerSite, type PartnerSite } from '../support/partner-site.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PHONE = { width: 360, height: 740 };

let site: PartnerSite;
let campaigns: ChangedCampaigns;
let app: TestApp;
let browser: Browser;
/** The lines that the guide gives to partners, by what is in them: the frame and the badge. */
let lines: (what: string) => string;
beforeAll(async () => {
  site = await openPartnerSite();
  campaigns = changedCampaign((yaml) => `${yaml}\nembed_origins: ["${site.origin}"]\n`);
  app = await startTestApp({ campaigns_dir: campaigns.folder });
  browser = await openBrowser();
  const guide = readFileSync('campaigns/MORE.md', 'utf8');
  const blocks = [...guide.matchAll(/```html\n([\s\S]*?)```/g)].map((match) => match[1]!);
  lines = (what) =>
    blocks
      .find((block) => block.includes(what))!
      .replaceAll('https://example.org', app.url)
      .replaceAll('clean-water', 'visible-act');
});
afterAll(async () => {
  await browser.close();
  await app.close();
  campaigns.drop();
  site.close();
});

async function visit(
  origin: string,
  steps: (page: Page) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const context = await browser.newContext({ viewport: PHONE, locale: 'en-US', ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const said: string[] = [];
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  await page.goto(origin);
  await steps(page);
  expect(said.filter((text) => !/frame-ancestors|favicon|404/.test(text))).toEqual([]);
  expect(await context.cookies()).toEqual([]);
  await context.close();
}

/** Waits until the frame is as high as the page in it, and gives that height. */
async function fitted(page: Page): Promise<number> {
  const within = page.frameLocator('iframe').locator('html');
  for (;;) {
    const asked = await within.evaluate((html) => Math.ceil(html.getBoundingClientRect().height));
    const given = await page.locator('iframe').evaluate((frame) => frame.clientHeight);
    if (asked > 0 && asked === given) return given;
  }
}

test('the two lines of the guide show the campaign in a frame of its height, and what is typed there leads on in its place', async () => {
  site.show(lines('embed.js'));
  await visit(site.origin, async (page) => {
    const frame = page.frameLocator('iframe');
    const high = await fitted(page);
    expect(await page.locator('iframe').getAttribute('title')).toBe('Agua limpia: llame a sus legisladores');
    expect(await page.locator('a').count()).toBe(0);
    expect(await frame.locator('html').evaluate((html) => html.scrollHeight <= window.innerHeight)).toBe(
      true,
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    // Wider it is lower, and narrow again as high as before: neither makes the other grow.
    await page.setViewportSize({ width: 900, height: 740 });
    await page.waitForFunction((then) => document.querySelector('iframe')!.clientHeight < then, high);
    expect(await fitted(page)).toBeLessThan(high);
    await page.setViewportSize(PHONE);
    await page.waitForFunction((then) => document.querySelector('iframe')!.clientHeight === then, high);
    expect(await fitted(page)).toBe(high);

    // Another language stays in the frame.
    await frame.getByRole('link', { name: 'English' }).click();
    await frame.getByLabel('Your street address and ZIP code').fill('32209');
    expect(page.url()).toBe(`${site.origin}/`);
    await frame.getByRole('button', { name: 'Find my legislators' }).click();
    await page.getByRole('heading', { name: 'Choose your districts', exact: true }).waitFor();
    expect(page.url()).toBe(`${app.url}/campaigns/visible-act/lookup`);
    for (const chamber of ['Senate', 'House'])
      await page.getByLabel(`Your district in the ${chamber}`).selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Show my legislators' }).click();
    await page.getByRole('heading', { name: 'Your legislators', exact: true }).waitFor();
    expect(page.url()).toMatch(/\/act\?.*partner=jira&lang=en$/);
  });
});

test('from the frame to the list of districts, with the partner and the language', async () => {
  site.show(lines('embed.js'));
  await visit(site.origin, async (page) => {
    await page
      .frameLocator('iframe')
      .getByRole('link', { name: 'Elegir mis distritos de una lista' })
      .click();
    await page.getByRole('heading', { name: 'Elija sus distritos', exact: true }).waitFor();
    expect(page.url()).toMatch(/\/visible-act\/districts\?.*partner=jira&lang=es$/);
  });
});

test('on a site that the campaign does not name the browser refuses the frame, and the link stays', async () => {
  site.show(lines('embed.js'));
  await visit('about:blank', async (page) => {
    const refused = page.waitForEvent('console', (message) => /frame-ancestors/.test(message.text()));
    await page.goto(site.unlisted);
    await refused;
    expect(await page.locator('iframe').isVisible()).toBe(false);
    await page.getByRole('link', { name: 'Agua limpia' }).click();
    await page.getByRole('heading', { name: '¿Dónde vive usted?' }).waitFor();
    expect(page.url()).toBe(`${app.url}/campaigns/visible-act?partner=jira&lang=es`);
  });
});

test('without script the link is there', async () => {
  site.show(lines('embed.js'));
  await visit(
    site.origin,
    async (page) => {
      expect(await page.locator('iframe').count()).toBe(0);
      expect(await page.getByRole('link').getAttribute('href')).toBe(
        `${app.url}/campaigns/visible-act?partner=jira&lang=es`,
      );
    },
    { javaScriptEnabled: false },
  );
});

test('any site shows the badge and reads the counter', async () => {
  site.show(lines('badge.svg'));
  await visit(site.unlisted, async (page) => {
    await page.waitForFunction(() => document.querySelector('img')!.naturalWidth > 100);
    const counter = await page.evaluate(
      async (url) => (await fetch(url)).json(),
      `${app.url}/campaigns/visible-act/counter.json`,
    );
    expect(counter).toMatchObject({ campaign_slug: 'visible-act', completed_actions: 0, is_sample: true });
    for (const language of ['en', 'es', 'ht']) {
      await page.goto(`${app.url}/campaigns/visible-act/badge.svg?lang=${language}`);
      const room = await page.locator('text').evaluate((text: SVGTextElement) => {
        const { x, width } = text.getBBox();
        return Math.min(x, text.ownerSVGElement!.width.baseVal.value - x - width);
      });
      expect([language, room >= 8 && room < 40]).toEqual([language, true]);
      expect(await page.locator('.ground').evaluate((box) => getComputedStyle(box).fill)).toBe(
        'rgb(255, 255, 255)',
      );
    }
  });
});
