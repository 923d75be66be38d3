import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { checkArchive } from '../../server/backup/restore.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { backUp, everyRow, restore } from '../support/backups.ts';
import { logAll, numbered } from '../support/log-all.ts';
import { TO_START } from '../support/server-process.ts';
import { STORE_KINDS } from '../support/temp-store.ts';

const KILLS = 15;
const hashed = (nonce: string) => createHash('sha256').update(nonce).digest('base64url');

/** Starts the command; resolves once it has ended, after a kill where one was asked for. */
async function command(args: string[], env: Record<string, string>, kill_after_ms?: number) {
  const child = spawn(process.execPath, ['--no-warnings', 'scripts/backup.ts', ...args], {
    env: { ...TO_START, ...env },
    stdio: 'ignore',
  });
  const timer =
    kill_after_ms === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), kill_after_ms);
  await once(child, 'close');
  clearTimeout(timer);
  return child.exitCode;
}

/** How long something takes here, in milliseconds: kills then come before, during and after. */
async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await run();
  return performance.now() - begun;
}

describe.each(STORE_KINDS)('on $name', (kind) => {
  test('a back-up that is killed leaves no file of its name, or a whole one with all that was acknowledged', async () => {
    const [database, target] = [await kind.create(), await kind.create()];
    const env = { DATABASE_URL: database.database_url, DATA_DIR: folderOf({}), CAMPAIGNS_DIR: folderOf({}) };
    const script = join(import.meta.dirname, '../support/log-actions.ts');
    const writer = spawn(process.execPath, ['--no-warnings', script, database.database_url, '0'], {
      env: TO_START,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const said: string[] = [];
    const lines = createInterface({ input: writer.stdout! }).on('line', (line) => said.push(line));
    while (said.length < 2000) await once(lines, 'line');

    const full_ms = await timeOf(() => command(['--to', join(env.DATA_DIR, 'first.tar.gz')], env));
    let whole = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const file = join(env.DATA_DIR, `${kill}.tar.gz`);
      const before = said.filter((line) => line !== 'ready').length;
      await command(['--to', file], env, Math.random() * 1.3 * full_ms);
      if (!existsSync(file)) continue;
      whole += 1;
      const { rows } = await checkArchive(file);
      expect(rows.actions).toBeGreaterThanOrEqual(before);
      // Each is a completed action: its outcome and its completion are spent.
      expect(rows.spent_action_ids).toBe(2 * rows.actions!);
    }
    const acknowledged = said.filter((line) => line !== 'ready');
    const last = join(env.DATA_DIR, 'last.tar.gz');
    expect(await command(['--to', last], env)).toBe(0);
    writer.kill('SIGKILL');
    await once(writer, 'close');
    await restore(last, target.database_url);
    const ids = new Set(
      (await everyRow(target.database_url)).spent_action_ids!.map((row) => JSON.parse(row as string).id),
    );
    expect(acknowledged.filter((nonce) => !ids.has(hashed(nonce)))).toEqual([]);
    expect(whole).toBeLessThan(KILLS);
    rmSync(env.DATA_DIR, { recursive: true });
    await Promise.all([database.drop(), target.drop()]);
  });

  test('a restore that is killed leaves what was there before, or all of the back-up', async () => {
    const [source, target] = [await kind.create(), await kind.create()];
    const env = { DATABASE_URL: target.database_url, DATA_DIR: folderOf({}), CAMPAIGNS_DIR: folderOf({}) };
    const fill = async (database: typeof source, nonces: string[]) => {
      const store = await database.open();
      await logAll(store, nonces);
      await store.close();
      return { file: await backUp(database.database_url), rows: await everyRow(database.database_url) };
    };
    const other = await fill(
      source,
      numbered(9000).map((nonce) => `other ${nonce}`),
    );
    const own = await fill(target, numbered(9000));
    let [is, will_be] = [own, other];
    const full_ms = await timeOf(() => command(['restore', own.file, '--replace'], env));
    const seen = { before: 0, after: 0 };
    for (let kill = 0; kill < KILLS; kill += 1) {
      await command(['restore', will_be.file, '--replace'], env, Math.random() * 1.3 * full_ms);
      const rows = await everyRow(target.database_url);
      const is_after = rows.spent_action_ids![0] === will_be.rows.spent_action_ids![0];
      expect(rows).toEqual(is_after ? will_be.rows : is.rows);
      seen[is_after ? 'after' : 'before'] += 1;
      if (is_after) [is, will_be] = [will_be, is];
    }
    expect(seen.before).toBeGreaterThan(0);
    await Promise.all([source.drop(), target.drop()]);
  });
});
