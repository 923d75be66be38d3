import type { TallyTableName } from '../store/tables.ts';
import { type Action, COMPLETED } from './action.ts';

/** One number to add to one tally. */
export interface TallyChange {
  campaign_slug: string;
  is_sample: number;
  /** Code of the crediting partner, '' for none. */
  partner: string;
  key: string;
  actions: number;
}

/** Numbers to add, by table, each list sorted by its key. */
export type TallyChanges = Map<TallyTableName, TallyChange[]>;

/** Actions that are alike, and how many of them there are: below zero where they are taken out. */
export interface CountedAction {
  action: Action;
  /** The state's day of the action: YYYY-MM-DD. */
  day: string;
  count: number;
}

/** The key of an action in each view, beside its partner; undefined where that view does not count it. */
const VIEWS: Record<TallyTableName, (action: Action, day: string) => string | undefined> = {
  tally_by_status: (action) => statusKey(action),
  tally_by_day: (action, day) => (isCompleted(action) ? day : undefined),
  tally_by_legislator: (action) => (isCompleted(action) ? action.legislator_id : undefined),
  tally_by_division: (action) => (isCompleted(action) ? action.division_id : undefined),
  tally_by_language: (action) => (isCompleted(action) ? action.page_language : undefined),
  tally_by_message_language: (action) => (isCompleted(action) ? action.message_language : undefined),
  tally_by_variant: (action) => (isCompleted(action) ? variantKey(action) : undefined),
};

/** Key of the view by status, which alone counts what is not completed too. */
export function statusKey(action: Pick<Action, 'origin' | 'type' | 'status_code'>): string {
  return `${action.origin}/${action.type}/${action.status_code}`;
}

/**
 * Key of the view by variant: 'email@short', 'email@' for one without a name. An e-mail and a script may have the same name
 * after @ and are no variants of each other, so the type goes with it: two dimensions, which is why organizers alone see it.
 */
export function variantKey({ type, variant }: Pick<Action, 'type' | 'variant'>): string {
  return `${type}@${variant}`;
}

function isCompleted(action: Action): boolean {
  return COMPLETED.includes(action.status_code);
}

/** Sums what actions add to each tally. Sorted by key: unsorted batches of two processes would block each other. */
export function tallyChanges(actions: Iterable<CountedAction>): TallyChanges {
  const sums = new Map<TallyTableName, Map<string, TallyChange>>();
  for (const { action, day, count } of actions) {
    for (const [table, keyOf] of Object.entries(VIEWS) as [
      TallyTableName,
      (typeof VIEWS)[TallyTableName],
    ][]) {
      const key = keyOf(action, day);
      if (key === undefined) continue;
      const { campaign_slug, partner } = action;
      const is_sample = Number(action.is_sample);
      const id = JSON.stringify([campaign_slug, is_sample, partner, key]);
      const changes = sums.get(table) ?? new Map<string, TallyChange>();
      const change = changes.get(id) ?? { campaign_slug, is_sample, partner, key, actions: 0 };
      change.actions += count;
      sums.set(table, changes.set(id, change));
    }
  }
  const sorted = [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return new Map(
    sorted.map(([table, changes]) => [
      table,
      [...changes].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change),
    ]),
  );
}
