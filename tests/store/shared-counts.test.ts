import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import { Kysely } from 'kysely';
import { Pool } from 'pg';
import { openPostgres } from '../../server/store/open-postgres.ts';
import { openStore, type Store } from '../../server/store/open-store.ts';
import { postgresDialect } from '../../server/store/postgres-dialect.ts';
import { openSharedCounts } from '../../server/store/shared-counts.ts';
import { countInLots } from '../../server/web/lots.ts';
import { createProofOfWork } from '../../server/web/proof-of-work.ts';
import { openSharing } from '../../server/web/sharing.ts';
import { createDatabase, dropDatabase, runSql } from '../support/postgres-databases.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { until } from '../support/until.ts';

const SECRETS = ['a secret of several processes, in tests'];
const MINUTE = { points: 300, duration: 60 };
const IP = '198.51.100.7';

let database_url: string;
let stores: Store[];
beforeEach(async () => {
  database_url = await createDatabase();
  stores = [];
});
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await dropDatabase(database_url);
});

let keys = 0;
const share = (store: Store, moment = '2026-12-01T15:00:00Z') =>
  openSharing({
    counts: store.shared,
    secrets: SECRETS,
    now: () => new Date(moment),
    newKey: () => `key ${++keys}`,
  });
/** As many processes, as far as counting goes. */
async function open(count: number): Promise<Store[]> {
  stores = await Promise.all(Array.from({ length: count }, () => openStore(database_url)));
  return stores;
}

test('eight that start together on an empty database, or on one of an older version, change its tables once', async () => {
  await open(8);
  const made = () => runSql(database_url, 'select name from kysely_migration order by name');
  const names = await made();
  expect(new Set(names.map(({ name }) => name)).size).toBe(names.length);
  await Promise.all(stores.map((store) => store.close()));

  await runSql(
    database_url,
    `drop table shared_counts, shared_keys; create index spent_action_ids_by_expiry on spent_action_ids (expires_at);
    delete from kysely_migration where name >= '2026-11-30-shared-counts'`,
  );
  await open(8);
  expect(await made()).toEqual(names);
  expect(await stores[7]!.shared!.keyOf('2026-12-01', () => 'a key')).toBe('a key');
});

test('a limit of 300 over two processes refuses between the 300th and the 330th, sent in turn or all at once', async () => {
  const [one, two] = (await open(2)).map((store) =>
    countInLots(share(store).counter('lookups', MINUTE), MINUTE),
  );
  const passed = async (sending: Promise<number>[]) =>
    (await Promise.all(sending)).filter((wait_s) => wait_s === 0).length;
  let in_turn = 0;
  for (let nth = 0; nth < 400; nth += 1) in_turn += await passed([(nth % 2 ? one! : two!)(IP)]);
  expect(in_turn).toBeGreaterThanOrEqual(300);
  expect(in_turn).toBeLessThanOrEqual(330);
  const at_once = await passed(
    Array.from({ length: 800 }, (_, nth) => (nth % 2 ? one! : two!)('198.51.100.8')),
  );
  expect(at_once).toBeGreaterThanOrEqual(300);
  expect(at_once).toBeLessThanOrEqual(330);
  const wait_s = await one!(IP);
  expect(wait_s).toBeGreaterThan(0);
  expect(wait_s).toBeLessThanOrEqual(60);
});

test('most addresses are written nowhere, those that ask much as a name that changes from day to day', async () => {
  const [store] = await open(1);
  const count = countInLots(share(store!).counter('lookups', MINUTE), MINUTE);
  for (let visit = 0; visit < 5; visit += 1) await count(IP);
  const rows = () => runSql<{ key: string; points: number }>(database_url, 'select * from shared_counts');
  expect(await rows()).toEqual([]);
  for (let visit = 0; visit < 20; visit += 1) await count(IP);
  const [row, ...others] = await rows();
  expect(others).toEqual([]);
  expect(row).toMatchObject({ key: expect.stringMatching(/^lookups:[\w-]{43}$/), points: 15 });

  await share(store!).counter('lookups', MINUTE).add(IP, 1);
  expect((await rows()).length).toBe(1);
  await share(store!, '2026-12-02T15:00:00Z').counter('lookups', MINUTE).add(IP, 1);
  expect((await rows()).length).toBe(2);
  const kinds = `select distinct relpersistence::text from pg_class where relname in ('shared_counts', 'shared_keys')`;
  expect(await runSql(database_url, kinds)).toEqual([{ relpersistence: 'u' }]);
});

test('a challenge is good once whichever process it reaches, and a day has one key for each purpose', async () => {
  const [one, two] = (await open(2)).map((store) => share(store));
  const now = () => new Date('2026-12-01T15:00:00Z');
  const [asking, other] = [one!, two!].map((sharing) =>
    createProofOfWork({ secrets: SECRETS, now, random: () => 0, sharing }),
  );
  const challenge: Challenge = JSON.parse(await asking!.ask('one'));
  const answer = JSON.stringify({ challenge, solution: await solveChallenge({ challenge, deriveKey }) });
  expect(await other!.check('one', answer)).toBe('good');
  expect(await asking!.check('one', answer)).toBe('spent');
  const [here, there] = await Promise.all([one!.dayKey('floods'), two!.dayKey('floods')]);
  expect(here).toBe(there);
  expect(await one!.dayKey('counts')).not.toBe(here);
});

test('midnight makes no challenge good again, and nothing that is given back after it counts below 0', async () => {
  const [store] = await open(1);
  const evening = new Date('2026-12-01T23:59:00Z');
  const at = (moment: Date) => {
    const sharing = share(store!, moment.toISOString());
    const proof = createProofOfWork({ secrets: SECRETS, now: () => moment, random: () => 0, sharing });
    return { proof, letters: sharing.counter('letters', MINUTE) };
  };
  const challenge: Challenge = JSON.parse(await at(evening).proof.ask('one'));
  const answer = JSON.stringify({ challenge, solution: await solveChallenge({ challenge, deriveKey }) });
  expect(await at(evening).proof.check('one', answer)).toBe('good');
  const night = new Date('2026-12-02T00:01:00Z');
  expect(await at(night).proof.check('one', answer)).toBe('spent');

  await at(evening).letters.consume(IP);
  await at(night).letters.reward(IP);
  expect(await at(night).letters.get(IP)).toBeNull();
  await at(evening).letters.reward(IP);
  await at(evening).letters.reward(IP);
  expect(await at(evening).letters.get(IP)).toMatchObject({ consumedPoints: 0 });
});

test('keys of days before are deleted though nobody asks for a later one, and so are counts that have expired', async () => {
  await open(1);
  await runSql(
    database_url,
    `insert into shared_keys (day, key) select to_char(now() at time zone 'utc' - days * interval '1 day', 'YYYY-MM-DD'), 'key ' || days from unnest(array[0, 1, 2]) days;
    insert into shared_counts (key, points, expire) values ('over', 1, 1), ('stands', 1, null)`,
  );
  const pool = new Pool({ connectionString: database_url });
  const kind = { access: 'read write', first: 'select 1' } as const;
  const { stop } = openSharedCounts(new Kysely({ dialect: postgresDialect(pool, 'here', kind) }), 20);
  await until(async () => (await runSql(database_url, 'select key from shared_keys')).length < 3);
  await until(async () => (await runSql(database_url, 'select key from shared_counts')).length < 2);
  stop();
  await pool.end();
  // Midnight may have come meanwhile.
  const keys_left = await runSql<{ key: string }>(database_url, 'select key from shared_keys');
  for (const { key } of keys_left) expect(key).toBe('key 0');
  expect(await runSql(database_url, 'select key from shared_counts')).toEqual([{ key: 'stands' }]);
});

test('where the database falls silent each process counts by itself, and hardly anybody waits for it', async () => {
  const { port, hostname } = new URL(database_url);
  const network = await startTcpProxy(Number(port));
  const far = Object.assign(new URL(database_url), { host: `${hostname}:${network.port}` }).href;
  const store = await openPostgres(far);
  const count = countInLots(share(store).counter('lookups', MINUTE), MINUTE);
  let passed = (await count(IP)) === 0 ? 1 : 0;
  network.fallSilent();
  const began = performance.now();
  for (let visit = 0; visit < 2000; visit += 1) if ((await count(IP)) === 0) passed += 1;
  expect(passed).toBeGreaterThanOrEqual(300);
  expect(passed).toBeLessThanOrEqual(330);
  // The first one waits for an answer, and nobody after it.
  expect(performance.now() - began).toBeLessThan(4000);
  network.cut();
  await store.close();
  await network.close();
});
