import type { Transaction } from 'kysely';
import { calendarDay } from '../calendar.ts';
import { TALLY_TABLES, type Tables, type TallyTableName } from '../store/tables.ts';
import type { Action } from './action.ts';
import { raiseTallies } from './action-queries.ts';
import { type TallyChange, tallyChanges } from './tallies.ts';

type Trx = Transaction<Tables>;
/** Numbers by campaign and key of one view. */
type Figures = Map<string, TallyChange>;

/**
 * Counts all actions anew and puts right each campaign's tallies that differ. Gives back the slugs of those campaigns.
 * `timeZoneOf` knows the zone of a division's state.
 */
export async function mendTallies(trx: Trx, timeZoneOf: (division_id: string) => string): Promise<string[]> {
  const counted = await countAnew(trx, timeZoneOf);
  const mended = new Set<string>();
  for (const table of TALLY_TABLES) {
    const right = counted.get(table) ?? new Map<string, TallyChange>();
    const kept = await readFigures(trx, table);
    const wrong = [...new Set([...right.keys(), ...kept.keys()])].filter(
      (id) => (right.get(id)?.actions ?? 0) !== (kept.get(id)?.actions ?? 0),
    );
    const slugs = new Set(wrong.map((id) => (right.get(id) ?? kept.get(id))!.campaign_slug));
    for (const slug of slugs) {
      await trx.deleteFrom(table).where('campaign_slug', '=', slug).execute();
      const figures = [...right.values()].filter(({ campaign_slug }) => campaign_slug === slug);
      await raiseTallies(trx, new Map([[table, figures]]));
      mended.add(slug);
    }
  }
  return [...mended].toSorted();
}

/** An hour of a campaign at a time: all of ten million rows at once would not fit. */
async function countAnew(
  trx: Trx,
  timeZoneOf: (division_id: string) => string,
): Promise<Map<TallyTableName, Figures>> {
  const sums = new Map<TallyTableName, Figures>();
  const hours = await trx.selectFrom('actions').select(['campaign_slug', 'action_date']).distinct().execute();
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

async function countHour(
  trx: Trx,
  campaign_slug: string,
  action_date: string,
  timeZoneOf: (division_id: string) => string,
) {
  const columns = [
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
    'is_sample',
    'action_date',
  ] as const satisfies (keyof Tables['actions'])[];
  const groups = await trx
    .selectFrom('actions')
    .where('campaign_slug', '=', campaign_slug)
    .where('action_date', '=', action_date)
    .groupBy(columns)
    .select(columns)
    .select((eb) => eb.fn.countAll().as('count'))
    .execute();
  return tallyChanges(
    groups.map(({ count, ...group }) => ({
      action: { ...group, is_sample: Boolean(group.is_sample) } as Action,
      day: calendarDay(new Date(group.action_date), timeZoneOf(group.division_id)),
      count: Number(count),
    })),
  );
}

async function readFigures(trx: Trx, table: TallyTableName): Promise<Figures> {
  const rows = await trx.selectFrom(table).selectAll().execute();
  const figures = rows.map((row) => ({ ...row, actions: Number(row.actions) }));
  return new Map(figures.map((figure) => [figureId(figure), figure]));
}

function figureId({ campaign_slug, is_sample, key }: TallyChange): string {
  return JSON.stringify([campaign_slug, is_sample, key]);
}
