import type { Transaction } from 'kysely';
import type { Store } from '../store/open-store.ts';
import { TALLY_TABLES, type Tables, type TallyTableName } from '../store/tables.ts';
import { COMPLETED } from './action.ts';

type Trx = Transaction<Tables>;

/** Which tallies are read: of real actions or of sample ones, of every partner or of one ('' for what none is credited with). */
export interface TallyScope {
  is_sample: boolean;
  partner?: string | undefined;
}

/** A campaign's tallies at one moment. */
export interface Tallies {
  /** A view's numbers, in no order; no number is 0. */
  of: (table: TallyTableName) => { key: string; actions: number }[];
  /** The view by status once more, by partner. */
  status_by_partner: { partner: string; key: string; actions: number }[];
}

/** The tallies of a campaign under every slug that it has or had. `trx` is of one moment: see `atOneMoment`. */
export async function readTallies(trx: Trx, slugs: readonly string[], scope: TallyScope): Promise<Tallies> {
  const tallies = new Map<TallyTableName, { key: string; actions: number }[]>();
  for (const table of TALLY_TABLES) tallies.set(table, await readTally(trx, table, slugs, scope));
  const rows = await ofScope(trx, 'tally_by_status', slugs, scope)
    .groupBy(['partner', 'key'])
    .select((eb) => ['partner', 'key', eb.fn.sum('actions').as('actions')])
    .execute();
  return {
    of: (table) => tallies.get(table) ?? [],
    status_by_partner: rows.map((row) => ({ ...row, actions: Number(row.actions) })),
  };
}

/** One of these views alone. */
export async function readTally(
  trx: Trx | Store['read'],
  table: TallyTableName,
  slugs: readonly string[],
  scope: TallyScope,
): Promise<{ key: string; actions: number }[]> {
  const rows = await ofScope(trx, table, slugs, scope)
    .groupBy('key')
    .select((eb) => ['key', eb.fn.sum('actions').as('actions')])
    .execute();
  return rows
    .map(({ key, actions }) => ({ key, actions: Number(actions) }))
    .filter(({ actions }) => actions !== 0);
}

function ofScope(
  trx: Trx | Store['read'],
  table: TallyTableName,
  slugs: readonly string[],
  { is_sample, partner }: TallyScope,
) {
  return trx
    .selectFrom(table)
    .where('campaign_slug', 'in', slugs)
    .where('is_sample', '=', Number(is_sample))
    .$if(partner !== undefined, (query) => query.where('partner', '=', partner!));
}

/** The corrections of a campaign under every slug that it has or had, earliest first. */
export async function readCorrections(trx: Trx, slugs: readonly string[]) {
  const rows = await trx
    .selectFrom('corrections')
    .where('campaign_slug', 'in', slugs)
    .orderBy('made_at')
    .orderBy('id')
    .selectAll()
    .execute();
  return rows.map((row) => ({
    ...row,
    actions: Number(row.actions),
    completed_actions: Number(row.completed_actions),
  }));
}

/**
 * By how much each correction changed the completed actions of one partner, by its id: below zero where there are fewer since,
 * 0 where it changed only what is not completed. One that changed nothing of the partner's is left out.
 */
export async function readCorrectionShares(
  trx: Trx,
  slugs: readonly string[],
  partner: string,
): Promise<Map<string, number>> {
  const rows = await trx
    .selectFrom('excluded_actions')
    .where('campaign_slug', 'in', slugs)
    .where('partner', '=', partner)
    .groupBy(['correction_id', 'status_code'])
    .select((eb) => ['correction_id', 'status_code', eb.fn.sum('actions').as('actions')])
    .execute();
  const shares = new Map<string, number>();
  for (const { correction_id, status_code, actions } of rows) {
    const is_completed = (COMPLETED as readonly string[]).includes(status_code);
    shares.set(correction_id, (shares.get(correction_id) ?? 0) - (is_completed ? Number(actions) : 0));
  }
  return shares;
}

/** The slugs of all campaigns of which anything was counted. */
export async function countedCampaigns(read: Store['read'], is_sample: boolean): Promise<string[]> {
  const rows = await read
    .selectFrom('tally_by_status')
    .where('is_sample', '=', Number(is_sample))
    .select('campaign_slug')
    .distinct()
    .execute();
  return rows.map((row) => row.campaign_slug);
}
