import { rosterFolder, writeRosterFiles } from '../../server/legislators/roster-files.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { type MadeUpDistrict, madeUpRoster } from '../fixtures/people/made-up-roster.ts';
import { startTestApp, type TestApp, type TestAppOptions } from './test-app.ts';

/** An app on a roster of these districts of Florida alone, true as of August 5, 2026. */
export async function startOn(list: MadeUpDistrict[], options: TestAppOptions = {}): Promise<TestApp> {
  const data_dir = folderOf({});
  await writeRosterFiles(rosterFolder(data_dir, 'fl'), madeUpRoster(list), undefined);
  return startTestApp({ data_dir, allow_sample: false, ...options });
}
