import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { changedCampaign } from '../support/changed-campaign.ts';
import { formFields } from '../support/client.ts';
import { numbersFrom } from '../support/numbers-from.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { until } from '../support/until.ts';

const PATH = '/campaigns/visible-act';
const ACT = `${PATH}/act?division=ocd-division/country:us/state:fl/sldu:5`;
const CHANGES = 100;
const SUPPORTERS = 3;
const MARK = /\bv(\d+)v\b/g;

/** Ways in which somebody who is writing breaks a file, each in another one. */
const BREAKS: [file: string, how: (text: string) => string][] = [
  ['campaign.yaml', (text) => text.replace('ask: support', 'ask: [support')],
  ['campaign.yaml', (text) => text.replace('goal: 1000', 'gaol: 1000')],
  ['en/email.hbs', (text) => text.replace('{{legislator.title}}', '{{legislator.titel}}')],
  ['en/phone.hbs', (text) => text.replace('{{', '{{{{')],
  ['en/page.md', () => ''],
  ['en/email.hbs', (text) => text.slice(0, 3)],
];

let campaigns: ReturnType<typeof changedCampaign>;
let app: TestApp;
/** What each file of the campaign says, but for the mark of its version. */
let files: Map<string, string>;
beforeAll(async () => {
  campaigns = changedCampaign((yaml) => yaml);
  const read = (file: string) => readFileSync(join(campaigns.folder, 'visible-act', file), 'utf8');
  files = new Map([
    ['campaign.yaml', read('campaign.yaml').replace(/^ {2}en: .*/m, '  en: Title vNv')],
    ['en/page.md', `Case vNv\n\n${read('en/page.md')}`],
    ['en/email.hbs', read('en/email.hbs').replace('Subject:', 'Subject: vNv')],
    ['en/phone.hbs', `Call vNv. ${read('en/phone.hbs')}`],
  ]);
  await write(0);
  app = await startTestApp({
    campaigns_dir: campaigns.folder,
    campaigns_every_ms: 15,
    settings: { actions_per_minute: 1_000_000 },
  });
});
afterAll(async () => {
  await app.close();
  campaigns.drop();
});

/** Writes a version file by file, as an editor does, broken or whole. */
async function write(version: number, broken?: (typeof BREAKS)[number]): Promise<void> {
  for (const [file, text] of files) {
    const marked = text.replace('vNv', `v${version}v`);
    const [broken_file, how] = broken ?? [];
    writeFileSync(join(campaigns.folder, 'visible-act', file), file === broken_file ? how!(marked) : marked);
    await pause(1);
  }
}

test('while a campaign changes a hundred times, half of them broken, every page is of one whole version and every count right', async () => {
  const random = numbersFrom(316);
  const whole = new Set([0]);
  let newest = 0;
  let is_over = false;
  let acknowledged = 0;
  let pages = 0;
  const seen = new Set<number>();

  /** A page is all of one version, whole, and none of before the one that the supporter saw last. */
  const versionIn = (text: string, marks: number, at_least: number) => {
    const found = [...text.matchAll(MARK)].map(([, version]) => Number(version));
    expect(found.length).toBeGreaterThanOrEqual(marks);
    expect(new Set(found).size).toBe(1);
    expect(whole).toContain(found[0]);
    expect(found[0]).toBeGreaterThanOrEqual(at_least);
    pages += 1;
    seen.add(found[0]!);
    return found[0]!;
  };

  const supporter = async () => {
    let last = 0;
    while (!is_over) {
      const campaign = await app.get(PATH);
      expect(campaign.status).toBe(200);
      // The title stands in the head and above the case.
      last = versionIn(campaign.text, 3, last);
      const act = await app.get(ACT);
      expect(act.status).toBe(200);
      last = versionIn(act.text, 3, last);
      const form = { ...formFields(act.$, 'form[action$="/actions"]'), status_code: 'contact' };
      const acted = await app.post(`${PATH}/actions`, form);
      expect(acted.status).toBe(303);
      acknowledged += 1;
    }
  };

  const writer = async () => {
    for (let version = 1; version <= CHANGES; version++) {
      const broken = version % 2 === 0 ? BREAKS[Math.floor(random() * BREAKS.length)]! : undefined;
      if (!broken) {
        whole.add(version);
        newest = version;
      }
      await write(version, broken);
      await until(async () => {
        const { broken_campaigns } = JSON.parse((await app.get('/ready')).text);
        if (broken) return broken_campaigns[0]?.serves_last === true;
        const { title } = app.parts.campaigns.get('visible-act')!;
        return broken_campaigns.length === 0 && title.en === `Title v${version}v`;
      });
    }
    is_over = true;
  };

  await Promise.all([writer(), ...Array.from({ length: SUPPORTERS }, supporter)]);
  const totals = JSON.parse((await app.get(`${PATH}/totals.json`)).text);
  expect(totals.completed_actions).toBe(acknowledged);
  expect(newest).toBe(CHANGES - 1);
  expect(pages).toBeGreaterThan(CHANGES);
  expect(seen.size).toBeGreaterThan(10);
  expect(
    app.log.filter((line) => /"level":"error"/.test(line) && !/campaign_(fault|kept)/.test(line)),
  ).toEqual([]);
}, 300_000);
