import { NOTHING_KNOWN } from '../../server/bills/known-bills.ts';
import { POSITIONS } from '../../server/bills/position.ts';
import {
  knownBill,
  knownBills,
  longBill,
  madeUpPosition,
  oneBill,
  rollCall,
} from '../fixtures/bills/known-bill.ts';
import { madeUpId } from '../fixtures/people/made-up.ts';
import { changedCampaign } from '../support/changed-campaign.ts';
import type { Answer } from '../support/client.ts';
import { startOn } from '../support/made-up-app.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act/bill';
const NOW = new Date('2026-11-28T15:00:00Z');

/** Three senators and four representatives, one seat of each chamber empty; a name tells which comes first. */
const DISTRICTS = [
  { chamber: 'upper' as const, district: '1', members: ['Zoe Ash'] },
  { chamber: 'upper' as const, district: '2', members: ['Ada Oak'] },
  { chamber: 'upper' as const, district: '3', members: ['Max Elm'] },
  { chamber: 'upper' as const, district: '4' },
  { chamber: 'lower' as const, district: '1', members: ['Ben Fir'] },
  { chamber: 'lower' as const, district: '2', members: ['Cy Yew'] },
  { chamber: 'lower' as const, district: '3', members: ['Di Elder'] },
  { chamber: 'lower' as const, district: '4', members: ['Eve Holly'] },
  { chamber: 'lower' as const, district: '5' },
];
const [ZOE, ADA, MAX] = [0, 10, 20].map((number) => madeUpId('upper', number)) as [string, string, string];
const [BEN, CY, DI] = [40, 50, 60].map((number) => madeUpId('lower', number)) as [string, string, string];

const POSITIONS_OF_ALL = [
  madeUpPosition(ZOE, 'cosponsor'),
  madeUpPosition(ADA, 'sponsor'),
  madeUpPosition(BEN, 'voted_no'),
  madeUpPosition(CY, 'voted_yes'),
  madeUpPosition(CY, 'sponsor', { date: '2025-11-13' }),
  madeUpPosition(DI, 'not_voting'),
];

let known = NOTHING_KNOWN;
let app: TestApp;
beforeAll(async () => {
  app = await startOn(DISTRICTS, { now: () => NOW, parts: () => ({ knownBills: () => known }) });
});
beforeEach(() => {
  known = NOTHING_KNOWN;
});
afterAll(() => app.close());

const words = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
/** What stands in bold under HB 419, the second bill of the campaign. */
const sentence = ({ $ }: Answer) => words($('section[aria-labelledby=bill-2] .position').text());
/** The table of the numbers: by stance, the Senate's first. */
const numbers = ({ $ }: Answer) =>
  $('table.stances tr[data-stance]')
    .toArray()
    .map((row) => [
      $(row).find('th').text(),
      ...$(row)
        .find('td')
        .toArray()
        .map((cell) => Number($(cell).text())),
    ]);
/** The groups of the list of names, each with who stands in it. */
const groups = ({ $ }: Answer) =>
  $('table.who-did tbody')
    .toArray()
    .map((group) => [
      $(group).find('.group').text(),
      $(group)
        .find('[data-legislator-id] strong')
        .toArray()
        .map((name) => $(name).text()),
    ]);

test('actions stand newest first with their days, five of them open and the others folded', async () => {
  known = knownBills([longBill()]);
  const page = await app.get(`${PATH}?lang=es`);
  const stepsIn = (list: string) =>
    page
      .$(`section[aria-labelledby=bill-2] ${list} li`)
      .toArray()
      .map((step) => words(page.$(step).text()));
  expect(stepsIn('> .happened')).toEqual([
    '17 de enero de 2026 Now in Judiciary Committee',
    '16 de enero de 2026 Favorable with CS by Example Subcommittee; YEAS 12, NAYS 5',
    '15 de enero de 2026 Added to Example Subcommittee agenda',
    '14 de enero de 2026 1st Reading (Original Filed Version)',
    '13 de enero de 2026 Now in Example Subcommittee',
  ]);
  expect(stepsIn('details')).toEqual([
    '12 de enero de 2026 Referred to Judiciary Committee',
    '11 de enero de 2026 Referred to Example Subcommittee',
    '10 de enero de 2026 Filed',
  ]);
  expect(page.$('details summary').text()).toBe('Ver 3 pasos anteriores');
  expect(page.$('.happened li [lang=en]').length).toBe(8);
  expect((await app.get(PATH)).$('.happened li [lang]').length).toBe(0);
});

test('what comes from outside is shown as text, and its links lead to it', async () => {
  const bad = '<script>alert(1)</script>';
  const { record } = longBill();
  known = oneBill({
    record: {
      title: bad,
      actions: [{ ...record.actions[0]!, description: `Filed ${bad}` }],
      sponsorships: [{ name: `Made-Up ${bad}`, is_primary: true }],
      roll_calls: [rollCall({ yes: 1 }, { is_floor: false, organization: bad, motion: bad, result: bad })],
    },
    whereabouts: { committees: [{ name: bad, since: '2025-11-18' }] },
  });
  const { $, text } = await app.get(PATH);
  expect(text).not.toContain('<script>alert');
  expect(text.split('&lt;script&gt;alert(1)').length - 1).toBe(7);
  expect($('script').length).toBe(0);
});

test('sponsors stand as the record names them, and a roll call with its numbers, its source, and whether it counts for positions', async () => {
  known = oneBill({
    record: {
      sponsorships: [
        { name: 'Fir', is_primary: true },
        { name: 'Oak (A)', is_primary: false },
        { name: 'Elder', is_primary: false },
      ],
      roll_calls: [
        rollCall(
          { yes: 12, no: 5, absent: 1, excused: 2 },
          { is_floor: false, organization: 'Example Subcommittee' },
        ),
        rollCall(
          { yes: 40, no: 70 },
          { date: '2026-03-09', result: 'fail', source: 'https://example.org/vote/2' },
        ),
        rollCall({}, { date: '2026-01-02', motion: 'Motion to table' }),
      ],
    },
  });
  const { $ } = await app.get(PATH);
  const section = words($('section[aria-labelledby=bill-2]').text());
  expect(section).toContain('Sponsor: Fir');
  expect(section).toContain('Cosponsors: Oak (A); Elder');
  const rows = $('section[aria-labelledby=bill-2] table tbody tr')
    .toArray()
    .map((row) => [
      words($(row).find('th').text()),
      $(row).find('a').attr('href'),
      ...$(row)
        .find('td')
        .toArray()
        .map((cell) => $(cell).text()),
    ]);
  const usual = 'https://example.org/bills/hb419/votes/1';
  expect(rows).toEqual([
    [
      'March 9, 2026 House: Third readingFailedCounts for who stands whereSource',
      'https://example.org/vote/2',
      '40',
      '70',
      '0',
    ],
    [
      'March 3, 2026 Example Subcommittee: Third readingPassedCounts for who stands whereSource',
      usual,
      '12',
      '5',
      '3',
    ],
    [
      'January 2, 2026 House: Motion to tablePassedDoes not count for who stands whereSource',
      usual,
      'not told',
    ],
  ]);
});

test('a companion that the campaign does not name comes after its own bills, with its own link', async () => {
  const companion = { identifier: 'SB 999', chamber: 'upper' as const, source: 'https://example.org/sb999' };
  known = knownBills([knownBill(), knownBill({ record: companion })]);
  const { $ } = await app.get(PATH);
  expect(
    $('.bill h2')
      .toArray()
      .map((heading) => $(heading).text()),
  ).toEqual(['SB 316, 2026 session, Senate', 'HB 419, 2026 session, House', 'SB 999, 2026 session, Senate']);
  expect(words($('.bill').last().text())).toContain('This is a companion bill');
  expect($('.bill').last().find('a').first().attr('href')).toBe('https://example.org/sb999');
  // The campaign's own link goes before that of the record.
  expect($('section[aria-labelledby=bill-2] a').first().attr('href')).toBe(
    'https://open.pluralpolicy.com/fl/bills/2026/HB419',
  );
});

test('everyone who sits is counted by chamber and stance, and the bars are as long as the numbers say', async () => {
  known = knownBills([knownBill()], POSITIONS_OF_ALL);
  const page = await app.get(PATH);
  expect(numbers(page)).toEqual([
    ['For the bill, as we ask', 2, 1],
    ['Against the bill', 0, 1],
    ['Not known', 1, 2],
  ]);
  const { $ } = page;
  const bars = $('.stance-bar').toArray();
  expect(bars.map((bar) => $(bar).attr('aria-label'))).toEqual([
    'Senate: For the bill, as we ask, 2; Against the bill, 0; Not known, 1',
    'House: For the bill, as we ask, 1; Against the bill, 1; Not known, 2',
  ]);
  for (const [index, bar] of bars.entries()) {
    const width = Number($(bar).attr('viewBox')!.split(' ')[2]);
    const members = index === 0 ? 3 : 4;
    const lengths = ['ally', 'opponent', 'unknown'].map(
      (stance) => (Number($(bar).find(`.stance-${stance}`).attr('width') ?? 0) * members) / width,
    );
    const counted = numbers(page).map((row) => row[index + 1] as number);
    for (const [nth, length] of lengths.entries()) expect(length).toBeCloseTo(counted[nth]!, 2);
    const key = $('.key').eq(index).find('strong').toArray();
    expect(key.map((number) => Number($(number).text()))).toEqual(counted);
  }
  expect($('table.stances tr').last().text()).toBe('All members34');
});

test('those who did something stand by stance, then chamber and name, with what they did and where that is known from', async () => {
  known = knownBills([knownBill()], POSITIONS_OF_ALL);
  const page = await app.get(PATH);
  expect(groups(page)).toEqual([
    ['For the bill, as we ask', ['Senator Ada Oak', 'Senator Zoe Ash', 'Representative Cy Yew']],
    ['Against the bill', ['Representative Ben Fir']],
    ['Not known where they stand, but they dealt with the bill', ['Representative Di Elder']],
  ]);
  const { $ } = page;
  const cy = $(`[data-legislator-id="${CY}"]`);
  expect(cy.find('.role').text()).toContain('State District 2');
  expect(cy.find('td p').length).toBe(2);
  expect(cy.find('td').text()).toMatch(/yes on HB 419.*Sponsor/i);
  expect(cy.find('a').first().attr('href')).toBe('https://example.org/bills/hb419/votes/1');
  expect(page.text).not.toContain('Max Elm');
});

test('where a campaign asks to oppose the bill, stances turn about and the names of both sides with them', async () => {
  const campaigns = changedCampaign((yaml) => yaml.replace('ask: support', 'ask: oppose'));
  const opposing = await startOn(DISTRICTS, {
    campaigns_dir: campaigns.folder,
    now: () => NOW,
    parts: () => ({ knownBills: () => knownBills([knownBill()], POSITIONS_OF_ALL) }),
  });
  const page = await opposing.get(PATH);
  expect(numbers(page)).toEqual([
    ['Against the bill, as we ask', 0, 1],
    ['For the bill', 2, 1],
    ['Not known', 1, 2],
  ]);
  expect(groups(page).map(([label]) => label)).toEqual([
    'Against the bill, as we ask',
    'For the bill',
    'Not known where they stand, but they dealt with the bill',
  ]);
  expect(page.text).toContain('This campaign asks legislators to oppose the bills.');
  await opposing.close();
  campaigns.drop();
});

test.each(['en', 'es'])('every position that there is has words, in %s', async (language) => {
  for (const position of POSITIONS) {
    known = knownBills([knownBill()], [madeUpPosition(MAX, position, { bill: undefined })]);
    const page = await app.get(`${PATH}?lang=${language}`);
    expect([position, page.status]).toEqual([position, 200]);
    expect(page.$(`[data-legislator-id="${MAX}"] td`).text().length).toBeGreaterThan(20);
  }
});

test('where OpenStates told nothing the page stands on the campaign: its bills, links and positions', async () => {
  const campaigns = changedCampaign((yaml) =>
    yaml
      .replace('ocd-person/df1d6ab6-b2cd-4a6f-b7cc-aa5a63d8011f', ADA)
      .replace(
        'chamber: upper\n    title',
        'chamber: upper\n    session_ends: 2026-03-13\n    passed:\n      - chamber: upper\n        date: 2026-03-01\n        source: https://example.org/passed\n    title',
      ),
  );
  const bare = await startOn(DISTRICTS, { campaigns_dir: campaigns.folder, now: () => NOW });
  const page = await bare.get(PATH);
  const { $ } = page;
  expect(page.status).toBe(200);
  const first = words($('section[aria-labelledby=bill-1]').text());
  expect(first).toContain(
    'What has happened to SB 316 is not at hand here. Its session ended on March 13, 2026.',
  );
  expect(first).toContain('It passed the Senate on March 1, 2026. Source that this campaign gives');
  expect($('section[aria-labelledby=bill-1] a[href="https://example.org/passed"]').length).toBe(1);
  expect($('section[aria-labelledby=bill-1] a').last().text()).toBe('Read SB 316');
  expect(groups(page)).toEqual([['For the bill, as we ask', ['Senator Ada Oak']]]);
  expect(numbers(page)[0]).toEqual(['For the bill, as we ask', 1, 0]);
  await bare.close();
  campaigns.drop();
});

test('where nobody who sits did anything that says so, and all are counted as not known', async () => {
  const page = await app.get(PATH);
  expect(page.text).toContain('Nothing is known here of what those who sit today did or said on the bill.');
  expect(page.$('table.who-did').length).toBe(0);
  expect(numbers(page)[2]).toEqual(['Not known', 3, 4]);
});

test.each(['en', 'es'])(
  'without a roster the history stands, and a sentence in place of the bars, in %s',
  async (language) => {
    const asked: number[] = [];
    const early = await startTestApp({
      allow_sample: false,
      parts: () => ({
        knownBills: (_campaign, roster) => {
          asked.push(roster.legislators.length);
          return knownBills([knownBill()], POSITIONS_OF_ALL);
        },
      }),
    });
    const page = await early.get(`${PATH}?lang=${language}`);
    expect([page.status, asked]).toEqual([200, [0]]);
    expect(sentence(page)).toContain('Example Subcommittee');
    expect(page.$('.stance-bar, table.stances, table.who-did').length).toBe(0);
    expect(page.$('section[aria-labelledby=stands] .notice').text()).toContain('Florida');
    await early.close();
  },
);

test('a sample page is marked, says what of it is real, and shows no position of a real person', async () => {
  const sample = await startTestApp({ parts: () => ({ knownBills: () => knownBills([knownBill()]) }) });
  const page = await sample.get(PATH);
  expect(page.$('body').attr('data-sample')).toBe('true');
  expect(page.text).toContain('What is said of the bill here is real.');
  expect(page.$('table.who-did').length).toBe(0);
  expect(numbers(page)[0]).toEqual(['For the bill, as we ask', 0, 0]);
  expect((await app.get(PATH)).text).not.toContain('What is said of the bill here is real.');
  await sample.close();
});

test('the visit lives on through the campaign page, this one and its links', async () => {
  const campaign = await app.get('/campaigns/visible-act?partner=jira&lang=es');
  const link = campaign.$('section[aria-labelledby=bills] > p a');
  expect(link.attr('href')).toBe(`${PATH}?partner=jira&lang=es`);
  const page = await app.get(link.attr('href')!);
  expect(page.$('html').attr('lang')).toBe('es');
  expect(page.$('h1').text()).toBe('En qué punto está el proyecto de ley');
  expect(page.$('.top a').last().attr('href')).toBe('/campaigns/visible-act?partner=jira&lang=es');
  expect(page.$('.languages a').attr('href')).toBe(`${PATH}?partner=jira&lang=en`);
  expect((await app.get('/campaigns/nowhere/bill')).status).toBe(404);
});
