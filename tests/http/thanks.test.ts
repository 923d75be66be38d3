import { changedCampaign } from '../support/changed-campaign.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const THANKS = '/campaigns/visible-act/thanks?division=ocd-division/country:us/state:fl/sldu:5';

let campaigns: ReturnType<typeof changedCampaign>;
let app: TestApp;
beforeAll(async () => {
  const steps = ['jira', 'l4a'].map(
    (code) => `  - label: Meet ${code}\n    url: https://example.org/${code}\n    partner: ${code}\n`,
  );
  const all = '  - label: Read the bill\n    url: https://example.org/bill\n';
  campaigns = changedCampaign((yaml) =>
    yaml.replace(/next_steps:.*/s, `next_steps:\n${all}${steps.join('')}`),
  );
  app = await startTestApp({ campaigns_dir: campaigns.folder });
});
afterAll(async () => {
  await app.close();
  campaigns.drop();
});

test.each([
  ['jira', ['Meet jira', 'Read the bill']],
  ['l4a', ['Meet l4a', 'Read the bill']],
  ['', ['Read the bill']],
  ['unknown', ['Read the bill']],
])(
  'whoever came by the link of %j is offered that partner’s own steps first, and no other’s',
  async (partner, steps) => {
    const { $ } = await app.get(`${THANKS}&partner=${partner}`);
    const offered = $('.steps a').toArray();
    expect(offered.map((link) => $(link).text())).toEqual(steps);
  },
);
