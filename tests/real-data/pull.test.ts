import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { rosterFolder } from '../../server/legislators/roster-files.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import {
  CENSUS_ZIPS,
  describeRealData,
  importFlorida,
  PEOPLE_TARBALL,
} from '../fixtures/people/shared-data.ts';
import { startStubSources } from '../support/stub-sources.ts';

describeRealData('Florida pulled from a server that stands in for the sources', () => {
  /** The files of Florida's folder but for the one with source and date. */
  function filesOf(data_dir: string): Record<string, string> {
    const folder = rosterFolder(data_dir, 'fl');
    const names = readdirSync(folder).filter((name) => !name.startsWith('source-'));
    return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'base64')]));
  }

  test('gives the very files that an import gives, with source and date beside them', async () => {
    const zips = CENSUS_ZIPS.map((path): [string, Buffer] => [basename(path), readFileSync(path)]);
    const stub = await startStubSources(readFileSync(PEOPLE_TARBALL), Object.fromEntries(zips));
    const env = {
      ...process.env,
      PEOPLE_URL: stub.people_url,
      BOUNDARIES_URL: stub.boundaries_url,
      ZIP_DISTRICTS_URL: stub.zip_districts_url,
    };
    const pulled = folderOf({});
    const stdout = await new Promise<string>((resolve, reject) => {
      execFile(
        process.execPath,
        ['scripts/legislators.ts', 'pull', 'fl'],
        { env: { ...env, DATA_DIR: pulled } },
        (error, said) => (error ? reject(error) : resolve(said)),
      );
    });
    await stub.close();
    expect(stdout).toBe(
      'fl: 160 seats, 158 members, vacant: House 78 and 113\nwithout e-mail: 0, without phone: 0\nsource: OpenStates people archive, as of 2026-08-05\n',
    );
    const imported = folderOf({});
    await importFlorida(imported, PEOPLE_TARBALL, CENSUS_ZIPS);
    expect(Object.keys(filesOf(pulled))).toEqual([
      expect.stringMatching(/^boundaries-\w+\.geojson$/),
      'roster.json',
    ]);
    expect(filesOf(pulled)).toEqual(filesOf(imported));
  });
});
