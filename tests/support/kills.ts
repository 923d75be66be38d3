import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createActionLog } from '../../server/actions/action-log.ts';
import { readTotals } from '../../server/actions/totals.ts';
import { logEntry, type StoreKind } from './temp-store.ts';

/** More than the process has under way at any time. */
const AT_ONCE = 40;

/**
 * Kills a process in the middle of a stream of actions, again and again on one database; after each kill sends all that it
 * acknowledged once more. Gives back what was acknowledged, how often a second report counted, and the totals.
 */
export async function killAndCount(kind: StoreKind, kills: number, random: () => number) {
  const database = await kind.create();
  const acknowledged: string[] = [];
  let counted_again = 0;
  let written_unsaid = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const first = kill * 1_000_000;
    const said = await killOne(database.database_url, first, 10 + Math.floor(random() * 200));
    acknowledged.push(...said);

    const store = await database.open();
    const log = createActionLog({ store, now: () => new Date() });
    const results = await Promise.all(said.map((nonce) => log.log(logEntry({ nonce }))));
    counted_again += results.filter((result) => result.counted).length;
    // Those under way at the kill may be written or not; sent again they count once either way. While this process was
    // kept from reading, the other may have gone on for long: what it said is lost with it. So on, until none was written.
    for (let next = Math.max(first - 1, ...said.map(Number)) + 1; ; next += AT_ONCE) {
      const under_way = Array.from({ length: AT_ONCE }, (_, index) => String(next + index));
      const resent = await Promise.all(under_way.map((nonce) => log.log(logEntry({ nonce }))));
      acknowledged.push(...under_way);
      const written = resent.filter((result) => !result.counted).length;
      written_unsaid += written;
      if (written === 0) break;
    }
    await log.close();
    await store.close();
  }
  const store = await database.open();
  const totals = await readTotals(
    store,
    { slug: 'visible-act', goal: 1 },
    { is_sample: false, now: new Date() },
  );
  const rows = await store.read
    .selectFrom('actions')
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  await store.close();
  await database.drop();
  return {
    acknowledged: new Set(acknowledged).size,
    counted_again,
    written_unsaid,
    totals,
    rows: Number(rows.count),
  };
}

async function killOne(database_url: string, first: number, after_lines: number): Promise<string[]> {
  const script = join(import.meta.dirname, 'log-actions.ts');
  const child: ChildProcess = spawn(
    process.execPath,
    ['--no-warnings', script, database_url, String(first)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout! })) {
    if (line === 'ready') continue;
    said.push(line);
    if (said.length === after_lines) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return said;
}
