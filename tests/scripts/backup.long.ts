import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../server/store/open-store.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { countCompleted, logAll, numbered } from '../support/log-all.ts';
import { createDatabase, dropDatabase } from '../support/postgres-databases.ts';
import { startServerProcess, TO_START } from '../support/server-process.ts';

const MADE_KEY = 'made-up-key-of-more-than-32-characters';

/** Runs the command as an operator does. */
function backup(args: string[], settings: Record<string, string>) {
  return run(process.execPath, ['--no-warnings', 'scripts/backup.ts', ...args], settings);
}

function run(program: string, args: string[], settings: Record<string, string>) {
  return new Promise<{ code: number; out: string; said: string }>((resolve) => {
    const env = { ...TO_START, ...settings };
    execFile(program, args, { env }, (error, out, said) =>
      resolve({ code: error ? Number(error.code) : 0, out, said }),
    );
  });
}

let settings: Record<string, string>;
beforeEach(async () => {
  const folder = folderOf({ 'secret-key': `${MADE_KEY}\n` });
  const CAMPAIGNS_DIR = join(folder, 'campaigns');
  mkdirSync(join(CAMPAIGNS_DIR, 'hb-1'), { recursive: true });
  writeFileSync(join(CAMPAIGNS_DIR, 'hb-1/campaign.yaml'), 'title: In the works\n');
  settings = { DATA_DIR: folder, CAMPAIGNS_DIR, PULL: 'off' };
  const store = await openStore(`sqlite:${join(folder, 'statehouse.db')}`);
  await logAll(store, numbered(3));
  await store.close();
});

test('beside the running app a back-up is made, and restored elsewhere with what is not there', async () => {
  const server = await startServerProcess(settings);
  const made = await backup(['--with-key', '--keep', '2'], settings);
  expect(made).toMatchObject({ code: 0, said: 'Backed up: 3 actions, 1 campaign (hb-1), the key.\n' });
  const file = made.out.trim();
  expect(
    readdirSync(join(settings.DATA_DIR!, 'backups')).map((name) => join(settings.DATA_DIR!, 'backups', name)),
  ).toEqual([file]);
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
  const refused = await backup(['restore', file, '--replace'], settings);
  expect(refused).toMatchObject({
    code: 1,
    said: expect.stringMatching(/^Another program has the database open/),
  });
  expect(await server.end('SIGTERM')).toBe(0);

  const database_url = await createDatabase();
  const elsewhere = { DATA_DIR: join(folderOf({}), 'data'), CAMPAIGNS_DIR: join(folderOf({}), 'campaigns') };
  const restored = await backup(['restore', file], { ...elsewhere, DATABASE_URL: database_url });
  expect(restored).toMatchObject({ code: 0, said: '' });
  expect(restored.out.split('\n')).toEqual([
    expect.stringMatching(
      /^The back-up is whole: 3 actions, 1 campaign \(hb-1\), the key, as of 20.*, by version \d/,
    ),
    'The database holds 3 actions now.',
    'The totals agree with them, counted one by one.',
    `Put into ${elsewhere.CAMPAIGNS_DIR}: hb-1.`,
    `The key is put into ${elsewhere.DATA_DIR}.`,
    '',
  ]);
  const store = await openStore(database_url);
  expect(await countCompleted(store)).toBe(3);
  await store.close();
  await dropDatabase(database_url);
  expect(readFileSync(join(elsewhere.DATA_DIR, 'secret-key'), 'utf8')).toBe(`${MADE_KEY}\n`);
  expect(readFileSync(join(elsewhere.CAMPAIGNS_DIR, 'hb-1/campaign.yaml'), 'utf8')).toBe(
    'title: In the works\n',
  );
});

test('neither the settings nor the key are in a back-up that was not asked for them', async () => {
  const to = join(folderOf({}), 'mine.tar.gz');
  const made = await backup(['--to', to], { ...settings, SECRET_KEY: MADE_KEY });
  expect(made).toMatchObject({
    code: 0,
    out: `${to}\n`,
    said: expect.stringContaining('Not in it: the settings'),
  });
  const names: string[] = [];
  const { unpack } = await import('../support/repack.ts');
  for (const [name, text] of await unpack(to)) {
    names.push(name);
    expect(text).not.toContain(MADE_KEY);
  }
  expect(names).toContain('campaigns/hb-1/campaign.yaml');
  expect(names.filter((name) => /secret|env/.test(name))).toEqual([]);
  const with_key = await backup(['--with-key'], { ...settings, SECRET_KEY: MADE_KEY });
  expect(with_key).toMatchObject({ code: 1, said: expect.stringContaining('SECRET_KEY is set') });
});

test('what can’t be written where it should is said in a sentence, and leaves nothing behind', async () => {
  const folder = folderOf({ taken: 'a file' });
  const { code, out, said } = await backup(['--to', join(folder, 'taken/one.tar.gz')], settings);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(said).toMatch(/^The back-up can't be written: .*taken/);
  rmSync(settings.CAMPAIGNS_DIR!, { recursive: true });
  const to = join(folder, 'one.tar.gz');
  expect((await backup(['--to', to], settings)).said).toMatch(
    /^The folder of campaigns .* Set CAMPAIGNS_DIR/,
  );
  expect(existsSync(to)).toBe(false);
  expect(readdirSync(folder)).toEqual(['taken']);
});

test('a disk that is full is said in a sentence, and leaves nothing behind', async () => {
  for (let index = 0; index < 50; index++)
    writeFileSync(join(settings.CAMPAIGNS_DIR!, `hb-1/${index}.jpg`), randomBytes(70_000));
  const to = join(folderOf({}), 'one.tar.gz');
  // No file may come to more than 1 MB: writing fails as on a full disk.
  const limited = `trap '' XFSZ; ulimit -f 2000; exec "$0" --no-warnings scripts/backup.ts --to "$1"`;
  const { code, out, said } = await run('sh', ['-c', limited, process.execPath, to], settings);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(said).toMatch(/^The back-up can't be written: EFBIG[^\n]*\n$/);
  expect(readdirSync(join(to, '..'))).toEqual([]);
});

test('odd files in the folder of campaigns are named, and stop neither a back-up nor a restore', async () => {
  const campaign = join(settings.CAMPAIGNS_DIR!, 'hb-1');
  writeFileSync(join(campaign, 'notes 12:30.txt'), 'x');
  symlinkSync('nowhere', join(campaign, 'link'));
  const made = await backup([], settings);
  expect(made.code).toBe(0);
  expect(made.said).toContain('Not in it: hb-1/link (a link that leads nowhere).\n');
  expect(made.said).toMatch(/Not in it: hb-1\/notes 12:30\.txt \(its name [^\n]*\)\.\n/);
  const file = made.out.trim();
  const restored = await backup(['restore', file, '--replace'], settings);
  expect(restored).toMatchObject({ code: 0, said: '' });
  expect(restored.out).toContain(`The campaigns in ${settings.CAMPAIGNS_DIR} are those of the back-up.`);
  const no_folder = { ...settings, CAMPAIGNS_DIR: join(campaign, 'campaign.yaml') };
  const stopped = await backup(['restore', file, '--replace'], no_folder);
  expect(stopped).toMatchObject({ code: 1, said: expect.stringMatching(/^The folder of campaigns/) });
  expect(stopped.out).not.toContain('The database holds');
});

test.each([
  [['mend'], /^There is no 'mend'.*check, restore/],
  [['check', 'a', '--replace'], /^--replace: not with check/],
  [['--keep', '3', '--to', 'x'], /not with --to/],
  [['restore', 'nothing-here.tar.gz'], /^There is no file .*nothing-here\.tar\.gz/],
])('%j is told what is wrong', async (args, message) => {
  expect(await backup(args as string[], settings)).toMatchObject({
    code: 1,
    out: '',
    said: expect.stringMatching(message as RegExp),
  });
});
