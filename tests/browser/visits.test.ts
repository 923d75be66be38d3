import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { readTally } from '../../server/actions/action-queries.ts';
import { openReadOnly } from '../../server/store/open-store.ts';
import { openBrowser } from '../support/browser.ts';
import { howMany } from '../support/how-many.ts';
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
let partner_site: Server;
beforeEach(async () => {
  database = await SQLITE.create();
  app = await startTestApp({ database_url: database.database_url });
  // Another site: the app is at 127.0.0.1, this one at localhost. Its links are those of a partner.
  partner_site = createServer((req, res) =>
    res
      .setHeader('Content-Type', 'text/html')
      .end(`<title>Partner</title><a href="${app.url}${req.url}">Call your legislators</a>`),
  ).listen(0, '127.0.0.1');
  await once(partner_site, 'listening');
  browser = await openBrowser();
});
afterEach(async () => {
  await browser.close();
  partner_site.close();
  await app.close();
  await database.drop();
});

const counted = async () => (await visitRows(app, database.database_url, true)).by_partner;

/** From the campaign's page in Spanish through a fault, the choice by hand and another language to a call that is reported. */
async function walk(page: Page): Promise<void> {
  const heading = (name: string) => page.getByRole('heading', { name, exact: true }).waitFor();
  const find = async (address: string) => {
    await page.getByLabel('Su dirección y código postal').fill(address);
    await page.getByRole('button', { name: 'Buscar a mis legisladores' }).click();
  };
  await find('PO Box 1, Jacksonville 32209');
  await heading('Hay un problema');
  await find('32209');
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
  await page.getByRole('button', { name: 'Dejé un mensaje' }).first().click();
  await page.getByText('1 de 2 completados').waitFor();
}

test.each(['', '&begun=embed'].slice(0, howMany({ quick: 1, all: 2 })))(
  'whoever follows a partner’s link%s, script off, is one visit of it, whatever they do, and their call is its and Spanish',
  async (begun) => {
    const context = await browser.newContext({ javaScriptEnabled: false, userAgent: SEEN });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    const { port } = partner_site.address() as AddressInfo;
    await page.goto(`http://localhost:${port}${PATH}?partner=jira&lang=es${begun}`);
    await page.getByRole('link').click();
    await page.waitForURL(`${app.url}/**`);
    await page.reload();
    await walk(page);
    expect(await counted()).toEqual({ jira: 1 });

    const totals = JSON.parse((await app.get(`${PATH}/totals.json`)).text);
    expect(totals).toMatchObject({
      completed_actions: 1,
      by_partner: [{ partner: 'jira', completed_actions: 1 }],
      by_language: [{ language: 'es', completed_actions: 1 }],
    });
    const lines = (await app.get(`${PATH}/totals.csv`)).text.split('\r\n');
    expect(lines).toEqual(expect.arrayContaining(['partner,jira,,1,1', 'language,es,,1,1']));
    const { read, close } = await openReadOnly(database.database_url);
    const of_jira = { is_sample: true, partner: 'jira' };
    expect(await readTally(read, 'tally_by_language', ['visible-act'], of_jira)).toEqual([
      { key: 'es', actions: 1 },
    ]);
    expect(await readTally(read, 'tally_by_day', ['visible-act'], of_jira)).toMatchObject([{ actions: 1 }]);
    await close();

    // Another link on another day is another visit, and what is typed begins one too.
    await page.goto(`http://localhost:${port}/v/visible-act/l4a`);
    await page.getByRole('link').click();
    await page.waitForURL(`${app.url}/**`);
    await page.goto(`${app.url}${PATH}`);
    expect(await counted()).toEqual({ '': 1, jira: 1, l4a: 1 });
    await context.close();
  },
);
