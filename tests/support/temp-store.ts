import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActionContext } from '../../server/actions/action.ts';
import type { LogEntry } from '../../server/actions/action-log.ts';
import { openStore, type Store } from '../../server/store/open-store.ts';
import { createDatabase, dropDatabase, TABLES_MADE } from './postgres-databases.ts';

/** A database of one test. */
interface TempDatabase {
  database_url: string;
  open: () => Promise<Store>;
  drop: () => Promise<void>;
}

/** A kind of database that the suite of store tests runs over. */
export interface StoreKind {
  name: string;
  /** A fresh database: `open` can be called again for the same one, `drop` takes it away. */
  create: () => Promise<TempDatabase>;
  /** The same without any table yet, for tests of how they are made. */
  createEmpty: () => Promise<TempDatabase>;
}

/** Every kind that the app supports; each suite of the store runs over all of them. */
export const STORE_KINDS: StoreKind[] = [
  // A file without tables: to make them takes less than the thread that writes.
  { name: 'SQLite', create: createFile, createEmpty: createFile },
  {
    name: 'PostgreSQL',
    // The files are copied as they are, which is quicker where there is no disk to wait for.
    create: () => createOnServer({ template: TABLES_MADE, how: 'strategy file_copy' }),
    createEmpty: () => createOnServer(),
  },
];

async function createFile(): Promise<TempDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'statehouse-store-'));
  const database_url = `sqlite:${join(folder, 'new/statehouse.db')}`;
  return {
    database_url,
    open: () => openStore(database_url),
    drop: async () => rmSync(folder, { recursive: true }),
  };
}

async function createOnServer(how?: Parameters<typeof createDatabase>[0]): Promise<TempDatabase> {
  const database_url = await createDatabase(how);
  return { database_url, open: () => openStore(database_url), drop: () => dropDatabase(database_url) };
}

/** The kind that is files, for tests of files. */
export const SQLITE = STORE_KINDS[0]!;
/** The kind that is a server. */
export const POSTGRES = STORE_KINDS[1]!;

/** A made-up action on its way to the log. */
export function logEntry(changes: Partial<LogEntry & ActionContext> & { nonce: string }): LogEntry {
  const {
    status_code = 'contact',
    nonce,
    expires_at = '2026-12-08T00:00:00.000Z',
    origin = 'web',
    time_zone,
    block,
    ...context
  } = changes;
  return {
    status_code,
    nonce,
    expires_at,
    origin,
    time_zone: time_zone ?? 'America/New_York',
    ...(block === undefined ? {} : { block }),
    context: {
      campaign_slug: 'visible-act',
      type: 'phone',
      legislator_id: 'ocd-person/1',
      division_id: 'ocd-division/country:us/state:fl/sldu:5',
      partner: '',
      page_language: 'en',
      message_language: 'en',
      variant: '',
      is_sample: false,
      ...context,
    },
  };
}
