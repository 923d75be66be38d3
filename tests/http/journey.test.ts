import { formFields } from '../support/client.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const HOUSE_14 = 'ocd-division/country:us/state:fl/sldl:14';
const SENATE_5 = 'ocd-division/country:us/state:fl/sldu:5';
const ACT = `/campaigns/visible-act/act?division=${SENATE_5}&division=${HOUSE_14}`;

async function totals() {
  return JSON.parse((await app.get('/campaigns/visible-act/totals.json')).text);
}

test('home leads to the campaign, the campaign asks where the supporter lives and says what happens to the address', async () => {
  const home = await app.get('/');
  expect(home.$('a[href="/campaigns/visible-act"]').length).toBe(1);
  const { status, $ } = await app.get('/campaigns/visible-act');
  expect(status).toBe(200);
  expect($('body').attr('data-sample')).toBe('true');
  expect($('form[action$="/lookup"] input[name=address]').attr('aria-describedby')).toContain('address-sent');
  expect($('#address-sent').text()).toMatch(/Census Bureau/);
  expect($('#location-form').length).toBe(1);
  expect($('a[href="/campaigns/visible-act/districts"]').length).toBe(1);
});

test('without a network an address with a ZIP code leads through the choice of districts to a call and an e-mail that are counted', async () => {
  const before = await totals();
  const choice = await app.post('/campaigns/visible-act/lookup', {
    address: '1 Example Street, Jacksonville, FL 32209',
  });
  expect(choice.status).toBe(200);
  const options = choice
    .$('select[name=division] option[value]')
    .toArray()
    .map((option) => choice.$(option).attr('value'));
  expect(options).toEqual(expect.arrayContaining([HOUSE_14, SENATE_5]));
  expect(choice.$('select[name=division] option[selected]').length).toBe(0);

  const found = await app.post('/campaigns/visible-act/lookup', { division: [SENATE_5, HOUSE_14] });
  expect(found.status).toBe(303);
  expect(found.headers.get('location')).toBe(ACT);

  const act = await app.get(ACT);
  expect(act.$('.count').text()).toBe('0 of 2 done');
  const [first, second] = act
    .$('.target')
    .toArray()
    .map((card) => `#${act.$(card).attr('id')}`) as [string, string];
  expect(act.$(first).attr('data-division-id')).toBe(SENATE_5);
  expect(act.$(second).attr('data-division-id')).toBe(HOUSE_14);
  expect(act.$(first).find('a[href^="tel:+1"]').length).toBeGreaterThan(0);

  const call = formFields(act.$, `${first} form:has(input[name=type][value=phone])`);
  const called = await app.post('/campaigns/visible-act/actions', { ...call, status_code: 'contact' });
  expect(called.status).toBe(303);
  const next = await app.get(called.headers.get('location')!);
  expect(next.$('.count').text()).toBe('1 of 2 done');

  const mail = formFields(next.$, `${second} form.sent`);
  const mailed = await app.post('/campaigns/visible-act/actions', { ...mail, status_code: 'sent' });
  expect(mailed.headers.get('location')).toMatch(/\/thanks\?/);
  const thanks = await app.get(mailed.headers.get('location')!);
  expect(thanks.$('.lead').text()).toMatch(/2 legislators/);

  const after = await totals();
  expect(after).toMatchObject({ schema_version: 1, campaign_slug: 'visible-act', is_sample: true });
  expect(after.completed_actions - before.completed_actions).toBe(2);
  expect(after.by_type.phone.contact - before.by_type.phone.contact).toBe(1);
  expect(after.by_type.email.sent - before.by_type.email.sent).toBe(1);
  const page = await app.get('/campaigns/visible-act/totals');
  expect(page.$('table').length).toBeGreaterThan(2);
  expect(page.text).toContain('We count actions, not people');
});

test('an outcome that completes nothing comes back to the same card', async () => {
  const act = await app.get(ACT);
  const call = formFields(act.$, '#target-2 form:has(input[name=type][value=phone])');
  const answer = await app.post('/campaigns/visible-act/actions', { ...call, status_code: 'unavailable' });
  expect(answer.headers.get('location')).toMatch(/noted=unavailable.*#target-2$/);
  const again = await app.get(answer.headers.get('location')!);
  expect(again.$('.count').text()).toBe('0 of 2 done');
  expect(again.$('#target-2 [role=status]').first().text()).toMatch(/no answer/i);
});

test('partner and language live on through every form, redirect and link, and stand on the action', async () => {
  const visit = 'partner=jira&lang=en';
  const campaign = await app.get(`/campaigns/visible-act?${visit}`);
  const lookup = formFields(campaign.$, 'form:has(#address)');
  expect(lookup).toMatchObject({ partner: 'jira', lang: 'en' });
  const failed = await app.post('/campaigns/visible-act/lookup', { ...lookup, address: '' });
  expect(failed.status).toBe(422);
  const again = formFields(failed.$, 'form:has(#address)');
  const choice = await app.post('/campaigns/visible-act/lookup', { ...again, address: '32209' });
  const chosen = formFields(choice.$, 'form:has(select)');
  const found = await app.post('/campaigns/visible-act/lookup', {
    ...chosen,
    division: [SENATE_5, HOUSE_14],
  });
  expect(found.headers.get('location')).toBe(`${ACT}&${visit}`);
  const act = await app.get(found.headers.get('location')!);
  for (const link of act.$('footer a').toArray())
    expect(act.$(link).attr('href')).toMatch(new RegExp(`\\?${visit}$`));
  const call = formFields(act.$, '#target-1 form:has(input[name=type][value=phone])');
  const called = await app.post('/campaigns/visible-act/actions', { ...call, status_code: 'voicemail' });
  expect(called.headers.get('location')).toContain(visit);
  expect((await totals()).by_partner).toContainEqual({ partner: 'jira', completed_actions: 1 });
  expect((await totals()).by_language).toContainEqual({
    language: 'en',
    completed_actions: expect.any(Number),
  });
});

test('partner and language live on through the pages of no campaign, and through what could not be read', async () => {
  const visit = 'partner=jira&lang=en';
  for (const path of ['/', '/privacy', '/nowhere', '/campaigns/nothing']) {
    const { $ } = await app.get(`${path}?${visit}`);
    const links = $('a[href^="/"]:not(.languages a):not([href*="preview="])').toArray();
    expect(links.length).toBeGreaterThan(1);
    for (const link of links) expect($(link).attr('href')).toMatch(new RegExp(`\\?${visit}$`));
  }
  const referer = `${app.url}/campaigns/visible-act?${visit}`;
  const long = { address: 'x'.repeat(70_000) };
  const tooLong = await app.post('/campaigns/visible-act/lookup', long, { referer });
  expect(tooLong.status).toBe(413);
  expect(tooLong.$(`main a[href="/campaigns/visible-act?${visit}"]`).length).toBe(1);
  const act = await app.get(`${ACT}&${visit}`);
  expect(act.$('form.compose').attr('action')).toContain(`/compose?${visit}#`);
  const foreign = await app.post('/campaigns/visible-act/lookup', long, {
    referer: `https://example.org/?${visit}`,
    'sec-fetch-site': 'cross-site',
  });
  expect(foreign.$('main a[href="/campaigns/visible-act"]').length).toBe(1);
});

test('where a campaign stands on samples the pages of the site say so too', async () => {
  for (const path of ['/', '/privacy'])
    expect((await app.get(path)).$('body').attr('data-sample')).toBe('true');
});

test('an unknown partner counts as none', async () => {
  const { $ } = await app.get(`${ACT}&partner=nobody`);
  expect($('input[name=partner]').length).toBe(0);
});

test('a vacant seat is said plainly, and the other legislator is still there', async () => {
  const { $, status } = await app.get(
    `/campaigns/visible-act/act?division=${SENATE_5}&division=ocd-division/country:us/state:fl/sldl:78`,
  );
  expect(status).toBe(200);
  expect($('[data-vacant]').text()).toMatch(/vacant/);
  expect($('.target').length).toBe(1);
});

test('a legislator without an e-mail address has a contact page and the text to copy', async () => {
  const { roster } = app.parts.rosters.get('fl')!;
  const silent = roster.legislators.find((legislator) => !legislator.email)!;
  const { $ } = await app.get(`/campaigns/visible-act/act?division=${silent.current_role.division_id}`);
  expect($('.target a[href^="mailto:"]').length).toBe(0);
  expect($('.target [data-link=contact]').attr('href')).toMatch(/^https:\/\//);
  expect($('.target textarea').text()).not.toBe('');
});

test('thanks offers what to do next, the crediting partner first, and a link that holds nothing about the supporter', async () => {
  const { $ } = await app.get(`/campaigns/visible-act/thanks?division=${SENATE_5}&done=x&partner=jira`);
  const shared = $('a[href*="wa.me"]').attr('href')!;
  expect(decodeURIComponent(shared)).not.toContain('ocd-division');
  expect($('body').text()).toMatch(/Pass it on/);
});

test.each(['lookup', 'compose', 'actions'])(
  'loading the address of the form %s leads back to the campaign',
  async (form) => {
    const answer = await app.get(`/campaigns/visible-act/${form}?partner=jira`);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/campaigns/visible-act?partner=jira');
  },
);

test('act without a district leads back to the question, an unknown one is said to be unknown', async () => {
  expect((await app.get('/campaigns/visible-act/act')).headers.get('location')).toBe(
    '/campaigns/visible-act',
  );
  const unknown = await app.get(
    '/campaigns/visible-act/act?division=ocd-division/country:us/state:fl/sldl:999',
  );
  expect(unknown.status).toBe(404);
  expect(unknown.$('main a[href="/campaigns/visible-act"]').length).toBe(1);
});
