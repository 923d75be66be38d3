import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openStore } from '../../server/store/open-store.ts';
import { boundaryZips, peopleArchive, zipTexts } from '../fixtures/sources/made-up.ts';
import { commandBlocks, type GuideServer, openGuideServer, unitValue, WITHOUT_CACHE } from './guide.ts';
import { countCompleted, logAll, numbered } from './log-all.ts';
import { createDatabase, dropDatabase } from './postgres-databases.ts';
import { startStubSources } from './stub-sources.ts';

const BACKUPS = '/var/lib/statehouse/backups';
/** The restore that takes away what was counted since. */
const REPLACES = 'npm run backup -- restore "$FILE" --replace';
/** How the app is started where there is no systemd: it goes on until it is stopped. */
const STARTS = 'node_modules/.bin/node server/start.ts\n';

/**
 * Types every command of the README's section Deploy, and with `whole` of docs/upgrading.md and docs/deploy.md after it, and
 * checks what comes of them. With `installs` npm is npm itself.
 */
export async function walkGuide({ installs, whole }: { installs: boolean; whole: boolean }): Promise<void> {
  const stub = await startStubSources(await peopleArchive(undefined, new Date()), {
    ...boundaryZips('12'),
    ...zipTexts('12'),
  });
  const database_url = await createDatabase();
  const chosen = `"$(ls -d ${BACKUPS}/*.gz | tail -1)"`;
  const env = {
    PEOPLE_URL: stub.people_url,
    BOUNDARIES_URL: stub.boundaries_url,
    ZIP_DISTRICTS_URL: stub.zip_districts_url,
  };
  const server = openGuideServer({
    env,
    installs,
    instead: {
      [`${BACKUPS}/statehouse-2026-11-28T08-30-00Z.tar.gz`]: chosen,
      'postgres:///statehouse?host=/var/run/postgresql': database_url,
    },
  });
  const sqlite_url = `sqlite:${server.path('/var/lib/statehouse/statehouse.db')}`;
  try {
    for (const block of commandBlocks('README.md', 'Deploy')) await server.type(block);
    await checkSetUp(server);
    await serveOnce(server, env);
    if (!whole) return;

    await count(sqlite_url, numbered(3));
    for (const block of commandBlocks('docs/upgrading.md')) await server.type(block);
    expect(existsSync(server.path('/var/lib/statehouse/newer/statehouse.db'))).toBe(true);
    expect(await completed(sqlite_url)).toBe(3);
    await server.type('sudo git switch -');

    for (const block of commandBlocks('docs/deploy.md')) {
      if (block === STARTS) continue;
      // Counted since the back-up: gone by the restore that replaces.
      if (block.includes(REPLACES)) await count(sqlite_url, ['since']);
      // Typed on one's own computer.
      const is_elsewhere = block.includes('ssh your-server');
      const said = await server.type(is_elsewhere ? `(cd ~\n${block})` : block);
      if (block.includes(REPLACES)) {
        expect(said).toContain('The database holds 3 actions now.\nThe totals agree');
        expect(await completed(sqlite_url)).toBe(3);
      }
      if (is_elsewhere) expect(readdirSync(server.path('home/backups'))).not.toEqual([]);
      if (block.includes('damaged')) {
        expect(existsSync(server.path('/var/lib/statehouse/statehouse.db'))).toBe(false);
        await server.type(`sudo -u statehouse npm run backup -- restore ${chosen}`);
      }
      // The old key has been dropped: the new one alone is left.
      if (block.includes('sed -i -E'))
        expect(readFileSync(server.path('/opt/statehouse/.env'), 'utf8')).toMatch(
          /^SECRET_KEY=[0-9a-f]{64}$/m,
        );
      if (block.includes('moving.tar.gz')) expect(await completed(database_url)).toBe(3);
    }
  } finally {
    await dropDatabase(database_url);
    await stub.close();
  }
}

async function checkSetUp(server: GuideServer): Promise<void> {
  expect(statSync(server.path('/var/lib/statehouse')).mode & 0o777).toBe(0o700);
  expect(statSync(server.path('/opt/statehouse/.env')).mode & 0o777).toBe(0o600);
  expect(readFileSync(server.path('/etc/caddy/Caddyfile'), 'utf8')).toMatch(/^example\.org \{$/m);
  const units = readdirSync(server.path('/etc/systemd/system'));
  const asked = server.recorded().filter((line) => line.startsWith('systemctl enable'));
  expect(asked.length).toBeGreaterThan(0);
  for (const line of asked)
    for (const unit of line.split(' ').filter((word) => word.startsWith('statehouse')))
      expect(units).toContain(unit);
}

/** Starts the app as its unit does, with what the guide wrote into `.env`, and stops it as systemd would. */
async function serveOnce(server: GuideServer, env: Record<string, string>): Promise<void> {
  const unit = readFileSync(server.path('/etc/systemd/system/statehouse.service'), 'utf8');
  const [program, ...args] = unitValue(unit, 'ExecStart')!.split(' ');
  const child = spawn(server.path(program!), args, {
    cwd: server.path(unitValue(unit, 'WorkingDirectory')!),
    env: { ...WITHOUT_CACHE, ...env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  try {
    let at: string | undefined;
    for await (const line of lines) {
      const event = JSON.parse(line);
      if (event.event !== 'listening') continue;
      at = event.at;
      break;
    }
    const ready = await fetch(`${at}/ready`);
    expect({ status: ready.status, body: await ready.json() }).toMatchObject({
      status: 200,
      body: { status: 'ok' },
    });
  } finally {
    child.kill((unitValue(unit, 'KillSignal') ?? 'SIGTERM') as NodeJS.Signals);
    if (child.exitCode === null) await once(child, 'close');
  }
  expect(child.exitCode).toBe(0);
}

async function count(database_url: string, nonces: string[]): Promise<void> {
  const store = await openStore(database_url);
  await logAll(store, nonces);
  await store.close();
}

async function completed(database_url: string): Promise<number> {
  const store = await openStore(database_url);
  try {
    return await countCompleted(store);
  } finally {
    await store.close();
  }
}
