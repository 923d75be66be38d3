import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { sql } from 'kysely';
import { type ActionLog, createActionLog } from '../../server/actions/action-log.ts';
import { readTotals } from '../../server/actions/totals.ts';
import type { Store } from '../../server/store/open-store.ts';
import { logEntry, SQLITE } from '../support/temp-store.ts';

let database: Awaited<ReturnType<typeof SQLITE.create>>;
let store: Store;
let log: ActionLog;
beforeEach(async () => {
  database = await SQLITE.create();
  store = await database.open();
  log = createActionLog({ store, now: () => new Date() });
});
afterEach(async () => {
  await log.close();
  await store.close();
  await database.drop();
});

test('a disk that is full is told as such, loses nothing, and once there is room the same form counts', async () => {
  await log.log(logEntry({ nonce: 'before' }));
  const pages = (most: string) =>
    store.transaction((trx) => sql.raw(`pragma max_page_count = ${most}`).execute(trx));
  await pages('1');
  const many = Array.from({ length: 200 }, (_, index) => log.log(logEntry({ nonce: `full ${index}` })));
  const results = await Promise.allSettled(many);
  const refused = results.filter((result) => result.status === 'rejected');
  expect(refused.length).toBeGreaterThan(0);
  for (const { reason } of refused) expect(reason).toMatchObject({ code: 'store_unavailable', status: 503 });
  expect(refused[0]!.reason.message).toMatch(/full/);
  await pages('1000000');
  await Promise.all(Array.from({ length: 200 }, (_, index) => log.log(logEntry({ nonce: `full ${index}` }))));
  const totals = await readTotals(
    store,
    { slug: 'visible-act', goal: 1 },
    { is_sample: false, now: new Date() },
  );
  expect(totals.completed_actions).toBe(201);
});

test('the database file is its owner’s alone, and so is what stands beside it', async () => {
  await log.log(logEntry({ nonce: 'nonce-to-look-for' }));
  const folder = dirname(database.database_url.slice('sqlite:'.length));
  for (const file of readdirSync(folder)) {
    expect(statSync(`${folder}/${file}`).mode & 0o077).toBe(0);
    expect(readFileSync(`${folder}/${file}`).includes('nonce-to-look-for')).toBe(false);
  }
});
