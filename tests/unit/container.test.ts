import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from 'yaml';
import { rosterFolder, writeRosterFiles } from '../../server/legislators/roster-files.ts';
import { SETTING_NAMES } from '../../server/settings.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { madeUpRoster } from '../fixtures/people/made-up-roster.ts';
import { WITHOUT_CACHE } from '../support/guide.ts';

/** The instructions of the Containerfile: word and rest, lines that go on joined. */
const INSTRUCTIONS = readFileSync('deploy/Containerfile', 'utf8')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => [line.split(' ')[0]!, line.slice(line.indexOf(' ') + 1)] as const);
const rest = (word: string) => INSTRUCTIONS.filter(([name]) => name === word).map(([, text]) => text);
const IGNORED = readFileSync('.dockerignore', 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'));
const COMPOSE = parse(readFileSync('deploy/compose.yaml', 'utf8'));

/** Everything below a path, links not followed. */
function below(path: string): string[] {
  return statSync(path).isDirectory() ? (readdirSync(path, { recursive: true }) as string[]).toSorted() : [];
}

test('what the container copies is enough to serve, to be found healthy, to back up and to stop when told, and nothing is written beside its data', async () => {
  const [app, data] = [folderOf({}), folderOf({})];
  for (const copied of rest('COPY')) {
    const names = copied.split(' ');
    const to = names.pop()!;
    for (const name of names) {
      expect(IGNORED).not.toContain(name);
      cpSync(name, names.length > 1 ? join(app, name) : join(app, to), { recursive: true });
    }
  }
  symlinkSync(resolve('node_modules'), join(app, 'node_modules'));
  await writeRosterFiles(
    rosterFolder(data, 'fl'),
    madeUpRoster([{ chamber: 'upper', district: '1', members: ['Pat Sample'] }]),
    undefined,
  );
  const said = Object.fromEntries(
    rest('ENV').flatMap((line) => line.split(' ').map((one) => one.split('='))),
  );
  const env = {
    ...WITHOUT_CACHE,
    ...said,
    DATA_DIR: data,
    CAMPAIGNS_DIR: join(app, 'campaigns'),
    PORT: '0',
    SECRET_KEY: 'ab'.repeat(32),
    PULL: 'off',
  };
  const listed = () =>
    readdirSync(app).flatMap((name) => (name === 'node_modules' ? name : [name, ...below(join(app, name))]));
  const before = listed();

  const [node, ...args] = JSON.parse(rest('CMD')[0]!);
  expect(node).toBe('node');
  const child = spawn(process.execPath, args, { cwd: app, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let port = '';
  for await (const line of createInterface({ input: child.stdout })) {
    const { event, at } = JSON.parse(line);
    if (event !== 'listening') continue;
    ({ port } = new URL(at));
    break;
  }
  const [, check] = rest('HEALTHCHECK')[0]!.split(' CMD ');
  const [, ...checking] = JSON.parse(check!);
  execFileSync(process.execPath, checking, { env: { ...env, PORT: port } });
  const file = execFileSync(process.execPath, ['scripts/backup.ts'], {
    cwd: app,
    env,
    encoding: 'utf8',
    stdio: 'pipe',
  });
  expect(existsSync(file.trim())).toBe(true);
  child.kill('SIGTERM');
  await once(child, 'close');
  expect(child.exitCode).toBe(0);
  // Whoever asks an app that is gone is told that it is not healthy.
  expect(() => execFileSync(process.execPath, checking, { env: { ...env, PORT: port } })).toThrow();
  expect(listed()).toEqual(before);
}, 120_000);

test('the container runs under a user of its own, on the Node that the tests run on, with its data apart', () => {
  expect(rest('FROM')[0]).toMatch(new RegExp(`/node:${process.versions.node.split('.')[0]}-`));
  expect(rest('USER')).toEqual(['node']);
  const said = Object.fromEntries(
    rest('ENV').flatMap((line) => line.split(' ').map((one) => one.split('='))),
  );
  expect(JSON.parse(rest('VOLUME')[0]!)).toEqual([said.DATA_DIR, said.CAMPAIGNS_DIR]);
  expect(Object.keys(said).filter((name) => !SETTING_NAMES.includes(name))).toEqual([]);
});

test('no settings, keys or data of the machine where it is built can get into the container', () => {
  expect(IGNORED).toEqual(expect.arrayContaining(['.env*', 'data', 'node_modules', '.git']));
  expect(JSON.stringify(INSTRUCTIONS)).not.toMatch(/SECRET|PASSWORD|API_KEY/);
});

test('compose builds that container, sets known settings, gives it time to stop, and names only what is there', () => {
  const { app, caddy, postgres } = COMPOSE.services;
  expect(existsSync(join('deploy', app.build.context, app.build.dockerfile))).toBe(true);
  expect(Object.keys(app.environment).filter((name) => !SETTING_NAMES.includes(name))).toEqual([]);
  expect(Number.parseInt(app.stop_grace_period, 10)).toBeGreaterThan(15);
  expect(app).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
  expect(app.ports).toBeUndefined();
  expect(postgres.profiles).toEqual(['postgres']);
  const named = [app, caddy, postgres].flatMap((service) => service.volumes as string[]);
  const volumes = named.map((one) => one.split(':')[0]!).filter((name) => !name.startsWith('.'));
  expect(volumes.toSorted()).toEqual(Object.keys(COMPOSE.volumes).toSorted());
});
