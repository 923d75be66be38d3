import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { changedCampaign } from '../support/changed-campaign.ts';
import { type Answer, type Fields, formFields } from '../support/client.ts';
import { localeOf } from '../support/message-words.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { inTwoLanguages } from '../support/two-languages.ts';

const PATH = '/campaigns/visible-act';
const SENATE_5 = 'ocd-division/country:us/state:fl/sldu:5';
const HOUSE_14 = 'ocd-division/country:us/state:fl/sldl:14';
const ACT = `${PATH}/act?division=${SENATE_5}&division=${HOUSE_14}`;
/** Tuesday morning in Florida: what stands open on a card is for a conversation. */
const OFFICES_ARE_OPEN = new Date('2026-11-24T15:00:00Z');

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp({ now: () => OFFICES_ARE_OPEN });
});
afterEach(() => app.close());

async function totals() {
  return JSON.parse((await app.get(`${PATH}/totals.json`)).text);
}

/** Sends the page's language switch to another language: follows its link, or presses its button. */
async function switchTo({ $ }: Answer, language: string): Promise<Answer> {
  const link = $(`.languages a[hreflang=${language}]`).first().attr('href');
  if (link) return app.get(link);
  const id = $('.languages button').attr('form');
  const form = id ? `#${id}` : '.languages form';
  return app.post($(form).attr('action')!, { ...formFields($, form), lang: language });
}

const call = (page: Answer, card: string) =>
  formFields(page.$, `${card} form:has(input[name=type][value=phone])`);
const report = (fields: Fields, status_code: string) =>
  app.post(`${PATH}/actions`, { ...fields, status_code });

/** Every address of ours on a page carries the visit on; those of the switch carry all but the language. */
function expectVisit({ $ }: Answer, visit: Record<string, string>): void {
  const carries = (pairs: URLSearchParams, names: string[]) => {
    for (const name of names) expect(pairs.get(name)).toBe(visit[name]);
  };
  const links = $('a[href^="/"]').toArray();
  expect(links.length).toBeGreaterThan(2);
  for (const link of links) {
    const href = $(link).attr('href')!;
    if (/\.(json|csv)$/.test(href)) continue;
    const { searchParams } = new URL(href, app.url);
    carries(searchParams, $(link).closest('.languages').length > 0 ? ['partner'] : Object.keys(visit));
  }
  for (const form of $('form').toArray()) {
    const fields = new URLSearchParams($(form).serialize());
    const action = new URL($(form).attr('action')!, app.url).searchParams;
    const all = new URLSearchParams([...fields, ...action]);
    carries(all, $(form).closest('.languages').length > 0 ? ['partner'] : Object.keys(visit));
  }
}

test('from a flyer in Spanish through a 422, the choice, a switch and Back, every action is the partner’s and Spanish', async () => {
  const visit = { partner: 'jira', lang: 'es' };
  const campaign = await app.get(`${PATH}?partner=jira&lang=es`);
  expect(campaign.$('html').attr('lang')).toBe('es');
  expect(campaign.$('h1').text()).toBe('Que vuelva la Ley VISIBLE de Florida');
  expectVisit(campaign, visit);

  const failed = await app.post(`${PATH}/lookup`, {
    ...formFields(campaign.$, 'form:has(#address)'),
    address: 'PO Box 12, Jacksonville',
  });
  expect(failed.status).toBe(422);
  expect(failed.$('title').text()).toMatch(/^Error: /);
  expect(failed.$('.error-summary').text()).toMatch(/apartado postal/);
  expectVisit(failed, visit);

  const choice = await app.post(`${PATH}/lookup`, {
    ...formFields(failed.$, 'form:has(#address)'),
    address: '32209',
  });
  expect(choice.$('label').first().text()).toBe('Su distrito: Senado');
  expectVisit(choice, visit);
  const found = await app.post(`${PATH}/lookup`, {
    ...formFields(choice.$, 'form:has(select)'),
    division: [SENATE_5, HOUSE_14],
  });
  const act = await app.get(found.headers.get('location')!);
  expect(act.$('html').attr('lang')).toBe('es');
  expectVisit(act, visit);

  // To English and, by Back, to the page in Spanish, whose form is sent.
  const english = await switchTo(act, 'en');
  expect(english.$('html').attr('lang')).toBe('en');
  expectVisit(english, { ...visit, lang: 'en' });
  const called = await report(call(act, '#target-1'), 'contact');
  expect(called.headers.get('location')).toContain('partner=jira&lang=es');
  const next = await app.get(called.headers.get('location')!);
  expectVisit(next, visit);
  const written = await report(formFields(next.$, '#target-2 form.sent'), 'sent');
  const thanks = await app.get(written.headers.get('location')!);
  expect(thanks.$('h1').text()).toBe('Gracias');
  expectVisit(thanks, visit);

  expect(await totals()).toMatchObject({
    completed_actions: 2,
    by_partner: [{ partner: 'jira', completed_actions: 2 }],
    by_language: [{ language: 'es', completed_actions: 2 }],
    by_message_language: [{ language: 'en', completed_actions: 2 }],
  });
});

test('the script stands in English with its Spanish beside it, and a line asks whether someone speaks Spanish', async () => {
  const { $ } = await app.get(`${ACT}&lang=es`);
  const card = $('#target-1');
  const said = card.find('.script-both').eq(1);
  const english = said
    .find('p[lang=en]')
    .toArray()
    .map((part) => $(part).text());
  const spanish = said
    .find('.meaning')
    .toArray()
    .map((part) => $(part).text());
  expect(english[0]).toMatch(/^Hello\. My name is \[your name\]\./);
  expect(spanish[0]).toMatch(/^Hola\. Me llamo \[su nombre\]\./);
  expect(english.length).toBe(spanish.length);
  const ask = card.find('.script-both').first();
  expect(ask.find('p[lang=en]').text()).toBe('Hello. Does anyone there speak Spanish, please?');
  expect(ask.find('.meaning').text()).toBe('Hola. ¿Hay alguien ahí que hable español, por favor?');
  expect(card.find('textarea[name=text]').attr('lang')).toBe('en');
  expect(card.find('textarea[name=text]').text()).toContain('I live in your district');
  expect(card.find('.translation').text()).toContain('Vivo en su distrito');
  // Who reads English and calls an office that speaks it needs none of this.
  const plain = await app.get(`${ACT}&lang=en`);
  expect(plain.$('.script-both, .meaning, .translation').length).toBe(0);
});

test('where someone speaks Spanish the script is had in Spanish: the switch keeps the rest, and the call is counted as such', async () => {
  const act = await app.get(`${ACT}&lang=es&partner=jira&done=email:ocd-person/x`);
  const href = act.$('.words a').attr('href')!;
  const spanish = await app.get(href);
  expectVisit(spanish, { partner: 'jira', lang: 'es' });
  expect(formFields(spanish.$, '#target-1 form').message_language).toBe('es');
  expect(formFields(spanish.$, '#target-1 form').done).toBe('email:ocd-person/x');
  const said = spanish.$('#target-1 .script').eq(1);
  expect(said.text()).toMatch(/^Hola\. Me llamo \[su nombre\]/);
  expect(said.find('.meaning').length).toBe(0);
  expect(spanish.$('main > p').first().text()).toMatch(/^Estos guiones y correos están en español\. /);
  // The question itself is still asked in the office's language.
  expect(spanish.$('#target-1 .script p[lang=en]').first().text()).toMatch(/speak Spanish/);
  expect(spanish.$('#target-1 textarea[name=text]').text()).toContain('Vivo en su distrito');
  await report(call(spanish, '#target-1'), 'contact');
  await report(call(act, '#target-2'), 'voicemail');
  expect(await totals()).toMatchObject({
    by_language: [{ language: 'es', completed_actions: 2 }],
    by_message_language: [
      { language: 'en', completed_actions: 1 },
      { language: 'es', completed_actions: 1 },
    ],
  });
  const page = await app.get(`${PATH}/totals?lang=es`);
  expect(page.text).toContain('Por idioma del mensaje');
});

test('a switch on a page that answers a form keeps what was typed, and its answer is the same in the other language', async () => {
  const typed = 'PO Box 12, <b>Jacksonville</b> "x"';
  const failed = await app.post(`${PATH}/lookup`, { address: typed, lang: 'es', partner: 'jira' });
  expect(failed.$('.languages a').length).toBe(0);
  expect(failed.$('#address').attr('value')).toBe(typed);
  const english = await switchTo(failed, 'en');
  expect([english.status, english.$('html').attr('lang')]).toEqual([422, 'en']);
  expect(english.$('#address').attr('value')).toBe(typed);
  expectVisit(english, { partner: 'jira', lang: 'en' });
});

test('the choice of districts holds nothing that was typed: it is had in another language by its own address', async () => {
  const choice = await app.post(`${PATH}/lookup`, {
    address: '1 Example Street, Jacksonville 32209',
    lang: 'es',
    partner: 'jira',
  });
  expect(choice.text).not.toMatch(/Example Street|32209/);
  expect(choice.headers.get('cache-control')).toBe('private, no-cache');
  const english = await switchTo(choice, 'en');
  expect([english.status, english.$('html').attr('lang')]).toEqual([200, 'en']);
  const optionsOf = ({ $ }: Answer) =>
    $('option')
      .toArray()
      .map((option) => $(option).attr('value'));
  expect(optionsOf(english)).toEqual(optionsOf(choice));
  expect(english.$('.lead').text()).toMatch(/address service does not answer/);
  expectVisit(english, { partner: 'jira', lang: 'en' });
  // A choice that was forgotten keeps its list, and is had by the same address.
  const forgotten = await app.post(`${PATH}/lookup`, formFields(english.$, 'form:has(select)'));
  expect([forgotten.status, optionsOf(forgotten)]).toEqual([422, optionsOf(choice)]);
  expect(optionsOf(await switchTo(forgotten, 'es'))).toEqual(optionsOf(choice));
  const strange = await app.get(
    `${PATH}/districts?nearby=x&nearby=ocd-division/y&reason=constructor&lang=es`,
  );
  expect(strange.$('option').length).toBeGreaterThan(150);
  expect(strange.$('.lead').text()).toBe(localeOf('es').districts.reason.list);
});

test('a message that was put together keeps its text and its language when the page changes its own', async () => {
  const act = await app.get(`${ACT}&lang=es`);
  const form = formFields(act.$, '#target-1 form.compose');
  const details = { name: 'Ada Example', street: '1 Example Street', city: 'Jacksonville', zip: '32209' };
  const composed = await app.post(`${PATH}/compose`, { ...form, ...details, no_reply: 'yes' });
  const textOf = (page: Answer) => page.$('#target-1 textarea[name=text]').text().trim();
  expect(textOf(composed)).toContain('Ada Example');
  expect(textOf(composed)).not.toContain('[');
  expect(textOf(composed)).toMatch(/I do not need a reply\.$/);
  const english = await switchTo(composed, 'en');
  expect(english.$('html').attr('lang')).toBe('en');
  expect(textOf(english)).toBe(textOf(composed));
  const sent = formFields(english.$, '#target-1 form.sent');
  await report(sent, 'sent');
  expect(await totals()).toMatchObject({
    by_language: [{ language: 'en', completed_actions: 1 }],
    by_message_language: [{ language: 'en', completed_actions: 1 }],
  });
});

test('the way to the script in Spanish leads back to the same card, with its call open', async () => {
  const act = await app.get(`${ACT}&lang=es`);
  const href = act.$('#target-2 a.tap').attr('href')!;
  expect(href).toMatch(/#target-2$/);
  const spanish = await app.get(href);
  expect(spanish.$('#target-1 details.step').first().attr('open')).toBeUndefined();
  expect(spanish.$('#target-2 details.step').first().attr('open')).toBeDefined();
  const back = spanish.$('#target-2 a.tap').attr('href')!;
  expect(back).toMatch(/message_language=en.*#target-2$/);
});

test('the page of a finished letter changes its language with what stands in the box now', async () => {
  const act = await app.get(`${ACT}&lang=es`);
  const form = formFields(act.$, '#target-1 form.compose');
  const composed = await app.post(`${PATH}/compose`, { ...form, name: 'Ada Example', city: 'Tampa' });
  const button = composed.$('.languages button[value=en]');
  const sent = formFields(composed.$, `#${button.attr('form')}`);
  expect(composed.$(`#${button.attr('form')}`).is('form.compose')).toBe(true);
  // The button stands before the form, and so goes first.
  const edited = { ...sent, lang: ['en', 'es'], text: 'Edited by hand, Ada Example' };
  const english = await app.post(`${PATH}/compose`, edited);
  expect(english.$('html').attr('lang')).toBe('en');
  expect(english.$('#target-1 textarea[name=text]').text().trim()).toBe('Edited by hand, Ada Example');
  expect(english.$('#target-1-name').attr('value')).toBe('Ada Example');
});

test('a letter in Spanish is finished with its own words, whatever the page is in', async () => {
  const act = await app.get(`${ACT}&lang=en&message_language=es`);
  const form = formFields(act.$, '#target-1 form.compose');
  const composed = await app.post(`${PATH}/compose`, {
    ...form,
    name: 'Ada Example',
    street: '1 Example Street',
    city: 'Jacksonville',
    zip: '32209',
    no_reply: 'yes',
  });
  const text = composed.$('#target-1 textarea[name=text]').text();
  expect(text).toContain('Vivo en su distrito, en Jacksonville.');
  expect(text).toMatch(/No necesito respuesta\.\s*$/);
  expect(text).not.toMatch(/\[/);
  const strange = await app.post(`${PATH}/compose`, { ...form, language: 'xx' });
  expect(strange.status).toBe(200);
});

test.each([
  ['es', 'es'],
  ['es-MX,es;q=0.9,en;q=0.8', 'es'],
  ['ht,es;q=0.5', 'ht'],
  ['fr,es;q=0.5', 'es'],
  ['en-US,en', 'en'],
  ['de', 'en'],
  ['', 'en'],
])('a browser that asks for %j gets %s, until a language is asked for', async (accept, language) => {
  const headers = { 'accept-language': accept };
  for (const path of ['/', PATH, ACT, `${PATH}/districts`, '/privacy', '/nowhere']) {
    const page = await app.get(path, headers);
    expect([path, page.$('html').attr('lang')]).toEqual([path, language]);
    expect(page.headers.get('vary')).toMatch(/accept-language/i);
    const chosen = await app.get(`${path}${path.includes('?') ? '&' : '?'}lang=es`, headers);
    expect(chosen.$('html').attr('lang')).toBe('es');
  }
  await report(call(await app.get(ACT, headers), '#target-1'), 'contact');
  expect((await totals()).by_language).toEqual([{ language, completed_actions: 1 }]);
});

test.each(['ES', 'es-MX', ' es '])('lang=%j, typed off a flyer, is Spanish', async (lang) => {
  const page = await app.get(`${PATH}?lang=${encodeURIComponent(lang)}&partner=JIRA`);
  expect(page.$('html').attr('lang')).toBe('es');
  expectVisit(page, { lang: 'es', partner: 'jira' });
});

test('a fault of a page is had in the other language, with its districts', async () => {
  const page = await app.get(`${PATH}/act?division=ocd-division/country:us/state:fl/sldl:999&lang=es`);
  expect(page.status).toBe(404);
  expect(page.$('.languages a').attr('href')).toBe(
    `${PATH}/act?division=ocd-division/country:us/state:fl/sldl:999&lang=en`,
  );
});

test.each(['xx', '../en', 'constructor', '<b>'])('lang=%s is as good as none', async (lang) => {
  for (const path of ['/', PATH, ACT]) {
    const page = await app.get(
      `${path}${path.includes('?') ? '&' : '?'}lang=${encodeURIComponent(lang)}&message_language=${encodeURIComponent(lang)}`,
    );
    expect([page.status, page.$('html').attr('lang')]).toEqual([200, 'en']);
    expect(page.text).not.toContain(`lang=${encodeURIComponent(lang)}`);
  }
});

test('the switch carries on what our addresses hold, and nothing that somebody put into one', async () => {
  const page = await app.get(`${ACT}&done=a&partner=jira&name=Ada+Example`);
  const href = page.$('.languages a[hreflang=es]').attr('href')!;
  expect(href).toBe(`${ACT}&done=a&partner=jira&lang=es`);
});

test('an address with two slashes never becomes a link to another host', async () => {
  const page = await app.get(`${app.url}//example.org/campaigns/visible-act`);
  for (const link of page.$('a').toArray()) expect(page.$(link).attr('href')).not.toMatch(/^\/\//);
});

describe('a campaign that lacks texts in Spanish', () => {
  let lacking: TestApp;
  let drop: () => void;
  beforeEach(async () => {
    const campaigns = changedCampaign((yaml) =>
      inTwoLanguages(yaml)
        .replace('message_languages: [en, es]', 'message_languages: [en]')
        .replace(/^ {2}es: Que.*\n/m, ''),
    );
    drop = campaigns.drop;
    const texts = join(campaigns.folder, 'visible-act/es');
    for (const name of ['page.md', 'phone.hbs']) rmSync(join(texts, name));
    lacking = await startTestApp({ campaigns_dir: campaigns.folder, now: () => OFFICES_ARE_OPEN });
  });
  afterEach(async () => {
    await lacking.close();
    drop();
  });

  test('shows those of the first language, each marked as such, on a page that is Spanish else', async () => {
    const page = await lacking.get(`${PATH}?lang=es`);
    expect(page.$('html').attr('lang')).toBe('es');
    expect(page.$('article').attr('lang')).toBe('en');
    expect([page.$('h1').text(), page.$('h1').attr('lang')]).toEqual([
      'Bring back the Florida VISIBLE Act',
      'en',
    ]);
    expect(page.$('.lead').first().attr('lang')).toBeUndefined();
    expect(page.$('.lead').first().text()).toMatch(/^En 2026/);
    const home = await lacking.get('/?lang=es');
    expect(home.$('article h2 a').attr('lang')).toBe('en');
  });

  test('promises no meaning beside a script that has none, and offers no choice of messages', async () => {
    const { $ } = await lacking.get(`${ACT}&lang=es`);
    const target = $('#target-1');
    expect($('main > p').first().text()).toBe(
      'Por lo general, las oficinas atienden en inglés, así que usted llama y escribe en inglés.',
    );
    expect($('.words').length).toBe(0);
    expect(target.find('.script').eq(1).find('p[lang=en]').length).toBeGreaterThan(2);
    expect(target.find('.script').eq(1).find('.meaning').length).toBe(0);
    // The voicemail and the letter have theirs.
    expect(target.find('.script').eq(2).find('.meaning').length).toBeGreaterThan(1);
    expect(target.find('.translation').length).toBe(1);
    const asked = await lacking.get(`${ACT}&lang=es&message_language=es`);
    expect(asked.$('#target-1 textarea[name=text]').attr('lang')).toBe('en');
  });
});
