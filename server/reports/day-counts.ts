/** Completed actions of a day that are alike in all that the published tables tell. */
export interface CountedCell {
  /** Code of the crediting partner, '' for none. */
  partner: string;
  legislator_id: string;
  division_id: string;
  completed_actions: number;
}

/** What was completed on one of the state's days. */
export interface DayCounts {
  /** YYYY-MM-DD */
  day: string;
  counts: CountedCell[];
}

/** How many actions these are. */
export function totalOf(counts: readonly CountedCell[]): number {
  return counts.reduce((sum, { completed_actions }) => sum + completed_actions, 0);
}

/** The sum of each key. */
export function sumBy(
  counts: readonly CountedCell[],
  keyOf: (cell: CountedCell) => string,
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const cell of counts) sums.set(keyOf(cell), (sums.get(keyOf(cell)) ?? 0) + cell.completed_actions);
  return sums;
}
