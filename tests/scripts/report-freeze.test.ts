import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printFrozen } from '../../scripts/report-freeze.ts';
import { createActionLog } from '../../server/actions/action-log.ts';
import { readFigure } from '../../server/reports/frozen-queries.ts';
import { openStore, type Store } from '../../server/store/open-store.ts';
import { changedCampaign } from '../support/changed-campaign.ts';
import { logEntry } from '../support/temp-store.ts';

let folder: string;
let store: Store;
let campaigns: ReturnType<typeof changedCampaign>;
const before = { ...process.env };
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'statehouse-freeze-'));
  store = await openStore(`sqlite:${join(folder, 'statehouse.db')}`);
  campaigns = changedCampaign((yaml) => yaml);
  campaigns.copy('silent', (yaml) => yaml);
  campaigns.copy('hidden', (yaml) => `${yaml.replace(/^status: .*$/m, '')}\nstatus: draft\n`);
  const log = createActionLog({ store, now: () => new Date('2026-11-24T15:00:00Z') });
  await Promise.all([
    log.log(logEntry({ nonce: 'a', partner: 'jira' })),
    log.log(logEntry({ nonce: 'b', campaign_slug: 'hidden' })),
    log.log(logEntry({ nonce: 'c', campaign_slug: 'silent', is_sample: true })),
    log.log(logEntry({ nonce: 'd', campaign_slug: 'silent', status_code: 'unavailable' })),
  ]);
  await log.close();
  Object.assign(process.env, { DATA_DIR: folder, CAMPAIGNS_DIR: campaigns.folder });
});
afterAll(async () => {
  process.env = before;
  await store.close();
  campaigns.drop();
  rmSync(folder, { recursive: true });
});

/** Runs the command as an operator does, beside a store that is open. */
function freeze(args: string[], settings: Record<string, string>) {
  return new Promise<{ code: number; out: string; said: string }>((resolve) => {
    const env = { PATH: process.env.PATH, DATA_DIR: folder, CAMPAIGNS_DIR: campaigns.folder, ...settings };
    const command = ['--no-warnings', 'scripts/report.ts', 'freeze', ...args];
    execFile(process.execPath, command, { env }, (error, out, said) =>
      resolve({ code: error ? Number(error.code) : 0, out, said }),
    );
  });
}

test('it prints the address alone, and says beside it what was fixed and where that leads', async () => {
  const [{ code, out, said }, local] = await Promise.all([
    freeze(['visible-act', '--note', ' For the hearing\non December 8 '], {
      BASE_URL: 'https://act.example.org',
    }),
    freeze(['visible-act'], { PORT: '3100' }),
  ]);
  expect(code).toBe(0);
  const id = /^https:\/\/act\.example\.org\/figures\/(visible-act-\d{4}-\d\d-\d\d-[a-z2-9]{4})\n$/.exec(
    out,
  )![1]!;
  expect(said).toMatch(
    /^Fixed: 1 completed action of visible-act as of .*\. It does not change any more\.\n$/,
  );
  const { figure } = (await readFigure(store, id))!;
  expect(figure).toMatchObject({
    note: 'For the hearing on December 8',
    completed_actions: 1,
    by_partner: [{ partner: 'jira', name: 'Jacksonville Immigrant Rights Alliance' }],
  });
  expect(local.out).toMatch(/^http:\/\/localhost:3100\/figures\//);
  expect(local.said).toContain(
    'leads others to their own computer: for the press fix the figure on your server',
  );
});

test.each([
  [['hidden'], /hidden is a draft, which only you can see/],
  [['silent'], /No completed action of silent is counted yet, so there is no figure to fix/],
  [['nowhere'], /There is no campaign 'nowhere'/],
  [[], /Name one campaign/],
  [['visible-act', 'for', 'the hearing'], /Put a note in quotes/],
  [['visible-act', '--note', 'x'.repeat(201)], /200 letters at most; this one has 201/],
  [['visible-act', '--note', 'a\u0000b'], /signs that can't be seen/],
])('freeze %j fixes nothing, and says why', async (args, message) => {
  const kept = () => store.read.selectFrom('frozen_figures').select('id').execute();
  const earlier = await kept();
  await expect(printFrozen(args)).rejects.toThrow(message);
  expect(await kept()).toEqual(earlier);
});
