import { mendTallies, recountDueIn } from '../actions/tally-check-queries.ts';
import { OperationalError } from '../errors.ts';
import { zoneOfDivision } from '../legislators/states.ts';
import { unknownMigrations } from '../store/migrate.ts';
import { isKnownOpen, openStore, type Store } from '../store/open-store.ts';
import { countRows, replaceTables } from '../store/replace-tables.ts';
import type { Row } from '../store/snapshot.ts';
import type { About, Contents } from './archive-format.ts';
import type { CampaignFile } from './campaign-files.ts';
import { onOneLine, type PassedOver } from './kept-files.ts';
import { readArchive } from './read-archive.ts';

type Writing = Parameters<Parameters<Store['transaction']>[0]>[0];

/** An archive that was read to its end and is whole. */
export interface CheckedArchive {
  about: About;
  rows: Contents['rows'];
  campaign_files: CampaignFile[];
  /** Campaigns' files of it that are not taken out. */
  passed_over: PassedOver[];
  secret_key: string | undefined;
}

/**
 * Reads an archive to its end, and gives back what it holds but the rows; of campaigns' files
 * `most_bytes`, by default as many as a back-up keeps. Fails as `readArchive` does, and with `backup_newer`
 * where its tables were changed by a newer version than this.
 */
export async function checkArchive(path: string, most_bytes?: number): Promise<CheckedArchive> {
  const campaign_files: CampaignFile[] = [];
  const passed_over: PassedOver[] = [];
  let about: About | undefined;
  let secret_key: string | undefined;
  let rows: Contents['rows'] = {};
  for await (const part of readArchive(path, most_bytes)) {
    if (part.kind === 'about') about = part.about;
    else if (part.kind === 'campaign_file') campaign_files.push(part.file);
    else if (part.kind === 'passed_over') passed_over.push(part.passed_over);
    else if (part.kind === 'secret_key') secret_key = part.secret_key;
    else if (part.kind === 'contents') rows = part.contents.rows;
  }
  const unknown = unknownMigrations(about!.migrations);
  if (unknown.length > 0)
    throw new OperationalError(
      'backup_newer',
      `${path} was made by version ${onOneLine(about!.made_by)} of Statehouse, whose tables this version does not know (${onOneLine(unknown.join(', '))}). Install that version first.`,
    );
  return { about: about!, rows, campaign_files, passed_over, secret_key };
}

/** What a restored database holds. */
export interface RestoredDatabase {
  actions: number;
  /** Slugs of the campaigns whose totals in the archive were not those of its rows: they were counted anew. */
  mended: string[];
}

/**
 * Puts the rows of an archive that `checkArchive` has read in the place of those in the database, in one transaction, and
 * counts the totals anew. Fails, and changes nothing, with OperationalError: `store_in_use` where the app is known to run,
 * `store_holds_actions` where anything is counted there and `replaces` does not say that it may go, or as `readArchive` does.
 */
export async function restoreDatabase(
  path: string,
  { about, rows }: Pick<CheckedArchive, 'about' | 'rows'>,
  { database_url, replaces }: { database_url: string; replaces: boolean },
): Promise<RestoredDatabase> {
  if (isKnownOpen(database_url))
    throw new OperationalError(
      'store_in_use',
      'Another program has the database open, most likely the app. Stop it first: sudo systemctl stop statehouse.socket statehouse, or Ctrl+C in its terminal.',
    );
  const store = await openStore(database_url);
  try {
    // With others kept from writing; where PostgreSQL has it begin anew the archive is read anew.
    return await store.transaction((trx) => replaceAll(trx, path, { about, rows }, replaces), {
      exclusive: true,
    });
  } finally {
    await store.close();
  }
}

async function replaceAll(
  trx: Writing,
  path: string,
  { about, rows }: Pick<CheckedArchive, 'about' | 'rows'>,
  replaces: boolean,
): Promise<RestoredDatabase> {
  const held = await countRows(trx, 'actions');
  if (held > 0 && !replaces)
    throw new OperationalError(
      'store_holds_actions',
      `The database holds ${held} action${held === 1 ? '' : 's'} already. Nothing was changed. To have those of the back-up instead, add --replace: what is there now is gone then, so back it up first.`,
    );
  const misfit = await replaceTables(trx, { ...about, rows: rowsOf(path) });
  if (misfit !== undefined)
    throw new OperationalError(
      'backup_damaged',
      `${path} can't be used: ${onOneLine(misfit)}. Nothing was changed.`,
    );
  for (const table of ['actions', 'spent_action_ids'] as const) {
    const count = await countRows(trx, table);
    if (count !== rows[table]) throw new Error(`${count} rows of ${table} instead of ${rows[table]}`);
  }
  // What an older version did not count is no fault of the archive.
  await recountDueIn(trx, zoneOfDivision);
  return { actions: rows.actions ?? 0, mended: await mendTallies(trx, { timeZoneOf: zoneOfDivision }) };
}

async function* rowsOf(path: string): AsyncGenerator<{ table: string; rows: Row[] }> {
  for await (const part of readArchive(path)) if (part.kind === 'rows') yield part;
}
