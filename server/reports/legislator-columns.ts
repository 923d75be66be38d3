import { type CountedCell, type DayCounts, sumBy } from './day-counts.ts';
import { cheapestCycle, cheapestOf, isSmall, type KnownMargins, SMALLEST_SHOWN } from './small-cells.ts';

/** A column of the table of legislators: some days, and what of the campaign no table ever tells. */
export interface ColumnCounts {
  days: DayCounts[];
  /** The campaign's first days, which no table tells: what is taken from a hidden number may stand there. */
  kept_back: CountedCell[];
  /** Whether no column was published before. */
  is_first: boolean;
}

/**
 * The legislators whose number of these days can be shown; none where nothing can. The reader is taken to know every
 * legislator's total of the whole campaign, each day's total, and every column that is shown, before and after: a small
 * number varies where one action of it may as well stand on the days that are kept back, and another legislator's here. No
 * other column has a part in that, so nothing that is published later takes it away.
 *
 * This guards against whoever has the live totals of one moment. They are exact and public, so whoever noted them at each
 * midnight has these very numbers, whatever is shown here; and whoever noted them twice may fill in what is hidden of the
 * days between from the columns that are shown.
 */
export function shownLegislators({ days, kept_back, is_first }: ColumnCounts): Set<string> {
  const keyOf = ({ legislator_id }: CountedCell) => legislator_id;
  const all = days.flatMap(({ counts }) => counts);
  const ids = [...new Set([...all, ...kept_back].map(keyOf))].toSorted();
  const inOrder = (sums: Map<string, number>) => ids.map((id) => sums.get(id) ?? 0);
  const sums = inOrder(sumBy(all, keyOf));
  const kept = inOrder(sumBy(kept_back, keyOf));
  const by_day = days.map(({ counts }) => inOrder(sumBy(counts, keyOf)));
  const hidden = new Set(ids.keys().filter((index) => sums[index]! < SMALLEST_SHOWN));

  /** A day beside the days that are kept back: a row each. */
  const besideKept = (day: number[]): KnownMargins => ({
    rows: 2,
    columns: ids.length,
    costOf: ({ column }) => (hidden.has(column) ? 0 : sums[column]!),
    canFall: ({ row, column }) => (row === 0 ? day : kept)[column]! > 0,
  });
  /** The days of the column among themselves: a number moves from one to another, and the column's stays. */
  const among: KnownMargins = {
    rows: days.length,
    columns: ids.length,
    costOf: () => 0,
    canFall: ({ row, column }) => by_day[row]![column]! > 0,
  };
  /** Hides what lets a cell of one of these tables vary, whichever takes least; false where nothing does. */
  const letVary = (tables: KnownMargins[], row: number, column: number): boolean => {
    hidden.add(column);
    const best = cheapestOf(tables.map((table) => ({ table, cell: { row, column } })));
    for (const cell of best?.cells ?? []) hidden.add(cell.column);
    return best !== undefined;
  };

  // Whoever acted little on the days kept back stays hidden once, for good: those days' numbers follow from all others.
  const isTold = (column: number) => is_first && isSmall(kept[column]!);
  for (const column of ids.keys()) if (isTold(column)) hidden.add(column);
  for (let before = -1; before !== hidden.size; ) {
    before = hidden.size;
    for (const column of ids.keys()) {
      if (isTold(column) && !letVary(by_day.map(besideKept), 1, column)) return new Set();
      for (const [row, day] of by_day.entries()) {
        if (!isSmall(day[column]!)) continue;
        if (!hidden.has(column) && cheapestCycle(among, { row, column })) continue;
        if (!letVary([besideKept(day)], 0, column)) return new Set();
      }
    }
  }
  return new Set(ids.filter((_, index) => !hidden.has(index)));
}
