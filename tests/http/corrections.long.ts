import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CORRECTIONS_FILE } from '../../server/legislators/corrections-file.ts';
import { importRoster } from '../../server/legislators/import-roster.ts';
import { derivedId } from '../../server/legislators/new-member.ts';
import { censusZip, squares } from '../fixtures/boundaries/made-up.ts';
import { DIVISION } from '../fixtures/corrections/made-up.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { AS_OF, everyone, madeUpId, personFiles } from '../fixtures/people/made-up.ts';
import { formFields } from '../support/client.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { until } from '../support/until.ts';

const SENATE = `${DIVISION}/sldu:`;
const HOUSE = `${DIVISION}/sldl:`;
const BOUNDARIES = folderOf({
  'sldl.zip': censusZip(squares('sldl', 25)),
  'sldu.zip': censusZip(squares('sldu', 6)),
});

const CORRECTIONS = `
- state: fl
  date: 2026-08-10
  note: Read out on the phone. This stays <b>ours</b>.
  source: https://example.org/news
  change:
    person_id: ${madeUpId('upper', 1)}
    office: capitol
    voice: 850-555-0199
- state: fl
  date: 2026-08-11
  note: Resigned.
  source: https://example.org/release?a=1&b=2
  left_office: ${madeUpId('lower', 2)}
- state: fl
  date: 2026-08-12
  note: Sworn in.
  new_member:
    chamber: lower
    district: 3
    name: Ada "<i>Sample</i>"
    party: Sample & Friends
    email: ada@example.org
    offices:
      - classification: capitol
        voice: 850-555-0144
- state: fl
  date: 2026-08-20
  note: Resigns.
  left_office: ${madeUpId('lower', 4)}
`;

/** A roster as an import makes it, true of a day. */
const importFlorida = (data_dir: string, as_of = AS_OF) =>
  importRoster({
    state: 'fl',
    people: folderOf(personFiles(everyone())),
    boundaries: ['sldl.zip', 'sldu.zip'].map((name) => join(BOUNDARIES, name)),
    as_of,
    data_dir,
    now: () => new Date(`${as_of}T17:00:00Z`),
  });

const data_dir = folderOf({});
const campaigns_dir = folderOf({});
const clock = { now: new Date('2026-08-12T17:00:00Z') };
let app: TestApp;
beforeAll(async () => {
  await importFlorida(data_dir);
  cpSync('campaigns/visible-act', join(campaigns_dir, 'visible-act'), { recursive: true });
  writeFileSync(join(campaigns_dir, CORRECTIONS_FILE), CORRECTIONS);
  app = await startTestApp({ data_dir, campaigns_dir, allow_sample: false, now: () => clock.now });
});
afterAll(() => app.close());
beforeEach(() => {
  clock.now = new Date('2026-08-12T17:00:00Z');
});

const act = (division: string, lang = 'en', on = app) =>
  on.get(`/campaigns/visible-act/act?division=${division}&lang=${lang}`);
const flat = (text: string) => text.replaceAll(/\s+/g, ' ');

test('the card shows the changed number and no other, and says that it was corrected, since when, and where that is known from', async () => {
  const { $ } = await act(`${SENATE}1`);
  expect($('.button.primary .telephone').text()).toBe('850-555-0199');
  expect($('a[href="tel:+18505550101"]').length).toBe(0);
  const details = $('details.more');
  expect(flat(details.text())).toContain(
    'Source: OpenStates people files, as of August 5, 2026.We corrected a phone number or an e-mail address here. It has been so since August 10, 2026. Where we know this from',
  );
  expect(details.find('a[href="https://example.org/news"]').length).toBe(1);
  expect($.html()).not.toMatch(/>ours<|Read out/);
  const other = await act(`${SENATE}2`);
  expect(other.$('details.more').text()).not.toContain('We corrected');
});

test('the seat of someone who has left is vacant as of that day, with its source, and in the list of districts too', async () => {
  const { $ } = await act(`${HOUSE}2`);
  expect($('.target').length).toBe(0);
  const vacant = $(`[data-vacant][data-division-id="${HOUSE}2"]`);
  expect(flat(vacant.text())).toContain('No one holds this seat as of August 11, 2026');
  expect(flat(vacant.text())).toContain('The last member left this seat on August 11, 2026.');
  expect(vacant.find('a[href^="https"]').first().attr('href')).toBe('https://example.org/release?a=1&b=2');
  const list = await app.get('/campaigns/visible-act/districts');
  expect(list.$(`option[value="${HOUSE}2"]`).text()).toBe('District 2: vacant seat');
});

test('a new member is called, written to and counted in place of the one before; what was written is shown as text', async () => {
  const { $ } = await act(`${HOUSE}3`);
  const id = derivedId(`${HOUSE}3`, 'Ada "<i>Sample</i>"', '2026-08-12');
  expect($('.target').length).toBe(1);
  expect($('.target').attr('data-legislator-id')).toBe(id);
  expect($('.target h2').text()).toBe('Representative Ada "<i>Sample</i>"');
  expect($('.target .role').text()).toMatch(/^Sample & Friends · /);
  expect($('.target i').length).toBe(0);
  expect($('.button.primary .telephone').text()).toBe('850-555-0144');
  const details = flat($('details.more').text());
  expect(details).toContain('We added this legislator: in this seat since August 12, 2026');
  expect(details).not.toContain('OpenStates');
  const call = { ...formFields($, 'form[action$="/actions"]'), status_code: 'contact' };
  const answer = await app.post('/campaigns/visible-act/actions', call);
  expect(answer.status).toBe(303);
  const totals = JSON.parse((await app.get('/campaigns/visible-act/totals.json')).text);
  expect(totals.by_legislator).toEqual([
    expect.objectContaining({ legislator_id: id, completed_actions: 1 }),
  ]);
});

test('a form that was drawn before somebody left still counts for them, and totals know the name', async () => {
  const { $ } = await act(`${HOUSE}4`);
  const call = { ...formFields($, 'form[action$="/actions"]'), status_code: 'contact' };
  clock.now = new Date('2026-08-20T17:00:00Z');
  expect((await app.post('/campaigns/visible-act/actions', call)).status).toBe(303);
  const totals = await app.get('/campaigns/visible-act/totals');
  expect(totals.text).toContain('Made-Up Representative 4');
});

test('the day comes while the app runs: before it the member is called, from it on the seat is vacant', async () => {
  clock.now = new Date('2026-08-20T03:59:00Z');
  expect((await act(`${HOUSE}4`)).$('.target').length).toBe(1);
  clock.now = new Date('2026-08-20T04:00:00Z');
  const { $ } = await act(`${HOUSE}4`);
  expect([$('.target').length, $('[data-vacant]').length]).toEqual([0, 1]);
});

test('the age on a card is that of what was corrected, where a correction says who sits there', async () => {
  clock.now = new Date('2026-08-24T17:00:00Z');
  const dated = async (division: string) => (await act(division)).$('.card > .notice').text();
  expect(await dated(`${HOUSE}1`)).toContain('true as of August 5, 2026');
  expect(await dated(`${SENATE}1`)).toContain('true as of August 5, 2026');
  expect([await dated(`${HOUSE}2`), await dated(`${HOUSE}3`)]).toEqual(['', '']);
});

test('pages in Spanish say it in Spanish', async () => {
  expect((await act(`${SENATE}1`, 'es')).text).toContain('Es así desde el 10 de agosto de 2026.');
  expect((await act(`${HOUSE}2`, 'es')).text).toContain('lo dejó el 11 de agosto de 2026.');
  expect((await act(`${HOUSE}3`, 'es')).text).toContain('ocupa este escaño desde el 12 de agosto de 2026');
});

test('after the state is imported again the corrections still stand, and nothing of them is in its files', async () => {
  await importFlorida(data_dir, '2026-08-12');
  const again = await startTestApp({ data_dir, campaigns_dir, allow_sample: false, now: () => clock.now });
  expect((await act(`${SENATE}1`, 'en', again)).$('.button.primary .telephone').text()).toBe('850-555-0199');
  expect((await act(`${HOUSE}2`, 'en', again)).$('[data-vacant]').length).toBe(1);
  expect((await act(`${HOUSE}3`, 'en', again)).$('.target h2').text()).toContain('Ada');
  await again.close();
  const bare = await startTestApp({ data_dir, allow_sample: false, now: () => clock.now });
  expect((await act(`${SENATE}1`, 'en', bare)).$('.button.primary .telephone').text()).toBe('850-555-0101');
  expect((await act(`${HOUSE}3`, 'en', bare)).$('.target h2').text()).toBe(
    'Representative Made-Up Representative 3',
  );
  await bare.close();
});

test('a mistake in one entry leaves the others in force; /ready counts it and is ready; mended, the entry holds without a restart', async () => {
  const own = folderOf({});
  cpSync('campaigns/visible-act', join(own, 'visible-act'), { recursive: true });
  const file = join(own, CORRECTIONS_FILE);
  const broken = CORRECTIONS.replace('note: Resigned.', 'note: "Resigned.');
  writeFileSync(file, broken);
  const other = await startTestApp({
    data_dir,
    campaigns_dir: own,
    allow_sample: false,
    now: () => clock.now,
  });
  expect((await act(`${SENATE}1`, 'en', other)).$('.button.primary .telephone').text()).toBe('850-555-0199');
  expect((await act(`${HOUSE}2`, 'en', other)).$('.target').length).toBe(1);
  const ready = await other.get('/ready');
  expect([ready.status, JSON.parse(ready.text)]).toEqual([
    200,
    expect.objectContaining({ correction_faults: 1 }),
  ]);
  expect(other.log.filter((line) => line.includes('"correction_fault"'))).toEqual([
    expect.stringMatching(/overrides\.yaml:12:9: This quote is never closed\./),
  ]);
  writeFileSync(file, CORRECTIONS);
  await until(() => other.parts.rosters.faults().length === 0);
  expect((await act(`${HOUSE}2`, 'en', other)).$('.target').length).toBe(0);
  await other.close();
});

test('on sample pages nothing is corrected', async () => {
  const sample = await startTestApp({ campaigns_dir, now: () => clock.now });
  const { $ } = await act(`${HOUSE}2`, 'en', sample);
  expect([$('body').attr('data-sample'), $('.target').length]).toEqual(['true', 1]);
  await sample.close();
});
