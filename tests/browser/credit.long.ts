import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { type ChangedCampaigns, changedCampaign } from '../support/changed-campaign.ts';
import { openPartnerSite, type PartnerSite } from '../support/partner-site.ts';
import { SQLITE } from '../support/temp-store.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { visitRows } from '../support/visit-rows.ts';

const PATH = '/campaigns/visible-act';
/** The browser as people have it: as tests start it, it says that nobody looks at it. */
const SEEN =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36';

let database: Awaited<ReturnType<typeof SQLITE.create>>;
let app: TestApp;
let browser: Browser;
let site: PartnerSite;
let campaigns: ChangedCampaigns;
beforeEach(async () => {
  database = await SQLITE.create();
  site = await openPartnerSite();
  campaigns = changedCampaign((yaml) => `${yaml}\nembed_origins: ["${site.origin}"]\n`);
  app = await startTestApp({ database_url: database.database_url, campaigns_dir: campaigns.folder });
  browser = await openBrowser();
});
afterEach(async () => {
  await browser.close();
  site.close();
  await app.close();
  campaigns.drop();
  await database.drop();
});

const counted = async () => (await visitRows(app, database.database_url, true)).by_partner;

type Where = Pick<Page, 'getByLabel' | 'getByRole'>;

async function find(where: Where, address: string): Promise<void> {
  await where.getByLabel('Su dirección y código postal').fill(address);
  await where.getByRole('button', { name: 'Buscar a mis legisladores' }).click();
}

/** From the question in Spanish through a fault, the choice by hand and another language to a call that is reported. */
async function walk(page: Page, first: Where): Promise<void> {
  const heading = (name: string) => page.getByRole('heading', { name, exact: true }).waitFor();
  await find(first, 'PO Box 1, Jacksonville 32209');
  await heading('Hay un problema');
  await find(page, '32209');
  await heading('Elija sus distritos');
  await page.getByLabel('Su distrito: Senado').selectOption({ index: 1 });
  await page.getByLabel('Su distrito: Cámara de Representantes').selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Ver a mis legisladores' }).click();
  await heading('Sus legisladores');
  await page.reload();
  await page.getByRole('link', { name: 'English' }).click();
  await heading('Your legislators');
  await page.getByRole('link', { name: 'Español' }).click();
  await heading('Sus legisladores');
  await page.goBack();
  await heading('Your legislators');
  await page.goBack();
  await heading('Sus legisladores');
  await page.getByRole('button', { name: 'Hablé con alguien' }).first().click();
  await page.getByText('1 de 2 completados').waitFor();
  await page.getByRole('button', { name: 'La apoya' }).or(page.locator('[value=supports]')).first().click();
}

/** One action, of jira and in Spanish, in every figure that there is of it. */
async function expectCredited(): Promise<void> {
  const json = async (address: string) => JSON.parse((await app.get(address)).text);
  const one = { completed_actions: 1 };
  const credited = {
    completed_actions: 1,
    self_reported: 1,
    by_day: [one],
    by_legislator: [one],
    by_partner: [{ partner: 'jira', ...one }],
    by_language: [{ language: 'es', ...one }],
  };
  expect(await json(`${PATH}/totals.json`)).toMatchObject(credited);
  const lines = (await app.get(`${PATH}/totals.csv`)).text.split('\r\n');
  expect(lines).toEqual(expect.arrayContaining(['partner,jira,,1,1', 'language,es,,1,1']));
  expect((await json(`${PATH}/counter.json`)).completed_actions).toBe(1);
  for (const partner of ['', 'jira']) {
    const link = await app.reportLink('visible-act', partner);
    const report = await json(`/reports/visible-act/report.json?link=${link}`);
    expect(report.coalition.completed_actions).toBe(1);
    expect(report.totals).toMatchObject({
      ...credited,
      by_division: [one],
      by_status: [{ origin: 'web', type: 'phone', status_code: 'contact', actions: 1 }],
    });
    expect(report.visits).toMatchObject([{ partner: 'jira', visits: 1 }]);
    const rows = async (view: string) =>
      (await json(`/reports/visible-act/${view}.json?link=${link}&lang=en`)).rows;
    expect(await rows('partner')).toEqual([
      { partner: 'jira', name: 'Jacksonville Immigrant Rights Alliance', ...one, visits: 1 },
    ]);
    expect(await rows('language')).toEqual([{ language: 'es', ...one }]);
    if (partner === '') expect(await rows('replies')).toMatchObject([{ supports: 1, opposes: 0 }]);
    const page = await app.get(`/reports/visible-act?link=${link}`);
    expect(page.$('#by-partner tbody tr').text()).toMatch(/^Jacksonville Immigrant Rights Alliance11–$/);
    expect(page.$('#by-language tbody tr').text()).toBe('Spanish1');
  }
  const others = await json(
    `/reports/visible-act/report.json?link=${await app.reportLink('visible-act', 'l4a')}`,
  );
  expect(others).toMatchObject({
    coalition: one,
    totals: { completed_actions: 0, by_partner: [] },
    visits: [],
  });
}

test.each(['link', 'frame'])(
  'whoever begins at a partner’s %s, script off, is one visit of it, and what they do is its and Spanish in every view',
  async (beginning) => {
    const context = await browser.newContext({ javaScriptEnabled: false, userAgent: SEEN });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    const query = '?partner=jira&amp;lang=es';
    site.show(
      beginning === 'link'
        ? `<a href="${app.url}${PATH}${query}">Call your legislators</a>`
        : `<iframe title="Llame" height="900" width="600" src="${app.url}${PATH}/embed${query}"></iframe>`,
    );
    await page.goto(site.origin);
    if (beginning === 'link') {
      await page.getByRole('link').click();
      await page.waitForURL(`${app.url}/**`);
      await page.reload();
      await walk(page, page);
    } else {
      // Seeing it is no visit; what is typed leads on in the place of the partner's page.
      await page.frameLocator('iframe').getByRole('heading').first().waitFor();
      expect(await counted()).toEqual({});
      await walk(page, page.frameLocator('iframe'));
    }
    expect(page.frames().length).toBe(1);
    expect(await counted()).toEqual({ jira: 1 });
    await expectCredited();

    // Another link on another day is another visit, and what is typed begins one too.
    site.show(`<a href="${app.url}/v/visible-act/l4a">Call your legislators</a>`);
    await page.goto(site.origin);
    await page.getByRole('link').click();
    await page.waitForURL(`${app.url}/**`);
    await page.goto(`${app.url}${PATH}`);
    expect(await counted()).toEqual({ '': 1, jira: 1, l4a: 1 });
    await context.close();
  },
);
