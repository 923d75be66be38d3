import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leadsToOwnMachine } from '../../server/web/own-machine.ts';
import { changedCampaign } from '../support/changed-campaign.ts';
import { localeOf } from '../support/message-words.ts';
import { readPdf } from '../support/pdf-pages.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const CAMPAIGN = '/campaigns/visible-act';
const SENATE_5 = 'division=ocd-division/country:us/state:fl/sldu:5';
/** A vacant seat of the sample. */
const HOUSE_78 = 'division=ocd-division/country:us/state:fl/sldl:78';

/** Flyers have files only where their code leads somewhere. */
const PUBLIC = { base_url: 'https://act.example.org' };

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({
    now: () => new Date('2026-11-24T15:00:00Z'),
    settings: PUBLIC,
  });
});
afterAll(() => app.close());

async function pdfAt(path: string) {
  const response = await fetch(`${app.url}${path}`);
  return { response, read: await readPdf(await response.bytes()) };
}

test('the flyer page shows what is asked, the code and its address, and leads to files and partners', async () => {
  const { $, status } = await app.get(`${CAMPAIGN}/flyer?partner=jira&lang=es`);
  expect(status).toBe(200);
  const sheet = $('.flyer');
  expect(sheet.find('h2').text()).toBe('Llame para que vuelva la Ley VISIBLE');
  expect(sheet.find('.flyer-address').text()).toBe('act.example.org/v/visible-act/jira?lang=es');
  expect(sheet.find('svg').attr('aria-label')).toContain('act.example.org/v/visible-act/jira?lang=es');
  expect(sheet.text()).toContain('De parte de Jacksonville Immigrant Rights Alliance');
  const hrefs = $('.screen a')
    .toArray()
    .map((link) => $(link).attr('href'));
  expect(hrefs).toEqual([
    `${CAMPAIGN}/flyer?lang=es`,
    `${CAMPAIGN}/flyer?partner=l4a&lang=es`,
    `${CAMPAIGN}/flyer.pdf?size=letter&partner=jira&lang=es`,
    `${CAMPAIGN}/flyer.pdf?size=four&partner=jira&lang=es`,
  ]);
  expect($('style, script, [style]').length).toBe(0);
});

test('the file of a flyer has a name, is kept by no shared cache, and says the same as the page', async () => {
  const { response, read } = await pdfAt(`${CAMPAIGN}/flyer.pdf?size=four&partner=jira&lang=es`);
  expect(response.headers.get('content-type')).toBe('application/pdf');
  expect(response.headers.get('content-disposition')).toBe(
    'attachment; filename=visible-act-flyer-jira-es-four.pdf',
  );
  expect(response.headers.get('cache-control')).toBe('private, no-cache');
  expect(read.pages).toHaveLength(1);
  expect(read.pages[0]!.text).toContain('Qué puede decir');
  const corner = { x: 0, y: 200, width: 306, height: 196 };
  expect(read.pages[0]!.codeIn(corner)!.text).toBe('https://act.example.org/v/visible-act/jira?lang=es');
});

test('a campaign without flyer.md has a flyer of its title, its summary and words for its ask', async () => {
  const changed = changedCampaign((yaml) => yaml.replace('ask: support', 'ask: oppose'));
  for (const language of ['en', 'es']) rmSync(join(changed.folder, `visible-act/${language}/flyer.md`));
  const own = await startTestApp({ campaigns_dir: changed.folder });
  const { $ } = await own.get(`${CAMPAIGN}/flyer?lang=en`);
  const { flyer } = localeOf('en');
  expect($('.flyer h2').text()).toBe('Ask your legislators to oppose SB 316 and HB 419');
  expect($('.flyer').text()).toContain(flyer.say.oppose[1].replace('{{bills}}', 'SB 316 and HB 419'));
  await own.close();
  changed.drop();
});

test('a flyer whose letters no file can have leads back to the page, which says so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'statehouse-campaigns-'));
  cpSync('campaigns', folder, { recursive: true });
  writeFileSync(join(folder, 'visible-act/en/flyer.md'), '# اتصل بممثلك\n');
  const own = await startTestApp({ campaigns_dir: folder, settings: PUBLIC });
  const { status, headers } = await own.get(`${CAMPAIGN}/flyer.pdf?lang=en`);
  expect([status, headers.get('location')]).toEqual([303, `${CAMPAIGN}/flyer?pdf=none&lang=en`]);
  const { $ } = await own.get(headers.get('location')!);
  expect($('.notice').text()).toBe(localeOf('en').flyer.no_pdf);
  expect($('.flyer h2').text()).toBe('اتصل بممثلك');
  await own.close();
  rmSync(folder, { recursive: true });
});

test('a flyer whose code would lead to this machine alone says so, and has no files', async () => {
  const own = await startTestApp();
  const { $ } = await own.get(`${CAMPAIGN}/flyer?lang=en`);
  expect($('.screen .notice').text()).toBe(localeOf('en').flyer.local);
  expect($('.screen a.button')).toHaveLength(0);
  const { status, headers } = await own.get(`${CAMPAIGN}/flyer.pdf?lang=en`);
  expect([status, headers.get('location')]).toEqual([303, `${CAMPAIGN}/flyer?lang=en`]);
  expect((await app.get(`${CAMPAIGN}/flyer`)).$('.notice')).toHaveLength(0);
  await own.close();
});

test.each([
  ['http://localhost:3000', true],
  ['http://127.1.2.3', true],
  ['http://[::1]:80', true],
  ['http://192.168.1.7:3000', true],
  ['http://10.0.0.1', true],
  ['http://my-mac.local', true],
  ['https://act.example.org', false],
  ['https://localhost.example.org', false],
  ['http://203.0.113.9', false],
])('that %s leads to one’s own machine is %s', (url, expected) => {
  expect(leadsToOwnMachine(url)).toBe(expected);
});

test('a Host that names no host is a bad request where no public address is set', async () => {
  const own = await startTestApp();
  const statusFor = async (host: string) => {
    const sent = request(`${own.url}${CAMPAIGN}/flyer`, { headers: { host }, agent: false }).end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    answer.resume();
    return answer.statusCode;
  };
  for (const host of ['a'.repeat(3000), 'no host', 'a.example/b', `${'a.'.repeat(140)}org`, 'x"y'])
    expect([host, await statusFor(host)]).toEqual([host, 400]);
  for (const host of ['act.example.org', 'act.example.org:8080', '[::1]:80', 'my_app', '203.0.113.9'])
    expect([host, await statusFor(host)]).toEqual([host, 200]);
  await own.close();
});

test('in a preview files are kept by no cache and found by no search, are marked, and a draft’s flyer says so', async () => {
  const changed = changedCampaign((yaml) => `${yaml}\nstatus: draft\n`);
  const own = await startTestApp({ campaigns_dir: changed.folder, settings: PUBLIC });
  const preview = own.parts.preview_tokens.issue('visible-act', { now: new Date() });
  const { flyer, phone_bank } = localeOf('en');
  for (const [path, mark] of [
    ['flyer.pdf', flyer.preview],
    [`phone-bank.pdf?${SENATE_5}&${HOUSE_78}`, phone_bank.preview],
  ] as const) {
    const sign = path.includes('?') ? '&' : '?';
    const response = await fetch(`${own.url}${CAMPAIGN}/${path}${sign}lang=en&preview=${preview}`);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-robots-tag')).toBe('noindex');
    for (const { text } of (await readPdf(await response.bytes())).pages) expect(text).toContain(mark);
  }
  const { $ } = await own.get(`${CAMPAIGN}/flyer?lang=en&preview=${preview}`);
  expect($('.screen .notice').text()).toBe(flyer.draft);
  expect($('.flyer .sheet-sample').text()).toBe(flyer.preview);
  const sheets = await own.get(`${CAMPAIGN}/phone-bank?${SENATE_5}&lang=en&preview=${preview}`);
  expect(sheets.$('.phone-sheet').text()).toContain(phone_bank.preview);
  expect((await app.get(`${CAMPAIGN}/flyer`)).$('.sheet-sample')).toHaveLength(0);
  await own.close();
  changed.drop();
});

test('addresses and numbers are written from left to right on a page of either direction', async () => {
  const flyer = await app.get(`${CAMPAIGN}/flyer`);
  expect(flyer.$('.flyer-address [dir=ltr]').text()).toContain('act.example.org/v/visible-act');
  const sheets = await app.get(`${CAMPAIGN}/phone-bank?${SENATE_5}`);
  expect(sheets.$('.sheet-number .telephone').attr('dir')).toBe('ltr');
});

test('sheets have numbers, hours, the script, a machine and boxes, and name vacant seats', async () => {
  const { $ } = await app.get(`${CAMPAIGN}/phone-bank?${SENATE_5}&${HOUSE_78}&lang=en`);
  const sheet = $('.phone-sheet');
  expect(sheet).toHaveLength(1);
  const text = sheet.text();
  const { legislators } = app.parts.rosters
    .get('fl')!
    .roster.representation('ocd-division/country:us/state:fl/sldu:5')!;
  for (const { voice } of legislators[0]!.offices)
    if (voice) expect(text.replaceAll('-', '')).toContain(voice.replace(/ .*/, '').replaceAll('-', ''));
  expect(text).toContain('Offices are usually open Monday to Friday, from 8 am to 5 pm (Eastern time).');
  expect(text).toContain('[your name]');
  expect(text).toContain('I live in your district');
  expect(text).toContain('SAMPLE');
  const { totals, phone_bank } = localeOf('en');
  expect(
    sheet
      .find('tbody th')
      .toArray()
      .map((cell) => $(cell).text()),
  ).toEqual([
    totals.status.contact,
    totals.status.voicemail,
    totals.status.unavailable,
    phone_bank.wrong_number,
  ]);
  expect($('main').text()).toContain('State House District 78: vacant seat');
});

test('the file has a page for each target, each marked as a sample, and one for who is not called', async () => {
  const { response, read } = await pdfAt(
    `${CAMPAIGN}/phone-bank.pdf?${SENATE_5}&${HOUSE_78}&lang=en&message_language=es`,
  );
  expect(response.headers.get('content-disposition')).toBe(
    'attachment; filename=visible-act-phone-bank-es.pdf',
  );
  expect(read.pages).toHaveLength(2);
  const [sheet, rest] = read.pages.map(({ text }) => text);
  expect(sheet).toContain('SAMPLE: these legislators are made up. Do not call them.');
  expect(sheet).toContain('Vivo en su distrito');
  expect(sheet).toContain('spoke with someone');
  expect(rest).toContain('SAMPLE');
  expect(rest).toContain('State House District 78: vacant seat');
  for (const page of read.pages)
    for (const { x, y, width, height } of page.pieces)
      expect(x >= 30 && y >= 20 && x + width <= 582 && y + height <= 772).toBe(true);
});

test('whom everybody is asked to call has a sheet too, whose script does not say that one lives there', async () => {
  const { id } = app.parts.rosters
    .get('fl')!
    .roster.representation('ocd-division/country:us/state:fl/sldu:9')!.legislators[0]!;
  const changed = changedCampaign((yaml) =>
    yaml.replace('targets:', `targets:\n  extra: [{person_id: ${id}, reason: Chairs the committee}]`),
  );
  writeFileSync(
    join(changed.folder, 'visible-act/en/phone.hbs'),
    '{{#if is_constituent}}I live in your district.{{else}}I live in {{state.name}}.{{/if}}',
  );
  const own = await startTestApp({ campaigns_dir: changed.folder });
  const { $ } = await own.get(`${CAMPAIGN}/phone-bank?${SENATE_5}&lang=en`);
  const sheets = $('.phone-sheet')
    .toArray()
    .map((sheet) => $(sheet).text());
  expect(sheets).toHaveLength(2);
  expect(sheets[0]).toContain('I live in your district.');
  expect(sheets[1]).toContain('Chairs the committee');
  expect(sheets[1]).toContain('I live in Florida.');
  await own.close();
  changed.drop();
});

test('without a choice a form offers chambers and districts; nothing ticked is told', async () => {
  const { $ } = await app.get(`${CAMPAIGN}/phone-bank?lang=en`);
  const chambers = $('main a.button')
    .toArray()
    .map((link) => [$(link).text(), $(link).attr('href')]);
  expect(chambers).toEqual([
    ['Senate: 40 sheets', `${CAMPAIGN}/phone-bank?chamber=upper&lang=en`],
    ['House: 119 sheets', `${CAMPAIGN}/phone-bank?chamber=lower&lang=en`],
    ['All: 159 sheets', `${CAMPAIGN}/phone-bank?chamber=all&lang=en`],
  ]);
  expect($('[name=division]')).toHaveLength(160);
  const empty = await app.get(`${CAMPAIGN}/phone-bank?pick=yes&lang=en`);
  expect(empty.status).toBe(422);
  expect(empty.$('.error-summary').text()).toContain(localeOf('en').phone_bank.nothing_picked);
  const strange = await app.get(`${CAMPAIGN}/phone-bank?division=ocd-division/country:us/state:ga/sldu:5`);
  expect(strange.status).toBe(404);
});

/** Ten different files of 20 sheets. */
const TEN = Array.from({ length: 10 }, (_, nth) => {
  const divisions = Array.from(
    { length: 20 },
    (_, index) => `division=ocd-division/country:us/state:fl/sldu:${nth + index + 1}`,
  );
  return `${CAMPAIGN}/phone-bank.pdf?${divisions.join('&')}`;
});

test('other requests are answered while ten files are made, and they are made one by one', async () => {
  const own = await startTestApp();
  const healthTime = async () => {
    const begun = performance.now();
    await own.get('/health');
    return performance.now() - begun;
  };
  const middle = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;
  const idle: number[] = [];
  for (let nth = 0; nth < 30; nth++) idle.push(await healthTime());
  const begun = performance.now();
  const ended: number[] = [];
  const files = TEN.map(async (path) => {
    const bytes = await (await fetch(`${own.url}${path}`)).bytes();
    ended.push(performance.now() - begun);
    return new TextDecoder('latin1').decode(bytes).match(/\/Type \/Page\b/g)!.length;
  });
  const meanwhile: number[] = [];
  while (ended.length < TEN.length) meanwhile.push(await healthTime());
  expect(await Promise.all(files)).toEqual(TEN.map(() => 20));
  expect(middle(meanwhile)).toBeLessThan(10 * middle(idle));
  // Were several made at once, all would end late.
  expect(ended[0]!).toBeLessThan(ended.at(-1)! / 2);
  await own.close();
});

test('beyond a queue of ten one is told at once when to come back; 30 files and sheets a minute are given an address', async () => {
  const own = await startTestApp();
  const paths = Array.from(
    { length: 32 },
    (_, nth) => `${CAMPAIGN}/phone-bank.pdf?division=ocd-division/country:us/state:fl/sldu:${nth + 1}`,
  );
  const answers = await Promise.all(paths.map((path) => own.get(path)));
  const told = answers.filter(({ status }) => status === 503);
  expect(told.length).toBeGreaterThan(0);
  expect(told[0]!.headers.get('retry-after')).toBe('15');
  expect(told[0]!.$('h1').text()).toBe(localeOf('en').errors.printing.title);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(9);
  expect((await own.get(`${CAMPAIGN}/phone-bank`)).status).toBe(429);
  await own.close();
});

test('a page has 60 sheets at most; of more the file alone is offered', async () => {
  const { $ } = await app.get(`${CAMPAIGN}/phone-bank?chamber=lower&lang=en`);
  expect($('.phone-sheet')).toHaveLength(0);
  expect($('main').text()).toContain('These are 119 sheets: too many for one page.');
  expect($('main a.button').attr('href')).toBe(`${CAMPAIGN}/phone-bank.pdf?chamber=lower&lang=en`);
  const lacking = await app.get(`${CAMPAIGN}/phone-bank?chamber=lower&pdf=none&lang=en`);
  expect(lacking.$('.notice').text()).toContain('up to 60 sheets');
  expect((await app.get(`${CAMPAIGN}/phone-bank?chamber=upper`)).$('.phone-sheet')).toHaveLength(40);
});

test('without legislators sheets are not ready, a flyer is; once a campaign has ended neither is made', async () => {
  const bare = await startTestApp({ allow_sample: false, settings: PUBLIC });
  expect((await bare.get(`${CAMPAIGN}/phone-bank`)).status).toBe(503);
  expect((await bare.get(`${CAMPAIGN}/phone-bank.pdf?chamber=all`)).status).toBe(503);
  expect((await bare.get(`${CAMPAIGN}/flyer.pdf`)).status).toBe(200);
  await bare.close();
  const changed = changedCampaign((yaml) => `${yaml}\ndates: {ends: 2026-01-01}\n`);
  const over = await startTestApp({ campaigns_dir: changed.folder });
  for (const path of ['flyer', 'flyer.pdf', 'phone-bank', 'phone-bank.pdf?chamber=all'])
    expect((await over.get(`${CAMPAIGN}/${path}`)).headers.get('location')).toBe(CAMPAIGN);
  await over.close();
  changed.drop();
});
