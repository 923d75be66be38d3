import { cheapestCycle, isSmall, type KnownMargins } from '../../server/reports/small-cells.ts';
import { numbersFrom } from '../support/numbers-from.ts';

/** Every table of whole numbers with the same totals and the same shown cells, none below 0, by trying them all. */
function allTables(table: number[][], hidden: boolean[][]): number[][][] {
  const cells = table.flatMap((row, r) => row.flatMap((_, c) => (hidden[r]![c] ? [[r, c] as const] : [])));
  const left = {
    rows: table.map((row, r) => row.reduce((sum, count, c) => sum + (hidden[r]![c] ? count : 0), 0)),
    columns: table[0]!.map((_, c) => table.reduce((sum, row, r) => sum + (hidden[r]![c] ? row[c]! : 0), 0)),
  };
  const found: number[][][] = [];
  const at = table.map((row) => [...row]);
  const fill = (nth: number) => {
    const cell = cells[nth];
    if (!cell) {
      if ([...left.rows, ...left.columns].every((rest) => rest === 0)) found.push(at.map((row) => [...row]));
      return;
    }
    const [r, c] = cell;
    for (let count = 0; count <= Math.min(left.rows[r]!, left.columns[c]!); count++) {
      at[r]![c] = count;
      left.rows[r]! -= count;
      left.columns[c]! -= count;
      fill(nth + 1);
      left.rows[r]! += count;
      left.columns[c]! += count;
    }
  };
  fill(0);
  return found;
}

function madeUpTable(random: () => number, most: number): number[][] {
  const [rows, columns] = [2 + Math.floor(random() * 2), 2 + Math.floor(random() * 2)];
  return Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => (random() < 0.3 ? 0 : Math.floor(random() * most))),
  );
}

function knownMargins(table: number[][], hidden: boolean[][]): KnownMargins {
  return {
    rows: table.length,
    columns: table[0]!.length,
    costOf: ({ row, column }) => (hidden[row]![column] ? 0 : table[row]![column]! || Infinity),
    canFall: ({ row, column }) => table[row]![column]! > 0,
  };
}

test('a hidden cell has a cycle of hidden cells exactly where another table agrees with all that is known', () => {
  const random = numbersFrom(11);
  const seen = { told: 0, open: 0 };
  for (let nth = 0; nth < 150; nth++) {
    const table = madeUpTable(random, 4);
    const hidden = table.map((row) => row.map(() => random() < 0.75));
    const tables = allTables(table, hidden);
    const margins = knownMargins(table, hidden);
    for (const [row, counts] of table.entries())
      for (const [column, count] of counts.entries()) {
        if (!hidden[row]![column]) continue;
        const varies = tables.some((other) => other[row]![column] !== count);
        const cells = cheapestCycle(margins, { row, column });
        const is_free = !!cells?.every((cell) => hidden[cell.row]![cell.column]);
        expect({ table, hidden, row, column, is_free }).toEqual({
          table,
          hidden,
          row,
          column,
          is_free: varies,
        });
        seen[varies ? 'open' : 'told']++;
      }
  }
  expect(Math.min(seen.told, seen.open)).toBeGreaterThan(50);
});

test('what a small cell needs hidden beside it is enough, and there is nothing cheaper', () => {
  const random = numbersFrom(12);
  let mended = 0;
  for (let nth = 0; nth < 40; nth++) {
    const table = madeUpTable(random, 8);
    const hidden = table.map((row) => row.map((count) => count < 5));
    const cost = (more: boolean[][]) =>
      table
        .flatMap((row, r) => row.filter((_, c) => more[r]![c] && !hidden[r]![c]))
        .reduce((a, b) => a + b, 0);
    for (const [row, counts] of table.entries())
      for (const [column, count] of counts.entries()) {
        if (!isSmall(count)) continue;
        const varies = (of: boolean[][]) =>
          allTables(table, of).some((other) => other[row]![column] !== count);
        const cells = cheapestCycle(knownMargins(table, hidden), { row, column });
        if (!cells) {
          expect(varies(table.map((one) => one.map(() => true)))).toBe(false);
          continue;
        }
        const more = hidden.map((one) => [...one]);
        for (const cell of cells) more[cell.row]![cell.column] = true;
        expect([table, varies(more)]).toEqual([table, true]);
        if (cost(more) > 0) mended++;
        const shown = table.flatMap((one, r) =>
          one.flatMap((_, c) => (hidden[r]![c] ? [] : [[r, c] as const])),
        );
        for (let choice = 0; choice < 2 ** Math.min(shown.length, 6); choice++) {
          const other = hidden.map((one) => [...one]);
          for (const [index, [r, c]] of shown.entries()) if (choice & (1 << index)) other[r]![c] = true;
          if (cost(other) < cost(more)) expect([table, other, varies(other)]).toEqual([table, other, false]);
        }
      }
  }
  expect(mended).toBeGreaterThan(5);
});
