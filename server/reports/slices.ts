import { type CountedCell, type DayCounts, sumBy, totalOf } from './day-counts.ts';
import { shownLegislators } from './legislator-columns.ts';
import { type ShownPartnerCell, shownPartnerCells } from './partner-slices.ts';
import type { ShownColumn } from './slice-readers.ts';
import { SMALLEST_SHOWN } from './small-cells.ts';

/** The tables that are published. */
export const PUBLISHED_TABLES = ['legislator_by_day', 'partner_by_division'] as const;
/** The name of one of them. */
export type PublishedTableName = (typeof PUBLISHED_TABLES)[number];

/** A legislator's number that can be shown. */
export interface ShownLegislator {
  legislator_id: string;
  completed_actions: number;
}

/** What is published of some days: none of them is in another slice of the same table. Every number that is not here is hidden. */
export type Slice = { first_day: string; last_day: string } & (
  | { name: 'legislator_by_day'; cells: ShownLegislator[] }
  | { name: 'partner_by_division'; cells: ShownPartnerCell[] }
);

/** Days of which nothing is ever published, so that what is hidden later may as well stand there. */
export interface KeptBack {
  first_day: string;
  last_day: string;
  counts: CountedCell[];
  /** Whether it was published which days these are: then no more are added. */
  is_settled?: boolean;
}

/** How far a campaign's tables have come. Days stand in it in order, without a gap. */
export interface Standing {
  kept_back: KeptBack | undefined;
  has_columns: boolean;
  has_slices: boolean;
  /** Days that are over and in no column of legislators yet. */
  open_column: DayCounts[];
  /** Days that are over and in no table of partners yet, and the columns of legislators that were published of them. */
  open_slice: DayCounts[];
  columns: ShownColumn[];
}

/** What decides which numbers are shown. */
export interface HidingRules {
  shownLegislators: typeof shownLegislators;
  shownPartnerCells: typeof shownPartnerCells;
}

/** A slice is that long at most, where anything of it can be shown. */
const LONGEST_DAYS = 7;
/** The days that are kept back hold as many actions at least, with legislators of two divisions. */
const KEPT_ACTIONS = 5;

/** Before a campaign's first day. */
export function newStanding(): Standing {
  return {
    kept_back: undefined,
    has_columns: false,
    has_slices: false,
    open_column: [],
    open_slice: [],
    columns: [],
  };
}

/** Whether these first days hold enough to hide behind. */
export function isEnoughKept(counts: readonly CountedCell[]): boolean {
  const count = (keyOf: (cell: CountedCell) => string) => sumBy(counts, keyOf).size;
  return (
    totalOf(counts) >= KEPT_ACTIONS &&
    count(({ division_id }) => division_id) > 1 &&
    count(({ legislator_id }) => legislator_id) > 1
  );
}

/**
 * Takes in the next day that is over: how far the tables have come then, and the slices that it closes. A slice closes when
 * at least half of its actions stand in numbers that are shown, or when it is seven days long and any can be; until then it
 * stays open and nothing of it is told.
 */
export function takeInDay(
  standing: Standing,
  day: DayCounts,
  rules: HidingRules = { shownLegislators, shownPartnerCells },
): { standing: Standing; slices: Slice[] } {
  const { kept_back } = standing;
  if (!kept_back || !isEnoughKept(kept_back.counts)) {
    // Nothing begins before the first action; and where corrections took what was to hide behind, nothing goes on.
    if (kept_back ? kept_back.is_settled : day.counts.length === 0) return { standing, slices: [] };
    const counts = [...(kept_back?.counts ?? []), ...day.counts];
    const first_day = kept_back?.first_day ?? day.day;
    return { standing: { ...standing, kept_back: { first_day, last_day: day.day, counts } }, slices: [] };
  }
  const opened = {
    ...standing,
    open_column: [...standing.open_column, day],
    open_slice: [...standing.open_slice, day],
  };
  const column = nextColumn(opened, kept_back.counts, rules);
  const after = column
    ? { ...opened, open_column: [], has_columns: true, columns: [...opened.columns, shownIn(column)] }
    : opened;
  const slice = nextSlice(after, kept_back.counts, rules);
  return {
    standing: slice ? { ...after, open_slice: [], columns: [], has_slices: true } : after,
    slices: [column, slice].filter((one) => one !== undefined),
  };
}

/** The column of legislators that closes with the days that are open; undefined where they stay open. */
function nextColumn({ open_column, has_columns }: Standing, kept_back: CountedCell[], rules: HidingRules) {
  const keyOf = ({ legislator_id }: CountedCell) => legislator_id;
  if (!mayClose(open_column, keyOf)) return undefined;
  const shown = rules.shownLegislators({ days: open_column, kept_back, is_first: !has_columns });
  const sums = sumBy(countsOf(open_column), keyOf);
  const cells = [...shown].map((legislator_id) => ({
    legislator_id,
    completed_actions: sums.get(legislator_id)!,
  }));
  if (!isToClose(open_column, cells)) return undefined;
  return { name: 'legislator_by_day' as const, ...periodOf(open_column), cells };
}

/** What a column of legislators shows, as the table of partners must know it. */
function shownIn({ first_day, last_day, cells }: Slice & { name: 'legislator_by_day' }): ShownColumn {
  return { first_day, last_day, legislators: new Set(cells.map(({ legislator_id }) => legislator_id)) };
}

/** The table of partners that closes with the days that are open; undefined where they stay open. */
function nextSlice(
  { open_column, open_slice, columns, has_slices }: Standing,
  kept_back: CountedCell[],
  rules: HidingRules,
) {
  // What a later column would show of these days must be known, so none may be open but of days without an action.
  if (totalOf(countsOf(open_column)) > 0) return undefined;
  if (!mayClose(open_slice, ({ partner, division_id }) => JSON.stringify([partner, division_id])))
    return undefined;
  const cells = rules.shownPartnerCells({ days: open_slice, kept_back, columns, is_first: !has_slices });
  if (!isToClose(open_slice, cells)) return undefined;
  return { name: 'partner_by_division' as const, ...periodOf(open_slice), cells };
}

/** Whether it could close if every number that is large enough were shown: to find out which are may take long. */
function mayClose(days: DayCounts[], keyOf: (cell: CountedCell) => string): boolean {
  const large = [...sumBy(countsOf(days), keyOf).values()].filter((count) => count >= SMALLEST_SHOWN);
  return isToClose(
    days,
    large.map((completed_actions) => ({ completed_actions })),
  );
}

function isToClose(days: DayCounts[], cells: { completed_actions: number }[]): boolean {
  const shown = cells.reduce((sum, { completed_actions }) => sum + completed_actions, 0);
  return shown > 0 && (shown * 2 >= totalOf(countsOf(days)) || days.length >= LONGEST_DAYS);
}

function countsOf(days: DayCounts[]): CountedCell[] {
  return days.flatMap(({ counts }) => counts);
}

function periodOf(days: DayCounts[]) {
  return { first_day: days[0]!.day, last_day: days.at(-1)!.day };
}
