import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formFields } from '../support/client.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';
const ACT = `${PATH}/act?division=ocd-division/country:us/state:fl/sldu:5`;

let folder: string;
let app: TestApp;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'statehouse-languages-'));
  cpSync('campaigns', folder, { recursive: true });
  const file = join(folder, 'visible-act/campaign.yaml');
  // A language that the interface does not speak.
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('anguages: [en]', 'anguages: [tlh]'));
  renameSync(join(folder, 'visible-act/en'), join(folder, 'visible-act/tlh'));
  app = await startTestApp({ campaigns_dir: folder });
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
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
      readTotals: () => Promise.reject(new Error('inner detail')),
      rosters: {
        get: () => {
          throw new Error('inner detail');
        },
      },
    }),
  });
  const page = await broken.get(PATH);
  expect(page.status).toBe(500);
  expect(page.text).not.toMatch(/inner detail|\.ts|node_modules/);
  await broken.close();
});
