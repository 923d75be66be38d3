import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Office } from '../../server/legislators/legislator.ts';
import { changedCampaign } from '../support/changed-campaign.ts';
import { localeOf } from '../support/message-words.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';
const SENATE_1 = 'ocd-division/country:us/state:fl/sldu:1';
const ACT = `${PATH}/act?division=${SENATE_1}`;

/** Florida's one district of this test, with a member for each list of offices, in this order. */
const OFFICES: Record<string, Office[]> = {
  both: [
    { classification: 'district', voice: '904-555-0111' },
    { classification: 'capitol', voice: '850-555-0110' },
    { classification: 'district', name: 'Beach office', voice: '904-555-0112' },
  ],
  'district alone': [{ classification: 'district', name: 'District Office', voice: '904-555-0121' }],
  'the same twice': [
    { classification: 'capitol', voice: '850-555-0130' },
    { classification: 'district', voice: '(850) 555-0130' },
  ],
  'mail before the offices': [
    { classification: 'district-mail', voice: '904-555-0150' },
    { classification: 'capitol-mail', voice: '850-555-0151' },
    { classification: 'district', voice: '904-555-0152' },
    { classification: 'capitol', voice: '850-555-0153' },
  ],
  'mail alone': [{ classification: 'district-mail', voice: '904-555-0160', address: '1 Example Street' }],
  'a capitol number that can not be dialled': [
    { classification: 'capitol', voice: 'ask the clerk' },
    { classification: 'district', voice: '904-555-0141' },
  ],
  'nothing that can be dialled': [{ classification: 'capitol', voice: 'ask the operator' }],
  none: [{ classification: 'capitol', address: '1 Example Street' }],
};
const MEMBERS = Object.keys(OFFICES);

const rosters = mkdtempSync(join(tmpdir(), 'statehouse-rosters-'));
mkdirSync(join(rosters, 'fl'));
const sample = JSON.parse(readFileSync('sample-data/fl/roster.json', 'utf8'));
const [senator] = sample.legislators;
writeFileSync(
  join(rosters, 'fl/roster.json'),
  JSON.stringify({
    ...sample,
    source: 'Made up',
    as_of: '2026-11-24',
    boundaries_file: undefined,
    districts: [{ ...sample.districts[0], seats: MEMBERS.length }],
    legislators: MEMBERS.map((name, index) => ({
      ...senator,
      id: `ocd-person/${index}`,
      name: `Sample ${index}`,
      offices: OFFICES[name],
    })),
  }),
);

const campaigns = changedCampaign((yaml) =>
  yaml.replace(/office_hours:\n {2}holidays:\n( {4}- .*\n)+/, 'office_hours: {holidays: [2026-11-30]}\n'),
);

let app: TestApp;
let now: Date;
beforeAll(async () => {
  app = await startTestApp({ campaigns_dir: campaigns.folder, sample_dir: rosters, now: () => now });
});
afterAll(async () => {
  await app.close();
  campaigns.drop();
  rmSync(rosters, { recursive: true });
});

/** The act page at a moment; `card` gives one member's. */
async function actAt(moment: string, query = '') {
  now = new Date(moment);
  const { $ } = await app.get(`${ACT}${query}`);
  return { $, card: (name = 'both') => $(`#target-${MEMBERS.indexOf(name) + 1}`) };
}

const OPEN = '2026-11-24T15:00:00Z';
const CLOSED = '2026-11-25T03:00:00Z';

test.each([
  ['2026-11-24T15:00:00Z', '', 'Offices are usually open now, until 5 pm (Eastern time).'],
  [
    '2026-11-24T12:00:00Z',
    '',
    'Offices are usually closed now, and open today at 8 am (Eastern time). Leave a message now: it counts just as much.',
  ],
  [
    '2026-11-24T22:00:00Z',
    '',
    'Offices are usually closed now, and open Wednesday at 8 am (Eastern time). Leave a message now: it counts just as much.',
  ],
  // The Monday is a holiday.
  [
    '2026-11-27T22:00:00Z',
    '',
    'Offices are usually closed now, and open Tuesday at 8 am (Eastern time). Leave a message now: it counts just as much.',
  ],
  [
    '2026-11-30T15:00:00Z',
    '',
    'Offices are usually closed now, and open Tuesday at 8 am (Eastern time). Leave a message now: it counts just as much.',
  ],
  [
    '2026-11-24T15:00:00Z',
    '&lang=es',
    'A esta hora, y hasta las 5 p.m. (hora del Este), las oficinas suelen estar abiertas.',
  ],
  [
    '2026-11-24T12:00:00Z',
    '&lang=es',
    'A esta hora las oficinas suelen estar cerradas. Abren hoy a las 8 a.m. (hora del Este). Deje un mensaje ahora: cuenta igual.',
  ],
  [
    '2026-11-27T22:00:00Z',
    '&lang=es',
    'A esta hora las oficinas suelen estar cerradas. Abren el martes a las 8 a.m. (hora del Este). Deje un mensaje ahora: cuenta igual.',
  ],
])('at %s%s the card says: %s', async (moment, query, says) => {
  const { card } = await actAt(moment, query);
  expect(card().find('.hours').text()).toBe(says);
  expect(card().find('.hours').attr('data-offices')).toBe(/until|hasta/.test(says) ? 'open' : 'closed');
});

test.each(['en', 'es'])(
  'in %s, while offices are open, the words for a conversation stand open and those for a machine are folded',
  async (lang) => {
    const { act } = localeOf(lang);
    const { card } = await actAt(OPEN, `&lang=${lang}`);
    const call = card().find('details.step').first();
    expect(call.text()).toContain(act.call_asked);
    const folded = call.find('details');
    expect(folded.find('summary').text()).toBe(act.voicemail);
    expect(folded.find('.script').text()).toContain('Again, my name is');
    folded.remove();
    expect(call.find('h4').last().text()).toBe(act.say);
    expect(call.find('.script').text()).toContain('Thank you for your time');
    expect(call.find('.script').text()).not.toContain('Again, my name is');
  },
);

test.each(['en', 'es'])(
  'in %s, while offices are closed, the words for a machine stand open and those for a conversation are folded',
  async (lang) => {
    const { act } = localeOf(lang);
    const { card } = await actAt(CLOSED, `&lang=${lang}`);
    const call = card().find('details.step').first();
    expect(call.text()).toContain(act.call_expect_machine);
    const folded = call.find('details');
    expect(folded.attr('open')).toBeUndefined();
    expect(folded.find('summary').text()).toBe(act.answered);
    expect(folded.text()).toContain(act.call_asked);
    expect(folded.find('.script').last().text()).toContain('Thank you for your time');
    // To ask whether someone speaks Spanish is for a conversation too.
    expect(folded.find('.script').length).toBe(lang === 'en' ? 1 : 2);
    folded.remove();
    expect(call.find('h4').text()).toBe(act.say_machine);
    expect(call.find('.script').text()).toContain('Again, my name is');
  },
);

test('who found someone that speaks Spanish while offices are closed has the conversation open', async () => {
  const { $, card } = await actAt(CLOSED, '&lang=es');
  const href = card().find('a.tap').first().attr('href')!;
  const chosen = await app.get(href);
  expect(chosen.$('#target-1 details.step details').attr('open')).toBeDefined();
  expect(chosen.$('#target-1 details.step details .script').last().text()).toMatch(/^Hola\. Me llamo/);
  expect($('#target-1 details.step details').attr('open')).toBeUndefined();
});

/** The ways to call a member: what each button dials and what its office is called, the main one first; and the others. */
async function waysToCall(name: string, lang = 'en') {
  const { $, card } = await actAt(OPEN, `&lang=${lang}`);
  const buttons = card(name)
    .find('details.step a.button:has(.telephone)')
    .toArray()
    .map((one) => [$(one).attr('href'), $(one).find('.office').text(), $(one).hasClass('primary')]);
  const others = card(name)
    .find('details.step li:has(.telephone)')
    .toArray()
    .map((one) => $(one).text());
  return { buttons, others, says: card(name).find('details.step').first().text() };
}

test('a member with a number at the capitol and in the district can be called at both, at the capitol first', async () => {
  const { buttons, others } = await waysToCall('both');
  expect(buttons).toEqual([
    ['tel:+18505550110', 'Capitol office', true],
    ['tel:+19045550111', 'District office', false],
  ]);
  expect(others).toEqual(['Beach office: 904-555-0112']);
  const spanish = await waysToCall('both', 'es');
  expect(spanish.buttons.map(([, office]) => office)).toEqual([
    'Oficina en el Capitolio',
    'Oficina en el distrito',
  ]);
});

test('the only number, of the district office, is the main one and named as such', async () => {
  const { buttons, others } = await waysToCall('district alone');
  expect(buttons).toEqual([['tel:+19045550121', 'District office', true]]);
  expect(others).toEqual([]);
});

test('a district office with the number of the capitol’s is no second button', async () => {
  const { buttons } = await waysToCall('the same twice');
  expect(buttons).toEqual([['tel:+18505550130', 'Capitol office', true]]);
});

test('numbers of where mail goes come after those of the offices themselves, however the source orders them', async () => {
  const { buttons, others } = await waysToCall('mail before the offices');
  expect(buttons.map(([href]) => href)).toEqual(['tel:+18505550153', 'tel:+19045550152']);
  expect(others.map((one) => one.match(/\d+$/)![0])).toEqual(['0151', '0150']);
});

test.each([
  ['en', 'District office', 'District office, for mail'],
  ['es', 'Oficina en el distrito', 'Oficina en el distrito, para correo postal'],
])(
  'in %s a number of where mail goes is called %s where it is called, and %s beside the address',
  async (lang, plain, for_mail) => {
    const { buttons } = await waysToCall('mail alone', lang);
    expect(buttons).toEqual([['tel:+19045550160', plain, true]]);
    const { others, says } = await waysToCall('mail before the offices', lang);
    expect(others[1]).toBe(`${plain}: 904-555-0150`);
    expect(says).not.toContain(for_mail);
    const { card } = await actAt(OPEN, `&lang=${lang}`);
    expect(card('mail alone').find('details.more h4').first().text()).toBe(for_mail);
  },
);

test('a number that can’t be dialled is no button where another one can', async () => {
  const { buttons, says } = await waysToCall('a capitol number that can not be dialled');
  expect(buttons).toEqual([['tel:+19045550141', 'District office', true]]);
  expect(says).toContain('Capitol office: ask the clerk');
});

test('a number that can’t be dialled is shown as its source writes it where there is no other', async () => {
  const { buttons, says } = await waysToCall('nothing that can be dialled');
  expect(buttons).toEqual([]);
  expect(says).toContain('Capitol office: ask the operator');
});

test('without any number nothing is said of hours: writing is offered', async () => {
  const { card } = await actAt(CLOSED);
  expect(card('none').find('.hours').length).toBe(0);
  expect(card('none').find('details.step').first().text()).toContain(localeOf('en').act.call_none);
});

describe('a campaign with hours of its own', () => {
  let own: ReturnType<typeof changedCampaign>;
  let other: TestApp;
  beforeAll(async () => {
    const hours = 'office_hours: {opens: "9:30", closes: "13:00", days: [monday]}\n';
    own = changedCampaign((yaml) => yaml.replace(/office_hours:\n {2}holidays:\n( {4}- .*\n)+/, hours));
    other = await startTestApp({ campaigns_dir: own.folder, sample_dir: rosters, now: () => now });
  });
  afterAll(async () => {
    await other.close();
    own.drop();
  });

  test.each([
    ['2026-11-30T15:00:00Z', 'en', 'until 1 pm (Eastern time)'],
    ['2026-11-30T15:00:00Z', 'es', 'hasta la 1 p.m. (hora del Este)'],
    ['2026-11-30T19:00:00Z', 'en', 'and open Monday, December 7 at 9:30 am (Eastern time)'],
    ['2026-11-30T19:00:00Z', 'es', 'el lunes 7 de diciembre a las 9:30 a.m. (hora del Este)'],
  ])('at %s in %s says: %s', async (moment, lang, says) => {
    now = new Date(moment);
    const { $ } = await other.get(`${ACT}&lang=${lang}`);
    expect($('#target-1 .hours').text()).toContain(says);
  });
});

test.each([
  ['00:00', '12:00', 'midnight', 'noon', 'las 12 de la noche', 'las 12 del mediodía'],
  ['12:00', '12:30', 'noon', '12:30 pm', 'las 12 del mediodía', 'las 12:30 p.m.'],
])('%s and %s are told as %s and %s', async (opens, closes, from, until, desde, hasta) => {
  const hours = `office_hours: {opens: "${opens}", closes: "${closes}", days: [tuesday]}\n`;
  const own = changedCampaign((yaml) => yaml.replace(/office_hours:\n {2}holidays:\n( {4}- .*\n)+/, hours));
  const there = await startTestApp({ campaigns_dir: own.folder, sample_dir: rosters, now: () => now });
  const says = async (moment: string, lang: string) => {
    now = new Date(moment);
    return (await there.get(`${ACT}&lang=${lang}`)).$('#target-1 .hours').text();
  };
  // A minute before they close on Tuesday, and on Wednesday.
  const [hour, minute] = closes.split(':').map(Number) as [number, number];
  const last = new Date(Date.UTC(2026, 10, 24, hour + 5, minute - 1)).toISOString();
  expect(await says(last, 'en')).toContain(`until ${until} (Eastern time)`);
  expect(await says(last, 'es')).toContain(`hasta ${hasta} (hora del Este)`);
  expect(await says('2026-11-25T15:00:00Z', 'en')).toContain(`open Tuesday at ${from} (Eastern time)`);
  expect(await says('2026-11-25T15:00:00Z', 'es')).toContain(`el martes a ${desde} (hora del Este)`);
  await there.close();
  own.drop();
});

test('a state with one zone is told the time without it, by its own clock', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'statehouse-rosters-'));
  mkdirSync(join(folder, 'hi'));
  const text = readFileSync(join(rosters, 'fl/roster.json'), 'utf8');
  writeFileSync(
    join(folder, 'hi/roster.json'),
    text.replaceAll('state:fl', 'state:hi').replaceAll('"fl"', '"hi"'),
  );
  const hawaii = changedCampaign((yaml) => yaml.replace('state:fl/government', 'state:hi/government'));
  const there = await startTestApp({ campaigns_dir: hawaii.folder, sample_dir: folder, now: () => now });
  const says = async (moment: string) => {
    now = new Date(moment);
    return (await there.get(ACT.replace('state:fl', 'state:hi'))).$('#target-1 .hours').text();
  };
  // Wednesday, 1 am UTC: Tuesday afternoon there.
  expect(await says('2026-11-25T01:00:00Z')).toBe('Offices are usually open now, until 5 pm.');
  expect(await says('2026-11-25T04:00:00Z')).toMatch(
    /^Offices are usually closed now, and open Wednesday at 8 am\. Leave a message/,
  );
  await there.close();
  hawaii.drop();
  rmSync(folder, { recursive: true });
});
