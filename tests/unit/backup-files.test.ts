import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { backupName, deleteOldBackups } from '../../server/backup/backup-names.ts';
import { putBackCampaigns, readCampaignFiles } from '../../server/backup/campaign-files.ts';
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
  const files = await readCampaignFiles(folder);
  return Object.fromEntries(files.map(({ path, bytes }) => [path, bytes.toString('utf8')]));
}

test('a back-up is named by its moment in UTC, so that names sort as moments do', () => {
  expect(backupName(now)).toBe('statehouse-2026-11-24T15-30-09Z.tar.gz');
});

test('all but the newest back-ups are deleted, and nothing that has another name', async () => {
  const names = [1, 2, 3, 4].map((day) => backupName(new Date(`2026-11-0${day}T03:00:00Z`)));
  const folder = folderOf(
    Object.fromEntries([...names, 'notes.txt', 'my-copy.tar.gz'].map((name) => [name, ''])),
  );
  expect(await deleteOldBackups(folder, 2, now)).toEqual(names.slice(0, 2));
  expect(readdirSync(folder).toSorted()).toEqual(['my-copy.tar.gz', 'notes.txt', ...names.slice(2)]);
  expect(await deleteOldBackups(folder, 2, now)).toEqual([]);
});

test('what was broken off more than a day ago is deleted, and what is being written stays', async () => {
  const [old, fresh] = [1, 2].map((day) => `${backupName(new Date(`2026-11-0${day}T03:00:00Z`))}.part`);
  const folder = folderOf({ [old!]: 'x', [fresh!]: 'x' });
  utimesSync(join(folder, old!), now, new Date(now.getTime() - 90_000_000));
  utimesSync(join(folder, fresh!), now, now);
  await deleteOldBackups(folder, 5, now);
  expect(readdirSync(folder)).toEqual([fresh]);
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

test('campaigns that are not there are put back; those that are stay as they are', async () => {
  const files = await readCampaignFiles(
    campaignsOf({ 'a/page.md': 'A', 'b/page.md': 'B', 'c/page.md': 'C' }),
  );
  const folder = campaignsOf({ 'b/page.md': 'B', 'c/page.md': 'mine', 'd/page.md': 'D' });
  const result = await putBackCampaigns(files, folder, undefined);
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
  const files = await readCampaignFiles(campaignsOf({ 'c/page.md': 'C', 'single.yaml': 's' }));
  const folder = campaignsOf({ 'c/page.md': 'mine', 'c/more.md': 'more', 'single.yaml': 'mine' });
  const replaced_dir = join(folderOf({}), 'replaced');
  const result = await putBackCampaigns(files, folder, replaced_dir);
  expect(result).toEqual({ added: [], kept: [], replaced: ['c', 'single.yaml'], refused: [] });
  expect(await textsIn(folder)).toEqual({ 'c/page.md': 'C', 'single.yaml': 's' });
  expect(await textsIn(replaced_dir)).toEqual({
    'c/page.md': 'mine',
    'c/more.md': 'more',
    'single.yaml': 'mine',
  });
});

test('a folder that is no folder is told for each campaign, and stops none', async () => {
  const files = await readCampaignFiles(campaignsOf({ 'a/page.md': 'A' }));
  const file = join(folderOf({ taken: 'a file' }), 'taken');
  const result = await putBackCampaigns(files, join(file, 'campaigns'), undefined);
  expect(result.refused).toEqual([{ name: 'a', why: expect.stringContaining('ENOTDIR') }]);
  expect(readFileSync(file, 'utf8')).toBe('a file');
  expect(existsSync(join(file, 'campaigns'))).toBe(false);
});
