import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Layer } from '../../server/legislators/district-names.ts';
import { rosterFolder } from '../../server/legislators/roster-files.ts';
import { readZipRelation } from '../../server/legislators/zip-relation.ts';
import { keepZipRelation } from '../../server/legislators/zip-relation-file.ts';
import { type RelationRow, relationText } from '../fixtures/boundaries/zip-relation.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { changedCampaign } from '../support/changed-campaign.ts';
import { type Answer, type Fields, formFields } from '../support/client.ts';
import { replyWith, type StubGeocoder, startStubGeocoder } from '../support/stub-geocoder.ts';
import { ROOT, startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';
const ADDRESS = '4711 Zebrafinch Lane, Jacksonville, FL 32209';
/** In House 13 and Senate 5, a step from the line to House 14. */
const ON_A_LINE = { latitude: 30.336882, longitude: -81.668781 };
/** What tells where somebody lives more closely than their districts do. */
const TELLING = /zebrafinch|4711|32209|32231|30\.33|81\.66|near|line|zip/i;

let data_dir: string;
let stub: StubGeocoder;
let app: TestApp;
let now = Date.parse('2026-11-24T12:00:00Z');
beforeAll(async () => {
  stub = await startStubGeocoder();
  data_dir = folderOf({});
  const folder = rosterFolder(data_dir, 'fl');
  cpSync(join(ROOT, 'sample-data/fl'), folder, { recursive: true });
  await keepZipRelation(folder, { sldu: relationOf('sldu', 40), sldl: relationOf('sldl', 120) });
  app = await startTestApp({ data_dir, geocoder_url: stub.url, now: () => new Date(now) });
});
afterAll(async () => {
  await app.close();
  await stub.close();
});
beforeEach(async () => {
  // Past any rest, and an answer that ends the count of outages.
  now += 60_000;
  stub.behave('match');
  await app.post(`${PATH}/lookup`, { address: '1 Example Street' });
});
afterEach(() => expect(app.log.join('\n')).not.toMatch(/zebrafinch|4711|322\d\d|30\.33|81\.66|near_a_line/i));

/** Every district somewhere, as the Census has it; 32209 in one of the Senate and two of the House. */
function relationOf(layer: Layer, districts: number) {
  const geoid = (number: number) => `12${String(number).padStart(3, '0')}`;
  const rows = Array.from(
    { length: districts },
    (_, index): RelationRow => [geoid(index + 1), '32099', 9, 0],
  );
  const zips: RelationRow[] =
    layer === 'sldu'
      ? [[geoid(5), '32209', 9000, 0]]
      : [
          [geoid(13), '32209', 20, 0],
          [geoid(14), '32209', 8980, 0],
        ];
  return readZipRelation(relationText(layer, [...rows, ...zips]), { state: 'fl', layer });
}

/** Asks, and checks that no address on the page or behind it tells more than districts. */
async function lookUp(fields: Fields): Promise<Answer> {
  return checked(await app.post(`${PATH}/lookup`, fields));
}

function checked(answer: Answer): Answer {
  const addresses = answer
    .$('[href], [action]')
    .toArray()
    .map(({ attribs }) => `${attribs.href ?? ''} ${attribs.action ?? ''}`)
    .filter((address) => address.includes(PATH));
  for (const address of [...addresses, answer.headers.get('location') ?? ''])
    expect(address).not.toMatch(TELLING);
  return answer;
}

/** The same page in another language, by its own switch. */
async function switchTo({ $ }: Answer, language: string): Promise<Answer> {
  expect($('.languages a').length).toBe(0);
  const form = '.languages form';
  return checked(await app.post($(form).attr('action')!, { ...formFields($, form), lang: language }));
}

/** The districts of each list, the one filled in marked: 'sldl:13* sldl:14'. */
function listsIn({ $ }: Answer): string[] {
  return $('select[name=division]')
    .toArray()
    .map((list) =>
      $(list)
        .find('option[value!=""]')
        .toArray()
        .map(
          (option) =>
            `${option.attribs.value!.split('state:fl/')[1]}${'selected' in option.attribs ? '*' : ''}`,
        )
        .join(' '),
    );
}

const wordsOf = ({ $ }: Answer) => $('.lead').text();
const reasons = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(join(ROOT, `views/locales/${language}.json`), 'utf8')).districts.reason;

describe('beside a district line', () => {
  const beside = { ...ON_A_LINE, upper: '12005', lower: '12013' };

  test('an address that both maps put in one district is told so; that district is filled in, and one press goes on', async () => {
    stub.behave(replyWith(beside));
    const choice = await lookUp({ address: ADDRESS });
    expect(choice.status).toBe(200);
    expect(wordsOf(choice)).toMatch(/district line runs close to this address.*filled in below.*check/i);
    expect(listsIn(choice)).toEqual(['sldu:5*', 'sldl:13* sldl:14']);
    // What is left as it is counts: nobody is told to leave what they are not sure of.
    expect(choice.text).not.toContain('Sure of only one?');
    const picked = formFields(choice.$, 'form:has(select)');
    const found = await lookUp(picked);
    expect([found.status, found.headers.get('location')]).toEqual([
      303,
      `${PATH}/act?division=ocd-division/country:us/state:fl/sldu:5&division=ocd-division/country:us/state:fl/sldl:13`,
    ]);
    // Nothing that was typed is on the page: a browser may keep it for Back.
    expect(choice.text).not.toMatch(/zebrafinch|4711|32209/i);
    expect(choice.headers.get('cache-control')).toBe('private, no-cache');
  });

  test('the page has the same words and the same district filled in in the other language, and its address says nothing', async () => {
    stub.behave(replyWith(beside));
    const choice = await lookUp({ address: ADDRESS, partner: 'jira' });
    const asked = stub.requests.length;
    const spanish = await switchTo(choice, 'es');
    expect([spanish.status, spanish.$('html').attr('lang')]).toEqual([200, 'es']);
    expect(wordsOf(spanish)).toBe(reasons('es').near_a_line_agreed);
    expect(listsIn(spanish)).toEqual(listsIn(choice));
    expect(formFields(spanish.$, 'form:has(select)').partner).toBe('jira');
    const back = await switchTo(spanish, 'en');
    expect(wordsOf(back)).toBe(wordsOf(choice));
    expect(listsIn(back)).toEqual(listsIn(choice));
    // The address went out once.
    expect(stub.requests.length).toBe(asked);
  });

  test('a browser’s own location is asked about, with nothing filled in where the line is', async () => {
    const choice = await lookUp({
      latitude: String(ON_A_LINE.latitude),
      longitude: String(ON_A_LINE.longitude),
    });
    expect(wordsOf(choice)).toMatch(/district line runs close to this place.*can't tell which side/);
    expect(listsIn(choice)).toEqual(['sldu:5*', 'sldl:13 sldl:14']);
    const spanish = await switchTo(choice, 'es');
    expect(wordsOf(spanish)).toBe(reasons('es').near_a_line);
    expect(listsIn(spanish)).toEqual(listsIn(choice));
  });

  test('an address that the other map puts on the other side is asked about, with nothing filled in', async () => {
    stub.behave(replyWith({ ...beside, lower: '12014' }));
    const choice = await lookUp({ address: ADDRESS });
    expect(wordsOf(choice)).toBe(reasons('en').near_a_line);
    expect(listsIn(choice)).toEqual(['sldu:5*', 'sldl:14 sldl:13']);
  });

  test('a campaign that asks one chamber is told of that one’s lines, and of nothing else', async () => {
    const campaigns = changedCampaign((yaml) =>
      yaml.replace('chambers: [upper, lower]', 'chambers: [lower]'),
    );
    const house = await startTestApp({ campaigns_dir: campaigns.folder, geocoder_url: stub.url });
    // Two maps disagree on the Senate.
    stub.behave(replyWith({ ...beside, upper: '12040' }));
    const choice = await house.post(`${PATH}/lookup`, { address: ADDRESS });
    expect(wordsOf(choice)).toBe(reasons('en').near_a_line_agreed);
    expect(listsIn(choice)).toEqual(['sldl:13* sldl:14']);
    await house.close();
    campaigns.drop();
  });
});

describe('a ZIP code', () => {
  test('alone leads to the districts that the Census names, the largest part first; one that nobody confirmed is not filled in', async () => {
    const choice = await lookUp({ address: '32209' });
    expect(choice.status).toBe(200);
    expect(wordsOf(choice)).toMatch(/^The Census Bureau's map puts your ZIP code in these districts/);
    // What is left as it is would count: nothing is filled in where not all can be.
    expect(listsIn(choice)).toEqual(['sldu:5', 'sldl:14 sldl:13']);
    expect(choice.text).toContain('Sure of only one?');
    expect(choice.$('main a[href$="/districts"]').text()).toMatch(/whole list/);
    const spanish = await switchTo(choice, 'es');
    expect(wordsOf(spanish)).toBe(reasons('es').zip_census);
    expect(listsIn(spanish)).toEqual(listsIn(choice));
  });

  test('of boxes, to which the Census gives no area, leads to the nearest ones, and the page says that they are', async () => {
    const choice = await lookUp({ address: '32231' });
    expect(wordsOf(choice)).toMatch(/These are the districts near yours/);
    expect(listsIn(choice).join(' ')).not.toContain('*');
    const spanish = await lookUp({ address: '32231', lang: 'es' });
    expect(wordsOf(spanish)).toBe(reasons('es').zip_only);
  });

  test.each([
    ['as the Census names them', ADDRESS, 'census', /its map puts your ZIP code in these districts/],
    [
      'the nearest',
      ADDRESS.replace('32209', '32231'),
      'nearby',
      /these are the districts near your ZIP code/,
    ],
  ])('of an address stands in while the geocoder is down: %s', async (_which, address, by, says) => {
    stub.behave('another shape');
    const choice = await lookUp({ address });
    expect(choice.status).toBe(200);
    expect(wordsOf(choice)).toMatch(/does not answer right now/);
    expect(wordsOf(choice)).toMatch(says);
    expect(listsIn(choice)[0]).toMatch(/sldu:5/);
    expect(choice.$('main').text()).toContain('Go back and try my address again');
    const spanish = await switchTo(choice, 'es');
    expect(wordsOf(spanish)).toBe(reasons('es')[`geocoder_unavailable_${by}`]);
    expect(spanish.$('main').text()).toContain('probar otra vez');
  });

  test('of an address without a match narrows the choice by the Census too, and nothing is filled in', async () => {
    stub.behave('no match');
    const page = await lookUp({ address: ADDRESS });
    expect(page.status).toBe(422);
    expect(listsIn(page)).toEqual(['sldu:5', 'sldl:14 sldl:13']);
  });
});

test('a list that was left as it was comes again, and is had in the other language', async () => {
  const choice = await lookUp({ address: '32209' });
  const again = await lookUp({ ...formFields(choice.$, 'form:has(select)'), division: ['', ''] });
  expect(again.status).toBe(422);
  const without = (lists: string[]) => lists.map((list) => list.replaceAll('*', ''));
  expect(without(listsIn(again))).toEqual(without(listsIn(choice)));
  const spanish = await switchTo(again, 'es');
  expect(wordsOf(spanish)).toBe(reasons('es').list);
  expect(without(listsIn(spanish))).toEqual(without(listsIn(choice)));
});

test('a short list is had by a form alone: an address that names one shows the whole list', async () => {
  const near =
    'nearby=ocd-division/country:us/state:fl/sldl:13&nearby=ocd-division/country:us/state:fl/sldl:14';
  const page = await app.get(`${PATH}/districts?${near}&likely=ocd-division/country:us/state:fl/sldl:13`);
  expect(page.status).toBe(200);
  expect(page.$('select option[value!=""]').length).toBe(160);
  expect(page.$('option[selected]').length).toBe(0);
  // Nor does the form of the list or of its search tell of one.
  expect(page.$('[name=nearby]').length).toBe(0);
});

test.each(['en', 'es'])('the privacy page says what stays in one’s own browser, in %s', async (lang) => {
  const text = (await app.get(`/privacy?lang=${lang}`)).$('main').text();
  expect(text).not.toMatch(/near you|cerca de usted/);
  expect(text).toMatch(
    lang === 'en'
      ? /browser may also keep .*private window/
      : /navegador también puede guardar .*ventana privada/,
  );
});

test('a form of the switch that somebody made up shows the whole list', async () => {
  const page = await app.post(`${PATH}/districts`, {
    nearby: ['<b>', 'ocd-division/country:us/state:ga/sldu:5'],
    likely: 'constructor',
    reason: 'constructor',
    lang: 'en',
  });
  expect(page.status).toBe(200);
  expect(wordsOf(page)).toBe(reasons('en').list);
  expect(page.$('option').length).toBeGreaterThan(150);
});
