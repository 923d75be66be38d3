import type { Kysely } from 'kysely';
import { DEFAULT_MIGRATION_TABLE, Migrator } from 'kysely/migration';
import { OperationalError } from '../errors.ts';
import { MIGRATIONS } from './migrations.ts';
import type { Tables } from './tables.ts';

/** Where the tables are: a database by the words that name it to people, and its schema where it has several. */
export interface TablesPlace {
  where: string;
  schema?: string;
}

/** Which changes to the tables are made and which are still to make; OperationalError `store_newer` where it holds one we don't know. */
export async function readMigrations(
  db: Kysely<Tables>,
  { where, schema }: TablesPlace,
): Promise<{ made: string[]; pending: string[] }> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  // Another program's tables may stand in another schema, under the same name.
  const isThere = tables.some((table) => table.name === DEFAULT_MIGRATION_TABLE && table.schema === schema);
  const migrations = schema ? db.withSchema(schema) : db;
  const rows = isThere
    ? await (migrations as Kysely<MigrationTable>)
        .selectFrom(DEFAULT_MIGRATION_TABLE)
        .select('name')
        .execute()
    : [];
  const made = rows.map((row) => row.name);
  const unknown = unknownMigrations(made);
  if (unknown.length > 0)
    throw new OperationalError(
      'store_newer',
      `${where} was changed by a newer version of this app (${unknown.join(', ')}). Install that version, or restore an older back-up to a new database: docs/upgrading.md.`,
    );
  return { made, pending: Object.keys(MIGRATIONS).filter((name) => !made.includes(name)) };
}

/** Those of these changes that this version of the app does not know: a newer one made them. */
export function unknownMigrations(names: readonly string[]): string[] {
  return names.filter((name) => !(name in MIGRATIONS));
}

/** Makes every change that is still to make, or those up to the one named `last`. Throws what a change throws. */
export async function migrate(db: Kysely<Tables>, { schema }: TablesPlace, last?: string): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => MIGRATIONS },
    ...(schema === undefined ? {} : { migrationTableSchema: schema }),
  });
  const { error } = await (last === undefined ? migrator.migrateToLatest() : migrator.migrateTo(last));
  if (error) throw error;
}

/** For readers, who change nothing: OperationalError `store_missing` where the tables are not there or not up to date. */
export async function requireTables(db: Kysely<Tables>, place: TablesPlace): Promise<void> {
  const { made, pending } = await readMigrations(db, place);
  if (pending.length === 0) return;
  const what = made.length === 0 ? 'holds no tables yet' : 'has the tables of an older version';
  throw new OperationalError(
    'store_missing',
    `${place.where} ${what}: they are brought up to date when the app starts.`,
  );
}

type MigrationTable = Record<typeof DEFAULT_MIGRATION_TABLE, { name: string }>;
