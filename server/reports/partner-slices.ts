import { placesOf, type ReadersTable, type SliceCounts, sliceReaders } from './slice-readers.ts';
import { type Asked, type Cell, cheapestCycle, cheapestOf, isSmall, SMALLEST_SHOWN } from './small-cells.ts';

/** A number of the table of partners and divisions that can be shown. */
export interface ShownPartnerCell {
  partner: string;
  division_id: string;
  completed_actions: number;
}

/**
 * The numbers of these days, by partner and division, that can be shown; none where nothing can. No number of 1 to 4, of these
 * days together or of one of them, can be worked out from what is shown by whoever noted the live totals at each midnight,
 * unless those alone tell it; nor by whoever has the live totals of the whole campaign and all published tables. Where the
 * totals of these days together tell a small number, all is one partner's or one division's: nothing is shown then.
 */
export function shownPartnerCells(slice: SliceCounts): ShownPartnerCell[] {
  const places = placesOf(slice);
  const { partners, divisions, seats, counts, sums, kept_by_seat } = places;
  const hidden = sums.map((row) => row.map((count) => count < SMALLEST_SHOWN));
  const readers = sliceReaders(slice, places, hidden);
  const nights = [...counts.keys()];
  const seatsOf = (division: number) =>
    [...seats.keys()].filter((seat) => seats[seat]!.division === division);

  /** Hides what lets a cell of one of these tables vary, whichever takes least; false where nothing does. */
  const letVary = (asked: Iterable<Asked<ReadersTable>>): boolean => {
    const best = cheapestOf(asked);
    for (const cell of best && best.cost > 0 ? best.cells : []) {
      const place = best!.table.placeOf(cell);
      if (place) hidden[place.partner]![place.division] = true;
    }
    return best !== undefined;
  };
  /** Whether the live totals of a day alone tell a number to whoever noted them. */
  const isLost = remembered((night: number, row: number, column: number) => {
    return !cheapestCycle(readers.nightly(night, { bare: true }), { row, column });
  });

  /** A small number of one day: whether it can be kept from every reader. */
  const keepDay = (night: number, cell: Cell): boolean => {
    const { row, column } = cell;
    const division = seats[column]!.division;
    const is_lost = isLost(night, row, column);
    const amongDays = () => {
      const moved = { row: night, column: row * seats.length + column };
      return readers.lateAmongDays(night).some((table) => cheapestCycle(table, moved));
    };
    if (!hidden[row]![division]) {
      const others = nights.filter((other) => other !== night);
      if (is_lost ? amongDays() : others.some((other) => cheapestCycle(readers.movedTo(night, other), cell)))
        return true;
      hidden[row]![division] = true;
    }
    if (is_lost) return letVary([{ table: readers.late(night), cell }]) || amongDays();
    return (
      letVary([{ table: readers.nightly(night, { lone: cell }), cell }]) ||
      letVary([{ table: readers.nightly(night), cell }])
    );
  };

  /** A small number of all these days. */
  const keepSum = (partner: number, division: number): boolean => {
    const cells = seatsOf(division).map((column) => ({ row: partner, column }));
    const ofNights = (tableOf: (night: number, lone: Cell) => ReadersTable) =>
      nights.flatMap((night) => cells.map((cell) => ({ table: tableOf(night, cell), cell })));
    if (letVary(ofNights((night, lone) => readers.nightly(night, { lone })))) return true;
    const cell = { row: partner, column: division };
    if (!letVary([{ table: readers.atItsEnds(), cell }])) return false;
    return letVary(ofNights((night, lone) => readers.late(night, { lone })));
  };

  /** What a legislator did on the days asked for, or on those that are kept back, where no published column shows it. */
  const keepLegislator = (legislator_id: string, of_nights: number[]): boolean => {
    const own = [...seats.keys()].filter((seat) => seats[seat]!.legislator_id === legislator_id);
    return letVary(
      of_nights.flatMap((night) =>
        own.map((told) => ({
          table: readers.late(night, { told }),
          cell: { row: partners.length, column: told },
        })),
      ),
    );
  };

  const legislators = Map.groupBy(seats.keys(), (seat) => seats[seat]!.legislator_id);
  const keepAll = (): boolean =>
    nights.every((night) =>
      partners.every((_, row) =>
        [...seats.keys()].every(
          (column) => !isSmall(counts[night]![row]![column]!) || keepDay(night, { row, column }),
        ),
      ),
    ) &&
    partners.every((_, partner) =>
      [...divisions.keys()].every(
        (division) => !isSmall(sums[partner]![division]!) || keepSum(partner, division),
      ),
    ) &&
    [...legislators].every(([legislator_id, own]) => {
      const kept = own.reduce((sum, seat) => sum + kept_by_seat[seat]!, 0);
      if (slice.is_first && isSmall(kept) && !keepLegislator(legislator_id, nights)) return false;
      return nights.every((night) => {
        const count = counts[night]!.flatMap((row) => own.map((seat) => row[seat]!)).reduce(
          (a, b) => a + b,
          0,
        );
        const is_shown = readers.isShown(night, legislator_id);
        return !isSmall(count) || is_shown || keepLegislator(legislator_id, [night]);
      });
    });

  const howMany = () => hidden.flat().filter(Boolean).length;
  for (let before = -1; before !== howMany(); ) {
    before = howMany();
    if (!keepAll()) return [];
  }
  return partners.flatMap((partner, row) =>
    divisions.flatMap((division_id, column) => {
      const completed_actions = sums[row]![column]!;
      return hidden[row]![column] ? [] : [{ partner, division_id, completed_actions }];
    }),
  );
}

function remembered<Key extends number[]>(fn: (...key: Key) => boolean): (...key: Key) => boolean {
  const known = new Map<string, boolean>();
  return (...key) => {
    const id = key.join();
    const value = known.get(id) ?? fn(...key);
    known.set(id, value);
    return value;
  };
}
