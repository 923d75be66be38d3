import { type CreateTableBuilder, type Kysely, PostgresAdapter, sql } from 'kysely';
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

/** The columns of an action, as every table that holds actions has them. */
const ACTION_COLUMNS = [
  'campaign_slug',
  'type',
  'status_code',
  'legislator_id',
  'division_id',
  'partner',
  'page_language',
  'message_language',
  'variant',
  'origin',
  'action_date',
];

/** A table of text columns, then numbers; all of them always there. */
function tableOf(db: Kysely<unknown>, name: string, texts: string[], numbers: string[] = []) {
  let table = db.schema.createTable(name) as CreateTableBuilder<string, string>;
  for (const column of texts) table = table.addColumn(column, 'text', (one) => one.notNull());
  for (const column of numbers)
    table = table.addColumn(column, column === 'is_sample' ? 'integer' : 'bigint', (one) => one.notNull());
  return table;
}

/** Tallies by partner, and what reports need beside them: corrections, offline entries, visits, replies, links, figures. */
const reports: Migration = {
  async up(db: Kysely<unknown>) {
    for (const table of [...FIRST_TALLIES, 'tally_by_message_language', 'tally_by_variant'])
      await db.schema.dropTable(table).execute();
    for (const table of [
      'tally_by_status',
      'tally_by_day',
      'tally_by_legislator',
      'tally_by_division',
      'tally_by_language',
      'tally_by_message_language',
      'tally_by_variant',
    ])
      await tableOf(db, table, ['campaign_slug', 'partner', 'key'], ['is_sample', 'actions'])
        .addPrimaryKeyConstraint(`${table}_key`, ['campaign_slug', 'is_sample', 'partner', 'key'])
        .execute();

    await tableOf(
      db,
      'corrections',
      ['id', 'campaign_slug', 'kind', 'made_at', 'reason', 'criteria'],
      ['actions', 'completed_actions'],
    )
      .addPrimaryKeyConstraint('corrections_key', ['id'])
      .execute();
    await tableOf(db, 'excluded_actions', ['correction_id', ...ACTION_COLUMNS], ['is_sample', 'actions'])
      .addColumn('source', 'text', (column) => column.notNull().defaultTo(''))
      .execute();
    await db.schema
      .createIndex('excluded_actions_by_campaign')
      .on('excluded_actions')
      .columns(['campaign_slug', 'action_date'])
      .execute();
    await tableOf(db, 'marked_actions', ['block', ...ACTION_COLUMNS], ['is_sample']).execute();
    await db.schema
      .createIndex('marked_actions_by_campaign')
      .on('marked_actions')
      .columns(['campaign_slug', 'block'])
      .execute();
    await tableOf(
      db,
      'offline_entries',
      [
        'id',
        'campaign_slug',
        'entered_at',
        'day',
        'type',
        'status_code',
        'legislator_id',
        'division_id',
        'partner',
        'page_language',
        'message_language',
        'note',
      ],
      ['actions'],
    )
      .addPrimaryKeyConstraint('offline_entries_key', ['id'])
      .execute();
    await tableOf(db, 'visit_tally', ['campaign_slug', 'partner', 'day'], ['is_sample', 'visits'])
      .addPrimaryKeyConstraint('visit_tally_key', ['campaign_slug', 'is_sample', 'partner', 'day'])
      .execute();
    await tableOf(db, 'unknown_partner_codes', ['campaign_slug', 'code', 'first_day', 'last_day'], ['visits'])
      .addPrimaryKeyConstraint('unknown_partner_codes_key', ['campaign_slug', 'code'])
      .execute();
    await tableOf(
      db,
      'office_replies',
      ['campaign_slug', 'partner', 'legislator_id', 'day', 'reply'],
      ['is_sample', 'replies'],
    )
      .addPrimaryKeyConstraint('office_replies_key', [
        'campaign_slug',
        'is_sample',
        'partner',
        'legislator_id',
        'day',
        'reply',
      ])
      .execute();
    await tableOf(db, 'published_tables', [
      'campaign_slug',
      'name',
      'first_day',
      'last_day',
      'published_at',
      'cells',
    ])
      .addPrimaryKeyConstraint('published_tables_key', ['campaign_slug', 'name', 'last_day'])
      .execute();
    await tableOf(db, 'report_links', [
      'id',
      'campaign_slug',
      'partner',
      'created_at',
      'expires_at',
      'revoked_at',
    ])
      .addPrimaryKeyConstraint('report_links_key', ['id'])
      .execute();
    await tableOf(db, 'frozen_figures', ['id', 'campaign_slug', 'frozen_at', 'figure'])
      .addPrimaryKeyConstraint('frozen_figures_key', ['id'])
      .execute();
    await tableOf(db, 'due_recounts', ['campaign_slug'])
      .addPrimaryKeyConstraint('due_recounts_key', ['campaign_slug'])
      .execute();
    // Days are the state's, and which zone that is no table tells: the app counts these anew when it starts.
    await sql`insert into due_recounts (campaign_slug) select distinct campaign_slug from actions`.execute(
      db,
    );
  },
};

/** Letters that the server sends, the mails of each, and what keeps them within bounds. */
const serverMail: Migration = {
  async up(db: Kysely<unknown>) {
    await tableOf(
      db,
      'letters',
      [
        'id',
        'form_id',
        'campaign_slug',
        'legislator_id',
        'division_id',
        'partner',
        'page_language',
        'message_language',
        'variant',
        'mode',
        'state',
        'reason',
        'held',
        'deliver_by',
        'handed_in_at',
        'confirmed_at',
        'changed_at',
        'sender',
        'sealed',
      ],
      ['is_sample'],
    )
      .addPrimaryKeyConstraint('letters_key', ['id'])
      .execute();
    await index(db, 'letters', 'letters_by_form', ['form_id']);
    await index(db, 'letters', 'letters_by_state', ['state', 'changed_at']);
    await index(db, 'letters', 'letters_by_sender', ['sender']);
    await tableOf(
      db,
      'outbox',
      ['letter_id', 'kind', 'target_key', 'domain_key', 'due_at', 'unknown_since', 'claim', 'claimed_until'],
      ['attempts'],
    )
      .addPrimaryKeyConstraint('outbox_key', ['letter_id', 'kind'])
      .execute();
    await index(db, 'outbox', 'outbox_by_target', ['target_key', 'due_at']);
    await index(db, 'outbox', 'outbox_by_kind', ['kind', 'due_at']);
    await index(db, 'outbox', 'outbox_by_domain', ['domain_key']);
    await tableOf(db, 'letter_moves', [
      'letter_id',
      'moved_at',
      'from_state',
      'to_state',
      'reason',
    ]).execute();
    await index(db, 'letter_moves', 'letter_moves_by_letter', ['letter_id']);
    await tableOf(db, 'drips', ['key', 'next_at']).addPrimaryKeyConstraint('drips_key', ['key']).execute();
    await tableOf(db, 'target_addresses', ['address', 'last_bounce_at', 'set_aside_at'], ['hard_bounces'])
      .addPrimaryKeyConstraint('target_addresses_key', ['address'])
      .execute();
    await tableOf(db, 'sender_counts', ['sender', 'expires_at'], ['letters'])
      .addPrimaryKeyConstraint('sender_counts_key', ['sender'])
      .execute();
    await tableOf(db, 'refusing_addresses', ['sender', 'expires_at'])
      .addPrimaryKeyConstraint('refusing_addresses_key', ['sender'])
      .execute();
    await tableOf(
      db,
      'letter_answers',
      ['campaign_slug', 'partner', 'legislator_id', 'day'],
      ['is_sample', 'answers'],
    )
      .addPrimaryKeyConstraint('letter_answers_key', [
        'campaign_slug',
        'is_sample',
        'partner',
        'legislator_id',
        'day',
      ])
      .execute();
  },
};

/**
 * What processes on one PostgreSQL share for minutes or a day (`SharedCounts`). UNLOGGED: of no use later, it is in no WAL and
 * so in no archive of one, and a crash of the server empties it. On SQLite one process counts in memory.
 */
const sharedCounts: Migration = {
  async up(db) {
    if (!(db.getExecutor().adapter instanceof PostgresAdapter)) return;
    // As rate-limiter-flexible has it.
    await sql`create unlogged table shared_counts (
      key varchar(255) primary key, points integer not null default 0, expire bigint
    ) with (fillfactor = 50)`.execute(db);
    await sql`create unlogged table shared_keys (day text primary key, key text not null)`.execute(db);
  },
};

/** Marks are looked for by their ids alone (`purgeSpentIds`). */
const marksById: Migration = {
  async up(db) {
    await db.schema.dropIndex('spent_action_ids_by_expiry').execute();
  },
};

function index(db: Kysely<unknown>, table: string, name: string, columns: string[]): Promise<void> {
  return db.schema.createIndex(name).on(table).columns(columns).execute();
}

/** Every change to the tables, in the order of their names: a name is never changed once it has been released. */
export const MIGRATIONS: Record<string, Migration> = {
  '2026-11-24-tables': createTables,
  '2026-11-25-message-languages': tallyMessageLanguages,
  '2026-11-28-variants': tallyVariants,
  '2026-11-29-reports': reports,
  '2026-11-29-server-mail': serverMail,
  '2026-11-30-shared-counts': sharedCounts,
  '2026-12-01-marks-by-id': marksById,
};
