import { sql } from 'kysely';
import { openStore } from '../../server/store/open-store.ts';
import { type KeptPostgres, keepPostgres } from '../support/keep-postgres.ts';
import { countCompleted, logAll, openLog } from '../support/log-all.ts';
import { logEntry } from '../support/temp-store.ts';

let postgres: KeptPostgres;
beforeAll(async () => {
  postgres = await keepPostgres();
});
afterAll(() => postgres.remove());

test('a server that crashes and comes back in a stream of actions: told at once, nothing lost, and it goes on by itself', async () => {
  const store = await openStore(postgres.url);
  const log = openLog(store);
  const said: string[] = [];
  const refused: unknown[] = [];
  let isOver = false;
  const supporter = async (name: string) => {
    for (let index = 0; !isOver; index += 1) {
      const nonce = `${name} ${index}`;
      await log.log(logEntry({ nonce })).then(
        () => said.push(nonce),
        (error) => refused.push(error),
      );
      // Nobody presses a button again at once; and each failure comes at once.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const supporters = Array.from({ length: 10 }, (_, index) => supporter(`${index}`));
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  for (let crash = 0; crash < 3; crash += 1) {
    const [before, failed] = [said.length, refused.length];
    await until(() => said.length > before + 50);
    await postgres.stop();
    await until(() => refused.length > failed + 20);
    await expect(store.ping()).rejects.toMatchObject({ code: 'store_unavailable' });
    await postgres.start();
  }
  const after = said.length;
  await until(() => said.length > after + 50);
  isOver = true;
  await Promise.all(supporters);
  await log.close();
  for (const error of refused) expect(error).toMatchObject({ code: 'store_unavailable', status: 503 });

  // What was refused may be written or not; what was acknowledged is.
  const again = await logAll(store, said);
  expect(again.filter((result) => result.status !== 'fulfilled' || result.value.counted)).toEqual([]);
  const { rows } = await sql<{ count: string }>`select count(*) from actions`.execute(store.read);
  expect(await countCompleted(store)).toBe(Number(rows[0]!.count));
  expect(Number(rows[0]!.count)).toBeGreaterThanOrEqual(said.length);
  await store.close();
});
