import { changedCampaign } from '../support/changed-campaign.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';
const ACT = `${PATH}/act?division=ocd-division/country:us/state:fl/sldu:5`;

let campaigns: ReturnType<typeof changedCampaign>;
let app: TestApp;
let now: Date;
beforeAll(async () => {
  const dates = 'dates:\n  starts: 2026-11-20\n  ends: 2026-11-25\n';
  campaigns = changedCampaign((yaml) => yaml + dates);
  app = await startTestApp({ campaigns_dir: campaigns.folder, now: () => now });
});
afterAll(async () => {
  await app.close();
  campaigns.drop();
});

/** Whether the campaign asks something now: on its page, on the home page, and to whoever has a link to act. */
async function asksAt(moment: string) {
  now = new Date(moment);
  const page = await app.get(PATH);
  return {
    page: page.$('form[action$="/lookup"]').length > 0,
    home: (await app.get('/')).$(`a[href="${PATH}"]`).length > 0,
    act: (await app.get(ACT)).status === 200,
    says: page.$('main').text(),
  };
}

test.each([
  ['2026-11-20T04:59:00Z', 'the evening before', /begins on November 20, 2026/],
  ['2026-11-26T05:00:00Z', 'the day after', /ended on November 25, 2026/],
])('at %s, %s by the state’s clock, the campaign asks nothing and says so', async (moment, _name, says) => {
  const asked = await asksAt(moment);
  expect(asked).toMatchObject({ page: false, home: false, act: false });
  expect(asked.says).toMatch(says);
  const lookup = await app.post(`${PATH}/lookup`, { address: '32209', partner: 'jira' });
  expect([lookup.status, lookup.headers.get('location')]).toEqual([303, `${PATH}?partner=jira`]);
  expect((await app.get(`${PATH}/totals`)).status).toBe(200);
});

test.each(['2026-11-20T05:00:00Z', '2026-11-26T04:59:00Z'])(
  'at %s, its first or last hour by the state’s clock, the campaign asks and tells its last day',
  async (moment) => {
    const asked = await asksAt(moment);
    expect(asked).toMatchObject({ page: true, home: true, act: true });
    expect(asked.says).toMatch(/runs until November 25, 2026/);
  },
);
