import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../../server/make-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'statehouse-folder-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a folder is made with those above it, and made again it is there', () => {
  const deep = join(folder, 'a/b/c');
  makeFolder(deep);
  makeFolder(deep);
  expect(existsSync(deep)).toBe(true);
});

test('where none can be made that is told, below a file and in /proc', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(() => makeFolder(join(file, 'data'))).toThrow(/ENOTDIR/);
  expect(() => makeFolder('/proc/statehouse/data')).toThrow(/^E/);
});
