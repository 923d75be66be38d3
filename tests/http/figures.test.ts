import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from '../fixtures/people/folder.ts';
import { changedCampaign } from '../support/changed-campaign.ts';
import { freeze, takeOut } from '../support/made-up-figure.ts';
import { rawAnswer } from '../support/raw-answer.ts';
import { logEntry } from '../support/temp-store.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const NOTE = 'For the <b>hearing</b> & the press';
const now = () => new Date('2026-11-24T15:30:00Z');

/** A database that outlives the apps on it, with a figure, and a folder of campaigns that can be changed. */
async function withFigure() {
  const database_url = `sqlite:${join(folderOf({}), 'statehouse.db')}`;
  const campaigns = changedCampaign((yaml) =>
    yaml
      .replace('name: Jacksonville Immigrant Rights Alliance', 'name: "Friends <i>of</i> & water"')
      .replace(/en: Bring back(.*)/, 'en: "<u>Bring</u> back$1"'),
  );
  const open = (options = {}) =>
    startTestApp({ database_url, campaigns_dir: campaigns.folder, now, ...options });
  const app = await open();
  for (const nonce of ['a', 'b']) await app.parts.action_log.log(logEntry({ nonce, partner: 'jira' }));
  const figure = await freeze(app, { note: NOTE });
  return { app, open, figure, campaigns };
}

let app: TestApp;
let made: Awaited<ReturnType<typeof withFigure>>;
beforeAll(async () => {
  made = await withFigure();
  app = made.app;
});
afterAll(async () => {
  await app.close();
  made.campaigns.drop();
});

const path = () => `/figures/${made.figure.id}`;

test('the page says what the figure is, when it was fixed, what it counts, how to cite it and where the live totals are', async () => {
  const { status, headers, $ } = await app.get(path());
  expect([status, headers.get('cache-control')]).toEqual([200, 'private, no-cache']);
  expect($('.figure').text()).toBe('2 completed actions');
  expect($('.lead').text()).toBe(
    'This figure was fixed on November 24, 2026 at 10:30:00 AM EST. It does not change.',
  );
  expect($('main').text()).toContain('We count actions, not people.');
  expect($('[aria-labelledby=cite] p').text()).toMatch(
    /^“<u>Bring<\/u> back .*”: 2 completed actions as of November 24, 2026 at 10:30:00 AM EST\. http:.*\/figures\/visible-act-2026-11-24-\w{4}$/,
  );
  expect($('main a').first().attr('href')).toBe('/campaigns/visible-act/totals');
  expect($('[aria-labelledby=since]').text()).toContain('Nothing of this figure has been taken out');
  expect($('title').text()).toMatch(/^2 completed actions – <u>Bring<\/u> back/);
  expect($('link[rel=canonical]').attr('href')).toBe(`${app.url}${path()}`);
  expect(headers.get('x-robots-tag')).toBeNull();
  // Made-up legislators are nobody's here: the numbers are real.
  expect($('.sample, [data-sample]').length).toBe(0);
});

test('names and the note are text, whatever stands in them', async () => {
  const { $, text } = await app.get(path());
  expect($('main b, main i, main u').length).toBe(0);
  expect($('.notice').text()).toBe(NOTE);
  expect(text).toContain('Friends &lt;i&gt;of&lt;/i&gt; &amp; water');
});

test.each([
  ['es', 'es', '2 acciones completadas', 'Contamos acciones, no personas.'],
  ['ht', 'ht', '2 aksyon ki fini', 'Nou konte aksyon, nou pa konte moun.'],
])('in %s it is in that language, its definition too', async (lang, language, count, sentence) => {
  const { $ } = await app.get(`${path()}?lang=${lang}`);
  expect($('html').attr('lang')).toBe(language);
  expect($('.figure').text()).toBe(count);
  expect($('[aria-labelledby=meaning] li').first().text()).toContain(sentence);
  expect($('[aria-labelledby=meaning] ul').attr('lang')).toBeUndefined();
});

test('the JSON is kept for good by its bytes, unpacked, and read from anywhere', async () => {
  const { status, headers, text } = await rawAnswer(`${app.url}${path()}.json`, {
    'accept-encoding': 'br, gzip',
  });
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable, no-transform',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'content-type': 'application/json; charset=utf-8',
  });
  expect(headers['content-encoding']).toBeUndefined();
  expect(headers.etag).toMatch(/^"[\w-]{43}"$/);
  expect(JSON.parse(text)).toEqual(made.figure);
  const again = await rawAnswer(`${app.url}${path()}.json`, { 'if-none-match': headers.etag! });
  expect([again.status, again.body.length]).toEqual([304, 0]);
});

test.each([
  '/figures/visible-act-2026-11-24-zzzz',
  '/figures/visible-act-2026-11-24-zzzz.json',
  '/figures/visible-act-2026-11-24-zzzz/corrections.json',
  '/figures/%00',
  '/figures/%E2%80%AE.json',
  `/figures/${'a'.repeat(2000)}.json`,
  '/figures/constructor',
  "/figures/'%20or%20''='.json",
  '/figures',
])('%s, an id that was never given, is not there and is kept by none', async (forged) => {
  const { status, headers } = await app.get(forged);
  expect([status, headers.get('cache-control')]).toEqual([404, 'no-store']);
});

test('the totals of its campaign lead to it by its date, with its note', async () => {
  const { $ } = await app.get('/campaigns/visible-act/totals?lang=es');
  const link = $('[aria-labelledby=figures] a');
  expect(link.attr('href')).toBe(`${path()}?lang=es`);
  expect(link.text()).toMatch(/^24 de noviembre de 2026/);
  expect($('[aria-labelledby=figures] li').text()).toBe(`${link.text()} ${NOTE}`);
});

test('its bytes are the same, and its page stays, after more actions, a correction, a change of words, a rename and the end of its folder', async () => {
  const { app: first, open, figure, campaigns } = await withFigure();
  const at = `/figures/${figure.id}`;
  const before = (await first.get(`${at}.json`)).text;
  await first.parts.action_log.log(logEntry({ nonce: 'later' }));
  await takeOut(first.store, { id: 'c1', made_at: '2026-12-02T15:00:00.000Z' });
  const { completed_actions } = await first.parts.readTotals(
    first.parts.campaigns.get('visible-act')!,
    false,
  );
  expect(completed_actions).toBe(3);
  expect((await first.get(`${at}.json`)).text).toBe(before);
  await first.close();

  // The same after a restart, in an app whose words have changed and whose campaign has another name.
  const locales_dir = folderOf({});
  cpSync('views/locales', locales_dir, { recursive: true });
  const strings = readFileSync('views/locales/en.json', 'utf8');
  writeFileSync(
    join(locales_dir, 'en.json'),
    strings.replace('We count actions, not people.', 'Other words.'),
  );
  renameSync(join(campaigns.folder, 'visible-act'), join(campaigns.folder, 'renamed'));
  const yaml = join(campaigns.folder, 'renamed/campaign.yaml');
  writeFileSync(
    yaml,
    `${readFileSync(yaml, 'utf8').replace('<u>Bring</u>', 'Put')}\nformer_slugs: [visible-act]\n`,
  );
  const renamed = await open({ locales_dir });
  await takeOut(renamed.store, {
    id: 'c2',
    campaign_slug: 'renamed',
    made_at: '2026-12-03T15:00:00.000Z',
    actions: 2,
  });
  expect((await renamed.get(`${at}.json`)).text).toBe(before);
  const page = await renamed.get(at);
  expect(page.$('h1').text()).toMatch(/^<u>Bring<\/u>/);
  expect(page.$('[aria-labelledby=meaning]').text()).toContain('We count actions, not people.');
  expect((await renamed.get('/campaigns/renamed/totals')).text).toContain('Other words.');
  expect(page.$('main a').eq(1).attr('href')).toBe('/campaigns/renamed/totals');
  expect(
    page
      .$('[aria-labelledby=since] li')
      .toArray()
      .map((item) => page.$(item).text()),
  ).toEqual([
    'December 2, 2026: 1 completed action was taken out. Reason: Sent by a program <from> one address.',
    'December 3, 2026: 2 completed actions were taken out. Reason: Sent by a program <from> one address.',
  ]);
  expect(page.$('main a[href="#since"]').length).toBe(1);
  const live = await renamed.get(`${at}/corrections.json`);
  expect(live.headers.get('access-control-allow-origin')).toBe('*');
  expect(live.headers.get('cache-control')).toBe('no-cache');
  expect(
    JSON.parse(live.text).corrections.map((one: { completed_actions: number }) => one.completed_actions),
  ).toEqual([-1, -2]);
  expect((await renamed.get('/campaigns/renamed/totals')).$('[aria-labelledby=figures] a').length).toBe(1);
  await renamed.close();

  // A draft is nobody's to see, so nothing leads to it.
  writeFileSync(
    yaml,
    readFileSync(yaml, 'utf8')
      .replace(/^status: .*$/m, '')
      .concat('\nstatus: draft\n'),
  );
  const hidden = await open();
  const without = await hidden.get(at);
  expect(without.$('a[href*=renamed]').length).toBe(0);
  expect(without.text).toContain('The campaign is no longer shown here.');
  await hidden.close();

  campaigns.drop();
  const gone = await open({ campaigns_dir: undefined });
  expect((await gone.get(`${at}.json`)).text).toBe(before);
  expect((await gone.get(at)).$('.figure').text()).toBe('2 completed actions');
  await gone.close();
});
