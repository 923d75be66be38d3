import { readUnknownCodes, readVisits } from '../../server/actions/visit-queries.ts';
import { openReadOnly } from '../../server/store/open-store.ts';
import type { TestApp } from './test-app.ts';

/** What an app on this database has counted of visits to the VISIBLE Act: by partner, and the unknown codes. */
export async function visitRows(app: TestApp, database_url: string, is_sample = false) {
  await app.parts.visit_log.flush();
  const { read, close } = await openReadOnly(database_url);
  const visits = await readVisits(read, ['visible-act'], { is_sample });
  const codes = await readUnknownCodes(read, ['visible-act']);
  await close();
  return {
    by_partner: Object.fromEntries(visits.map(({ partner, visits }) => [partner, visits])),
    codes: codes.map(({ code, visits }) => [code, visits]),
  };
}
