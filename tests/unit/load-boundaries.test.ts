import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { featureTexts } from '../../server/legislators/boundaries-text.ts';
import { loadRoster } from '../../server/legislators/roster.ts';
import { folderOf } from '../fixtures/people/folder.ts';

let folder: string;
let path: string;
let written: string;
beforeEach(() => {
  folder = folderOf({});
  cpSync('sample-data/fl', folder, { recursive: true });
  path = join(folder, globSync('boundaries-*.geojson', { cwd: folder })[0]!);
  written = readFileSync(path, 'utf8');
});

/** What is read of such a text, as text again: to compare every corner that way takes no time. */
async function readOf(text: string): Promise<string> {
  writeFileSync(path, text);
  const { features } = (await loadRoster(folder, 'fl'))!.boundaries!;
  return JSON.stringify(features);
}

test('a file as it is written here is read feature by feature', () => {
  const lines = featureTexts(written)!;
  expect(lines.length).toBe(160);
  expect(`[${lines}]`).toBe(JSON.stringify(JSON.parse(written).features));
});

test.each([
  ['without breaks', () => JSON.stringify(JSON.parse(written))],
  ['with every number on a line', () => JSON.stringify(JSON.parse(written), null, 1)],
  [
    'with a feature that starts otherwise',
    () => written.replace('{"type":"Feature","properties"', '{"id":1,"type":"Feature","properties"'),
  ],
  ['with the line ends of Windows', () => written.replaceAll('\n', '\r\n')],
])('a file that somebody has written anew, %s, says the same', async (_how, anew) => {
  const as_written = await readOf(written);
  const text = anew();
  expect(featureTexts(text)).toBeUndefined();
  expect(await readOf(text)).toBe(as_written);
  expect(JSON.parse(as_written).length).toBe(160);
});

test.each([
  ['with a line that is damaged', () => written.replace('"coordinates":[', '"coordinates":'), /not JSON/],
  ['with a feature that has no outline', () => written.replace('"geometry":', '"geometries":'), /geometry/],
  ['whose last line is missing', () => written.replace(/\]\}\n$/, ''), /not JSON/],
])('a file %s is refused', async (_how, damaged, why) => {
  await expect(readOf(damaged())).rejects.toMatchObject({
    code: 'roster_unreadable',
    message: expect.stringMatching(why),
  });
});
