import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OpenedRosters, openRosters } from '../../server/legislators/open-rosters.ts';
import { rosterFolder } from '../../server/legislators/roster-files.ts';
import { createLook, type Look } from '../../server/legislators/roster-look.ts';
import { folderOf } from '../fixtures/people/folder.ts';

let folder: string;
let rosters: OpenedRosters;
let look: Look;
beforeEach(async () => {
  const data_dir = folderOf({});
  folder = rosterFolder(data_dir, 'fl');
  cpSync('sample-data/fl', folder, { recursive: true });
  rewrite((text) => text.replace('"is_sample": true', '"is_sample": false'));
  rosters = await openRosters({ data_dir, sample_dir: 'sample-data', allow_sample: false, states: ['fl'] });
  look = createLook({ rosters, data_dir }, 'fl');
});

/** Puts another roster.json in place of the one there, as an import does. */
function rewrite(change: (text: string) => string): void {
  const path = join(folder, 'roster.json');
  writeFileSync(`${path}.new`, change(readFileSync(path, 'utf8')));
  renameSync(`${path}.new`, path);
}

const florida = () => rosters.get('fl')!;

test('what the start has read is not read a second time', async () => {
  const at_start = florida();
  expect(at_start.roster.is_sample).toBe(false);
  await look();
  expect(florida()).toBe(at_start);
});

test('a roster put in place after the start is read once', async () => {
  const at_start = florida();
  rewrite((text) => text.replace(at_start.roster.legislators[0]!.name, 'Marigold Made-up'));
  await look();
  const taken_in = florida();
  expect(taken_in.roster.legislators[0]!.name).toBe('Marigold Made-up');
  await look();
  expect(florida()).toBe(taken_in);
});

test('a roster that was damaged and is as before again may be kept as before', async () => {
  const at_start = florida();
  const mayFetch = await look();
  const whole = readFileSync(join(folder, 'roster.json'), 'utf8');
  rewrite((text) => text.slice(0, -100));
  expect(await look()).toBe(false);
  expect(florida()).toBe(at_start);
  rewrite(() => whole);
  expect(await look()).toBe(mayFetch);
});
