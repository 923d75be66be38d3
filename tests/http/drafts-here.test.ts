import { cpSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { load } from 'cheerio';
import { type ChangedCampaigns, changedCampaign } from '../support/changed-campaign.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

let campaigns: ChangedCampaigns;
let app: TestApp;
beforeAll(async () => {
  campaigns = changedCampaign((yaml) => `${yaml}\nstatus: draft\n`);
  campaigns.copy('clean-air', (yaml) => yaml.replace('status: draft', 'status: live'));
  cpSync('tests/fixtures/broken-campaigns/wrong-ask', join(campaigns.folder, 'clean-water'), {
    recursive: true,
  });
  app = await startTestApp({ campaigns_dir: campaigns.folder, campaigns_every_ms: 1000 });
});
afterAll(async () => {
  await app.close();
  campaigns.drop();
});

const DRAFTS = '#drafts-title';

test('in development a browser on the machine itself finds drafts and faulty campaigns on the home page', async () => {
  const { $ } = await app.get('/');
  const hrefs = $(`section:has(${DRAFTS}) a`)
    .toArray()
    .map(({ attribs }) => attribs.href!);
  expect(hrefs.map((href) => href.split('?')[0])).toEqual([
    '/campaigns/clean-water/preview',
    '/campaigns/visible-act/preview',
    '/campaigns/visible-act',
  ]);
  for (const href of hrefs)
    expect([href, (await app.get(href)).$('[data-preview]').length]).toEqual([href, 1]);
});

/** The home page as it is asked for under another name: `fetch` names the host that it asks. */
function homeOf(host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request(app.url, { headers: { host, accept: 'text/html' } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      answer.on('end', () => resolve(text));
    })
      .on('error', reject)
      .end();
  });
}

test('nobody else does: not by way of a proxy, not under another name, not in production', async () => {
  for (const name of ['x-forwarded-for', 'forwarded', 'via'])
    expect([name, (await app.get('/', { [name]: '127.0.0.1' })).$(DRAFTS).length]).toEqual([name, 0]);
  expect(load(await homeOf('example.org'))(DRAFTS)).toHaveLength(0);
  expect(load(await homeOf('localhost:3000'))(DRAFTS)).toHaveLength(1);

  const production = await startTestApp({
    campaigns_dir: campaigns.folder,
    settings: { is_production: true },
  });
  expect((await production.get('/')).$(DRAFTS)).toHaveLength(0);
  await production.close();
});
