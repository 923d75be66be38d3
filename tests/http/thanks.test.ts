import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const THANKS = '/campaigns/visible-act/thanks?division=ocd-division/country:us/state:fl/sldu:5';

let folder: string;
let app: TestApp;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'statehouse-thanks-'));
  cpSync('campaigns', folder, { recursive: true });
  const file = join(folder, 'visible-act/campaign.yaml');
  const [before] = readFileSync(file, 'utf8').split('next_steps:');
  const steps = ['jira', 'l4a'].map(
    (code) => `  - label: Meet ${code}\n    url: https://example.org/${code}\n    partner: ${code}\n`,
  );
  const all = '  - label: Read the bill\n    url: https://example.org/bill\n';
  writeFileSync(file, `${before}next_steps:\n${all}${steps.join('')}`);
  app = await startTestApp({ campaigns_dir: folder });
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
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
