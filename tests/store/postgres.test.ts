import { sql } from 'kysely';
import { OperationalError } from '../../server/errors.ts';
import { openStore, type Store } from '../../server/store/open-store.ts';
import { COUNTED, countCompleted, logAll, numbered } from '../support/log-all.ts';
import { createDatabase, databaseName, dropDatabase, runSql } from '../support/postgres-databases.ts';

let database_url: string;
let store: Store;
beforeEach(async () => {
  database_url = await createDatabase();
  store = await openStore(database_url);
});
afterEach(async () => {
  await store.close();
  await dropDatabase(database_url);
});

/** Makes the database itself fail with this code at the next row, as a full disk or a shutdown does. */
const failWith = (code: string) => `
  create or replace function fail() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file' using errcode = '${code}'; end $$;
  create trigger fail before insert on actions for each row execute function fail();`;

test('a disk that is full is told as such, loses nothing, and once there is room the same form counts', async () => {
  await logAll(store, ['before']);
  await runSql(database_url, failWith('53100'));
  for (const result of await logAll(store, numbered(200)))
    expect(result).toMatchObject({
      status: 'rejected',
      reason: {
        code: 'store_unavailable',
        status: 503,
        message: expect.stringMatching(/could not extend.*53100/),
      },
    });
  await runSql(database_url, 'drop trigger fail on actions');
  await logAll(store, numbered(200));
  expect(await countCompleted(store)).toBe(201);
});

test('a shutdown, a time-out, a standby and other faults of the server are the store out of reach, not bugs', async () => {
  for (const code of ['57014', '57P01', '53200', '58030', '25006', '08006', '42501', 'XX001']) {
    await runSql(database_url, failWith(code));
    const [result] = await logAll(store, ['a']);
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'store_unavailable', status: 503 } });
    await runSql(database_url, 'drop trigger fail on actions');
  }
  expect((await logAll(store, ['a']))[0]).toEqual(COUNTED);
});

test('what only a bug can cause keeps its own message', async () => {
  const failed = store.transaction((trx) => sql`select 1 / 0`.execute(trx));
  await expect(failed).rejects.toThrow(/division by zero/);
  await expect(failed).rejects.not.toBeInstanceOf(OperationalError);
});

test('two transactions that block each other both go on, one after the other', async () => {
  await logAll(store, ['a']);
  const other = await openStore(database_url);
  let tries = 0;
  let meet = () => {};
  const met = new Promise<void>((resolve) => {
    meet = resolve;
  });
  const raise = (through: Store, tables: ('tally_by_day' | 'tally_by_status')[]) =>
    through.transaction(async (trx) => {
      tries += 1;
      for (const table of tables) {
        await trx.updateTable(table).set({ actions: sql<number>`actions + 10` }).execute();
        if (tries === 2) meet();
        await met;
      }
    });
  await Promise.all([
    raise(store, ['tally_by_day', 'tally_by_status']),
    raise(other, ['tally_by_status', 'tally_by_day']),
  ]);
  // One was ended for the other; tried again before that one has woken up, it takes the same row first and they block each other anew.
  expect(tries).toBeGreaterThan(2);
  const sums = await runSql(
    database_url,
    'select actions::int from tally_by_day union all select actions::int from tally_by_status',
  );
  expect(sums).toEqual([{ actions: 21 }, { actions: 21 }]);
  await other.close();
});

test('a transaction that collides again and again is tried a few times, then told as busy', async () => {
  let tries = 0;
  const collide = (times: number) =>
    store.transaction(async (trx) => {
      tries += 1;
      if (tries <= times)
        await sql`do $$ begin raise exception 'collided' using errcode = '40001'; end $$`.execute(trx);
      return tries;
    });
  expect(await collide(3)).toBe(4);
  tries = 0;
  await expect(collide(100)).rejects.toMatchObject({ code: 'store_busy', status: 503 });
  expect(tries).toBe(5);
});

test('connections that the server ends, idle or in the middle, end no process and are made anew', async () => {
  await logAll(store, numbered(20));
  await Promise.all(Array.from({ length: 4 }, () => countCompleted(store)));
  const end = () =>
    runSql(
      database_url,
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );
  await end();
  expect(await countCompleted(store)).toBe(20);
  expect((await logAll(store, ['a']))[0]).toEqual(COUNTED);
  const cut = store.transaction(async (trx) => {
    await trx.deleteFrom('actions').execute();
    await end();
    await trx.deleteFrom('spent_action_ids').execute();
  });
  await expect(cut).rejects.toMatchObject({ code: 'store_unavailable' });
  expect((await logAll(store, ['b']))[0]).toEqual(COUNTED);
  expect((await store.read.selectFrom('actions').selectAll().execute()).length).toBe(22);
});

test('a transaction in which a statement failed does not pass for written', async () => {
  const swallowed = store.transaction(async (trx) => {
    await trx.deleteFrom('actions').execute();
    await sql`select 1 / 0`.execute(trx).catch(() => undefined);
  });
  await expect(swallowed).rejects.toThrow(/nothing is written/);
  await store.ping();
});

test('written means on disk, whatever the database says, and between transactions nothing is kept', async () => {
  await runSql(database_url, `alter database "${databaseName(database_url)}" set synchronous_commit = off`);
  const late = await openStore(database_url);
  const inside = await late.transaction((trx) =>
    sql`select current_setting('synchronous_commit') as value`.execute(trx),
  );
  expect(inside.rows).toEqual([{ value: 'on' }]);
  // Of this database alone: other suites use the same server.
  const locks = `select 1 from pg_locks where locktype = 'advisory'
    and database = (select oid from pg_database where datname = current_database())`;
  expect(await runSql(database_url, locks)).toEqual([]);
  await late.close();
});
