import { type MadeUpState, type OpenState, openState, pointIn } from '../fixtures/jurisdictions/made-up.ts';
import { changedCampaign } from '../support/changed-campaign.ts';
import { type Answer, formFields } from '../support/client.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';
const FLORIDA = 'ocd-division/country:us/state:fl';
const SENATE_5 = `${FLORIDA}/sldu:5`;
const HOUSE_14 = `${FLORIDA}/sldl:14`;
/** No one sits there. */
const HOUSE_78 = `${FLORIDA}/sldl:78`;

const missingOn = ({ $ }: Answer) =>
  $('[data-missing]')
    .toArray()
    .map((line) => $(line).text());

const pageOf = (at: TestApp, name: 'act' | 'thanks', divisions: string[], more = '') =>
  at.get(`${PATH}/${name}?${divisions.map((id) => `division=${id}`).join('&')}${more}`);

describe('in Florida', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  test('who came with a district of the House alone is told that a senator is missing, and finds one without losing the other', async () => {
    const act = await pageOf(app, 'act', [HOUSE_14], '&done=phone:x&partner=jira');
    expect(missingOn(act)).toEqual(['Your legislator in the Senate is not shown here. Find them']);
    expect(act.$('h1').next().is('[data-missing]')).toBe(true);
    const href = act.$('[data-missing] a').attr('href')!;
    expect(href).toBe(`${PATH}/districts?division=${HOUSE_14}&done=phone:x&partner=jira`);
    const list = await app.get(href);
    expect(list.$('option[selected]').attr('value')).toBe(HOUSE_14);
    const chosen = await app.post(`${PATH}/lookup`, {
      ...formFields(list.$, 'form[action$="/lookup"]'),
      division: [SENATE_5, HOUSE_14],
    });
    const both = await app.get(chosen.headers.get('location')!);
    expect([both.$('.target').length, missingOn(both)]).toEqual([2, []]);
  });

  test('the page of thanks says the same before the way back', async () => {
    const thanks = await pageOf(app, 'thanks', [SENATE_5]);
    expect(missingOn(thanks)).toEqual(['Your legislator in the House is not shown here. Find them']);
    expect(thanks.$('[data-missing]').next().find('a').text()).toBe('Back to my legislators');
    expect(missingOn(await pageOf(app, 'thanks', [SENATE_5, HOUSE_14]))).toEqual([]);
    expect(missingOn(await app.get(`${PATH}/thanks`))).toEqual([]);
  });

  test('a vacant seat is not missing, and no district of a chamber is said in Spanish too', async () => {
    expect(missingOn(await pageOf(app, 'act', [SENATE_5, HOUSE_78]))).toEqual([]);
    expect(missingOn(await pageOf(app, 'act', [HOUSE_78], '&lang=es'))).toEqual([
      'Senado: aquí falta la persona que le representa. Búsquela',
    ]);
  });

  test('a chamber that the campaign does not ask is not missing', async () => {
    const campaigns = changedCampaign((yaml) =>
      yaml.replace('chambers: [upper, lower]', 'chambers: [lower]'),
    );
    const house = await startTestApp({ campaigns_dir: campaigns.folder });
    expect(missingOn(await pageOf(house, 'act', [HOUSE_14]))).toEqual([]);
    expect(missingOn(await pageOf(house, 'act', [SENATE_5]))).toEqual([
      'Your legislator in the House is not shown here. Find them',
    ]);
    await house.close();
    campaigns.drop();
  });

  test('after the end of the campaign thanks are said without a list to go to', async () => {
    const ended = changedCampaign(
      (yaml) => `${yaml}dates: {ends: 2020-01-01}
`,
    );
    const over = await startTestApp({ campaigns_dir: ended.folder });
    const thanks = await pageOf(over, 'thanks', [SENATE_5]);
    expect([thanks.status, missingOn(thanks)]).toEqual([200, []]);
    await over.close();
    ended.drop();
  });
});

describe('elsewhere', () => {
  let open: OpenState | undefined;
  afterEach(async () => {
    await open?.close();
    open = undefined;
  });
  const opened = async (made: MadeUpState) => {
    open = await openState(made);
    return open.app;
  };
  const SENATE_1: MadeUpState['upper'] = [[1, '001', '1', 'State Senate District 1']];

  test('where there is one chamber nothing is missing', async () => {
    const ne = await opened({ state: 'ne', upper: SENATE_1, members: [['legislature', '1', 'Oak']] });
    const act = await pageOf(ne, 'act', ['ocd-division/country:us/state:ne/sldu:1']);
    expect([act.$('.target').length, missingOn(act)]).toEqual([1, []]);
  });

  test('in DC those elected at large stand in for no ward', async () => {
    const dc = await opened({
      state: 'dc',
      upper: [[1, '001', '1', 'Ward 1']],
      members: [
        ['legislature', 'Ward 1', 'Oak'],
        ['legislature', 'At-Large', 'Rush'],
      ],
    });
    const whole = 'ocd-division/country:us/district:dc';
    expect(missingOn(await pageOf(dc, 'act', [`${whole}/ward:1`, whole]))).toEqual([]);
    const act = await pageOf(dc, 'act', [whole]);
    expect(missingOn(act)).toEqual(['Your legislator in the Council is not shown here. Find them']);
    const list = await dc.get(act.$('[data-missing] a').attr('href')!);
    expect(list.$('option[selected]').length).toBe(0);
  });

  test('in Puerto Rico a chamber of which only members at large came along is missing', async () => {
    const pr = await opened({
      state: 'pr',
      upper: SENATE_1,
      lower: [[1, '001', '1', 'State House District 1']],
      members: [
        ['upper', 'At-Large', 'Moss'],
        ['lower', '1', 'Ash'],
        ['lower', 'At-Large', 'Fern'],
      ],
    });
    const found = await pr.post(`${PATH}/lookup`, {
      division: 'ocd-division/country:us/territory:pr/sldl:1',
    });
    const act = await pr.get(found.headers.get('location')!);
    expect(act.$('.target').length).toBe(3);
    expect(missingOn(act)).toEqual(['Your legislator in the Senate is not shown here. Find them']);
  });

  test('in New Hampshire the way to a senator keeps every district of the House that was found', async () => {
    const nh = await opened({
      state: 'nh',
      upper: SENATE_1,
      lower: [
        [1, '001', 'Belknap 01', 'State House District Belknap 01'],
        [2, '008', 'Belknap 08', 'State House District Belknap 08'],
      ],
      reach: { '001': 1 },
      members: [
        ['upper', '1', 'Oak'],
        ['lower', 'Belknap 1', 'Ash'],
        ['lower', 'Belknap 8', 'Fir'],
      ],
    });
    const sldl = (name: string) => `ocd-division/country:us/state:nh/sldl:${name}`;
    const houses = [sldl('belknap_1'), sldl('belknap_8')];
    const act = await pageOf(nh, 'act', houses);
    expect(missingOn(act)).toEqual(['Your legislator in the Senate is not shown here. Find them']);
    const list = await nh.get(act.$('[data-missing] a').attr('href')!);
    const fields = formFields(list.$, 'form[action$="/lookup"]');
    expect([fields.division!].flat().filter((id) => id !== '')).toEqual(houses);
    const senate = 'ocd-division/country:us/state:nh/sldu:1';
    const chosen = await nh.post(`${PATH}/lookup`, { ...fields, division: [senate, ...houses] });
    const all = await nh.get(chosen.headers.get('location')!);
    expect([all.$('.target').length, missingOn(all)]).toEqual([3, []]);
    // A search among them keeps both as well.
    const found = await nh.get(`${act.$('[data-missing] a').attr('href')!}&find=Oak`);
    expect(
      found
        .$('option[selected]')
        .toArray()
        .map((option) => found.$(option).attr('value')),
    ).toEqual(houses);
    // A point where both lie leads to both, and no one is missing.
    const point = await nh.post(`${PATH}/lookup`, pointIn(2));
    expect(point.status).toBe(303);
  });
});
