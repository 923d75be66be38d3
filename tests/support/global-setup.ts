import { openStore } from '../../server/store/open-store.ts';
import { type KeptPostgres, keepPostgres } from './keep-postgres.ts';
import { createDatabase, TABLES_MADE } from './postgres-databases.ts';
import unpackBrowser from './unpack-browser.ts';

declare global {
  /** The PostgreSQL of this run of jest: what the setup starts and the teardown takes away. */
  var postgresOfTests: KeptPostgres | undefined;
}

/** Before any test: unpacks the browser, and starts the PostgreSQL in which tests make databases of their own, most of them as copies of one. */
export default async function setUp(): Promise<void> {
  const [postgres] = await Promise.all([keepPostgres(), unpackBrowser()]);
  globalThis.postgresOfTests = postgres;
  process.env.TEST_POSTGRES_URL = postgres.url;
  process.env.TEST_POSTGRES_FOLDER = postgres.folder;
  const tables = await openStore(await createDatabase({ name: TABLES_MADE }));
  await tables.close();
}
