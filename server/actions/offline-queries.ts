import { sql, type Transaction } from 'kysely';
import { momentAt } from '../calendar.ts';
import type { Store } from '../store/open-store.ts';
import type { OfflineEntriesTable, Tables } from '../store/tables.ts';
import type { Action } from './action.ts';
import { actionDate } from './action-date.ts';
import { ACTION_COLUMNS, raiseTallies } from './action-queries.ts';
import { tallyChanges } from './tallies.ts';

type Trx = Transaction<Tables>;
/** Part of a day that nobody was asked for: its middle, which is that day by whatever clock of the state. */
const NOON = 12;

/** Actions that an organizer counted elsewhere and enters: all alike, of one day of the state. */
export type OfflineEntry = Pick<OfflineEntriesTable, 'id' | 'day' | 'note' | 'actions'> &
  Pick<
    Action,
    | 'campaign_slug'
    | 'type'
    | 'status_code'
    | 'legislator_id'
    | 'division_id'
    | 'partner'
    | 'page_language'
    | 'message_language'
  >;

/** The row that each action of an entry has in the log. `time_zone` is that of the state. */
export function offlineAction(entry: OfflineEntry, time_zone: string): Action {
  const { campaign_slug, type, status_code, legislator_id, division_id } = entry;
  const { partner, page_language, message_language, day } = entry;
  return {
    campaign_slug,
    type,
    status_code,
    legislator_id,
    division_id,
    partner,
    page_language,
    message_language,
    variant: '',
    origin: 'offline',
    is_sample: false,
    action_date: actionDate(momentAt(day, NOON, time_zone)),
  };
}

/** Writes an entry down, with a row in the log for each of its actions, and raises the tallies. */
export async function enterOffline(
  store: Pick<Store, 'transaction'>,
  entry: OfflineEntry,
  { time_zone, now }: { time_zone: string; now: Date },
): Promise<void> {
  const action = offlineAction(entry, time_zone);
  await store.transaction(async (trx) => {
    await appendAlike(trx, action, entry.actions);
    await trx
      .insertInto('offline_entries')
      .values({ ...entry, entered_at: now.toISOString() })
      .execute();
    await raiseTallies(trx, tallyChanges([{ action, day: entry.day, count: entry.actions }]));
  });
}

/** Made by the database itself: a hundred thousand rows handed over would hold up those who act meanwhile. */
async function appendAlike(trx: Trx, action: Action, count: number): Promise<void> {
  const columns = sql.join(ACTION_COLUMNS.map((column) => sql.ref(column)));
  const values = sql.join(
    ACTION_COLUMNS.map((column) =>
      column === 'is_sample' ? sql.lit(Number(action.is_sample)) : sql`${action[column]}`,
    ),
  );
  await sql`
    insert into actions (${columns})
    with recursive numbers (number) as (
      select 1 union all select number + 1 from numbers where number < ${sql.lit(count)}
    )
    select ${values} from numbers
  `.execute(trx);
}

/** How many actions of each offline entry are taken out now, by the entry's id; those of which none are, are left out. */
export async function readEntriesOut(trx: Trx, slugs: readonly string[]): Promise<Map<string, number>> {
  const rows = await trx
    .selectFrom('excluded_actions')
    .innerJoin('offline_entries', 'offline_entries.id', 'excluded_actions.source')
    .where('offline_entries.campaign_slug', 'in', slugs)
    .groupBy('offline_entries.id')
    .select((eb) => ['offline_entries.id', eb.fn.sum('excluded_actions.actions').as('out')])
    .execute();
  return new Map(rows.map(({ id, out }) => [id, Number(out)] as const).filter(([, out]) => out !== 0));
}

/** The offline entries of a campaign under every slug that it has or had, earliest first. */
export async function readOfflineEntries(
  trx: Trx,
  slugs: readonly string[],
): Promise<(OfflineEntry & { entered_at: string })[]> {
  const rows = await trx
    .selectFrom('offline_entries')
    .where('campaign_slug', 'in', slugs)
    .orderBy('entered_at')
    .orderBy('id')
    .selectAll()
    .execute();
  return rows.map(
    (row) => ({ ...row, actions: Number(row.actions) }) as OfflineEntry & { entered_at: string },
  );
}
