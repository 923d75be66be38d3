import type { Transaction } from 'kysely';
import type { Store } from '../store/open-store.ts';
import type { Tables } from '../store/tables.ts';
import { ACTION_COLUMNS, parts, raiseTallies } from './action-queries.ts';
import {
  type CorrectedCampaign,
  type Criteria,
  countedAction,
  findCounted,
  type SourcedActions,
  sumOf,
} from './criteria-queries.ts';
import { tallyChanges } from './tallies.ts';

type Trx = Transaction<Tables>;

/** What is written of a correction beside its actions. */
export interface CorrectionEntry {
  id: string;
  campaign_slug: string;
  made_at: string;
  reason: string;
}

/**
 * Takes what criteria fit, and is still counted, out of the totals, as a dated correction; gives back what went. Where that is
 * nothing, nothing is written.
 */
export async function excludeActions(
  store: Pick<Store, 'transaction'>,
  campaign: CorrectedCampaign,
  { criteria, ...entry }: CorrectionEntry & { criteria: Criteria },
): Promise<SourcedActions[]> {
  // Alone: two that take out the same at once would take it twice.
  return store.transaction(
    async (trx) => {
      const groups = await findCounted(trx, campaign, criteria);
      const correction = { ...entry, kind: 'exclude', criteria: JSON.stringify(criteria) };
      if (groups.length > 0) await writeCorrection(trx, groups, correction, 1);
      return groups;
    },
    { exclusive: true },
  );
}

/** Why an exclusion can't be taken back: there is none of this id, or it was taken back before. */
export type ReadmitFault = 'unknown' | 'readmitted';

/** Puts back all that an exclusion took out, as a correction of its own; each exclusion once. Gives back what came. */
export async function readmitActions(
  store: Pick<Store, 'transaction'>,
  campaign: CorrectedCampaign,
  { readmits, ...entry }: CorrectionEntry & { readmits: string },
): Promise<ReadmitFault | SourcedActions[]> {
  return store.transaction(
    async (trx) => {
      const corrections = await trx
        .selectFrom('corrections')
        .where('campaign_slug', 'in', campaign.slugs)
        .select(['id', 'kind', 'criteria'])
        .execute();
      if (!corrections.some(({ id, kind }) => id === readmits && kind === 'exclude')) return 'unknown';
      const criteria = JSON.stringify({ readmits });
      if (corrections.some((one) => one.kind === 'readmit' && one.criteria === criteria)) return 'readmitted';
      const groups = await readExclusion(trx, campaign, readmits);
      await writeCorrection(trx, groups, { ...entry, kind: 'readmit', criteria }, -1);
      return groups;
    },
    { exclusive: true },
  );
}

/** What an exclusion took out. */
async function readExclusion(trx: Trx, campaign: CorrectedCampaign, id: string): Promise<SourcedActions[]> {
  const rows = await trx
    .selectFrom('excluded_actions')
    .where('correction_id', '=', id)
    .select([...ACTION_COLUMNS, 'source', 'actions'])
    .execute();
  return rows.map(({ source, actions, ...row }) => ({
    ...countedAction(row, Number(actions), campaign),
    source,
  }));
}

/** `sign` is 1 where the actions go, -1 where they come back. */
async function writeCorrection(
  trx: Trx,
  groups: readonly SourcedActions[],
  entry: CorrectionEntry & { kind: string; criteria: string },
  sign: 1 | -1,
): Promise<void> {
  const { actions, completed_actions } = sumOf(groups);
  await trx
    .insertInto('corrections')
    .values({ ...entry, actions: -sign * actions, completed_actions: -sign * completed_actions })
    .execute();
  const rows = groups.map(({ action, source, count }) => ({
    ...action,
    is_sample: Number(action.is_sample),
    correction_id: entry.id,
    source,
    actions: sign * count,
  }));
  for (const part of parts(rows)) await trx.insertInto('excluded_actions').values(part).execute();
  await raiseTallies(trx, tallyChanges(groups.map((group) => ({ ...group, count: -sign * group.count }))));
}
