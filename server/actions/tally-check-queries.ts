import type { Transaction } from 'kysely';
import { calendarDay } from '../calendar.ts';
import type { Store } from '../store/open-store.ts';
import { TALLY_TABLES, type Tables, type TallyTableName } from '../store/tables.ts';
import type { Action } from './action.ts';
import { ACTION_COLUMNS, raiseTallies } from './action-queries.ts';
import { type TallyChange, tallyChanges } from './tallies.ts';

type Trx = Transaction<Tables>;
/** Numbers by campaign and key of one view. */
type Figures = Map<string, TallyChange>;

/** The zone whose days a division's campaigns are counted by. */
export type TimeZoneOf = (division_id: string) => string;

/** The tallies of every campaign are counted anew, or those of the campaigns named. */
interface Recount {
  timeZoneOf: TimeZoneOf;
  slugs?: readonly string[];
}

/**
 * Counts all actions anew, without those that corrections took out, and puts right each campaign's tallies that differ. Gives
 * back the slugs of those campaigns. `trx` writes alone: what others wrote between the reading and the writing would be lost.
 */
export async function mendTallies(trx: Trx, { timeZoneOf, slugs }: Recount): Promise<string[]> {
  const counted = await countAnew(trx, { timeZoneOf, ...(slugs && { slugs }) });
  const mended = new Set<string>();
  for (const table of TALLY_TABLES) {
    const right = counted.get(table) ?? new Map<string, TallyChange>();
    const kept = await readFigures(trx, table, slugs);
    const wrong = [...new Set([...right.keys(), ...kept.keys()])].filter(
      (id) => (right.get(id)?.actions ?? 0) !== (kept.get(id)?.actions ?? 0),
    );
    const differing = new Set(wrong.map((id) => (right.get(id) ?? kept.get(id))!.campaign_slug));
    for (const slug of differing) {
      await trx.deleteFrom(table).where('campaign_slug', '=', slug).execute();
      const figures = [...right.values()].filter(({ campaign_slug }) => campaign_slug === slug);
      await raiseTallies(trx, new Map([[table, figures]]));
      mended.add(slug);
    }
  }
  await trx
    .deleteFrom('due_recounts')
    .$if(slugs !== undefined, (query) => query.where('campaign_slug', 'in', slugs!))
    .execute();
  return [...mended].toSorted();
}

/** Counts anew what a change to the tables left to be counted; nothing where nothing was. Gives back the campaigns' slugs. */
export async function recountDue(store: Store, timeZoneOf: TimeZoneOf): Promise<string[]> {
  const isDue = await store.read.selectFrom('due_recounts').select('campaign_slug').executeTakeFirst();
  if (!isDue) return [];
  return store.transaction((trx) => recountDueIn(trx, timeZoneOf), { exclusive: true });
}

/** The same within a transaction that writes alone. */
export async function recountDueIn(trx: Trx, timeZoneOf: TimeZoneOf): Promise<string[]> {
  const due = await trx.selectFrom('due_recounts').select('campaign_slug').execute();
  const slugs = due.map(({ campaign_slug }) => campaign_slug);
  if (slugs.length > 0) await mendTallies(trx, { timeZoneOf, slugs });
  return slugs;
}

/** An hour of a campaign at a time: all of ten million rows at once would not fit. */
async function countAnew(trx: Trx, { timeZoneOf, slugs }: Recount): Promise<Map<TallyTableName, Figures>> {
  const sums = new Map<TallyTableName, Figures>();
  const hours = await trx
    .selectFrom('actions')
    .$if(slugs !== undefined, (query) => query.where('campaign_slug', 'in', slugs!))
    .select(['campaign_slug', 'action_date'])
    .distinct()
    .execute();
  for (const { campaign_slug, action_date } of hours) {
    for (const [table, changes] of await countHour(trx, campaign_slug, action_date, timeZoneOf)) {
      const figures = sums.get(table) ?? new Map<string, TallyChange>();
      sums.set(table, figures);
      for (const change of changes) {
        const before = figures.get(figureId(change))?.actions ?? 0;
        figures.set(figureId(change), { ...change, actions: before + change.actions });
      }
    }
  }
  return sums;
}

/** What an hour adds to each tally: its actions, and below zero those that corrections took out. */
async function countHour(trx: Trx, campaign_slug: string, action_date: string, timeZoneOf: TimeZoneOf) {
  const groups = await trx
    .selectFrom('actions')
    .where('campaign_slug', '=', campaign_slug)
    .where('action_date', '=', action_date)
    .groupBy(ACTION_COLUMNS)
    .select(ACTION_COLUMNS)
    .select((eb) => eb.fn.countAll().as('count'))
    .execute();
  const excluded = await trx
    .selectFrom('excluded_actions')
    .where('campaign_slug', '=', campaign_slug)
    .where('action_date', '=', action_date)
    .groupBy(ACTION_COLUMNS)
    .select(ACTION_COLUMNS)
    .select((eb) => eb.fn.sum('actions').as('count'))
    .execute();
  const counted = [...groups, ...excluded.map((group) => ({ ...group, count: -Number(group.count) }))];
  return tallyChanges(
    counted.map(({ count, ...group }) => ({
      action: { ...group, is_sample: Boolean(Number(group.is_sample)) } as Action,
      day: calendarDay(new Date(group.action_date), timeZoneOf(group.division_id)),
      count: Number(count),
    })),
  );
}

async function readFigures(
  trx: Trx,
  table: TallyTableName,
  slugs: readonly string[] | undefined,
): Promise<Figures> {
  const rows = await trx
    .selectFrom(table)
    .$if(slugs !== undefined, (query) => query.where('campaign_slug', 'in', slugs!))
    .selectAll()
    .execute();
  const figures = rows.map((row) => ({
    ...row,
    is_sample: Number(row.is_sample),
    actions: Number(row.actions),
  }));
  return new Map(figures.map((figure) => [figureId(figure), figure]));
}

function figureId({ campaign_slug, is_sample, partner, key }: TallyChange): string {
  return JSON.stringify([campaign_slug, is_sample, partner, key]);
}
