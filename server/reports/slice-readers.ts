import { type CountedCell, type DayCounts, sumBy } from './day-counts.ts';
import type { Cell, KnownMargins } from './small-cells.ts';

/** A column of the table of legislators as it was published. */
export interface ShownColumn {
  first_day: string;
  last_day: string;
  legislators: ReadonlySet<string>;
}

/** Some days that are to be one table of partners and divisions, and what is known of them beside it. */
export interface SliceCounts {
  days: DayCounts[];
  /** The campaign's first days, which no table tells. */
  kept_back: CountedCell[];
  /** The columns of legislators that were published of these days. */
  columns: ShownColumn[];
  /** Whether no such table was published before. */
  is_first: boolean;
}

/** The counts by their places: partner, seat (a legislator in a division; most divisions have one) and day. */
export interface SlicePlaces {
  partners: string[];
  seats: { legislator_id: string; division_id: string; division: number }[];
  divisions: string[];
  /** By day, partner and seat. */
  counts: number[][][];
  /** By partner and division, of all days. */
  sums: number[][];
  /** Of the days that are kept back, by partner and by seat. */
  kept_by_partner: number[];
  kept_by_seat: number[];
}

/** Puts the counts in their places, in the order of their keys. */
export function placesOf({ days, kept_back }: SliceCounts): SlicePlaces {
  const all = [...days.flatMap(({ counts }) => counts), ...kept_back];
  const keyOf = (cell: CountedCell) => JSON.stringify([cell.division_id, cell.legislator_id]);
  const sorted = (keys: string[]) => [...new Set(keys)].toSorted();
  const partners = sorted(all.map(({ partner }) => partner));
  const divisions = sorted(all.map(({ division_id }) => division_id));
  const keys = sorted(all.map(keyOf));
  const seats = keys.map((key) => {
    const [division_id, legislator_id] = JSON.parse(key) as [string, string];
    return { legislator_id, division_id, division: divisions.indexOf(division_id) };
  });
  const counts = days.map((day) => {
    const sums = sumBy(day.counts, (cell) => JSON.stringify([cell.partner, keyOf(cell)]));
    return partners.map((partner) => keys.map((key) => sums.get(JSON.stringify([partner, key])) ?? 0));
  });
  const kept_partners = sumBy(kept_back, ({ partner }) => partner);
  const kept_seats = sumBy(kept_back, keyOf);
  return {
    partners,
    seats,
    divisions,
    counts,
    sums: partners.map((_, partner) =>
      divisions.map((_, division) =>
        counts
          .flatMap((day) => day[partner]!.filter((_, seat) => seats[seat]!.division === division))
          .reduce((sum, count) => sum + count, 0),
      ),
    ),
    kept_by_partner: partners.map((partner) => kept_partners.get(partner) ?? 0),
    kept_by_seat: keys.map((key) => kept_seats.get(key) ?? 0),
  };
}

/** A table as a reader knows it, and where a cell of it stands in ours; undefined of what is in no table of ours. */
export interface ReadersTable extends KnownMargins {
  placeOf: (cell: Cell) => { partner: number; division: number } | undefined;
}

/** What readers of a table of partners and divisions know, each as a table whose totals are known. */
export interface SliceReaders {
  /**
   * Who noted the live numbers at each midnight: every partner's and every seat's total of each day. With `bare` the numbers
   * that this reader has without our table. `lone` keeps out the other seats of that one's division: the division's number
   * varies too then.
   */
  nightly: (day: number, of?: { bare?: boolean; lone?: Cell }) => ReadersTable;
  /** The same reader, where a number moves from one day to another, so that every number of the slice stays. */
  movedTo: (day: number, other: number) => ReadersTable;
  /** Who noted them at the slice's beginning and end alone. Columns are divisions. */
  atItsEnds: () => ReadersTable;
  /**
   * Who has the live numbers of the whole campaign, and every published table: the days that are kept back are a row and a
   * column more. `told` is the seat that is asked for: those of the same legislator can't make good for it.
   */
  late: (day: number, of?: { lone?: Cell; told?: number }) => ReadersTable;
  /** The same reader, where a number moves among days. Rows are days, columns are partners' seats, partner after partner. */
  lateAmongDays: (day: number) => ReadersTable[];
  /** Whether a published column shows what a legislator's number of that day is part of. */
  isShown: (day: number, legislator_id: string) => boolean;
}

/** The readers of a slice while these numbers of partners (rows) and divisions are hidden: `hidden` may still grow. */
export function sliceReaders(
  { days, columns }: SliceCounts,
  { partners, seats, divisions, counts, sums, kept_by_partner, kept_by_seat }: SlicePlaces,
  hidden: readonly boolean[][],
): SliceReaders {
  const columnOf = days.map(({ day }) =>
    columns.findIndex(({ first_day, last_day }) => first_day <= day && day <= last_day),
  );
  /** Whether no published column shows that seat's legislator. */
  const isShown = (day: number, legislator_id: string) =>
    columns[columnOf[day]!]?.legislators.has(legislator_id) ?? false;
  const isOpen = (day: number, seat: number) => !isShown(day, seats[seat]!.legislator_id);
  const costOf = (partner: number, division: number) =>
    hidden[partner]![division] ? 0 : sums[partner]![division]!;
  const isApart = (lone: Cell | undefined, { row, column }: Cell) =>
    lone !== undefined &&
    row === lone.row &&
    column !== lone.column &&
    seats[column]!.division === seats[lone.column]!.division;

  const placeOf = ({ row, column }: Cell) =>
    row < partners.length && column < seats.length
      ? { partner: row, division: seats[column]!.division }
      : undefined;

  return {
    isShown,
    nightly: (day, { bare = false, lone } = {}) => ({
      placeOf,
      rows: partners.length,
      columns: seats.length,
      costOf: (cell) =>
        isApart(lone, cell) ? Infinity : bare ? 0 : costOf(cell.row, seats[cell.column]!.division),
      canFall: ({ row, column }) => counts[day]![row]![column]! > 0,
    }),
    movedTo: (day, other) => ({
      placeOf,
      rows: partners.length,
      columns: seats.length,
      costOf: () => 0,
      canRise: ({ row, column }) => counts[other]![row]![column]! > 0,
      canFall: ({ row, column }) => counts[day]![row]![column]! > 0,
    }),
    atItsEnds: () => ({
      placeOf: ({ row, column }) => ({ partner: row, division: column }),
      rows: partners.length,
      columns: divisions.length,
      costOf: ({ row, column }) => costOf(row, column),
      canFall: ({ row, column }) => sums[row]![column]! > 0,
    }),
    late: (day, { lone, told } = {}) => {
      const isToldElsewhere = (seat: number) =>
        told !== undefined && seat !== told && seats[seat]!.legislator_id === seats[told]!.legislator_id;
      return {
        placeOf,
        rows: partners.length + 1,
        columns: seats.length + 1,
        costOf: ({ row, column }) => {
          if (row < partners.length && column < seats.length)
            return isApart(lone, { row, column }) ? Infinity : costOf(row, seats[column]!.division);
          if (row < partners.length) return 0;
          const is_fixed = column === seats.length || isToldElsewhere(column) || !isOpen(day, column);
          return is_fixed ? Infinity : 0;
        },
        canFall: ({ row, column }) =>
          row === partners.length
            ? (kept_by_seat[column] ?? 0) > 0
            : column === seats.length
              ? kept_by_partner[row]! > 0
              : counts[day]![row]![column]! > 0,
      };
    },
    lateAmongDays: (day) => {
      const at = (column: number): [number, number] => [
        Math.floor(column / seats.length),
        column % seats.length,
      ];
      const among = (mayMove: (day: number, seat: number) => boolean): ReadersTable => ({
        placeOf: () => undefined,
        rows: days.length,
        columns: partners.length * seats.length,
        costOf: ({ row, column }) => (mayMove(row, at(column)[1]) ? 0 : Infinity),
        canFall: ({ row, column }) => {
          const [partner, seat] = at(column);
          return counts[row]![partner]![seat]! > 0;
        },
      });
      // Within a column of legislators its numbers stay whatever moves; from one to another only what neither shows may.
      return [among((other) => columnOf[other] === columnOf[day]), among(isOpen)];
    },
  };
}
