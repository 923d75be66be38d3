import type { Transaction } from 'kysely';
import { COMPLETED } from '../actions/action.ts';
import { calendarDay, daysAfter } from '../calendar.ts';
import { atOneMoment } from '../store/one-moment.ts';
import type { Store } from '../store/open-store.ts';
import type { PublishedTablesTable, Tables } from '../store/tables.ts';
import { type CountedCell, type DayCounts, sumBy } from './day-counts.ts';

const COLUMNS = ['partner', 'legislator_id', 'division_id', 'action_date'] as const;

/** The state's day of the first real action of a campaign under any of its slugs; undefined where there is none. */
export async function firstDay(
  { read }: Pick<Store, 'read'>,
  slugs: readonly string[],
  time_zone: string,
): Promise<string | undefined> {
  const row = await read
    .selectFrom('actions')
    .where('campaign_slug', 'in', slugs)
    .where('is_sample', '=', 0)
    .select((eb) => eb.fn.min('action_date').as('first'))
    .executeTakeFirst();
  return row?.first ? calendarDay(new Date(row.first), time_zone) : undefined;
}

/** What was completed on one of the state's days, really and without what corrections took out, as it stands at one moment. */
export async function readDay(
  { read }: Pick<Store, 'read'>,
  slugs: readonly string[],
  { day, time_zone }: { day: string; time_zone: string },
): Promise<DayCounts> {
  // A day of any zone begins and ends within a day of UTC's.
  const [from, to] = [daysAfter(day, -1), daysAfter(day, 2)];
  const groups = await atOneMoment(read, async (trx) => {
    const counted = await trx
      .selectFrom('actions')
      .where('campaign_slug', 'in', slugs)
      .where('is_sample', '=', 0)
      .where('status_code', 'in', COMPLETED)
      .where('action_date', '>=', from)
      .where('action_date', '<', to)
      .groupBy(COLUMNS)
      .select((eb) => [...COLUMNS, eb.fn.countAll().as('actions')])
      .execute();
    const excluded = await trx
      .selectFrom('excluded_actions')
      .where('campaign_slug', 'in', slugs)
      .where('is_sample', '=', 0)
      .where('status_code', 'in', COMPLETED)
      .where('action_date', '>=', from)
      .where('action_date', '<', to)
      .groupBy(COLUMNS)
      .select((eb) => [...COLUMNS, eb.fn.sum('actions').as('actions')])
      .execute();
    return [...counted, ...excluded.map((group) => ({ ...group, actions: -Number(group.actions) }))];
  });
  const cells = groups
    .filter(({ action_date }) => calendarDay(new Date(action_date), time_zone) === day)
    .map(
      ({ action_date: _, actions, ...cell }): CountedCell => ({
        ...cell,
        completed_actions: Number(actions),
      }),
    );
  const sums = sumBy(cells, ({ partner, legislator_id, division_id }) =>
    JSON.stringify([partner, legislator_id, division_id]),
  );
  const counts = [...sums]
    .filter(([, count]) => count > 0)
    .map(([key, completed_actions]): CountedCell => {
      const [partner, legislator_id, division_id] = JSON.parse(key) as [string, string, string];
      return { partner, legislator_id, division_id, completed_actions };
    });
  return { day, counts };
}

/** What was published of a campaign under any of its slugs, earliest days first. */
export async function readPublishedRows(
  read: Store['read'] | Transaction<Tables>,
  slugs: readonly string[],
): Promise<PublishedTablesTable[]> {
  return read
    .selectFrom('published_tables')
    .where('campaign_slug', 'in', slugs)
    .orderBy('last_day')
    .orderBy('name')
    .selectAll()
    .execute();
}

/**
 * Publishes these rows where nothing else was published of the campaign since `known` was read, and tells whether it did:
 * another process that came first took the same days.
 */
export async function insertPublished(
  store: Store,
  slugs: readonly string[],
  { rows, known }: { rows: PublishedTablesTable[]; known: number },
): Promise<boolean> {
  return store.transaction(
    async (trx) => {
      const there = await readPublishedRows(trx, slugs);
      if (there.length !== known) return false;
      await trx.insertInto('published_tables').values(rows).execute();
      return true;
    },
    { exclusive: true },
  );
}

/** When something was last published of each campaign, by the slug that it had then, as ISO moments. */
export async function readLastPublished(
  read: Pick<Transaction<Tables>, 'selectFrom'>,
): Promise<{ campaign_slug: string; published_at: string }[]> {
  return read
    .selectFrom('published_tables')
    .groupBy('campaign_slug')
    .select((eb) => ['campaign_slug', eb.fn.max('published_at').as('published_at')])
    .execute();
}
