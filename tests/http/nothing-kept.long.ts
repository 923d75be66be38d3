import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { createActionIds } from '../../server/actions/action-id.ts';
import { openReadOnly } from '../../server/store/open-store.ts';
import { UNMARKED } from '../../server/web/flood-marks.ts';
import { openBrowser } from '../support/browser.ts';
import { formFields } from '../support/client.ts';
import { type KeptPostgres, keepPostgres } from '../support/keep-postgres.ts';
import { createDatabase } from '../support/postgres-databases.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { type StubGeocoder, startStubGeocoder } from '../support/stub-geocoder.ts';
import { logEntry } from '../support/temp-store.ts';
import { startTestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';
const ACT = `${PATH}/act?division=ocd-division/country:us/state:fl/sldu:5&division=ocd-division/country:us/state:fl/sldl:14`;
const SUPPORTER = {
  name: 'Zephyrine Quillfeather',
  street: '4711 Marmalade Crescent',
  city: 'Xanadu Springs',
  zip: '32209',
};
/** Every word that says who she is, in whatever spelling a file or a header may hold it. */
const TRACES = [...Object.values(SUPPORTER), ...Object.values(SUPPORTER).flatMap((value) => value.split(' '))]
  .flatMap((word) => [word, word.toUpperCase(), word.toLowerCase(), encodeURIComponent(word)])
  .flatMap((word) => [word, word.replaceAll('%20', '+')]);

const SECRET_KEY = 'a-secret-of-this-suite-alone-of-more-than-32-letters';
/** Where a flood comes from, of the block that RFC 5737 keeps for examples, and every spelling of it and of its block. */
const FLOODER = '203.0.113.77';
const FLOODER_TRACES = ['203.0.113', 'cb00:714d', 'cb007100', Buffer.from([203, 0, 113]).toString('base64')];

/** Which traces of the supporter some bytes hold. */
function tracesIn(bytes: Buffer | string, words = TRACES): string[] {
  const content = Buffer.from(bytes);
  return words.filter((trace) => content.includes(trace) || content.includes(Buffer.from(trace, 'utf16le')));
}

/** Every file below a folder that holds one of these words, with the word. */
function filesWith(folder: string, words: string[]): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
  return files.flatMap((file) => tracesIn(readFileSync(file), words).map((word) => `${file}: ${word}`));
}

/** Every file below a folder that holds a trace, with what it holds. */
const filesWithTraces = (folder: string) => filesWith(folder, TRACES);

/** With script and without it, and with what the geocoder may do. */
const JOURNEYS = [
  { script: true, fault: 'unavailable' as const },
  { script: false, fault: 'html' as const },
  { script: true, fault: 'reset' as const },
];

test('the search finds a trace where there is one', () => {
  expect(tracesIn(`/act?name=Zephyrine+Quillfeather`)).toContain('Quillfeather');
  expect(tracesIn(Buffer.from('xanadu', 'utf16le'))).toContain('xanadu');
  expect(tracesIn('nothing here')).toEqual([]);
});

/** Walks the whole journey as the supporter: a 422, an outage, the choice, a call, a letter, the thanks. */
async function walk(page: Page, url: string, script: boolean): Promise<void> {
  await page.goto(`${url}${PATH}?partner=jira&lang=es`);
  const find = async (address: string) => {
    await page.fill('#address', address);
    await page.click('form:has(#address) button.primary');
  };
  await find(`PO Box 1, ${SUPPORTER.city}, FL ${SUPPORTER.zip}`);
  await page.waitForSelector('.error-summary');
  await find(`${SUPPORTER.street}, ${SUPPORTER.city}, FL ${SUPPORTER.zip}`);
  await page.waitForSelector('h1:has-text("Elija sus distritos")');
  await page.click('.languages button[value=en]');
  await page.waitForSelector('h1:has-text("Choose your districts")');
  await page.selectOption('#division-0', { index: 1 });
  await page.selectOption('#division-1', { index: 1 });
  await page.click('button.primary');
  await page.click('#target-1 button[value=contact]');
  await page.waitForSelector('#target-2');
  await page.click('#target-2-email > summary');
  for (const [field, value] of Object.entries(SUPPORTER)) await page.fill(`#target-2-${field}`, value);
  if (!script) {
    const text = await page.inputValue('#target-2-text');
    await page.fill('#target-2-text', '');
    await page.click('#target-2-email form.compose button');
    await page.waitForSelector('.error-summary');
    await page.fill('#target-2-text', text);
    await page.click('#target-2-email form.compose button');
  }
  await page
    .waitForFunction(
      (name) => (document.querySelector('#target-2-text') as HTMLTextAreaElement)?.value.includes(name),
      SUPPORTER.name,
    )
    .catch(async () => expect(await page.inputValue('#target-2-text')).toContain(SUPPORTER.name));
  await page.click('#target-2 form.sent button');
  await page.waitForSelector('.progress');
  await page.click('a[href*="/totals"]');
  await page.waitForSelector('table');
}

describe.each(['SQLite', 'PostgreSQL'])('a supporter’s whole journey on %s', (kind) => {
  let browser: Browser;
  let geocoder: StubGeocoder;
  let server: ServerProcess;
  let data_dir: string;
  let postgres: KeptPostgres | undefined;
  let database_url: string;
  beforeAll(async () => {
    browser = await openBrowser();
    geocoder = await startStubGeocoder();
    data_dir = mkdtempSync(join(tmpdir(), 'statehouse-kept-'));
    postgres = kind === 'PostgreSQL' ? await keepPostgres() : undefined;
    database_url = postgres
      ? await createDatabase({ server_url: postgres.url })
      : `sqlite:${join(data_dir, 'statehouse.db')}`;
    server = await startServerProcess({
      DATA_DIR: data_dir,
      LOG_LEVEL: 'debug',
      CENSUS_GEOCODER_URL: geocoder.url,
      SECRET_KEY,
      TRUST_PROXY: 'loopback',
      DATABASE_URL: database_url,
      // The first fifty of a block are counted by each process.
      PROCESSES: '1',
    });
  });
  afterAll(async () => {
    await browser.close();
    await geocoder.close();
    await postgres?.remove();
    rmSync(data_dir, { recursive: true });
  });

  /** Where everything is that the journey may have been written to. */
  const folders = () => [data_dir, ...(postgres ? [postgres.folder] : [])];

  test.each(JOURNEYS)(
    'script $script, with a geocoder that answers $fault, leaves nothing in any address, header or form of another page',
    async ({ script, fault }) => {
      geocoder.behave(fault);
      const context = await browser.newContext({ javaScriptEnabled: script });
      context.setDefaultTimeout(15_000);
      const page = await context.newPage();
      const seen: string[] = [];
      const to_us: string[] = [];
      const reading: Promise<void>[] = [];
      page.on('request', (request) => {
        seen.push(request.url());
        if (!request.url().startsWith(server.url!)) to_us.push(request.url());
        reading.push(request.allHeaders().then((headers) => void seen.push(JSON.stringify(headers))));
      });
      page.on('response', (response) =>
        reading.push(response.allHeaders().then((headers) => void seen.push(JSON.stringify(headers)))),
      );
      await walk(page, server.url!, script);
      await Promise.all(reading);
      expect(to_us).toEqual([]);
      expect(seen.length).toBeGreaterThan(20);
      expect(seen.flatMap((text) => tracesIn(text).map((trace) => `${trace} in ${text}`))).toEqual([]);
      expect(seen.join('\n')).toMatch(/"referer":"http/);
      expect(await context.cookies()).toEqual([]);
      await context.close();
    },
  );

  test('a flood is marked, and nothing of where it comes from is in the database, the other files or the log', async () => {
    const ids = createActionIds({ secrets: [SECRET_KEY] });
    const { context } = logEntry({ nonce: '', campaign_slug: 'example' });
    const act = async (index: number) => {
      const action_id = ids.issue(context, { now: new Date(), nonce: `flood ${index}` });
      const { status } = await fetch(`${server.url}/campaigns/example/actions`, {
        method: 'POST',
        headers: { accept: 'application/json', 'sec-fetch-site': 'same-origin', 'x-forwarded-for': FLOODER },
        body: new URLSearchParams({ type: context.type, status_code: 'contact', action_id }),
      });
      return status;
    };
    expect(await Promise.all(Array.from({ length: UNMARKED + 2 }, (_, index) => act(index)))).toEqual(
      Array(UNMARKED + 2).fill(204),
    );
    const { read, close } = await openReadOnly(database_url);
    const marked = await read.selectFrom('marked_actions').select(['block', 'campaign_slug']).execute();
    await close();
    expect(marked).toEqual(Array(2).fill({ block: marked[0]!.block, campaign_slug: 'example' }));
    expect(marked[0]!.block).toMatch(/^\w{12}$/);
    expect(folders().flatMap((folder) => filesWith(folder, FLOODER_TRACES))).toEqual([]);
    expect(tracesIn([...server.lines, server.said()].join('\n'), FLOODER_TRACES)).toEqual([]);
  });

  test('leaves nothing in the database, its log of writes, the other files or the log, before the server ends and after', async () => {
    const totals = await (await fetch(`${server.url}${PATH}/totals.json`)).json();
    expect(totals.by_partner).toEqual([{ partner: 'jira', completed_actions: 2 * JOURNEYS.length }]);
    // The address did reach the geocoder, so there was something to leave.
    expect(geocoder.requests.some((request) => tracesIn(request.get('address')!).length > 0)).toBe(true);
    if (!postgres)
      expect(readdirSync(data_dir)).toEqual(expect.arrayContaining(['statehouse.db', 'statehouse.db-wal']));
    expect(folders().flatMap(filesWithTraces)).toEqual([]);
    // What is counted is there: the search looks into the right files.
    expect(folders().flatMap((folder) => filesWith(folder, ['jira'])).length).toBeGreaterThan(0);
    expect(await server.end('SIGTERM')).toBe(0);
    await postgres?.stop();
    expect(folders().flatMap(filesWithTraces)).toEqual([]);
    expect(folders().flatMap((folder) => filesWith(folder, FLOODER_TRACES))).toEqual([]);
    const said = [...server.lines, server.said()].join('\n');
    expect(said).toContain('geocoder_unavailable');
    expect(tracesIn(said)).toEqual([]);
  });
});

test.each(['stall', 'unavailable', 'forbidden', 'cut short', 'another shape', 'no match', 'refused'])(
  'a geocoder that answers %s leaves nothing of the address in the log at its chattiest',
  async (behaviour) => {
    const geocoder = await startStubGeocoder();
    geocoder.behave(behaviour);
    const app = await startTestApp({ geocoder_url: geocoder.url });
    const answer = await app.post(`${PATH}/lookup`, {
      address: `${SUPPORTER.street}, ${SUPPORTER.city}, FL ${SUPPORTER.zip}`,
    });
    expect([200, 422]).toContain(answer.status);
    expect(app.log.length).toBeGreaterThan(0);
    expect(tracesIn(app.log.join('\n'))).toEqual([]);
    expect(tracesIn(JSON.stringify([...answer.headers]))).toEqual([]);
    await app.close();
    await geocoder.close();
  },
);

test('a fault of ours that repeats what was typed leaves nothing of it in the log or on its page', async () => {
  const app = await startTestApp({
    parts: ({ action_ids }) => ({
      finder: {
        sendsPoint: () => false,
        find: (_state, request) => Promise.reject(new Error(`can't read ${JSON.stringify(request)}`)),
      },
      action_ids: {
        ...action_ids,
        issue: () => {
          throw new Error(`can't sign for ${SUPPORTER.name}, ${SUPPORTER.zip}`);
        },
        verify: () => ({ state: 'forged' }),
      },
    }),
  });
  const looked = await app.post(`${PATH}/lookup`, {
    address: `${SUPPORTER.street}, ${SUPPORTER.city}, FL ${SUPPORTER.zip}`,
  });
  const composed = await app.post(`${PATH}/compose?${ACT.split('?')[1]}`, {
    ...SUPPORTER,
    division: 'ocd-division/country:us/state:fl/sldu:5',
    text: `I am ${SUPPORTER.name}.`,
    target: 'ocd-person/1',
  });
  for (const page of [looked, composed]) {
    expect(page.status).toBe(500);
    expect(tracesIn(page.text)).toEqual([]);
    expect(page.$('main a').attr('href')).toBe(PATH);
  }
  const log = app.log.join('\n');
  expect(log).toContain("can't read");
  expect(log).toContain("can't sign");
  expect(tracesIn(log)).toEqual([]);
  await app.close();
});

test('a form that is too long, malformed or from elsewhere leaves nothing of it in the log', async () => {
  const app = await startTestApp();
  const long = { ...SUPPORTER, text: `${SUPPORTER.name} `.repeat(5000) };
  expect((await app.post(`${PATH}/compose`, long)).status).toBe(413);
  expect((await app.post(`${PATH}/compose`, SUPPORTER, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await app.get(`/campaigns/${SUPPORTER.zip}%E0%A4%A?name=${SUPPORTER.name}`)).status).toBe(400);
  expect((await app.get(`/${SUPPORTER.city}?zip=${SUPPORTER.zip}`)).status).toBe(404);
  const form = formFields((await app.get(ACT)).$, 'form.compose');
  const headers = { 'content-type': 'application/json' };
  expect((await app.post(`${PATH}/compose`, { ...form, ...SUPPORTER }, headers)).status).toBeGreaterThan(399);
  expect(tracesIn(app.log.join('\n'))).toEqual([]);
  await app.close();
});
