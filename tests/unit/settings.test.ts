import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptSecret, readSettings, SETTING_NAMES, SettingsError } from '../../server/settings.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'statehouse-key-'));
  folders.push(folder);
  return folder;
}

function faultsOf(env: Record<string, string>): string[] {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
  return [];
}

test('.env.example names every setting and no other', () => {
  const lines = readFileSync('.env.example', 'utf8').split('\n');
  const names = lines.filter((line) => /^[A-Z_]+=/.test(line)).map((line) => line.split('=')[0]);
  expect(names.toSorted()).toEqual(SETTING_NAMES.toSorted());
});

test('.env.example holds settings that the app starts with', () => {
  const lines = readFileSync('.env.example', 'utf8')
    .split('\n')
    .filter((line) => /^[A-Z_]+=/.test(line));
  const env = Object.fromEntries(
    lines.map((line) => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]),
  );
  expect(readSettings(env)).toEqual(readSettings({}));
});

test('without settings the app runs on port 3000 with a SQLite file in ./data', () => {
  const settings = readSettings({});
  expect(settings).toMatchObject({
    port: 3000,
    is_production: false,
    lookups_per_minute: 300,
    actions_per_minute: 600,
  });
  expect(settings.database_url).toBe(`sqlite:${join(process.cwd(), 'data/statehouse.db')}`);
});

test('every wrong setting is named at once', () => {
  const faults = faultsOf({
    PORT: 'door',
    NODE_ENV: 'prod',
    TRUST_PROXY: 'everyone',
    LOG_LEVEL: 'loud',
    BASE_URL: 'example.org',
  });
  expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
    'PORT',
    'BASE_URL',
    'NODE_ENV',
    'TRUST_PROXY',
    'LOG_LEVEL',
  ]);
});

test('production asks for a secret key, and a short one is refused', () => {
  expect(faultsOf({ NODE_ENV: 'production' })).toEqual([expect.stringContaining('SECRET_KEY is required')]);
  expect(faultsOf({ SECRET_KEY: 'short' })).toEqual([expect.stringContaining('SECRET_KEY')]);
  expect(faultsOf({ NODE_ENV: 'production', SECRET_KEY: 'x'.repeat(32) })).toEqual([]);
});

test('a rotated secret key gives the new one first', () => {
  const [newer, older] = ['n'.repeat(32), 'o'.repeat(32)];
  expect(readSettings({ SECRET_KEY: `${newer},${older}` }).secrets).toEqual([newer, older]);
});

test.each([
  ['', false],
  ['0', false],
  ['2', 2],
  ['loopback, 10.0.0.0/8', ['loopback', '10.0.0.0/8']],
  ['2001:db8::/32', ['2001:db8::/32']],
])('TRUST_PROXY %j is read as %j', (text, expected) => {
  expect(readSettings({ TRUST_PROXY: text }).trust_proxy).toEqual(expected);
});

test('a public address with a path is refused: pages link from the root of their host', () => {
  for (const text of ['https://example.org/', 'HTTPS://Example.org', 'https://example.org:443'])
    expect(readSettings({ BASE_URL: text }).base_url).toBe('https://example.org');
  expect(faultsOf({ BASE_URL: 'https://user:word@example.org' })[0]).toMatch(/^BASE_URL is the address/);
  expect(faultsOf({ BASE_URL: 'https://example.org/campaigns' })).toEqual([
    expect.stringContaining('BASE_URL is the address of a whole site'),
  ]);
});

test('a kept secret that is empty or cut short is refused with what to do: anyone could guess it', () => {
  const folder = newFolder();
  for (const damaged of ['', 'short\n']) {
    writeFileSync(join(folder, 'secret-key'), damaged);
    expect(() => keptSecret(folder, () => 'x'.repeat(32))).toThrow(/damaged key: delete .*secret-key/);
  }
});

test('a secret that can not be kept is told as a setting', () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'file'), '');
  expect(() => keptSecret(join(folder, 'file/data'), () => 'x'.repeat(32))).toThrow(SettingsError);
});

test.each(['0.0.0.0/0', '::/0', '0x7f.1', '192.168.1', '1,2', '10.0.0.0/33', 'example.org'])(
  'TRUST_PROXY %j, which would trust everyone or no one, is refused',
  (text) => {
    expect(faultsOf({ TRUST_PROXY: text })[0]).toMatch(/^TRUST_PROXY is a number of proxies/);
  },
);

test('a value of blanks is the same as none', () => {
  expect(readSettings({ PORT: ' ', LOG_LEVEL: '' })).toEqual(readSettings({}));
});

test.each([
  'sqlite:./data/other.db',
  'postgres://localhost/statehouse',
  'postgresql://user:word%23@db.example.org:5433/statehouse?sslmode=verify-full',
  'postgres:///statehouse?host=/var/run/postgresql',
  'postgres://user:word@/statehouse?host=/var/run/postgresql',
  'postgres://user@%2Fvar%2Frun%2Fpostgresql/statehouse',
  'postgres://user@[2001:db8::1]/o%22brien',
])('the database %s is accepted as it stands', (text) => {
  expect(readSettings({ DATABASE_URL: text }).database_url).toBe(text);
});

test.each([
  'mysql://example.org/db',
  'sqlite:',
  'sqlite::memory:',
  'postgres:',
  'postgres://',
  'postgres://user:secret-word@localhost',
  'postgres://user:secret-word@localhost/',
  'postgres://user:secret-word#1@localhost/statehouse',
  'postgres://user:secret-word/1@localhost/statehouse',
  'postgres://user:secret-word?1@localhost/statehouse',
  'postgres://localhost:many/statehouse',
  'host=localhost dbname=statehouse',
])('the database %s is refused with what is right, and is not repeated', (text) => {
  const faults = faultsOf({ DATABASE_URL: text });
  expect(faults).toEqual([
    expect.stringMatching(/^DATABASE_URL begins with sqlite: .* or begins with postgres:\/\/ .*%23/),
  ]);
  expect(faults.join()).not.toContain('secret-word');
});

test('a secret that was made is kept, and readable by its owner alone', () => {
  const folder = newFolder();
  const data_dir = join(folder, 'data');
  const made = keptSecret(data_dir, () => 'a secret for tests alone, 32 characters');
  expect(made.length).toBeGreaterThanOrEqual(32);
  expect(keptSecret(data_dir, () => 'another one that is not used, 32 characters')).toBe(made);
  expect(statSync(join(folder, 'data/secret-key')).mode & 0o077).toBe(0);
});

test.each([
  ['bounces@example.org', []],
  [`${'b'.repeat(19)}@example.org`, []],
  [
    `${'b'.repeat(20)}@example.org`,
    [expect.stringMatching(/^BOUNCE_ADDRESS has more than 19 letters before/)],
  ],
  ['Bounces <bounces@example.org>', [expect.stringMatching(/^BOUNCE_ADDRESS is one e-mail address without/)]],
  ['b+x@example.org', [expect.stringMatching(/^BOUNCE_ADDRESS is one e-mail address without/)]],
])('%s leaves room for a token before its @, or is refused', (text, faults) => {
  expect(faultsOf({ BOUNCE_ADDRESS: text })).toEqual(faults);
});

test('PROCESSES is auto or a number, and more than one is refused on SQLite, in words that say what helps', () => {
  const postgres = 'postgres://localhost/statehouse';
  expect(readSettings({}).processes).toBe('auto');
  expect(readSettings({ PROCESSES: '4', DATABASE_URL: postgres }).processes).toBe(4);
  expect(readSettings({ PROCESSES: '1' }).processes).toBe(1);
  for (const wrong of ['0', '2.5', '65', 'many'])
    expect(faultsOf({ PROCESSES: wrong, DATABASE_URL: postgres })).toEqual([
      'PROCESSES is auto, or a number from 1 to 64',
    ]);
  expect(faultsOf({ PROCESSES: '2' })).toEqual([
    'PROCESSES is more than 1, and SQLite serves one process: use PostgreSQL (DATABASE_URL), or PROCESSES=1',
  ]);
});
