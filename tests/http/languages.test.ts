import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { changedCampaign } from '../support/changed-campaign.ts';
import { formFields } from '../support/client.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { inTwoLanguages } from '../support/two-languages.ts';

const PATH = '/campaigns/visible-act';
const ACT = `${PATH}/act?division=ocd-division/country:us/state:fl/sldu:5`;

let campaigns: ReturnType<typeof changedCampaign>;
let app: TestApp;
beforeAll(async () => {
  // A language that the interface does not speak.
  campaigns = changedCampaign((yaml) =>
    inTwoLanguages(yaml)
      .replaceAll('anguages: [en, es]', 'anguages: [tlh]')
      .replaceAll(/^( +)en: /gm, '$1tlh: '),
  );
  const texts = join(campaigns.folder, 'visible-act');
  renameSync(join(texts, 'en'), join(texts, 'tlh'));
  app = await startTestApp({ campaigns_dir: campaigns.folder });
});
afterAll(async () => {
  await app.close();
  campaigns.drop();
});

test.each(['tlh', 'fr', '*', '', 'en', 'en-US,en;q=0.9'])(
  'a campaign in a language that the interface lacks is shown and counted for whoever reads %j',
  async (language) => {
    const headers = { 'accept-language': language };
    for (const path of [PATH, ACT, `${PATH}/totals`, `${PATH}/thanks`]) {
      const page = await app.get(path, headers);
      expect([page.status, page.$('html').attr('lang')]).toEqual([200, 'en']);
    }
    const page = await app.get(PATH, headers);
    expect(page.$('article').attr('lang')).toBe('tlh');
    const form = formFields((await app.get(ACT, headers)).$, 'form[action$="/actions"]');
    const answer = await app.post(`${PATH}/actions`, { ...form, status_code: 'contact' }, headers);
    expect(answer.status).toBe(303);
  },
);

test('where even the page of a fault can not be drawn, no stack is shown', async () => {
  const broken = await startTestApp({
    parts: () => ({
      readCompleted: () => Promise.reject(new Error('inner detail')),
      rosters: {
        faults: () => [],
        get: () => {
          throw new Error('inner detail');
        },
      },
    }),
  });
  const said: unknown[] = [];
  const say = console.error;
  console.error = (...words) => said.push(words);
  const page = await broken.get(PATH);
  const looked = await broken.post(`${PATH}/lookup`, { address: 'the inner Marmalade Crescent' });
  console.error = say;
  for (const answer of [page, looked]) {
    expect(answer.status).toBe(500);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.text).not.toMatch(/inner|detail|\.ts|node_modules/);
  }
  // Only our own log tells of it, and not what was typed.
  expect(said).toEqual([]);
  expect(broken.log.filter((line) => line.includes('broken_answer')).length).toBe(2);
  expect(broken.log.at(-1)).not.toMatch(/inner/);
  await broken.close();
});
