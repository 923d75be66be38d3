import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createActionLog } from '../../server/actions/action-log.ts';
import { writeVisits } from '../../server/actions/visit-queries.ts';
import { openStore, type Store } from '../../server/store/open-store.ts';
import { changedCampaign } from '../support/changed-campaign.ts';
import { createDatabase, dropDatabase } from '../support/postgres-databases.ts';
import { logEntry } from '../support/temp-store.ts';

const SENATOR_5 = JSON.parse(readFileSync('sample-data/fl/roster.json', 'utf8')).legislators.find(
  (legislator: { name: string }) => legislator.name === 'Sample Senator, District 5',
).id;

let folder: string;
let store: Store;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'statehouse-report-'));
  store = await openStore(`sqlite:${join(folder, 'statehouse.db')}`);
  const log = createActionLog({ store, now: () => new Date('2026-11-24T15:00:00Z') });
  await Promise.all([
    log.log(logEntry({ nonce: 'a', partner: 'jira' })),
    log.log(logEntry({ nonce: 'b', type: 'email', status_code: 'sent', legislator_id: SENATOR_5 })),
    log.log(logEntry({ nonce: 'c', type: 'email', status_code: 'started' })),
    log.log(logEntry({ nonce: 'd', is_sample: true })),
    log.log(logEntry({ nonce: 'e', campaign_slug: 'gone-by' })),
    log.log(logEntry({ nonce: 'f', campaign_slug: 'gone-by', variant: 'short' })),
    log.log(logEntry({ nonce: 'g', campaign_slug: 'tried', is_sample: true })),
  ]);
  await log.close();
  const code = { campaign_slug: 'visible-act', first_day: '2026-11-20', last_day: '2026-11-23', visits: 12 };
  const visit = { campaign_slug: 'visible-act', is_sample: 0, day: '2026-11-23' };
  const visits = [
    { ...visit, partner: 'jira', visits: 1200 },
    { ...visit, partner: '', visits: 8 },
  ];
  await store.transaction((trx) => writeVisits(trx, { visits, codes: [{ ...code, code: 'jria' }] }));
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Runs the command as an operator does, beside a store that is open. */
function report(args: string[], data_dir = folder, settings: Record<string, string> = {}) {
  return new Promise<{ code: number; out: string; said: string }>((resolve) => {
    const env = { PATH: process.env.PATH, DATA_DIR: data_dir, ...settings };
    execFile(process.execPath, ['--no-warnings', 'scripts/report.ts', ...args], { env }, (error, out, said) =>
      resolve({ code: error ? Number(error.code) : 0, out, said }),
    );
  });
}

test('a table for reading names the total, its parts and every outcome', async () => {
  const { code, out, said } = await report(['visible-act']);
  expect(code).toBe(0);
  expect(said).toBe(
    `Links with the code "jria" came 12 times, last on 2026-11-23: no partner has it. Did you mean 'jira'?\n`,
  );
  expect(out).toMatch(/^visible-act: 2 completed actions of 1000 hoped for\n/);
  expect(out).toMatch(/reported by supporters 2, accepted by mail servers 0, offline 0/);
  expect(out).toMatch(
    /\n {2}as of \w+ \d+, \d{4} at \d+:\d\d:\d\d [AP]M E[SD]T; actions are counted, not people\n/,
  );
  expect(out).toContain('\n  visits 1,208: Jacksonville Immigrant Rights Alliance 1,200, no partner 8\n');
  expect(out).toMatch(/type +email +started +1 +0\n/);
  expect(out).not.toMatch(/ 0 +0\n/);
  expect(out).toMatch(/partner +Jacksonville Immigrant Rights Alliance +1 +1\n/);
  expect(out).toMatch(/partner +no partner +1 +1\n/);
  expect(out).toMatch(/division +State Senate District 5 +2 +2\n/);
  // A legislator whom no roster knows keeps the id; one at hand has a name.
  expect(out).toMatch(/legislator +ocd-person\/1 +1 +1\n/);
  expect(out).toMatch(/legislator +Senator Sample Senator, District 5 +1 +1\n/);
});

test('JSON and CSV stand alone on standard output, whole or by one view', async () => {
  const json = await report(['visible-act', '--format', 'json']);
  expect(JSON.parse(json.out)).toMatchObject({ campaign_slug: 'visible-act', completed_actions: 2 });
  const by_day = await report(['visible-act', '--format', 'json', '--by', 'day']);
  expect(JSON.parse(by_day.out)).toEqual({ by_day: [{ day: '2026-11-24', completed_actions: 2 }] });
  const variants = await report(['gone-by', '--format', 'json', '--by', 'variant']);
  expect(JSON.parse(variants.out).by_variant).toEqual([
    { type: 'phone', variant: '', completed_actions: 1 },
    { type: 'phone', variant: 'short', completed_actions: 1 },
  ]);
  const csv = await report(['visible-act', '--format', 'csv', '--by', 'partner']);
  expect(csv.out.split('\r\n')).toEqual([
    'dimension,key,status_code,actions,completed_actions',
    'partner,,,1,1',
    'partner,jira,,1,1',
    '',
  ]);
});

test('trial actions are told only where they are asked for', async () => {
  const { out, said } = await report(['visible-act', '--sample']);
  expect(out).toMatch(/^visible-act: 1 completed action.*\(samples\)/);
  expect(said).toMatch(/^Codes in links that no partner has, .* are of real actions alone: /);
  const lists = await report(['corrections', 'visible-act']);
  expect(lists.said).toMatch(/^These lists are of real actions alone\. .* they never count\.\n$/);
});

test('a campaign whose folder is gone can still be reported', async () => {
  const { out } = await report(['gone-by']);
  expect(out).toMatch(/^gone-by: 2 completed actions\n/);
  expect(out).toMatch(/variant +phone without a variant +1 +1\nvariant +phone@short +1 +1\n/);
  expect(out).toMatch(/\n {2}phone: one of them is not in use now\./);
});

test('after a rename what was counted before counts, and trial actions are told of, while its files have a fault too', async () => {
  const { folder: campaigns_dir, copy, drop } = changedCampaign((yaml) => yaml);
  copy('renamed', (yaml) => `${yaml}\nformer_slugs: [gone-by]\n`);
  copy('faulty', (yaml) => `${yaml.replace('ask: support', 'ask: maybe')}\nformer_slugs: [gone-by]\n`);
  copy('broken', (yaml) => `${yaml}\nformer_slugs: [gone-by\n`);
  copy('tried-out', (yaml) => `${yaml}\nformer_slugs: [tried]\n`);
  const ask = (slug: string) => report([slug], folder, { CAMPAIGNS_DIR: campaigns_dir });
  const [renamed, faulty, broken, tried] = await Promise.all(
    ['renamed', 'faulty', 'broken', 'tried-out'].map(ask),
  );
  drop();
  expect(tried!.out).toMatch(/^tried-out: 0 completed actions of/);
  expect(tried!.said).toMatch(
    / There are trial actions on sample pages: add --sample\.\nCodes in links that no partner /,
  );
  expect([renamed!.code, renamed!.said]).toEqual([0, '']);
  expect(renamed!.out).toMatch(/^renamed: 2 completed actions of 1000/);
  expect(faulty!.code).toBe(0);
  expect(faulty!.out).toMatch(/^faulty: 2 completed actions\n/);
  expect(faulty!.said).toContain('campaigns/faulty has a fault, so its goal and its names are left out');
  expect([broken!.code, broken!.out]).toEqual([1, '']);
  expect(broken!.said).toMatch(
    /^campaigns\/broken has a fault, so what was counted under earlier names can't be found: npm run campaign -- check broken\n/,
  );
});

test.each([
  [['visible'], /There is no campaign 'visible'\. There are: example, visible-act, gone-by\./],
  [[], /Name one campaign/],
  [['visible-act', '--by', 'weather'], /--by is one of: type, day, legislator, partner, language/],
  [['visible-act', '--format', 'xml'], /--format is one of: table, csv, json/],
  [['visible-act', '--colour'], /--colour/],
])('report %j says on standard error what is wrong and ends with 1', async (args, message) => {
  const { code, out, said } = await report(args);
  expect([code, out]).toEqual([1, '']);
  expect(said).toMatch(message);
  expect(said).not.toMatch(/\n\s+at /);
});

test('--help explains the command; without a database it says that there is none yet, and makes none', async () => {
  expect((await report(['--help'])).out).toMatch(/npm run report -- SLUG/);
  const empty = join(folder, 'empty');
  const { code, said } = await report(['visible-act'], empty);
  expect(code).toBe(1);
  expect(said).toMatch(/There is no database at .* yet/);
  expect(existsSync(empty)).toBe(false);
});

test('a damaged database is told in words, and left as it is', async () => {
  const damaged = join(folder, 'damaged');
  mkdirSync(damaged);
  writeFileSync(join(damaged, 'statehouse.db'), 'no database at all, whatever its name says'.repeat(100));
  const { code, said } = await report(['visible-act'], damaged);
  expect(code).toBe(1);
  expect(said).toMatch(/can't be read\. If it is damaged, move it away and restore a back-up/);
  expect(said).not.toMatch(/\n\s+at /);
  expect(readFileSync(join(damaged, 'statehouse.db'), 'utf8')).toMatch(/^no database/);
});

test('on PostgreSQL it reads what is there, beside a store that is open, and says where nothing is there yet', async () => {
  const database_url = await createDatabase();
  const ask = (url: string) => report(['visible-act', '--format', 'json'], folder, { DATABASE_URL: url });
  const none = await ask(database_url);
  expect([none.code, none.out]).toEqual([1, '']);
  expect(none.said).toMatch(/^The database test .* holds no tables yet: .* when the app starts\.\n$/);

  const other = await openStore(database_url);
  const log = createActionLog({ store: other, now: () => new Date('2026-11-24T15:00:00Z') });
  await log.log(logEntry({ nonce: 'a' }));
  await log.close();
  const one = await ask(database_url);
  expect(one.said).toBe('');
  expect(JSON.parse(one.out)).toMatchObject({ completed_actions: 1 });
  await other.close();
  await dropDatabase(database_url);

  const away = await ask(Object.assign(new URL(database_url), { port: '9' }).href);
  expect(away.code).toBe(1);
  expect(away.said).toMatch(/^The database test .* at 127\.0\.0\.1:9 can't be reached: .*\n$/);
});
