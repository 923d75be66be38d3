import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { campaignLines } from '../../scripts/backup-restore.ts';
import { contentsInWords, passedOverInWords, quoted, underWayInWords } from '../../scripts/backup-words.ts';
import { backupName, deleteBrokenOff, deleteOldBackups } from '../../server/backup/backup-names.ts';
import { type CampaignFile, readCampaignFiles } from '../../server/backup/campaign-files.ts';
import { campaignsAtHand, putBackCampaigns } from '../../server/backup/put-back-campaigns.ts';
import { folderOf } from '../fixtures/people/folder.ts';

const now = new Date('2026-11-24T15:30:09Z');

/** A folder of campaigns with these texts, by path. */
function campaignsOf(texts: Record<string, string>): string {
  const folder = folderOf({});
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** The texts of a folder of campaigns, by path. */
async function textsIn(folder: string): Promise<Record<string, string>> {
  const { files } = await readCampaignFiles(folder);
  return Object.fromEntries(files.map(({ path, bytes }) => [path, bytes.toString('utf8')]));
}

/** Puts campaigns back into a folder as the command does. */
async function putBack(files: CampaignFile[], campaigns_dir: string, replaced_dir?: string) {
  return putBackCampaigns(files, await campaignsAtHand(campaigns_dir), { campaigns_dir, replaced_dir });
}

test('a back-up is named by its moment in UTC, so that names sort as moments do', () => {
  expect(backupName(now)).toBe('statehouse-2026-11-24T15-30-09Z.tar.gz');
});

test('all but the newest back-ups are deleted, and nothing that has another name', async () => {
  const names = [1, 2, 3, 4].map((day) => backupName(new Date(`2026-11-0${day}T03:00:00Z`)));
  const folder = folderOf(
    Object.fromEntries([...names, 'notes.txt', 'my-copy.tar.gz'].map((name) => [name, ''])),
  );
  expect(await deleteOldBackups(join(folder, names[3]!), 2)).toEqual(names.slice(0, 2));
  expect(readdirSync(folder).toSorted()).toEqual(['my-copy.tar.gz', 'notes.txt', ...names.slice(2)]);
  expect(await deleteOldBackups(join(folder, names[3]!), 2)).toEqual([]);
});

test('the back-up that was just made is never deleted, though others have later names', async () => {
  const [made, later, latest] = [1, 2, 3].map((day) => backupName(new Date(`2026-11-0${day}T03:00:00Z`)));
  const folder = folderOf({ [made!]: '', [later!]: '', [latest!]: '' });
  expect(await deleteOldBackups(join(folder, made!), 2)).toEqual([later]);
  expect(await deleteOldBackups(join(folder, made!), 1)).toEqual([latest]);
  expect(readdirSync(folder)).toEqual([made]);
});

test('what a dead run or one of days ago left is deleted, and what is being written stays', async () => {
  const [old, fresh, foreign] = [1, 2, 3].map((day) => backupName(new Date(`2026-11-0${day}T03:00:00Z`)));
  const dead = spawnSync(process.execPath, ['--version']).pid;
  const stays = [`${fresh}.${process.ppid}.part`, `${fresh}.part`, `notes.txt.${dead}.part`];
  const goes = [`${old}.part`, `${fresh}.${dead}.part`, `mine.tar.gz.${dead}.part`, `${foreign}.1.part`];
  const folder = folderOf(Object.fromEntries([...stays, ...goes].map((name) => [name, 'x'])));
  for (const name of [...stays, ...goes]) utimesSync(join(folder, name), now, now);
  const days_ago = new Date(now.getTime() - 90_000_000);
  for (const name of [goes[0]!, goes[3]!]) utimesSync(join(folder, name), now, days_ago);
  await deleteBrokenOff(join(folder, 'mine.tar.gz'), now);
  expect(readdirSync(folder).toSorted()).toEqual(stays.toSorted());
  await deleteBrokenOff(join(folder, 'none/one.tar.gz'), now);
});

test('campaigns are read with what lies in their folders, hidden files left out', async () => {
  const folder = campaignsOf({
    'hb-1/en/page.md': 'The case',
    'hb-1/.notes': 'x',
    '.git/config': 'x',
    'README.md': 'r',
  });
  expect(await textsIn(folder)).toEqual({ 'README.md': 'r', 'hb-1/en/page.md': 'The case' });
  await expect(readCampaignFiles(join(folder, 'none'))).rejects.toMatchObject({ code: 'campaigns_missing' });
});

test('what the app keeps for itself is in no back-up, though its folder lies among the campaigns or is the same', async () => {
  const own = {
    'letter-keys/ab/key': 'k',
    'outbox/2026-11-24T15-00-00-000-a.eml': 'Dear Senator',
    'secret-key': 's',
  };
  const among = campaignsOf({
    'hb-1/page.md': 'H',
    ...Object.fromEntries(Object.entries(own).map(([path, text]) => [`data/${path}`, text])),
  });
  const beside = await readCampaignFiles(among, join(among, 'data'));
  expect(beside.files.map(({ path }) => path)).toEqual(['hb-1/page.md']);
  expect(beside.passed_over).toEqual([{ path: 'data', why: "it is the app's own, in DATA_DIR" }]);
  const same = campaignsOf({ 'hb-1/page.md': 'H', ...own });
  const all_in_one = await readCampaignFiles(same, same);
  expect(all_in_one.files.map(({ path }) => path)).toEqual(['hb-1/page.md']);
  expect(all_in_one.passed_over.map(({ path }) => path)).toEqual(['letter-keys', 'outbox', 'secret-key']);
});

test('campaigns that are not there are put back; those that are stay as they are', async () => {
  const { files } = await readCampaignFiles(
    campaignsOf({ 'a/page.md': 'A', 'b/page.md': 'B', 'c/page.md': 'C' }),
  );
  const folder = campaignsOf({ 'b/page.md': 'B', 'c/page.md': 'mine', 'd/page.md': 'D' });
  const result = await putBack(files, folder);
  expect(result).toEqual({ added: ['a'], kept: ['c'], replaced: [], refused: [] });
  expect(await textsIn(folder)).toEqual({
    'a/page.md': 'A',
    'b/page.md': 'B',
    'c/page.md': 'mine',
    'd/page.md': 'D',
  });
  expect(readdirSync(folder).toSorted()).toEqual(['a', 'b', 'c', 'd']);
});

test('those that differ are replaced where that is asked for, and what was there is kept elsewhere', async () => {
  const { files } = await readCampaignFiles(campaignsOf({ 'c/page.md': 'C', 'single.yaml': 's' }));
  const folder = campaignsOf({ 'c/page.md': 'mine', 'c/more.md': 'more', 'single.yaml': 'mine' });
  const replaced_dir = join(folderOf({}), 'replaced');
  const result = await putBack(files, folder, replaced_dir);
  expect(result).toEqual({ added: [], kept: [], replaced: ['c', 'single.yaml'], refused: [] });
  expect(await textsIn(folder)).toEqual({ 'c/page.md': 'C', 'single.yaml': 's' });
  expect(await textsIn(replaced_dir)).toEqual({
    'c/page.md': 'mine',
    'c/more.md': 'more',
    'single.yaml': 'mine',
  });
});

test('a folder that is no folder is told for each campaign, and stops none', async () => {
  const { files } = await readCampaignFiles(campaignsOf({ 'a/page.md': 'A' }));
  const file = join(folderOf({ taken: 'a file' }), 'taken');
  const result = await putBack(files, join(file, 'campaigns'));
  expect(result.refused).toEqual([
    { name: 'a', why: expect.stringContaining('ENOTDIR'), is_forbidden: false },
  ]);
  expect(readFileSync(file, 'utf8')).toBe('a file');
  expect(existsSync(join(file, 'campaigns'))).toBe(false);
});

test('what is no file that can be kept is passed over by name, and costs nothing else', async () => {
  const folder = campaignsOf({
    'a/page.md': 'A',
    'a/page.md:Zone.Identifier': 'x',
    'a/back\\slash.md': 'x',
    'a/line\nend.md': 'x',
    'a/1/2/3/4/5/6/7/8/deep.md': 'x',
    'film.mp4': '',
    'a/film.mp4': '',
  });
  for (const film of ['film.mp4', 'a/film.mp4']) truncateSync(join(folder, film), 150_000_000);
  truncateSync(join(folder, 'a/film.mp4'), 250_000_000);
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.from([0xe9])]), 'x');
  symlinkSync('nowhere', join(folder, 'gone'));
  symlinkSync('..', join(folder, 'a/loop'));
  spawnSync('mkfifo', [join(folder, 'a/pipe')]);
  symlinkSync('/dev/zero', join(folder, 'a/zero'));
  const { files, passed_over } = await readCampaignFiles(folder);
  expect(files.map(({ path }) => path)).toEqual(['a/page.md', 'film.mp4']);
  expect(Object.fromEntries(passed_over.map(({ path, why }) => [path, why]))).toEqual({
    'a/page.md:Zone.Identifier': expect.stringMatching(/^its name .* has a :/),
    'a/back\\slash.md': expect.stringMatching(/^its name/),
    'a/line\nend.md': expect.stringMatching(/^its name/),
    'a/1/2/3/4/5/6/7/8': expect.stringMatching(/too deep/),
    'a/film.mp4': expect.stringMatching(/^too large: 200 MB/),
    'caf\uFFFD': expect.stringMatching(/^its name/),
    gone: 'a link that leads nowhere',
    'a/loop': 'a link to a folder that it lies in',
    'a/pipe': 'neither a file nor a folder',
    'a/zero': 'neither a file nor a folder',
  });
});

test('where all campaigns together are too large, the largest files are passed over', async () => {
  const folder = campaignsOf({ 'a/film.mp4': '', 'b/film.mp4': '', 'c/page.md': 'C' });
  truncateSync(join(folder, 'a/film.mp4'), 140_000_000);
  truncateSync(join(folder, 'b/film.mp4'), 61_000_000);
  const { files, passed_over } = await readCampaignFiles(folder);
  expect(files.map(({ path }) => path)).toEqual(['b/film.mp4', 'c/page.md']);
  expect(passed_over).toEqual([{ path: 'a/film.mp4', why: expect.stringMatching(/^too large/) }]);
});

test('what stands under a campaign’s name is never lost, though no back-up keeps it', async () => {
  const { files } = await readCampaignFiles(campaignsOf({ 'a/page.md': 'A', 'film.mp4': 'short' }));
  const folder = campaignsOf({ 'film.mp4': '' });
  truncateSync(join(folder, 'film.mp4'), 250_000_000);
  symlinkSync('nowhere', join(folder, 'a'));
  expect(await putBack(files, folder)).toMatchObject({ added: [], kept: ['a', 'film.mp4'], refused: [] });
});

test('mails under way are told with what becomes of them, and where there are none nothing is', () => {
  expect(underWayInWords({ rows: { actions: 3 } })).toEqual([]);
  expect(underWayInWords({ rows: { outbox: 0 } })).toEqual([]);
  expect(underWayInWords({ rows: { outbox: 2 } })).toEqual([
    expect.stringMatching(/^2 mails of supporters under way: .* elsewhere they can't be read, and expire\.$/),
  ]);
});

test('names from an archive reach the terminal without the signs that steer it, and a shell as one word', () => {
  const campaign_files = [{ path: '\u001B[2Ja/campaign.yaml', bytes: Buffer.alloc(0) }];
  expect(contentsInWords({ rows: { actions: 1 }, campaign_files, secret_key: undefined })).toBe(
    '1 action, 1 campaign (?[2Ja)',
  );
  const passed_over = Array.from({ length: 22 }, () => ({ path: 'a\u009B\nb', why: 'no file' }));
  const lines = passedOverInWords('Not in it', passed_over);
  expect([lines[0], lines.length, lines.at(-1)]).toEqual([
    'Not in it: a? b (no file).',
    21,
    'Not in it: 2 more.',
  ]);
  expect(quoted("campaigns/a $(b) 'c'")).toBe("'campaigns/a $(b) '\\''c'\\'''");
});

test.each([
  [
    true,
    /^This user may not write there\. As one who may: tar -xzf 'a b\.tar\.gz' .* -C \/srv campaigns\/hb-1$/,
  ],
  [false, /^Mend what stops it, then: tar -xzf /],
])(
  'a campaign that could not be put back (forbidden: %s) is told with its reason',
  (is_forbidden, message) => {
    const refused = [{ name: 'hb-1', why: 'ENOSPC: no space left on device', is_forbidden }];
    const lines = campaignLines(
      { added: [], kept: [], replaced: [], refused },
      { campaigns_dir: '/srv', replaced_dir: '/tmp', file: 'a b.tar.gz' },
    );
    expect(lines).toEqual([
      'Not put into /srv: hb-1 (ENOSPC: no space left on device).',
      expect.stringMatching(message),
    ]);
  },
);
