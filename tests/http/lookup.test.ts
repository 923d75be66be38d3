import { changedCampaign } from '../support/changed-campaign.ts';
import type { Answer, Fields } from '../support/client.ts';
import { formFields } from '../support/client.ts';
import {
  HAS_REAL_REPLIES,
  replyWith,
  type StubGeocoder,
  startStubGeocoder,
} from '../support/stub-geocoder.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';
const HOUSE_14 = 'ocd-division/country:us/state:fl/sldl:14';
const SENATE_5 = 'ocd-division/country:us/state:fl/sldu:5';
const ACT = `${PATH}/act?division=${SENATE_5}&division=${HOUSE_14}`;

/** Words that stand nowhere but in what is typed here. */
const ADDRESS = '4711 Zebrafinch Lane, Jacksonville, FL 32209';
const TYPED = /zebrafinch|4711|32209/i;

const INSIDE = { latitude: 30.3255, longitude: -81.6565 };
/** On the line between House 14 and House 13, in Senate 5. */
const ON_A_LINE = { latitude: 30.336882, longitude: -81.668781 };

let stub: StubGeocoder;
let app: TestApp;
let ms = Date.parse('2026-11-24T12:00:00Z');
beforeAll(async () => {
  stub = await startStubGeocoder();
  app = await startTestApp({
    geocoder_url: stub.url,
    now: () => new Date(ms),
    settings: { lookups_per_minute: 10_000 },
  });
});
afterAll(async () => {
  await app.close();
  await stub.close();
});
beforeEach(async () => {
  // Past any rest, and an answer that ends the count of outages.
  ms += 60_000;
  stub.behave('match');
  await app.post(`${PATH}/lookup`, { address: ADDRESS });
  stub.requests.length = 0;
  stub.received.length = 0;
});
// Whatever happened, nothing that was typed is in the log.
afterEach(() => expect(app.log.join('\n')).not.toMatch(TYPED));

/** Posts the form, and checks what holds of every answer: what was typed is in no address, and on no page that is kept. */
async function lookUp(fields: Fields, headers: Record<string, string> = {}): Promise<Answer> {
  const answer = await app.post(`${PATH}/lookup`, fields, headers);
  expect(answer.headers.get('location') ?? '').not.toMatch(TYPED);
  if (answer.headers.get('cache-control') !== 'no-store') expect(answer.text).not.toMatch(TYPED);
  for (const element of answer.$('[href], [action], [src]').toArray()) {
    const { href, action, src } = element.attribs;
    expect(`${href} ${action} ${src}`).not.toMatch(TYPED);
  }
  return answer;
}

const typed = (address: string) => lookUp({ address });

/** A page that a person can go on from: words they know, the districts to choose from, and the whole list. */
function expectWayOn({ $, status }: Answer, says: RegExp): void {
  expect(status).toBeLessThan(500);
  const message = (status === 422 ? $('.error-summary') : $('.lead')).text();
  expect(message).toMatch(says);
  expect(message).not.toMatch(/HTTP|JSON|[45]\d\d|time-?out|geocod|server|invalid|undefined|null|!/i);
  const choices = $('select[name=division]').toArray();
  expect(choices.length).toBe(2);
  for (const choice of choices) {
    const options = $(choice).find('option[value!=""]');
    expect(options.length).toBeGreaterThan(0);
    // Nothing is chosen for anyone where there is something to choose.
    if (options.length > 1) expect($(choice).find('option[selected]').length).toBe(0);
  }
  const whole_list = $('select option').length > 150 || $(`main a[href^="${PATH}/districts"]`).length > 0;
  expect(whole_list).toBe(true);
}

/** The last line of the log that tells of an outage. */
const lastOutage = () => app.log.findLast((line) => line.includes('geocoder_unavailable'));

const divisionsIn = ({ $ }: Answer) =>
  $('select[name=division] option[value!=""]')
    .toArray()
    .map((option) => $(option).attr('value')!.split('state:fl/')[1]);

describe('a match', () => {
  test.each(['match', 'an older year', 'failed layers', 'the same place twice'])(
    '%s leads to act, which shows both legislators',
    async (name) => {
      stub.behave(name);
      const found = await typed(ADDRESS);
      expect([found.status, found.headers.get('location')]).toEqual([303, ACT]);
      const act = await app.get(ACT);
      expect(act.status).toBe(200);
      expect(
        act
          .$('.target')
          .map((_, card) => act.$(card).attr('data-division-id'))
          .get(),
      ).toEqual([SENATE_5, HOUSE_14]);
    },
  );

  test.each([
    ['several matches', /more than one place/i, ['sldu:5', 'sldu:16', 'sldl:14', 'sldl:65']],
    ['another map', /two maps/i, ['sldu:5', 'sldl:13', 'sldl:14']],
  ])('%s is a choice, never a guess', async (name, says, divisions) => {
    stub.behave(name);
    const choice = await typed(ADDRESS);
    expect(choice.status).toBe(200);
    expectWayOn(choice, says);
    expect(divisionsIn(choice)).toEqual(divisions);
  });

  test('where only one chamber is in doubt the other is already filled in', async () => {
    stub.behave('another map');
    const choice = await typed(ADDRESS);
    expect(choice.$('select').first().find('option[selected]').attr('value')).toBe(SENATE_5);
    const fields = formFields(choice.$, 'form:has(select)');
    const found = await lookUp({ ...fields, division: [SENATE_5, HOUSE_14] });
    expect(found.headers.get('location')).toBe(ACT);
  });

  test('beside one in another state is a choice: either may have been meant', async () => {
    stub.behave('here and in another state');
    const page = await typed(ADDRESS);
    expect(page.status).toBe(200);
    expectWayOn(page, /More than one place fits this address/);
    expect(page.$('option[selected]').length).toBe(0);
  });

  test('in another state says which, and offers the districts to whoever lives here all the same', async () => {
    stub.behave('another state');
    const page = await typed(ADDRESS);
    expect(page.status).toBe(422);
    expectWayOn(page, /What you typed is in Delaware.*people who live in Florida/);
  });
});

describe('an outage', () => {
  test.each([
    ['html', 3],
    ['html with 502', 3],
    ['html with 400', 3],
    ['unavailable', 3],
    ['too many', 3],
    ['cut short', 3],
    ['empty', 3],
    ['redirect', 3],
    ['reset', 3],
    ['reset in the middle', 3],
    ['another shape', 1],
    ['not a list', 1],
    ['no coordinates', 1],
    ['null', 1],
    ['forbidden', 1],
  ])(
    '%s: the page says so and offers the districts near the ZIP code, after %d tries',
    async (name, tries) => {
      stub.behave(name);
      const choice = await typed(ADDRESS);
      expect(choice.status).toBe(200);
      expectWayOn(choice, /does not answer right now.*go on/i);
      expect(divisionsIn(choice)).toEqual(expect.arrayContaining(['sldu:5', 'sldl:14']));
      expect(choice.$('option').length).toBeLessThan(40);
      expect(stub.requests.length).toBe(tries);
    },
  );

  test.each(['huge', 'huge when unpacked'])('%s: the flood is not read to its end', async (name) => {
    stub.behave(name);
    expectWayOn(await typed(ADDRESS), /does not answer right now/i);
    expect(lastOutage()).toContain('too_large');
    expect(stub.requests.length).toBe(1);
  });

  test.each(['silence', 'stall'])('%s: the visitor is not kept waiting for a third try', async (name) => {
    stub.behave(name);
    expectWayOn(await typed(ADDRESS), /does not answer right now/i);
    expect(stub.requests.length).toBeGreaterThan(0);
    expect(stub.requests.length).toBeLessThanOrEqual(2);
  });

  test('without a ZIP code the whole list is offered', async () => {
    stub.behave('unavailable');
    const choice = await typed('4711 Zebrafinch Lane, Jacksonville');
    expectWayOn(choice, /does not answer right now/i);
    expect(divisionsIn(choice).length).toBe(160);
  });

  test('one that passes is not noticed', async () => {
    stub.behave('unavailable', 'reset', 'match');
    expect((await typed(ADDRESS)).headers.get('location')).toBe(ACT);
  });

  test('a visitor waits for twice the time of one try at most, however slow each answer is', async () => {
    stub.behave('late 502');
    expect((await typed(ADDRESS)).status).toBe(200);
    // Three answers would have told of the 502; the time was up before the third.
    expect(lastOutage()).toContain('ETIMEDOUT');
  });

  test('after three in a row the next visitors are answered without asking, and after a rest it is asked again', async () => {
    stub.behave('another shape');
    for (let index = 0; index < 3; index += 1) await typed(ADDRESS);
    expect(stub.requests.length).toBe(3);
    for (let index = 0; index < 5; index += 1) {
      expectWayOn(await typed(ADDRESS), /does not answer right now/i);
    }
    expect(stub.requests.length).toBe(3);
    stub.behave('match');
    ms += 29_000;
    expect((await typed(ADDRESS)).status).toBe(200);
    ms += 1_001;
    expect((await typed(ADDRESS)).headers.get('location')).toBe(ACT);
    expect((await typed(ADDRESS)).headers.get('location')).toBe(ACT);
    expect(stub.requests.length).toBe(5);
  });

  test('what was typed wrong is no outage', async () => {
    stub.behave('refused');
    for (let index = 0; index < 4; index += 1) await typed(ADDRESS);
    stub.behave('match');
    expect((await typed(ADDRESS)).status).toBe(303);
  });
});

describe('what was typed', () => {
  test.each([
    ['no match', ADDRESS, /did not find this address/],
    ['refused', ADDRESS, /could not read this address/],
    ['match', 'PO Box 4711, Zebrafinch, FL 32209', /PO box can't tell us your district/],
    ['match', 'Zebrafinch Lane', /house number and a street/],
    ['match', `4711 ${'Zebrafinch '.repeat(10)}32209`, /too long/],
    ['match', '00000', /do not know this ZIP code/],
    ['match', '3230', /We do not know this ZIP code\. Check its five digits/],
    ['match', '30303', /What you typed is in Georgia/],
    ['match', '34002', /outside Florida/],
  ])(
    '%s, %j: 422 with the reason, the next way, and the words in the box again',
    async (name, address, says) => {
      stub.behave(name);
      const page = await typed(address);
      expect(page.status).toBe(422);
      expect(page.$('#address').val()).toBe(address);
      expect(page.$('#address').attr('aria-invalid')).toBe('true');
      expect(page.$('.error-summary a[href="#address"]').length).toBe(1);
      expect(page.$('title').text()).toMatch(/^Error: /);
      expectWayOn(page, says);
      expect(stub.requests.length).toBe(name === 'match' ? 0 : 1);
    },
  );

  test('near the ZIP code of an address without a match only its districts are offered', async () => {
    stub.behave('no match');
    const page = await typed(ADDRESS);
    expect(divisionsIn(page)).toEqual(expect.arrayContaining(['sldu:5', 'sldl:14']));
    expect(page.$('option').length).toBeLessThan(40);
  });

  test('nothing at all: 422, and the list stays one step away', async () => {
    for (const fields of [{ address: ' \t' }, { address: '' }, {}] as Fields[]) {
      const page = await lookUp(fields);
      expect(page.status).toBe(422);
      expect(page.$('.error-summary').text()).toContain('Type your street address and ZIP code.');
      expect(page.$(`main a[href="${PATH}/districts"]`).length).toBe(1);
    }
  });

  test('a ZIP code alone is a choice, and none is chosen even where there is one', async () => {
    const choice = await typed('32209');
    expect(choice.status).toBe(200);
    expectWayOn(choice, /ZIP code can lie in more than one district/);
    expect(choice.$('option[selected]').length).toBe(0);
    expect(divisionsIn(choice)).toEqual(expect.arrayContaining(['sldu:5', 'sldl:14']));
  });

  test('markup is shown as it was typed, and a text without end is cut', async () => {
    stub.behave('no match');
    const markup = `4711 "><script>alert(1)</script>`;
    const page = await typed(markup);
    expect(page.$('#address').val()).toBe(markup);
    expect(page.$('script:not([src])').length).toBe(0);
    const long = await typed('4711 Zebrafinch '.repeat(2000));
    expect(long.status).toBe(422);
    expect(String(long.$('#address').val()).length).toBe(300);
    expect((await typed(`${'x'.repeat(299)}😀`)).text).not.toContain('\ufffd');
  });
});

describe('a point', () => {
  const point = (latitude: string | number, longitude: string | number) =>
    lookUp({ latitude: String(latitude), longitude: String(longitude) });

  test('inside its districts leads to act', async () => {
    const found = await point(INSIDE.latitude, INSIDE.longitude);
    expect([found.status, found.headers.get('location')]).toEqual([303, ACT]);
  });

  test.each([
    ['on a district line', ON_A_LINE, /district line runs close/, ['sldu:5', 'sldl:13', 'sldl:14']],
    [
      'off the coast',
      { latitude: 30.285, longitude: -81.382 },
      /edge of our map of Florida/,
      ['sldu:4', 'sldl:16'],
    ],
    [
      'across the state line',
      { latitude: 30.75, longitude: -81.65 },
      /edge of our map/,
      ['sldu:4', 'sldl:15'],
    ],
  ])('%s is a choice', async (_where, { latitude, longitude }, says, divisions) => {
    const choice = await point(latitude, longitude);
    expect(choice.status).toBe(200);
    expectWayOn(choice, says);
    expect(divisionsIn(choice)).toEqual(divisions);
  });

  test.each([
    ['33.749', '-84.388', /outside Florida/],
    ['0', '0', /outside Florida/],
    ['abc', '-81.6', /could not read this location/],
    ['91', '-81.6', /could not read this location/],
    ['30.3', '', /could not read this location/],
    ['', '-81.6', /could not read this location/],
    ['1e999', '-81.6', /could not read this location/],
    ['30,3255', '-81,6565', /could not read this location/],
    ['0x1e', '-81.6', /could not read this location/],
    ['NaN', 'Infinity', /could not read this location/],
    [' ', ' ', /could not read this location/],
  ])('%j, %j: 422 and the whole list', async (latitude, longitude, says) => {
    const page = await point(latitude, longitude);
    expect(page.status).toBe(422);
    expectWayOn(page, says);
    expect(page.$('#address').val()).toBe('');
  });
});

describe('districts picked by hand', () => {
  const pick = (division: string[], more: Fields = {}) => lookUp({ ...more, division });
  const sldl = (district: number) => `ocd-division/country:us/state:fl/sldl:${district}`;

  test('both, one alone, or one twice lead to act', async () => {
    expect((await pick([HOUSE_14, SENATE_5])).headers.get('location')).toBe(ACT);
    expect((await pick(['', HOUSE_14])).headers.get('location')).toBe(`${PATH}/act?division=${HOUSE_14}`);
    expect((await pick([HOUSE_14, HOUSE_14])).headers.get('location')).toBe(
      `${PATH}/act?division=${HOUSE_14}`,
    );
  });

  test.each([
    ['none', ['', ''], /Pick at least one district/],
    ['an unknown one', [SENATE_5, sldl(999)], /do not know one of these districts/],
    [
      'one of another state',
      ['ocd-division/country:us/state:ga/sldu:5'],
      /do not know one of these districts/,
    ],
    ['what is no id', ['<b>', 'constructor', ACT], /do not know one of these districts/],
    ['fifty of them', Array.from({ length: 50 }, (_, index) => sldl(index + 1)), /Pick one from each list/],
  ])('%s: 422, the reason beside the list, and the whole list again', async (_what, division, says) => {
    const page = await pick(division);
    expect(page.status).toBe(422);
    expectWayOn(page, says);
    expect(divisionsIn(page).length).toBe(160);
    expect(page.$('.error-summary a[href="#division-0"]').length).toBe(1);
    expect(page.$('#division-0').attr('aria-describedby')).toBe('division-error');
    expect(page.$('#division-error').text()).toMatch(says);
  });

  test('none of those near a ZIP code: the same short list again', async () => {
    const choice = await typed('32209');
    const page = await lookUp({ ...formFields(choice.$, 'form:has(select)'), division: ['', ''] });
    expect(page.status).toBe(422);
    expect(divisionsIn(page)).toEqual(divisionsIn(choice));
    const forged = await lookUp({ division: '', nearby: ['<b>', 'ocd-division/country:us/state:ga/sldu:5'] });
    expect(divisionsIn(forged).length).toBe(160);
  });

  test('the whole list stands in the order of the districts, with who sits there', async () => {
    const page = await app.get(`${PATH}/districts`);
    const numbers = divisionsIn(page).map((id) => Number(id!.split(':')[1]));
    expect(numbers).toEqual(
      [40, 120].flatMap((most) => Array.from({ length: most }, (_, index) => index + 1)),
    );
    expect(page.$('option').text()).toContain('District 78: vacant seat');
    expect(page.$('main a[rel=noopener]').length).toBe(2);
  });
});

describe('what leaves this server', () => {
  test('is the address and what to answer with, and nothing of the visitor', async () => {
    await lookUp(
      { address: ` 4711  Zebrafinch Lane\n#4B, 32209 `, partner: 'jira', lang: 'en' },
      {
        cookie: 'a=b',
        referer: `${app.url}${PATH}?partner=jira`,
        'x-forwarded-for': '192.0.2.1',
        'user-agent': 'A telling browser',
        'accept-language': 'ht',
      },
    );
    expect(stub.requests.map((query) => [...query])).toEqual([
      [
        ['address', '4711 Zebrafinch Lane #4B, 32209'],
        ['benchmark', 'Public_AR_Current'],
        ['vintage', 'Current_Current'],
        ['layers', 'all'],
        ['format', 'json'],
      ],
    ]);
    const [{ method, path, headers, body }] = stub.received as [StubGeocoder['received'][0]];
    expect([method, path, body]).toEqual(['GET', '/geocoder/geographies/onelineaddress', '']);
    expect(headers).toEqual({
      host: new URL(stub.url).host,
      accept: 'application/json',
      'accept-encoding': expect.any(String),
      'user-agent': 'Statehouse',
      connection: expect.any(String),
    });
  });

  test('is nothing before the form is sent, for a ZIP code, for a point and for a pick from the list', async () => {
    await app.get(`${PATH}?partner=jira`);
    await app.get(`${PATH}/districts`);
    await app.get(ACT);
    await typed('32209');
    await typed('Zebrafinch, FL 32209-1234');
    await lookUp({ latitude: String(INSIDE.latitude), longitude: String(INSIDE.longitude) });
    await lookUp({
      address: ADDRESS,
      latitude: String(INSIDE.latitude),
      longitude: String(INSIDE.longitude),
    });
    await lookUp({ division: [HOUSE_14, SENATE_5] });
    await lookUp({ address: ADDRESS, division: [''] });
    expect(stub.requests).toEqual([]);
  });
});

describe('partner and language stay', () => {
  const VISIT = { partner: 'jira', lang: 'en' };

  test('through a redirect to act', async () => {
    for (const fields of [{ address: ADDRESS }, { division: [SENATE_5, HOUSE_14] }] as Fields[]) {
      expect((await lookUp({ ...fields, ...VISIT })).headers.get('location')).toBe(
        `${ACT}&partner=jira&lang=en`,
      );
    }
  });

  test.each([
    ['a choice after an outage', 'unavailable', { address: ADDRESS }],
    ['a choice near a ZIP code', 'match', { address: '32209' }],
    [
      'a choice on a line',
      'match',
      { latitude: String(ON_A_LINE.latitude), longitude: String(ON_A_LINE.longitude) },
    ],
    ['no match', 'no match', { address: ADDRESS }],
    ['nothing typed', 'match', { address: '' }],
    ['no district picked', 'match', { division: '' }],
  ])('through %s', async (_page, name, fields) => {
    stub.behave(name);
    const { $ } = await lookUp({ ...fields, ...VISIT });
    const forms = $('main form').toArray();
    expect(forms.length).toBeGreaterThan(0);
    for (const form of forms) {
      expect($(form).serializeArray()).toEqual(
        expect.arrayContaining([
          { name: 'partner', value: 'jira' },
          { name: 'lang', value: 'en' },
        ]),
      );
    }
    const links = $('a[href^="/"]:not(.languages a)').toArray();
    for (const link of links) expect($(link).attr('href')).toMatch(/\?partner=jira&lang=en$/);
  });
});

test('a campaign that asks one chamber asks nobody about the other', async () => {
  const campaigns = changedCampaign((yaml) => yaml.replace('chambers: [upper, lower]', 'chambers: [upper]'));
  const senate = await startTestApp({ campaigns_dir: campaigns.folder, geocoder_url: stub.url });

  const found = await senate.post(`${PATH}/lookup`, {
    latitude: String(ON_A_LINE.latitude),
    longitude: String(ON_A_LINE.longitude),
  });
  expect(found.headers.get('location')).toBe(`${PATH}/act?division=${SENATE_5}`);
  // A ZIP code alone never leads to act.
  const choice = await senate.post(`${PATH}/lookup`, { address: '32209' });
  expect([choice.status, choice.$('select').length]).toEqual([200, 1]);

  await senate.close();
  campaigns.drop();
});

const real = HAS_REAL_REPLIES ? test : test.skip;
if (!HAS_REAL_REPLIES) console.warn('skipped: ../shared/data/census-geocoder is not here');

real.each([
  ['geographies-onelineaddress-DE-2026layers.json', /What you typed is in Delaware/],
  ['geographies-onelineaddress-no-match.json', /did not find this address/],
  ['error-400-over-long-address.json', /could not read this address/],
])('the real reply %s leads to a page that says what to do next', async (file, says) => {
  stub.behave(file);
  const page = await typed(ADDRESS);
  expect(page.status).toBe(422);
  expect(page.$('#address').val()).toBe(ADDRESS);
  expectWayOn(page, says);
  expect(stub.requests.length).toBe(1);
});

test('a reply that puts the place on a line leads to a choice of the two sides', async () => {
  stub.behave(replyWith({ ...ON_A_LINE, upper: '12005' }));
  const choice = await typed(ADDRESS);
  expectWayOn(choice, /district line runs close/);
  expect(divisionsIn(choice)).toEqual(['sldu:5', 'sldl:13', 'sldl:14']);
});
