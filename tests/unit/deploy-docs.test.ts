import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readSettings, SETTING_NAMES } from '../../server/settings.ts';
import { unitValue } from '../support/guide.ts';

const README = readFileSync('README.md', 'utf8');
const GUIDE = readFileSync('docs/deploy.md', 'utf8');
const UPGRADING = readFileSync('docs/upgrading.md', 'utf8');
const OPERATING = readFileSync('docs/operate.md', 'utf8');
const SERVICE = readFileSync('deploy/statehouse.service', 'utf8');
const SOCKET = readFileSync('deploy/statehouse.socket', 'utf8');
const CADDYFILE = readFileSync('deploy/Caddyfile', 'utf8');
const PACKAGE = JSON.parse(readFileSync('package.json', 'utf8'));

const [, deploy] = README.split('\n## Deploy\n');
const DEPLOY = deploy!.split('\n## ')[0]!;
/** Names that stand before an = in the commands and are the shell's own. */
const SHELL_NAMES = ['REPOSITORY', 'DOMAIN', 'PASSWORD', 'FILE', 'POSTGRES_PASSWORD'];

/** Everything that is to be typed. */
function commands(text: string): string {
  return [...text.matchAll(/```\n([\s\S]*?)```/g)].map(([, block]) => block).join('\n');
}

/** The anchor that a heading gets. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

test.each([
  'README.md',
  'SECURITY.md',
  'campaigns/README.md',
  'campaigns/MORE.md',
  'docs/deploy.md',
  'docs/mail.md',
  'docs/scale.md',
  'docs/operate.md',
  'docs/security.md',
  'docs/totals.md',
  'docs/upgrading.md',
])('every link of %s to this project leads somewhere', (file) => {
  const links = [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, to]) => to!);
  expect(links.length).toBeGreaterThan(0);
  const broken = links.filter((link) => {
    const [path, heading] = link.split('#');
    const target = path === '' ? file : join(dirname(file), path!);
    if (!existsSync(target)) return true;
    if (heading === undefined) return false;
    const headings = readFileSync(target, 'utf8').matchAll(/^#+ (.*)$/gm);
    return ![...headings].some(([, text]) => anchor(text!) === heading);
  });
  expect(broken).toEqual([]);
});

test('every setting, script and file that the commands name is there', () => {
  const typed = [DEPLOY, GUIDE, UPGRADING, OPERATING].map(commands).join('\n');
  const names = [...typed.matchAll(/(?<![\w-])([A-Z][A-Z_]{3,})=/g)].map(([, name]) => name!);
  const told = [...(DEPLOY + GUIDE).matchAll(/`([A-Z]+_[A-Z_]+)[`=]/g)].map(([, name]) => name!);
  expect(names.length).toBeGreaterThan(5);
  expect([...names, ...told].filter((name) => ![...SETTING_NAMES, ...SHELL_NAMES].includes(name))).toEqual(
    [],
  );
  const scripts = [...typed.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, script]) => script!);
  expect(scripts.filter((script) => !(script in PACKAGE.scripts))).toEqual([]);
  const files = [...typed.matchAll(/(?<= )deploy\/[\w.*-]+/g)].flatMap(([file]) => globSync(file));
  expect(new Set(files)).toEqual(new Set(globSync('deploy/*')));
});

test('the settings that the README writes are right for production behind the proxy', () => {
  const [, block] = /<<END\n([\s\S]*?)\nEND/.exec(DEPLOY)!;
  const env = Object.fromEntries(
    block!
      .replace('$DOMAIN', 'example.org')
      .replace('$(openssl rand -hex 32)', 'ab'.repeat(32))
      .split('\n')
      .map((line) => line.split('=') as [string, string]),
  );
  expect(readSettings(env)).toMatchObject({
    is_production: true,
    base_url: 'https://example.org',
    data_dir: `/var/lib/${unitValue(SERVICE, 'StateDirectory')}`,
    trust_proxy: ['loopback'],
  });
});

test('the unit starts what is there, as the user that the README makes, and gives it time to stop', () => {
  const folder = unitValue(SERVICE, 'WorkingDirectory')!;
  const [program, script] = unitValue(SERVICE, 'ExecStart')!.split(' ');
  expect(program!.startsWith(`${folder}/`)).toBe(true);
  expect(existsSync(program!.slice(folder.length + 1))).toBe(true);
  expect(existsSync(script!)).toBe(true);
  expect(DEPLOY).toContain(`git clone "$REPOSITORY" ${folder}\n`);
  expect(DEPLOY).toMatch(new RegExp(`useradd .* ${unitValue(SERVICE, 'User')}\n`));
  const within = /STOP_WITHIN_MS = ([\d_]+)/.exec(readFileSync('server/start/serve.ts', 'utf8'))![1]!;
  const seconds = Number(within.replaceAll('_', '')) / 1000;
  expect(Number(unitValue(SERVICE, 'TimeoutStopSec'))).toBeGreaterThan(seconds);
  expect(GUIDE).toContain(`for at most ${seconds} seconds`);
});

test('the daily back-up runs as the app does, where it may write, and says how many stay', () => {
  const backup = readFileSync('deploy/statehouse-backup.service', 'utf8');
  for (const key of ['User', 'Group', 'WorkingDirectory', 'StateDirectory', 'UMask', 'ProtectSystem'])
    expect({ [key]: unitValue(backup, key) }).toEqual({ [key]: unitValue(SERVICE, key) });
  const [program, script, , keep] = unitValue(backup, 'ExecStart')!.split(' ');
  expect(program).toBe(unitValue(SERVICE, 'ExecStart')!.split(' ')[0]);
  expect(existsSync(script!)).toBe(true);
  expect(GUIDE).toContain(`the newest ${keep} stay`);
});

test('systemd finds no fault in the units but that the program is not in its place here, where there is a systemd to ask', () => {
  const units = globSync('deploy/*.{service,socket,timer}');
  expect(units).toHaveLength(4);
  const { error, stderr } = spawnSync('systemd-analyze', ['verify', ...units], { encoding: 'utf8' });
  const faults = (error ? '' : stderr)
    .split('\n')
    .filter((line) => line && !/is not executable: No such/.test(line));
  expect(faults.filter((line) => line.includes('statehouse'))).toEqual([]);
});

test('the proxy asks where the socket listens, on this server alone', () => {
  const address = unitValue(SOCKET, 'ListenStream')!;
  expect(address).toMatch(/^127\.0\.0\.1:/);
  expect(CADDYFILE).toContain(`reverse_proxy ${address} {`);
});

test('the proxy keeps no access log, and tells of no request in its errors', () => {
  const [options, site] = CADDYFILE.replaceAll(/^\s*#.*$/gm, '').split('\nexample.org {');
  expect(site).not.toMatch(/\blog\b/);
  expect(options!.match(/\blog\b/g)).toHaveLength(1);
  expect(options).toMatch(/format filter \{\s+wrap json\s+fields \{\s+request delete\s+\}/);
});
