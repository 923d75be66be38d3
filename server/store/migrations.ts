import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { keptInKeyOrder } from './kept-in-key-order.ts';

/** The tallies that there were from the beginning; those that came later have a migration of their own. */
const FIRST_TALLIES = [
  'tally_by_status',
  'tally_by_day',
  'tally_by_legislator',
  'tally_by_partner',
  'tally_by_language',
];

const createTables: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('actions')
      .addColumn('campaign_slug', 'text', (column) => column.notNull())
      .addColumn('type', 'text', (column) => column.notNull())
      .addColumn('status_code', 'text', (column) => column.notNull())
      .addColumn('legislator_id', 'text', (column) => column.notNull())
      .addColumn('division_id', 'text', (column) => column.notNull())
      .addColumn('partner', 'text', (column) => column.notNull())
      .addColumn('page_language', 'text', (column) => column.notNull())
      .addColumn('message_language', 'text', (column) => column.notNull())
      .addColumn('variant', 'text', (column) => column.notNull())
      .addColumn('origin', 'text', (column) => column.notNull())
      .addColumn('is_sample', 'integer', (column) => column.notNull())
      .addColumn('action_date', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('actions_by_campaign')
      .on('actions')
      .columns(['campaign_slug', 'action_date'])
      .execute();
    await db.schema
      .createTable('spent_action_ids')
      .addColumn('id', 'text', (column) => column.notNull())
      .addColumn('mark', 'text', (column) => column.notNull())
      .addColumn('expires_at', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('spent_action_ids_key', ['id', 'mark'])
      // Kept in the order of the random ids: an order of arrival would lead from an id to its row.
      .$call(keptInKeyOrder(db))
      .execute();
    await db.schema
      .createIndex('spent_action_ids_by_expiry')
      .on('spent_action_ids')
      .column('expires_at')
      .execute();
    for (const table of FIRST_TALLIES) await createTally(db, table);
  },
};

function createTally(db: Kysely<unknown>, table: string): Promise<void> {
  return db.schema
    .createTable(table)
    .addColumn('campaign_slug', 'text', (column) => column.notNull())
    .addColumn('is_sample', 'integer', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('actions', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint(`${table}_key`, ['campaign_slug', 'is_sample', 'key'])
    .execute();
}

/** Counts what was completed by the language of the message too, what was counted before included. */
const tallyMessageLanguages: Migration = {
  async up(db: Kysely<unknown>) {
    await createTally(db, 'tally_by_message_language');
    await sql`
      insert into tally_by_message_language (campaign_slug, is_sample, key, actions)
      select campaign_slug, is_sample, message_language, count(*)
      from actions
      where status_code in ('contact', 'voicemail', 'sent', 'accepted')
      group by campaign_slug, is_sample, message_language
    `.execute(db);
  },
};

/** Counts what was completed by the variant of the message too, what was counted before included. */
const tallyVariants: Migration = {
  async up(db: Kysely<unknown>) {
    await createTally(db, 'tally_by_variant');
    await sql`
      insert into tally_by_variant (campaign_slug, is_sample, key, actions)
      select campaign_slug, is_sample, type || '@' || variant, count(*)
      from actions
      where status_code in ('contact', 'voicemail', 'sent', 'accepted')
      group by campaign_slug, is_sample, type || '@' || variant
    `.execute(db);
  },
};

/** Every change to the tables, in the order of their names: a name is never changed once it has been released. */
export const MIGRATIONS: Record<string, Migration> = {
  '2026-11-24-tables': createTables,
  '2026-11-25-message-languages': tallyMessageLanguages,
  '2026-11-28-variants': tallyVariants,
};
