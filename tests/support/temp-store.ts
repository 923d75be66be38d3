import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActionContext } from '../../server/actions/action.ts';
import type { LogEntry } from '../../server/actions/action-log.ts';
import { openStore, type Store } from '../../server/store/open-store.ts';
import { createDatabase, dropDatabase } from './postgres-databases.ts';

/** A kind of database that the suite of store tests runs over. */
export interface StoreKind {
  name: string;
  /** A fresh database: `open` can be called again for the same one, `drop` takes it away. */
  create: () => Promise<{ database_url: string; open: () => Promise<Store>; drop: () => Promise<void> }>;
}

/** Every kind that the app supports; each suite of the store runs over all of them. */
export const STORE_KINDS: StoreKind[] = [
  {
    name: 'SQLite',
    create: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'statehouse-store-'));
      const database_url = `sqlite:${join(folder, 'new/statehouse.db')}`;
      return {
        database_url,
        open: () => openStore(database_url),
        drop: async () => rmSync(folder, { recursive: true }),
      };
    },
  },
  {
    name: 'PostgreSQL',
    create: async () => {
      const database_url = await createDatabase();
      return {
        database_url,
        open: () => openStore(database_url),
        drop: () => dropDatabase(database_url),
      };
    },
  },
];
/** The kind that is files, for tests of files. */
export const SQLITE = STORE_KINDS[0]!;

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
