/** Numbers below this are hidden: a few people in a small place could be told by them. */
export const SMALLEST_SHOWN = 5;

/** A number that must not be computable: 1 to 4. A zero tells of nobody. */
export function isSmall(count: number): boolean {
  return count > 0 && count < SMALLEST_SHOWN;
}

/** A place in a table, by the numbers of its row and its column. */
export interface Cell {
  row: number;
  column: number;
}

/** A table of which a reader knows every row's and every column's total, and those cells that are shown. */
export interface KnownMargins {
  rows: number;
  columns: number;
  /** 0 of a cell that is hidden, what is lost by hiding it where it is shown, Infinity where it is shown for good. */
  costOf: (cell: Cell) => number;
  /** Whether its number may be one less: it is above 0. */
  canFall: (cell: Cell) => boolean;
  /** Whether its number may be one more; always, where this is not said. */
  canRise?: (cell: Cell) => boolean;
}

/**
 * The cells of the cheapest other table with the same totals in which this cell has another number: they rise and fall by one
 * in turn, around a cycle. With all of them hidden the reader can't tell which of the two tables is the real one, so the cell
 * can't be computed. Undefined where there is none: then the totals alone tell it. The hidden cells of a table with known
 * totals are the unknowns of a transportation problem, whose solutions differ by such cycles (Gusfield, 'A graph theoretic
 * approach to statistical data security', SIAM Journal on Computing 17, 1988).
 */
export function cheapestCycle(table: KnownMargins, cell: Cell): Cell[] | undefined {
  const own = table.costOf(cell);
  if (own === Infinity) return undefined;
  const rising = table.canRise?.(cell) === false ? undefined : cheapestPath(table, cell, 'rises');
  if (rising?.cost === 0) return [cell, ...rising.cells];
  const falling = table.canFall(cell) ? cheapestPath(table, cell, 'falls') : undefined;
  const best = falling && (!rising || falling.cost < rising.cost) ? falling : rising;
  return best && [cell, ...best.cells];
}

/**
 * What makes good for a cell that rises: from its column, which has one too many, by a cell that falls to a row, by one that
 * rises to another column, and so on to its own row. Likewise, from row to column, for one that falls. Dijkstra's.
 */
function cheapestPath(
  { rows, columns, costOf, canFall, canRise = () => true }: KnownMargins,
  own: Cell,
  change: 'rises' | 'falls',
): { cost: number; cells: Cell[] } | undefined {
  // Rows have the numbers below `rows`, columns those from there on.
  const [from, to] = change === 'rises' ? [rows + own.column, own.row] : [own.row, rows + own.column];
  const costs = new Float64Array(rows + columns).fill(Infinity);
  const before = new Int32Array(rows + columns).fill(-1);
  const isDone = new Uint8Array(rows + columns);
  const cellBetween = (a: number, b: number): Cell =>
    a < rows ? { row: a, column: b - rows } : { row: b, column: a - rows };
  costs[from] = 0;
  for (;;) {
    let here = -1;
    for (let node = 0; node < costs.length; node++)
      if (!isDone[node] && costs[node]! < (here < 0 ? Infinity : costs[here]!)) here = node;
    if (here < 0) return undefined;
    // The end may have been reached at no greater cost: there is no cheaper way to it then.
    if (costs[to]! <= costs[here]!) break;
    isDone[here] = 1;
    const [first, end] = here < rows ? [rows, rows + columns] : [0, rows];
    for (let next = first; next < end && costs[to]! > costs[here]!; next++) {
      if (isDone[next]) continue;
      const cell = cellBetween(here, next);
      if (cell.row === own.row && cell.column === own.column) continue;
      const cost = costs[here]! + costOf(cell);
      if (cost < costs[next]! && (here < rows ? canRise(cell) : canFall(cell))) {
        costs[next] = cost;
        before[next] = here;
      }
    }
  }
  const cells: Cell[] = [];
  for (let node = to; node !== from; node = before[node]!) cells.push(cellBetween(before[node]!, node));
  return { cost: costs[to]!, cells };
}

/** A table and the cell of it that is to vary. */
export interface Asked<Table extends KnownMargins> {
  table: Table;
  cell: Cell;
}

/** Of several tables the one in which the cell asked for varies at the least cost, with its cycle; undefined where in none. */
export function cheapestOf<Table extends KnownMargins>(
  asked: Iterable<Asked<Table>>,
): { table: Table; cells: Cell[]; cost: number } | undefined {
  let best: { table: Table; cells: Cell[]; cost: number } | undefined;
  for (const { table, cell } of asked) {
    const cells = cheapestCycle(table, cell);
    const cost = cells?.reduce((sum, one) => sum + table.costOf(one), 0) ?? Infinity;
    if (cells && cost < (best?.cost ?? Infinity)) best = { table, cells, cost };
    if (best?.cost === 0) break;
  }
  return best;
}
