import { westOf } from '../fixtures/boundaries/made-up.ts';
import {
  type MadeUpState,
  memberId,
  type OpenState,
  openState,
  pointIn,
} from '../fixtures/jurisdictions/made-up.ts';
import type { Answer, Fields } from '../support/client.ts';
import { formFields } from '../support/client.ts';

const CAMPAIGN = '/campaigns/visible-act';
let open: OpenState | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function opened(made: MadeUpState, source?: 'yaml' | 'csv'): Promise<OpenState> {
  open = await openState(made, source);
  return open;
}

/** Looks up, and follows to the legislators: the districts must be certain. */
async function actFor({ app }: OpenState, fields: Fields): Promise<Answer> {
  const found = await app.post(`${CAMPAIGN}/lookup`, fields);
  expect(found.status).toBe(303);
  const act = await app.get(found.headers.get('location')!);
  expect(act.status).toBe(200);
  return act;
}

/** The divisions in the address of a page that lookup led to, in their short form. */
async function divisionsFor({ app }: OpenState, fields: Fields): Promise<string[]> {
  const found = await app.post(`${CAMPAIGN}/lookup`, fields);
  expect(found.status).toBe(303);
  const { searchParams } = new URL(found.headers.get('location')!, app.url);
  return searchParams.getAll('division').map((id) => id.replace('ocd-division/country:us/', ''));
}

/** Who is on the page, in its order: 'Senator Ada Oak'. */
const whoIsOn = ({ $ }: Answer) =>
  $('.target h2')
    .toArray()
    .map((heading) => $(heading).text());

/** The options of each list, without the first, which chooses nothing. */
async function listsOf({ app }: OpenState): Promise<{ label: string; options: string[] }[]> {
  const { $ } = await app.get(`${CAMPAIGN}/districts`);
  return $('select[name=division]')
    .toArray()
    .map((select) => ({
      label: $(select).closest('.field').find('label').text(),
      options: $(select)
        .find('option[value!=""]')
        .toArray()
        .map((option) => $(option).text()),
    }));
}

/** The value of the option that has these words in it. */
async function optionValue({ app }: OpenState, words: string): Promise<string> {
  const { $ } = await app.get(`${CAMPAIGN}/districts`);
  return $(`option:contains("${words}")`).attr('value')!;
}

/** Tells of a call to the first who is on the page, and of an e-mail to the last; both must be counted under their ids. */
async function countActions({ app }: OpenState, { $ }: Answer): Promise<void> {
  const call = formFields($, '#target-1 form:has(input[name=type][value=phone])');
  await app.post(`${CAMPAIGN}/actions`, { ...call, status_code: 'contact' });
  const last = $('.target').length;
  const mail = formFields($, `#target-${last} form.sent`);
  const mailed = await app.post(`${CAMPAIGN}/actions`, { ...mail, status_code: 'sent' });
  expect(mailed.status).toBe(303);
  const totals = JSON.parse((await app.get(`${CAMPAIGN}/totals.json`)).text);
  expect(totals).toMatchObject({ is_sample: false, completed_actions: 2 });
  const ids = [$('.target').first(), $('.target').last()].map((card) => card.attr('data-legislator-id'));
  expect(totals.by_legislator.map((row: { legislator_id: string }) => row.legislator_id).sort()).toEqual(
    [...new Set(ids)].toSorted(),
  );
}

const SENATE_1: MadeUpState['upper'] = [[1, '001', '1', 'State Senate District 1']];

describe('Arizona, whose House districts elect two', () => {
  const arizona: MadeUpState = {
    state: 'az',
    upper: [1, 2].map((n) => [n, `00${n}`, `${n}`, `State Legislative District ${n}`]),
    lower: [1, 2].map((n) => [n, `00${n}`, `${n}`, `State Legislative District ${n}`]),
    members: [
      ['upper', '1', 'Oak'],
      ['upper', '2', 'Elm'],
      ['lower', '1', 'Birch'],
      ['lower', '1', 'Ash'],
      ['lower', '2', 'Fir'],
    ],
  };

  test('a point leads to the senator and both representatives, by family name, and their actions count', async () => {
    const az = await opened(arizona);
    const act = await actFor(az, pointIn(1));
    expect(whoIsOn(act)).toEqual(['Senator Ada Oak', 'Representative Ada Ash', 'Representative Ada Birch']);
    expect(act.$('[data-vacant]').length).toBe(0);
    await countActions(az, act);
  });

  test('the list names both, in the same order; a seat that one of two holds is said to be vacant', async () => {
    const az = await opened(arizona);
    expect(az.report).toMatchObject({
      seats: 6,
      members: 5,
      vacant_seats: ['House 2'],
      notes: [expect.anything()],
    });
    const lists = await listsOf(az);
    expect(lists[1]!.options).toEqual(['District 1: Ada Ash, Ada Birch', 'District 2: Ada Fir, vacant seat']);
    const act = await actFor(az, {
      division: [await optionValue(az, 'Ada Elm'), await optionValue(az, 'Ada Fir')],
    });
    expect(whoIsOn(act)).toEqual(['Senator Ada Elm', 'Representative Ada Fir']);
    expect(act.$('[data-vacant] h2').text()).toBe(
      'State Legislative District 2 (House): 1 of 2 seats vacant',
    );
  });

  test('a third member is noted, and all three are shown', async () => {
    const az = await opened({ ...arizona, members: [...arizona.members, ['lower', '1', 'Acer']] });
    expect(az.report.notes).toContain('House 1 elects 2 members, but the source has 3: check who holds it.');
    const act = await actFor(az, pointIn(1));
    expect(whoIsOn(act).slice(1)).toEqual([
      'Representative Ada Acer',
      'Representative Ada Ash',
      'Representative Ada Birch',
    ]);
    // Supporters are told that one of them may have left, and where to look.
    const notice = act.$('[data-crowded]');
    expect(notice.text()).toMatch(
      /^Our source names more people for State Legislative District 1 \(House\) than/,
    );
    expect(notice.find('a').text()).toBe('Check on USA.gov');
    expect((await actFor(az, pointIn(2))).$('[data-crowded]').length).toBe(0);
  });
});

describe('New Hampshire, whose floterials lie over other districts', () => {
  const hampshire: MadeUpState = {
    state: 'nh',
    upper: SENATE_1,
    lower: [
      [1, '001', 'Belknap 01', 'State House District Belknap 01'],
      [2, '002', 'Belknap 02', 'State House District Belknap 02'],
    ],
    members: [
      ['upper', '1', 'Oak'],
      ['lower', 'Belknap 1', 'Ash'],
      ['lower', 'Belknap 2', 'Birch'],
      ['lower', 'Belknap 2', 'Alder'],
      // Belknap 8 is drawn by no file, as none of the floterials is.
      ['lower', 'Belknap 8', 'Fir'],
    ],
  };

  test('members whose district nobody draws are kept; the page says that there may be more, and where to look', async () => {
    const nh = await opened(hampshire);
    expect(nh.report.members).toBe(5);
    expect(nh.report.notes.filter((note) => note.includes('no boundary'))).toEqual([]);
    const act = await actFor(nh, pointIn(1));
    expect(whoIsOn(act)).toEqual(['Senator Ada Oak', 'Representative Ada Ash']);
    const notice = act.$('[data-overlap]');
    expect(notice.text()).toContain('In New Hampshire some districts of the House lie over others');
    expect(notice.find('a').attr('href')).toMatch(/^https:\/\/gc\.nh\.gov\//);
    // Those of the county that no outline shows are one tap away, each with everyone who sits there.
    const more = notice.find('li a').toArray();
    expect(more.map((one) => act.$(one).text())).toContain('Belknap 8: Ada Fir, vacant seat');
    expect(more.map((one) => act.$(one).text()).join()).not.toMatch(/Belknap [12]:|Carroll/);
    const both = await nh.app.get(act.$(more.at(-1)!).attr('href')!);
    expect(whoIsOn(both)).toEqual(['Senator Ada Oak', 'Representative Ada Ash', 'Representative Ada Fir']);
    expect(both.$('[data-overlap]').text()).not.toContain('Belknap 8');
    await countActions(nh, act);
    const es = await nh.app.get(
      `${CAMPAIGN}/act?division=ocd-division/country:us/state:nh/sldl:belknap_1&lang=es`,
    );
    expect(es.$('[data-overlap]').text()).toContain('En Nuevo Hampshire, algunos distritos');
  });

  test('a floterial without an outline stands in the list, and can be chosen', async () => {
    const nh = await opened(hampshire);
    const lower = (await listsOf(nh))[1]!;
    expect(lower.options).toEqual(
      expect.arrayContaining([
        'Belknap 1: Ada Ash',
        'Belknap 2: Ada Alder, Ada Birch',
        'Belknap 8: Ada Fir, vacant seat',
      ]),
    );
    const act = await actFor(nh, { division: await optionValue(nh, 'Ada Fir') });
    expect(whoIsOn(act)).toEqual(['Representative Ada Fir']);
    expect(act.$('[data-vacant] h2').text()).toBe('Belknap 8 (House): we know of no one for 1 of 2 seats');
  });

  test('where boundaries overlap both districts are certain', async () => {
    const nh = await opened({
      ...hampshire,
      lower: [...hampshire.lower!, [1, '008', 'Belknap 08', 'State House District Belknap 08']],
      reach: { '008': 1 },
    });
    for (const [square, expected] of [
      [1, ['state:nh/sldu:1', 'state:nh/sldl:belknap_1', 'state:nh/sldl:belknap_8']],
      [2, ['state:nh/sldl:belknap_2', 'state:nh/sldl:belknap_8']],
    ] as const)
      expect(await divisionsFor(nh, pointIn(square))).toEqual(expected);
    expect(whoIsOn(await actFor(nh, pointIn(2)))).toEqual([
      'Representative Ada Alder',
      'Representative Ada Birch',
      'Representative Ada Fir',
    ]);
  });
});

test('Nebraska has one chamber, of senators, in the Census’s upper layer', async () => {
  const ne = await opened({
    state: 'ne',
    upper: [1, 2].map((n) => [n, `00${n}`, `${n}`, `State Legislative District ${n}`]),
    members: [
      ['legislature', '1', 'Oak'],
      ['legislature', '2', 'Elm'],
    ],
  });
  expect(await listsOf(ne)).toEqual([
    { label: 'Your district in the Legislature', options: ['District 1: Ada Oak', 'District 2: Ada Elm'] },
  ]);
  expect(await divisionsFor(ne, pointIn(2))).toEqual(['state:ne/sldu:2']);
  const act = await actFor(ne, pointIn(2));
  expect(whoIsOn(act)).toEqual(['Senator Ada Elm']);
  await countActions(ne, act);
});

test('Massachusetts has districts of names, which the Census spells in its own way', async () => {
  const ma = await opened({
    state: 'ma',
    upper: [
      [1, 'D31', 'First Plymouth-Norfolk', 'First Plymouth-Norfolk District'],
      [2, 'D01', 'Berkshire-Hampden-Franklin-Hampshire', 'Berkshire-Hampden-Franklin-Hampshire District'],
    ],
    lower: [
      [1, '010', '1st Bristol', '1st Bristol District'],
      [2, '006', 'Barnstable-Dukes-Nantucket', 'Barnstable-Dukes-Nantucket District'],
    ],
    members: [
      ['upper', 'First Plymouth and Norfolk', 'Oak'],
      ['upper', 'Berkshire, Hampden, Franklin and Hampshire', 'Elm'],
      ['lower', '1st Bristol', 'Ash'],
      ['lower', 'Barnstable, Dukes and Nantucket', 'Fir'],
    ],
  });
  expect(ma.report).toMatchObject({ seats: 4, members: 4, vacant_seats: [], notes: [] });
  expect(await divisionsFor(ma, pointIn(1))).toEqual([
    'state:ma/sldu:1st_plymouth_and_norfolk',
    'state:ma/sldl:1st_bristol',
  ]);
  expect(await divisionsFor(ma, pointIn(2))).toEqual([
    'state:ma/sldu:berkshire_hampden_franklin_and_hampshire',
    'state:ma/sldl:barnstable_dukes_and_nantucket',
  ]);
  expect((await listsOf(ma))[0]!.options).toEqual([
    'Berkshire, Hampden, Franklin and Hampshire: Ada Elm',
    'First Plymouth and Norfolk: Ada Oak',
  ]);
  const act = await actFor(ma, pointIn(1));
  expect(whoIsOn(act)).toEqual(['Senator Ada Oak', 'Representative Ada Ash']);
  await countActions(ma, act);
});

test('Vermont has districts of names, some of which elect several', async () => {
  const vt = await opened({
    state: 'vt',
    upper: [[1, 'CHS', 'Chittenden South East', 'Chittenden South East Senatorial District']],
    lower: [
      [1, 'A-1', 'Addison-1', 'Addison-1 State House District'],
      [2, 'GIC', 'Grand Isle-Chittenden', 'Grand Isle-Chittenden State House District'],
    ],
    members: [
      ['upper', 'Chittenden Southeast', 'Oak'],
      ['upper', 'Chittenden Southeast', 'Elm'],
      ['upper', 'Chittenden Southeast', 'Larch'],
      ['lower', 'Addison-1', 'Fir'],
      ['lower', 'Addison-1', 'Ash'],
    ],
  });
  expect(vt.report).toMatchObject({
    seats: 7,
    vacant_seats: ['House Grand Isle-Chittenden', 'House Grand Isle-Chittenden'],
  });
  expect(await divisionsFor(vt, pointIn(1))).toEqual([
    'state:vt/sldu:chittenden-southeast',
    'state:vt/sldl:addison-1',
  ]);
  expect(await divisionsFor(vt, pointIn(2))).toEqual(['state:vt/sldl:grand_isle-chittenden']);
  const act = await actFor(vt, { division: await optionValue(vt, 'Addison-1') });
  expect(whoIsOn(act)).toEqual(['Representative Ada Ash', 'Representative Ada Fir']);
  const both = await actFor(vt, pointIn(1));
  expect(whoIsOn(both).length).toBe(5);
  await countActions(vt, both);
});

test('Minnesota has halves of districts with letters', async () => {
  const mn = await opened({
    state: 'mn',
    upper: [[1, '064', '64', 'State Senate District 64']],
    lower: [
      [1, '64A', '64A', 'State House District 64A'],
      [2, '64B', '64B', 'State House District 64B'],
    ],
    members: [
      ['upper', '64', 'Oak'],
      ['lower', '64A', 'Ash'],
      ['lower', '64B', 'Fir'],
    ],
  });
  expect(await divisionsFor(mn, pointIn(1))).toEqual(['state:mn/sldu:64', 'state:mn/sldl:64a']);
  const act = await actFor(mn, { division: await optionValue(mn, 'District 64B') });
  expect(whoIsOn(act)).toEqual(['Representative Ada Fir']);
  expect(act.$('.role').text()).toContain('State House District 64B');
  await countActions(mn, await actFor(mn, pointIn(1)));
});

test('Alaska’s senators have letters for districts', async () => {
  const ak = await opened({
    state: 'ak',
    upper: [[1, '00A', 'A', 'State Senate District A']],
    lower: [[1, '001', '1', 'State House District 1']],
    members: [
      ['upper', 'A', 'Oak'],
      ['lower', '1', 'Ash'],
    ],
  });
  expect(await divisionsFor(ak, pointIn(1))).toEqual(['state:ak/sldu:a', 'state:ak/sldl:1']);
  const act = await actFor(ak, { division: await optionValue(ak, 'District A') });
  expect(whoIsOn(act)).toEqual(['Senator Ada Oak']);
  await countActions(ak, await actFor(ak, pointIn(1)));
});

/** The line between the made-up squares 1 and 2, as a device tells of it. */
const ON_THE_LINE = { latitude: '27.5', longitude: String(westOf(2)) };

describe('where one chamber is in doubt and the other is not', () => {
  test('in New Hampshire each of the districts that hold has a list of its own, already chosen', async () => {
    const nh = await opened({
      state: 'nh',
      upper: [1, 2].map((n) => [n, `00${n}`, `${n}`, `State Senate District ${n}`]),
      lower: [
        [1, '001', 'Belknap 01'],
        [1, '008', 'Belknap 08'],
      ],
      reach: { '001': 1, '008': 1 },
      members: [
        ['upper', '1', 'Oak'],
        ['lower', 'Belknap 1', 'Ash'],
        ['lower', 'Belknap 8', 'Fir'],
      ],
    });
    const choice = await nh.app.post(`${CAMPAIGN}/lookup`, ON_THE_LINE);
    expect(choice.status).toBe(200);
    const selects = choice.$('select[name=division]').toArray();
    expect(selects.map((select) => choice.$(select).find('option[value!=""]').length)).toEqual([2, 1, 1]);
    const chosen = formFields(choice.$, 'form:has(select)');
    const division = [chosen.division!].flat().filter((id) => id !== '');
    expect(division.map((id) => id.split('/').at(-1))).toEqual(['sldl:belknap_1', 'sldl:belknap_8']);
    expect(whoIsOn(await actFor(nh, { ...chosen, division }))).toEqual([
      'Representative Ada Ash',
      'Representative Ada Fir',
    ]);
  });

  test('in Puerto Rico a campaign of the House alone goes on, with those at large', async () => {
    const pr = await opened({
      state: 'pr',
      upper: [1, 2].map((n) => [n, `00${n}`, `${n}`, `State Senate District ${n}`]),
      lower: [[1, '001', '1', 'State House District 1']],
      reach: { 'lower 001': 1 },
      members: [
        ['lower', '1', 'Ash'],
        ['lower', 'At-Large', 'Fern'],
      ],
      asks: ['lower'],
    });
    const act = await actFor(pr, ON_THE_LINE);
    expect(whoIsOn(act)).toEqual(['Representative Ada Ash', 'Representative Ada Fern']);
  });

  test('in Idaho a choice between two places has one option for each', async () => {
    const id = await opened({
      state: 'id',
      upper: [[1, '001', '1', 'State Senate District 1']],
      reach: { 'upper 001': 1 },
      lower: [1, 2].map((n) => [n, `00${n}`, `${n}`, `State House District ${n}`]),
      members: [
        ['upper', '1', 'Oak'],
        ['lower', '2B', 'Ash'],
      ],
    });
    const choice = await id.app.post(`${CAMPAIGN}/lookup`, ON_THE_LINE);
    const options = choice.$('#division-1 option[value!=""]').toArray();
    expect(options.map((option) => choice.$(option).text()).sort()).toEqual([
      'District 1A, 1B: 2 vacant seats',
      'District 2A, 2B: Ada Ash, vacant seat',
    ]);
    const value = choice.$('option:contains("Ada Ash")').attr('value')!;
    const chosen = { ...formFields(choice.$, 'form:has(select)'), division: value };
    expect(await divisionsFor(id, chosen)).toEqual(['state:id/sldl:2a', 'state:id/sldl:2b']);
  });
});

describe('Idaho, where seats A and B are one place', () => {
  const idaho: MadeUpState = {
    state: 'id',
    upper: [1, 2].map((n) => [n, `00${n}`, `${n}`, `State Senate District ${n}`]),
    lower: [1, 2].map((n) => [n, `00${n}`, `${n}`, `State House District ${n}`]),
    members: [
      ['upper', '1', 'Oak'],
      ['upper', '2', 'Elm'],
      ['lower', '1A', 'Fir'],
      ['lower', '1B', 'Ash'],
      ['lower', '2A', 'Yew'],
    ],
  };

  test('a point leads to the senator and both representatives, without a choice', async () => {
    const id = await opened(idaho);
    expect(id.report.vacant_seats).toEqual(['House 2B']);
    expect(await divisionsFor(id, pointIn(1))).toEqual([
      'state:id/sldu:1',
      'state:id/sldl:1a',
      'state:id/sldl:1b',
    ]);
    const act = await actFor(id, pointIn(1));
    expect(whoIsOn(act)).toEqual(['Senator Ada Oak', 'Representative Ada Fir', 'Representative Ada Ash']);
    expect(act.$('#target-3 .role').text()).toContain('State House District 1B');
    // A link made by hand to one seat leads to whoever shares it, too.
    const seat = await id.app.get(`${CAMPAIGN}/act?division=ocd-division/country:us/state:id/sldl:1b`);
    expect(whoIsOn(seat)).toEqual(['Representative Ada Fir', 'Representative Ada Ash']);
    await countActions(id, act);
  });

  test('the list has one choice for both, which leads to both; a vacant one is said to be vacant', async () => {
    const id = await opened(idaho);
    expect((await listsOf(id))[1]!.options).toEqual([
      'District 1A, 1B: Ada Fir, Ada Ash',
      'District 2A, 2B: Ada Yew, vacant seat',
    ]);
    const chosen = { division: await optionValue(id, 'District 2A') };
    expect(await divisionsFor(id, chosen)).toEqual(['state:id/sldl:2a', 'state:id/sldl:2b']);
    const act = await actFor(id, chosen);
    expect(whoIsOn(act)).toEqual(['Representative Ada Yew']);
    expect(act.$('[data-vacant]').attr('data-division-id')).toMatch(/sldl:2b$/);
  });
});

test('DC: the wards are places, and everyone has the chairman and those elected at large', async () => {
  const dc = await opened({
    state: 'dc',
    upper: [1, 2].map((n) => [n, `00${n}`, `${n}`, `Ward ${n}`]),
    members: [
      ['legislature', 'Ward 1', 'Oak'],
      ['legislature', 'Ward 2', 'Elm'],
      ['legislature', 'Chairman', 'Moss'],
      ['legislature', 'At-Large', 'Rush'],
      ['legislature', 'At-Large', 'Fern'],
      ['legislature', 'At-Large', 'Reed'],
    ],
  });
  expect(dc.report).toMatchObject({ seats: 7, members: 6, vacant_seats: ['Council At-Large, Chairman'] });
  expect(dc.report.notes.filter((note) => note.includes('left out'))).toEqual([]);
  expect(await listsOf(dc)).toEqual([
    { label: 'Your district in the Council', options: ['Ward 1: Ada Oak', 'Ward 2: Ada Elm'] },
  ]);
  for (const way of [pointIn(2), { division: await optionValue(dc, 'Ward 2') }]) {
    expect(await divisionsFor(dc, way)).toEqual(['district:dc/ward:2', 'district:dc']);
    expect(whoIsOn(await actFor(dc, way))).toEqual([
      'Councilmember Ada Elm',
      'Councilmember Ada Fern',
      'Chairman Ada Moss',
      'Councilmember Ada Reed',
      'Councilmember Ada Rush',
    ]);
  }
  const act = await actFor(dc, pointIn(1));
  expect(act.$('#target-2 .role').text()).toContain('Council, at large');
  // Nobody can live outside of the whole of DC.
  expect([act.$('#target-1 .not-mine').length, act.$('#target-2 .not-mine').length]).toEqual([1, 0]);
  expect(act.$('[data-vacant] h2').text()).toBe('Council, at large: 1 of 5 seats vacant');
  await countActions(dc, act);
});

test('Puerto Rico: both chambers have members of districts and members at large', async () => {
  const pr = await opened({
    state: 'pr',
    upper: [[1, '001', 'I', 'State Senate District I']],
    lower: [1, 2].map((n) => [n, `00${n}`, `${n}`, `State House District ${n}`]),
    members: [
      ['upper', '1', 'Oak'],
      ['upper', '1', 'Elm'],
      ['upper', 'At-Large', 'Moss'],
      ['lower', '1', 'Ash'],
      ['lower', '2', 'Fir'],
      ['lower', 'At-Large', 'Fern'],
    ],
  });
  expect(pr.report.notes.filter((note) => note.includes('left out'))).toEqual([]);
  expect(await divisionsFor(pr, pointIn(1))).toEqual([
    'territory:pr/sldu:1',
    'territory:pr',
    'territory:pr/sldl:1',
    'territory:pr/sldl:at-large',
  ]);
  expect((await listsOf(pr)).flatMap(({ options }) => options)).toEqual([
    'District 1: Ada Elm, Ada Oak',
    'District 1: Ada Ash',
    'District 2: Ada Fir',
  ]);
  // A point beside the Senate's one square: of the House alone, and nevertheless of everyone at large.
  expect(whoIsOn(await actFor(pr, pointIn(2)))).toEqual([
    'Senator Ada Moss',
    'Representative Ada Fir',
    'Representative Ada Fern',
  ]);
  const act = await actFor(pr, pointIn(1));
  expect(whoIsOn(act).length).toBe(5);
  await countActions(pr, act);
  const es = await pr.app.get(`${CAMPAIGN}/act?division=ocd-division/country:us/territory:pr&lang=es`);
  expect(es.$('.role').text()).toContain('Senado, escaños de todo el territorio');
});

test('Maine: those who speak for tribes are chosen by hand, and no place leads to them', async () => {
  const me = await opened({
    state: 'me',
    upper: SENATE_1,
    lower: [[1, '001', '1', 'State House District 1']],
    members: [
      ['upper', '1', 'Oak'],
      ['lower', '1', 'Ash'],
      ['lower', 'Passamaquoddy Tribe', 'Fern'],
    ],
  });
  expect(await divisionsFor(me, pointIn(1))).toEqual(['state:me/sldu:1', 'state:me/sldl:1']);
  // Whoever belongs to one has two in the House: the other is one tap away.
  const home = await actFor(me, pointIn(1));
  const offer = home.$('[data-overlap]');
  expect(offer.text()).toContain(
    'Some members of the House in Maine speak for a people, wherever they live.',
  );
  expect(offer.find('li').text()).toMatch(
    /Houlton Band of Maliseet Indians: vacant seat.*Passamaquoddy Tribe: Ada Fern/,
  );
  const both = await me.app.get(offer.find('li a').last().attr('href')!);
  expect(whoIsOn(both)).toEqual(['Senator Ada Oak', 'Representative Ada Ash', 'Representative Ada Fern']);
  const chosen = { division: await optionValue(me, 'Passamaquoddy Tribe: Ada Fern') };
  expect(await divisionsFor(me, chosen)).toEqual(['state:me/sldl:passamaquoddy-tribe']);
  const act = await actFor(me, chosen);
  expect(whoIsOn(act)).toEqual(['Representative Ada Fern']);
  expect(act.$('.role').text()).toContain('Passamaquoddy Tribe');
  await countActions(me, act);
});

test('Maryland has delegates, as many as each district elects; its bulk CSV tells who is doubtful', async () => {
  const md = await opened(
    {
      state: 'md',
      upper: SENATE_1,
      lower: [
        [1, '01A', '1A', 'State Legislative Subdistrict 1A'],
        [2, '003', '3', 'State Legislative District 3'],
      ],
      members: [
        ['upper', '1', 'Oak'],
        ['lower', '1A', 'Ash'],
        ['lower', '1A', 'Gone'],
        ['lower', '3', 'Fir'],
        ['lower', '3', 'Elm'],
        ['lower', '3', 'Yew'],
      ],
    },
    'csv',
  );
  expect(md.report.vacant_seats).toEqual([]);
  expect(md.report.notes).toContainEqual(expect.stringMatching(/^Left out, doubtful: Ada Gone/));
  expect((await listsOf(md)).map(({ label }) => label)).toEqual([
    'Your district in the Senate',
    'Your district in the House of Delegates',
  ]);
  const act = await actFor(md, pointIn(2));
  expect(whoIsOn(act)).toEqual(['Delegate Ada Elm', 'Delegate Ada Fir', 'Delegate Ada Yew']);
  expect(act.$('#target-1').attr('data-legislator-id')).toBe(memberId(4));
  const first = await actFor(md, pointIn(1));
  expect(whoIsOn(first)).toEqual(['Senator Ada Oak', 'Delegate Ada Ash']);
  await countActions(md, first);
});

test.each([
  ['wi', 'Assembly', 'Representative'],
  ['ny', 'Assembly', 'Assembly Member'],
] as const)('in %s the lower chamber is the %s, its member a %s', async (state, chamber, title) => {
  const made = await opened({
    state,
    upper: SENATE_1,
    lower: [[1, '001', '1', 'Assembly District 1']],
    members: [
      ['upper', '1', 'Oak'],
      ['lower', '1', 'Ash'],
    ],
  });
  expect((await listsOf(made))[1]!.label).toBe(`Your district in the ${chamber}`);
  const act = await actFor(made, pointIn(1));
  expect(whoIsOn(act)).toEqual(['Senator Ada Oak', `${title} Ada Ash`]);
  expect(act.$('#target-2 textarea').text()).toContain(`${title} Ada Ash`);
});
