import type { MadeUpDistrict } from '../fixtures/people/made-up-roster.ts';
import { changedCampaign } from '../support/changed-campaign.ts';
import { type Answer, formFields } from '../support/client.ts';
import { startOn } from '../support/made-up-app.ts';
import { localeOf } from '../support/message-words.ts';
import { startStubOpenStates } from '../support/stub-openstates.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';
const LIST = `${PATH}/districts`;
const FLORIDA = 'ocd-division/country:us/state:fl';
const SENATE_5 = `${FLORIDA}/sldu:5`;
const HOUSE_14 = `${FLORIDA}/sldl:14`;
const FORM = 'form[action$="/lookup"]';
const BUTTONS = `${FORM} [type=radio]`;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

/** The districts that can be chosen, by buttons and lists alike. */
const choicesOf = ({ $ }: Answer) =>
  $(`${BUTTONS}[value!=""], select[name=division] option[value!=""]`)
    .toArray()
    .map((choice) => $(choice).attr('value')!.split('state:fl/')[1]);

const chosenOf = ({ $ }: Answer) =>
  $('[type=radio][checked], option[selected]')
    .toArray()
    .map((choice) => $(choice).attr('value')!.split('state:fl/')[1]);

/** Those of what a search found: lists are of chambers in which it found nothing, or too much for buttons. */
const foundOf = ({ $ }: Answer) =>
  $(`${BUTTONS}[value!=""]`)
    .toArray()
    .map((choice) => $(choice).attr('value')!.split('state:fl/')[1]);

/** What a supporter reads beside a district's button. */
const besideOf = ({ $ }: Answer, id: string) =>
  $(`label[for="${$(`[value="${FLORIDA}/${id}"]`).attr('id')}"]`)
    .text()
    .replaceAll(/\s+/g, ' ')
    .trim();

const search = (find: string, more = '', at = app) =>
  at.get(`${LIST}?find=${encodeURIComponent(find)}${more}`);

describe('a search', () => {
  /** Sends the form of the list by the button of its search, as a browser without script does. */
  async function searchOn(page: Answer, fields: Record<string, string | string[]>): Promise<Answer> {
    const pairs = Object.entries({ ...formFields(page.$, FORM), ...fields }).flatMap(([name, values]) =>
      [values].flat().map((value) => [name, value]),
    );
    return app.get(`${page.$('[role=search] button').attr('formaction')}?${new URLSearchParams(pairs)}`);
  }

  test('asks by address, is the first button of its form, and carries the visit and what was chosen and done', async () => {
    const page = await app.get(`${LIST}?partner=jira&lang=es&division=${SENATE_5}&done=phone:x`);
    const button = page.$('[role=search] button');
    expect(button.attr()).toMatchObject({ type: 'submit', formmethod: 'get', formaction: LIST });
    expect(page.$(`${FORM} button`).first().is(button)).toBe(true);
    const found = await searchOn(page, { find: 'Duval' });
    expect(formFields(found.$, FORM)).toEqual({
      partner: 'jira',
      lang: 'es',
      done: 'phone:x',
      find: 'Duval',
      division: '',
      division_upper: SENATE_5,
    });
    expect(found.$('.lead').text()).toContain('8 distritos');
  });

  test('keeps what was ticked in what the search before it found, and lets go of what was let go', async () => {
    const first = await search('HD 14');
    const second = await searchOn(first, { find: 'SD 5', division_lower: HOUSE_14 });
    expect(foundOf(second)).toEqual(['sldu:5']);
    expect(chosenOf(second)).toEqual(['sldl:14']);
    const third = await searchOn(second, { find: 'duval', division_upper: SENATE_5 });
    expect(chosenOf(third)).toEqual(['sldu:5', 'sldl:14']);
    const fourth = await searchOn(third, { find: 'duval', division_upper: '' });
    expect(chosenOf(fourth)).toEqual(['sldl:14']);
  });

  test('that finds nothing in a chamber keeps its whole list below, so that one form does for both', async () => {
    const page = await search('HD 14', `&division=${SENATE_5}`);
    expect(page.$('.lead').text()).toMatch(/^1 district fits/);
    expect(foundOf(page)).toEqual(['sldl:14']);
    const fields = page.$('form .field').toArray().slice(1);
    expect(fields.map((field) => page.$(field).find('legend, label').first().text())).toEqual([
      'Your district in the House',
      'Your district in the Senate',
    ]);
    expect(page.$(`${FORM} select option[value!=""]`).length).toBe(40);
    expect(chosenOf(page)).toEqual(['sldu:5']);
    const chosen = await app.post(`${PATH}/lookup`, {
      ...formFields(page.$, FORM),
      division_lower: HOUSE_14,
    });
    expect(chosen.headers.get('location')).toBe(`${PATH}/act?division=${SENATE_5}&division=${HOUSE_14}`);
  });

  test.each([
    ['duval', '8 districts'],
    ['HD 14', '1 district'],
    ['zanzibar', 'No district found'],
    ['', undefined],
  ])('for %j says in the title of the page: %s', async (find, says) => {
    const title = (await search(find)).$('title').text();
    expect(title.split(' – ').slice(0, -1)).toEqual([says, 'Choose your districts'].filter(Boolean));
  });

  test('for a county narrows both chambers to buttons that name members and counties, none of them pressed', async () => {
    const page = await search('duval county');
    expect(page.status).toBe(200);
    expect(choicesOf(page)).toEqual([
      ...['sldu:4', 'sldu:5'],
      ...['sldl:12', 'sldl:13', 'sldl:14', 'sldl:15', 'sldl:16', 'sldl:17'],
    ]);
    expect(chosenOf(page)).toEqual([]);
    expect(page.$('.lead').text()).toBe('8 districts fit “duval county”. Pick the ones you live in.');
    expect(besideOf(page, 'sldl:14')).toBe('District 14: Sample-Maria Longestname County: Duval');
    expect(besideOf(page, 'sldl:15')).toMatch(/Counties: Nassau, Duval$/);
    expect(
      page
        .$('legend')
        .toArray()
        .map((legend) => page.$(legend).text()),
    ).toEqual(['Your district in the Senate', 'Your district in the House']);
    expect(page.$(`main a[href="${LIST}"]`).text()).toMatch(/whole list/);
  });

  test('that finds more than a thumb scrolls folds a chamber into a list', async () => {
    const page = await search('Miami-Dade');
    expect(page.$('select').length).toBe(1);
    expect(page.$('select option[value!=""]').length).toBe(16);
    expect(page.$('select').text()).toContain('(Counties: Broward, Miami-Dade)');
    expect(page.$(`${BUTTONS}[value!=""]`).length).toBe(6);
  });

  test.each([
    ['longestname', ['sldl:14']],
    ['HD 5', ['sldl:5']],
    ['78', ['sldl:78']],
    ['5', ['sldu:5', 'sldl:5']],
  ])('for %s finds %j', async (find, districts) => {
    expect(foundOf(await search(find))).toEqual(districts);
  });

  test('of one district asks whether it is theirs, and says that its seat is vacant', async () => {
    const page = await search('78');
    expect(page.$('.lead').text()).toBe('1 district fits “78”. Is it the one you live in?');
    expect(besideOf(page, 'sldl:78')).toBe('District 78: vacant seat County: Lee');
    expect(page.$(`${BUTTONS}[value=""]`).length).toBe(1);
    // With nothing else to choose there is nothing to leave out.
    const campaigns = changedCampaign((yaml) =>
      yaml.replace('chambers: [upper, lower]', 'chambers: [lower]'),
    );
    const house = await startTestApp({ campaigns_dir: campaigns.folder });
    expect((await search('78', '', house)).$(`${FORM} [type=radio], select`).length).toBe(1);
    await house.close();
    campaigns.drop();
  });

  test.each(['en', 'es'])(
    'that finds nothing says so, what helps, and shows the whole list, in %s',
    async (lang) => {
      const { districts } = localeOf(lang);
      const page = await search('<b>Zanzibar', `&lang=${lang}`);
      expect(page.status).toBe(200);
      expect(page.$('.lead').text()).toBe(districts.none_found.replace('{{find}}', '<b>Zanzibar'));
      const county = districts.county.county;
      expect(page.$('main').text()).toContain(districts.none_found_help.replace('{{county}}', county));
      expect(page.$(`main a[href^="${PATH}?"]`).first().text()).toBe(districts.none_found_city);
      expect(page.$('main b').length).toBe(0);
      expect(page.$('#find').attr('value')).toBe('<b>Zanzibar');
      expect(choicesOf(page).length).toBe(160);
    },
  );

  test.each(['32209', ' 32209-1234 '])('for a ZIP code, %j, leads to where it can be typed', async (find) => {
    const page = await search(find);
    const { districts } = localeOf('en');
    expect(page.$(`main a[href="${PATH}"]`).first().text()).toBe(districts.none_found_zip);
    expect(page.$('main').text()).not.toContain('Check the spelling');
    expect(choicesOf(page).length).toBe(160);
  });

  test('for nothing is the whole list', async () => {
    const page = await search('  ');
    expect(choicesOf(page).length).toBe(160);
    expect(page.$('.lead').text()).toBe(localeOf('en').districts.reason.list);
  });

  test('for a very long text is cut, and harms nothing', async () => {
    const page = await search(`${'x'.repeat(99)}😀${'y'.repeat(5_000)}`);
    expect(page.status).toBe(200);
    expect(page.$('#find').attr('value')).toMatch(/^x{99}.$/u);
  });

  test('is had in another language by the same address', async () => {
    const page = await search('duval', `&division=${SENATE_5}&done=phone:x`);
    const href = page.$('.languages a[hreflang=es]').attr('href')!;
    const spanish = await app.get(href);
    expect(spanish.$('.lead').text()).toContain('8 distritos coinciden con «duval»');
    expect(choicesOf(spanish)).toEqual(choicesOf(page));
    expect(formFields(spanish.$, FORM)).toMatchObject({ find: 'duval', done: 'phone:x' });
  });

  test('leaves nothing of what was sought in the log, also where the page breaks on it', async () => {
    const own = await startTestApp();
    await search('Zebrafinch Lane', '', own);
    const roster = own.parts.rosters.get('fl')!.roster;
    roster.representation = () => {
      throw new Error('no one sits at Zebrafinch Lane');
    };
    const broken = await search('Zebrafinch Lane', '', own);
    expect(broken.status).toBe(500);
    expect(broken.text).not.toMatch(/zebrafinch/i);
    const log = own.log.join('\n');
    expect(log).toContain('no one sits at');
    expect(log).not.toMatch(/zebrafinch/i);
    await own.close();
  });
});

describe('a choice among what was found', () => {
  const choose = async (found: Answer, fields: Record<string, string>) =>
    app.post(`${PATH}/lookup`, { ...formFields(found.$, 'form[action$="/lookup"]'), ...fields });

  test('leads to the legislators of both chambers, with the visit', async () => {
    const page = await search('duval', '&partner=jira&lang=es');
    const found = await choose(page, { division_upper: SENATE_5, division_lower: HOUSE_14 });
    expect([found.status, found.headers.get('location')]).toEqual([
      303,
      `${PATH}/act?division=${SENATE_5}&division=${HOUSE_14}&partner=jira&lang=es`,
    ]);
  });

  test('of one chamber is enough, the other left out or not touched', async () => {
    const page = await search('duval');
    for (const fields of [{ division_lower: HOUSE_14 }, { division_upper: '', division_lower: HOUSE_14 }]) {
      const found = await choose(page, fields as Record<string, string>);
      expect(found.headers.get('location')).toBe(`${PATH}/act?division=${HOUSE_14}`);
    }
  });

  test('that was forgotten says so above what was found, and leads to the first button', async () => {
    const page = await search('duval');
    const forgotten = await choose(page, {});
    expect(forgotten.status).toBe(422);
    expect(forgotten.$('.error-summary a').attr('href')).toBe('#division-0');
    expect(forgotten.$('#division-0').attr('type')).toBe('radio');
    expect(forgotten.$('fieldset[aria-describedby=division-error]').length).toBe(1);
    expect(forgotten.$('#division-error').text()).toBe(localeOf('en').lookup.errors.empty_divisions);
    expect(choicesOf(forgotten)).toEqual(choicesOf(page));
    expect(forgotten.$('#find').attr('value')).toBe('duval');
  });
});

describe('a district that is not theirs', () => {
  const ACT = `${PATH}/act?division=${SENATE_5}&division=${HOUSE_14}&partner=jira&lang=en`;

  test('leads from its card to the list, the other district and what is done kept', async () => {
    const act = await app.get(`${ACT}&done=phone:ocd-person/x`);
    const links = act.$('.target .not-mine a');
    expect(links.length).toBe(2);
    expect(links.first().text()).toBe('This is not my district');
    expect(act.$(`#${links.first().attr('aria-describedby')}`).text()).toMatch(/^Senator/);
    const list = await app.get(links.last().attr('href')!);
    expect(list.$('.lead').text()).toBe(localeOf('en').districts.reason.kept);
    expect(choicesOf(list).length).toBe(160);
    expect(chosenOf(list)).toEqual(['sldu:5']);
    const fields = formFields(list.$, 'form[action$="/lookup"]');
    const right = await app.post(`${PATH}/lookup`, { ...fields, division: [SENATE_5, `${FLORIDA}/sldl:13`] });
    expect(right.headers.get('location')).toBe(
      `${PATH}/act?division=${SENATE_5}&division=${FLORIDA}/sldl:13&done=phone:ocd-person/x&partner=jira&lang=en`,
    );
  });

  test('is sought in the list with the other one still chosen, though it is not among what is found', async () => {
    const found = await search('clay', `&division=${SENATE_5}`);
    expect(choicesOf(found)).toEqual(['sldu:5', 'sldu:6', 'sldl:11', 'sldl:20']);
    expect(chosenOf(found)).toEqual(['sldu:5']);
    expect(found.$('.lead').text()).toMatch(/^3 districts/);
    const fields = formFields(found.$, 'form[action$="/lookup"]');
    const right = await app.post(`${PATH}/lookup`, { ...fields, division_lower: `${FLORIDA}/sldl:11` });
    expect(right.headers.get('location')).toBe(
      `${PATH}/act?division=${SENATE_5}&division=${FLORIDA}/sldl:11`,
    );
    expect(found.$('main a:contains(whole list)').attr('href')).toBe(`${LIST}?division=${SENATE_5}`);
  });

  test('with a vacant seat leads there too, and a district that is none is never chosen', async () => {
    const act = await app.get(`${PATH}/act?division=${SENATE_5}&division=${FLORIDA}/sldl:78`);
    expect(act.$('[data-vacant] .not-mine a').attr('href')).toBe(`${LIST}?division=${SENATE_5}`);
    const list = await app.get(`${LIST}?division=${FLORIDA}/sldl:999&division=<b>`);
    expect([list.status, chosenOf(list)]).toEqual([200, []]);
  });
});

const ODD: MadeUpDistrict[] = [
  { chamber: 'upper', district: '5', members: ['Ada Example', 'Ben Sample', 'Cy Madeup'] },
  { chamber: 'upper', district: '6', seats: 3 },
  { chamber: 'lower', district: '14', members: ['Di Example'], seats: 2 },
  { chamber: 'lower', district: '15', members: ['Ed Example'], seats: 3 },
  { chamber: 'lower', district: 'Chittenden 1', members: ['Flo Example'] },
];

test('every member of a district is named, and its vacant seats are counted', async () => {
  const odd = await startOn(ODD);
  const page = await odd.get(LIST);
  expect(
    page
      .$('option[value!=""]')
      .toArray()
      .map((option) => page.$(option).text()),
  ).toEqual([
    'District 5: Ada Example, Ben Sample, Cy Madeup',
    'District 6: 3 vacant seats',
    'District 14: Di Example, vacant seat',
    'District 15: Ed Example, 2 vacant seats',
    'Chittenden 1: Flo Example',
  ]);
  const found = await search('ben', '', odd);
  expect(besideOf(found, 'sldu:5')).toBe('District 5: Ada Example, Ben Sample, Cy Madeup');
  expect(foundOf(await search('chittenden', '', odd))).toEqual(['sldl:chittenden_1']);
  await odd.close();
});

test('seats that are one place are found, chosen and corrected as one', async () => {
  const shared = await startOn([
    { chamber: 'upper', district: '1', members: ['Ada Example'] },
    { chamber: 'lower', district: '1A', members: ['Ben Sample'], geoid: '12001' },
    { chamber: 'lower', district: '1B', members: ['Cy Madeup'], geoid: '12001' },
    { chamber: 'lower', district: '2A', members: ['Di Madeup'], geoid: '12002' },
  ]);
  const found = await search('HD 1', '', shared);
  expect(found.$('.lead').text()).toMatch(/^1 district fits/);
  expect(besideOf(found, 'sldl:1a')).toBe('District 1A, 1B: Ben Sample, Cy Madeup');
  const chosen = await shared.post(`${PATH}/lookup`, {
    ...formFields(found.$, 'form[action$="/lookup"]'),
    division: `${FLORIDA}/sldu:1`,
    division_lower: `${FLORIDA}/sldl:1a`,
  });
  const act = await shared.get(chosen.headers.get('location')!);
  expect(act.$('.target').length).toBe(3);
  // Either card leads to a list that holds neither seat for right.
  for (const index of [1, 2]) {
    expect(act.$('.not-mine a').eq(index).attr('href')).toBe(`${LIST}?division=${FLORIDA}/sldu:1`);
  }
  const kept = await shared.get(act.$('.not-mine a').first().attr('href')!);
  expect(chosenOf(kept)).toEqual(['sldl:1a']);
  await shared.close();
});

test('who is elected by the whole state comes along, and never stands in the place of a district', async () => {
  const page = await startOn([
    { chamber: 'upper', district: '5', members: ['Ada Example'] },
    { chamber: 'upper', district: 'At-Large', members: ['Ben Sample'] },
    { chamber: 'lower', district: '14', members: ['Cy Madeup'] },
  ]);
  const list = await page.get(`${LIST}?division=${SENATE_5}&division=${FLORIDA}/sldu:at-large`);
  expect(chosenOf(list)).toEqual(['sldu:5']);
  const fields = formFields(list.$, 'form[action$="/lookup"]');
  const right = await page.post(`${PATH}/lookup`, { ...fields, division: [SENATE_5, HOUSE_14] });
  expect(right.headers.get('location')).toBe(
    `${PATH}/act?division=${SENATE_5}&division=${FLORIDA}/sldu:at-large&division=${HOUSE_14}`,
  );
  await page.close();
});

describe('the list works', () => {
  /** Shows the list, searches it, and chooses from what was found; all without the parts that are away. */
  async function expectList(at: TestApp, find: string): Promise<void> {
    const list = await at.get(LIST);
    expect(list.status).toBe(200);
    expect(list.$('option[value!=""]').length).toBeGreaterThan(3);
    const found = await search(find, '', at);
    expect([found.status, foundOf(found).length]).toEqual([200, 1]);
    const division_lower = found.$(`${BUTTONS}`).attr('value')!;
    const chosen = await at.post(`${PATH}/lookup`, {
      ...formFields(found.$, 'form[action$="/lookup"]'),
      division_lower,
    });
    expect(chosen.status).toBe(303);
    const act = await at.get(chosen.headers.get('location')!);
    expect([act.status, act.$('.target').attr('data-division-id')]).toEqual([200, division_lower]);
  }

  test('while the geocoder is down, to which a failed lookup leads', async () => {
    const failed = await app.post(`${PATH}/lookup`, { address: '1 Example Street, Jacksonville, FL 32209' });
    expect(failed.$('.lead').text()).toMatch(/does not answer/);
    expect(failed.$(`main a[href^="${LIST}"]`).length).toBe(1);
    await expectList(app, 'longestname');
  });

  test('where nobody knows where districts or counties lie: a search by county is then not offered', async () => {
    const bare = await startOn(ODD);
    await expectList(bare, 'hd 14');
    const { districts } = localeOf('en');
    expect((await bare.get(LIST)).$('label[for=find]').text()).toBe(districts.find_label_without_counties);
    expect((await app.get(LIST)).$('label[for=find]').text()).toBe(
      districts.find_label.replace('{{county}}', 'county'),
    );
    expect((await search('Duval', '', bare)).$('.lead').text()).toMatch(/^No district fits/);
    await bare.close();
  });

  test('while OpenStates is down', async () => {
    const stub = await startStubOpenStates();
    stub.behave('html with 502');
    const bare = await startOn(ODD, { openstates: { url: stub.url } });
    const failed = await bare.post(`${PATH}/lookup`, { latitude: '30.3255', longitude: '-81.6565' });
    expect(failed.$('.lead').text()).toBe(localeOf('en').districts.reason.districts_unavailable);
    await expectList(bare, 'hd 14');
    await bare.close();
    await stub.close();
  });
});
