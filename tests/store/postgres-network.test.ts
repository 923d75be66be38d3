import { openPostgres } from '../../server/store/open-postgres.ts';
import { openStore, type Store } from '../../server/store/open-store.ts';
import { COUNTED, countCompleted, logAll, numbered, openLog } from '../support/log-all.ts';
import { createDatabase, dropDatabase } from '../support/postgres-databases.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { logEntry } from '../support/temp-store.ts';

let database_url: string;
let store: Store;
let proxy: TcpProxy;
/** The same database over the proxy. */
let far: Store;
beforeEach(async () => {
  database_url = await createDatabase();
  store = await openStore(database_url);
  proxy = await startTcpProxy(Number(new URL(database_url).port));
  const url = Object.assign(new URL(database_url), { port: String(proxy.port) }).href;
  far = await openPostgres(url, { connect_ms: 400, statement_ms: 300, answer_ms: 400 });
});
afterEach(async () => {
  await far.close();
  await proxy.close();
  await store.close();
  await dropDatabase(database_url);
});

test('a server that says nothing is given up soon, and used again once it speaks', async () => {
  await logAll(far, numbered(10));
  proxy.fallSilent();
  const results = await Promise.allSettled([
    far.ping(),
    countCompleted(far),
    ...Array.from({ length: 3 }, () => logAll(far, numbered(30))),
  ]);
  for (const result of results.slice(0, 2))
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'store_unavailable' } });
  await expect(far.ping()).rejects.toMatchObject({ code: 'store_unavailable' });
  proxy.speakAgain();
  await far.ping();
  await logAll(far, numbered(30));
  expect(await countCompleted(far)).toBe(30);
});

test('who comes while a silent server is waited for is told with those who wait, and waits no second time', async () => {
  const log = openLog(far);
  await log.log(logEntry({ nonce: 'before' }));
  proxy.fallSilent();
  const first = log.log(logEntry({ nonce: 'first' })).catch((error) => error);
  await Promise.resolve();
  const later = numbered(5).map((nonce) => log.log(logEntry({ nonce })).catch((error) => error));
  const told = await Promise.all([first, ...later]);
  expect(told[0]).toMatchObject({ code: 'store_unavailable' });
  expect(new Set(told).size).toBe(1);
  proxy.speakAgain();
  expect(await log.log(logEntry({ nonce: 'first' }))).toEqual({ counted: true });
  await log.close();
});

test('a line that is cut in the middle of a stream loses nothing that was acknowledged', async () => {
  const log = openLog(far);
  const said: string[] = [];
  const refused: unknown[] = [];
  const supporter = async (name: string) => {
    for (let index = 0; index < 40; index += 1) {
      const nonce = `${name} ${index}`;
      await log.log(logEntry({ nonce })).then(
        () => said.push(nonce),
        (error) => refused.push(error),
      );
      if (said.length % 50 === 49) proxy.cut();
    }
  };
  await Promise.all(Array.from({ length: 5 }, (_, index) => supporter(`${index}`)));
  await log.close();
  expect(said.length).toBeGreaterThan(100);
  for (const error of refused) expect(error).toMatchObject({ code: 'store_unavailable' });
  const again = await logAll(store, said);
  expect(again.filter((result) => result.status === 'fulfilled' && result.value.counted)).toEqual([]);
});

test('a row that another program holds is waited for, and not for long', async () => {
  await logAll(far, ['a']);
  const held = store.transaction(async (trx) => {
    await trx.updateTable('tally_by_day').set({ actions: 1 }).execute();
    expect((await logAll(far, ['b']))[0]).toMatchObject({
      status: 'rejected',
      reason: { code: 'store_unavailable', message: expect.stringMatching(/57014/) },
    });
  });
  await held;
  expect((await logAll(far, ['b']))[0]).toEqual(COUNTED);
});

test('it asks for nothing that a pooler such as PgBouncer would refuse', async () => {
  await logAll(far, ['a']);
  expect(proxy.greetings.length).toBeGreaterThan(0);
  for (const greeting of proxy.greetings) {
    const names = greeting
      .subarray(8)
      .toString()
      .split('\0')
      .filter((_, index) => index % 2 === 0);
    expect(names.filter(Boolean).toSorted()).toEqual([
      'application_name',
      'client_encoding',
      'database',
      'user',
    ]);
  }
});
