import { sql, type Transaction } from 'kysely';
import { calendarDay } from '../calendar.ts';
import type { Tables } from '../store/tables.ts';
import { type Action, COMPLETED } from './action.ts';
import { ACTION_COLUMNS } from './action-queries.ts';
import { offlineAction, readOfflineEntries } from './offline-queries.ts';
import type { CountedAction } from './tallies.ts';

type Trx = Transaction<Tables>;
type ActionRow = Tables['actions'];

/** Which real actions are meant: those to which everything fits that is said here. */
export interface Criteria {
  /** ISO dates and times in UTC, whole hours: from the first up to the second, which is not included. */
  from?: string;
  to?: string;
  partner?: string;
  /** A marked block of addresses. */
  block?: string;
  /** Id of an offline entry. */
  entry?: string;
}

/** A campaign under every slug that it has or had, and the zone of its state, whose days are counted. */
export interface CorrectedCampaign {
  slugs: readonly string[];
  time_zone: string;
}

/** Actions that are alike and have one source: see `ExcludedActionsTable`. */
export interface SourcedActions extends CountedAction {
  source: string;
}

/**
 * The actions that criteria fit and that are still counted.
 *
 * Rows that are alike can't be told apart: which of them are out has no meaning, only how many. So that no two exclusions
 * take the same one out, each row belongs to one source: the block that its mark names, the entry that it was entered by, or
 * neither. Of each group of rows that are alike, as many of a source can go as it has rows there, less those of the same
 * source that are out already, by whatever criteria. The sources of a group add up to its rows, so never more than these go.
 */
export async function findCounted(
  trx: Trx,
  campaign: CorrectedCampaign,
  criteria: Criteria,
): Promise<SourcedActions[]> {
  const sourced = [
    ...(criteria.entry === undefined ? await readMarked(trx, campaign, criteria) : []),
    ...(criteria.block === undefined ? await readEntered(trx, campaign, criteria) : []),
  ];
  const isNamed = criteria.block !== undefined || criteria.entry !== undefined;
  const all = isNamed ? [] : await readLogged(trx, campaign, criteria);
  const excluded = await readExcluded(trx, campaign, criteria);
  const left = new Map<string, Rows>();
  const add = ({ row, source, count }: Rows) => {
    const id = JSON.stringify([source, ...ACTION_COLUMNS.map((column) => String(row[column]))]);
    left.set(id, { row, source, count: (left.get(id)?.count ?? 0) + count });
  };
  for (const rows of [...all, ...sourced]) add(rows);
  // What has a source is in the log without it.
  for (const rows of isNamed ? [] : sourced) add({ ...rows, source: '', count: -rows.count });
  for (const rows of excluded) add({ ...rows, count: -rows.count });
  return [...left.values()]
    .filter(({ count }) => count > 0)
    .map(({ row, source, count }) => ({ ...countedAction(row, count, campaign), source }));
}

/** How many actions these are, and how many of them were completed. */
export function sumOf(groups: readonly CountedAction[]): { actions: number; completed_actions: number } {
  const sum = (list: readonly CountedAction[]) => list.reduce((total, { count }) => total + count, 0);
  return {
    actions: sum(groups),
    completed_actions: sum(groups.filter(({ action }) => COMPLETED.includes(action.status_code))),
  };
}

/** The rows of a table that criteria fit, as far as every table that holds actions can tell. */
function ofCriteria(
  trx: Trx,
  table: 'actions' | 'marked_actions' | 'excluded_actions',
  { slugs }: CorrectedCampaign,
  { from, to, partner }: Criteria,
) {
  return trx
    .selectFrom(table)
    .where('campaign_slug', 'in', slugs)
    .where('is_sample', '=', 0)
    .$if(from !== undefined, (query) => query.where('action_date', '>=', from!))
    .$if(to !== undefined, (query) => query.where('action_date', '<', to!))
    .$if(partner !== undefined, (query) => query.where('partner', '=', partner!))
    .groupBy(ACTION_COLUMNS)
    .select(ACTION_COLUMNS);
}

/** Actions that are alike, of one source, as a table has them. */
interface Rows {
  row: ActionRow;
  source: string;
  count: number;
}

async function readLogged(trx: Trx, campaign: CorrectedCampaign, criteria: Criteria): Promise<Rows[]> {
  const groups = await ofCriteria(trx, 'actions', campaign, criteria)
    .select((eb) => eb.fn.countAll().as('count'))
    .execute();
  return groups.map(({ count, ...row }) => ({ row, source: '', count: Number(count) }));
}

async function readMarked(trx: Trx, campaign: CorrectedCampaign, criteria: Criteria): Promise<Rows[]> {
  const { block } = criteria;
  const groups = await ofCriteria(trx, 'marked_actions', campaign, criteria)
    .$if(block !== undefined, (query) => query.where(sql.ref('block'), '=', block))
    .groupBy(sql.ref('block'))
    .select((eb) => [sql<string>`block`.as('source'), eb.fn.countAll().as('count')])
    .execute();
  return groups.map(({ source, count, ...row }) => ({ row, source, count: Number(count) }));
}

async function readExcluded(trx: Trx, campaign: CorrectedCampaign, criteria: Criteria): Promise<Rows[]> {
  const groups = await ofCriteria(trx, 'excluded_actions', campaign, criteria)
    .groupBy(sql.ref('source'))
    .select([sql<string>`source`.as('source'), sql<number>`sum(actions)`.as('count')])
    .execute();
  return groups.map(({ source, count, ...row }) => ({ row, source, count: Number(count) }));
}

/** Actions that were entered, each entry its own source. */
async function readEntered(trx: Trx, campaign: CorrectedCampaign, criteria: Criteria): Promise<Rows[]> {
  const { from = '', to = '9', partner, entry } = criteria;
  return (await readOfflineEntries(trx, campaign.slugs))
    .filter(
      (one) =>
        (entry === undefined || one.id === entry) && (partner === undefined || one.partner === partner),
    )
    .map((one) => {
      const { is_sample, ...action } = offlineAction(one, campaign.time_zone);
      return { row: { ...action, is_sample: Number(is_sample) }, source: one.id, count: one.actions };
    })
    .filter(({ row }) => row.action_date >= from && row.action_date < to);
}

/** Rows that are alike as the tallies count them. */
export function countedAction(
  row: ActionRow,
  count: number,
  { time_zone }: CorrectedCampaign,
): CountedAction {
  return {
    action: { ...row, is_sample: Boolean(Number(row.is_sample)) } as Action,
    day: calendarDay(new Date(row.action_date), time_zone),
    count,
  };
}
