import { join } from 'node:path';
import type { CampaignFile } from '../../server/backup/campaign-files.ts';
import { checkArchive, restoreDatabase } from '../../server/backup/restore.ts';
import { writeArchive } from '../../server/backup/write-archive.ts';
import { withSnapshot } from '../../server/store/snapshot.ts';
import { TABLE_NAMES } from '../../server/store/tables.ts';
import { folderOf } from '../fixtures/people/folder.ts';

/** Backs a database up to a fresh file and gives back its path. */
export async function backUp(database_url: string, campaign_files: CampaignFile[] = []): Promise<string> {
  const file = join(folderOf({}), 'backups/one.tar.gz');
  const made_at = new Date('2026-11-24T15:30:00Z');
  await writeArchive(file, {
    database_url,
    campaign_files,
    secret_key: undefined,
    made_at,
    made_by: '0.0.1',
  });
  return file;
}

/** Checks an archive and puts its rows into a database, as the command does. */
export async function restore(file: string, database_url: string, replaces = false) {
  return restoreDatabase(file, await checkArchive(file), { database_url, replaces });
}

/** Every row of every table of a database, all read at one moment. */
export async function everyRow(database_url: string): Promise<Record<string, unknown[]>> {
  return withSnapshot(database_url, async (snapshot) => {
    const tables: Record<string, string[]> = {};
    for (const table of TABLE_NAMES) {
      tables[table] = [];
      for await (const rows of snapshot.rows(table, 500))
        tables[table].push(...rows.map((row) => JSON.stringify(row)));
      // Each database sorts texts its own way.
      tables[table].sort();
    }
    return tables;
  });
}
