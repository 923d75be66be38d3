import loadHighs from 'highs';
import type { DayCounts } from '../../server/reports/day-counts.ts';
import type { Slice } from '../../server/reports/slices.ts';

/** Who reads: with the live totals of the end alone, or with those of every midnight too. */
export type Reader = 'late' | 'nightly';

/** A sum of unknown numbers: what partner, seat and day each is of, by its number, and how often it counts. */
interface Sum {
  name: string;
  terms: Map<number, number>;
}

interface Known {
  days: DayCounts[];
  /** What was published. */
  slices: Slice[];
  reader: Reader;
  /** Whether the reader has seen it: without, what the live totals alone tell. */
  has_seen?: boolean;
}

// Its types say CommonJS, where a default export is a property; Node takes its ES module, whose default it is.
const highs = await (loadHighs as unknown as typeof loadHighs.default)();

/**
 * What this reader can work out that the live totals alone don't tell. Where they tell the small one of two running days, how
 * the number changed says but the other, which is not small or else is asked for itself.
 */
export function leaks(known: Known): string[] {
  const told = workedOut(known);
  if (told.size === 0) return [];
  const small = new Map([...told].map((name) => [name, smallIn(name)]));
  const live = workedOut({ ...known, has_seen: false }, new Set([...told, ...[...small.values()].flat()]));
  return [...told].filter((name) => !live.has(name) && !small.get(name)!.some((one) => live.has(one)));
}

/**
 * The small numbers, and the differences of two running days of which one is small, that this reader can work out exactly:
 * those that are the same in all tables of whole numbers, none below 0, that agree with all that is known. A solver looks for
 * tables that differ; each that it finds is checked here in whole numbers, so 'can't be told' rests on no solver.
 */
export function workedOut(
  { days, slices, reader, has_seen = true }: Known,
  only?: ReadonlySet<string>,
): Set<string> {
  const { truth, select } = unknownsOf(days);
  const facts = [...liveFacts(days, reader), ...(has_seen ? slices : []).flatMap(sliceFacts)].map((of) =>
    select(of),
  );
  const open = new Map(
    askedOf(days, slices, select)
      // At each midnight the live totals themselves say how many actions a legislator got.
      .filter(({ name }) => reader === 'late' || name.includes('partner'))
      .filter(({ name }) => !only || only.has(name))
      .map((sum) => [sum.name, sum]),
  );
  const model = highs.createModel(modelOf(truth.length, facts, truth));
  model.options.set({ output_flag: false, mip_abs_gap: 0.5, mip_rel_gap: 0 });
  const told = new Set<string>();
  /** Another table with as much, or as little, of these sums as can be; true where it differs from the real one in `asked`. */
  const look = (costs: Float64Array): boolean[] => {
    model.changeColsCost({ kind: 'range', from: 0, to: truth.length - 1 }, costs);
    model.run();
    const other = Array.from(model.getSolution().colValue, Math.round);
    check(other, truth, facts);
    return [...open.values()].map((sum) => {
      const differs = sumIn(sum.terms, other) !== sumIn(sum.terms, truth);
      if (differs) open.delete(sum.name);
      return differs;
    });
  };
  let turn = 0;
  for (let found = true; found && open.size > 0; ) {
    turn++;
    found = look(Float64Array.from(truth, (_, index) => Math.sin(index * 12.9898 + turn * 78.233))).some(
      Boolean,
    );
  }
  for (const [name, { terms }] of open) {
    for (const sign of [1, -1]) {
      if (!open.has(name)) break;
      const costs = new Float64Array(truth.length);
      for (const [index, times] of terms) costs[index] = sign * times;
      look(costs);
    }
    if (open.has(name)) told.add(name);
    open.delete(name);
  }
  model.dispose();
  return told;
}

/** What a set of cells is of; absent where of all. */
interface Of {
  partner?: string;
  legislator_id?: string;
  division_id?: string;
  first_day?: string;
  last_day?: string;
}

function unknownsOf(days: DayCounts[]) {
  const all = days.flatMap(({ counts }) => counts);
  const partners = [...new Set(all.map(({ partner }) => partner))];
  const seats = [...new Map(all.map((cell) => [`${cell.legislator_id} ${cell.division_id}`, cell])).values()];
  const cells = days.flatMap(({ day, counts }) =>
    partners.flatMap((partner) =>
      seats.map(({ legislator_id, division_id }) => {
        const own = counts.filter(
          (cell) =>
            cell.partner === partner &&
            cell.legislator_id === legislator_id &&
            cell.division_id === division_id,
        );
        const count = own.reduce((sum, { completed_actions }) => sum + completed_actions, 0);
        return { day, partner, legislator_id, division_id, count };
      }),
    ),
  );
  const select = (of: Of): number[] =>
    cells.flatMap((cell, index) => {
      const fits =
        (of.partner === undefined || of.partner === cell.partner) &&
        (of.legislator_id === undefined || of.legislator_id === cell.legislator_id) &&
        (of.division_id === undefined || of.division_id === cell.division_id) &&
        (of.first_day === undefined || of.first_day <= cell.day) &&
        (of.last_day === undefined || cell.day <= of.last_day);
      return fits ? [index] : [];
    });
  return { truth: cells.map(({ count }) => count), select };
}

/** The live totals of one dimension each. */
function liveFacts(days: DayCounts[], reader: Reader): Of[] {
  const all = days.flatMap(({ counts }) => counts);
  const single: Of[] = [
    ...[...new Set(all.map(({ partner }) => partner))].map((partner) => ({ partner })),
    ...[...new Set(all.map(({ legislator_id }) => legislator_id))].map((legislator_id) => ({
      legislator_id,
    })),
    ...[...new Set(all.map(({ division_id }) => division_id))].map((division_id) => ({ division_id })),
  ];
  const by_day = days.map(({ day }) => ({ first_day: day, last_day: day }));
  if (reader === 'late') return [...single, ...by_day];
  return by_day.flatMap((day) => single.map((of) => ({ ...of, ...day })));
}

function sliceFacts(slice: Slice): Of[] {
  const { first_day, last_day } = slice;
  return slice.cells.map(({ completed_actions: _, ...of }) => ({ ...of, first_day, last_day }));
}

/** All that must not be told: small numbers of every kind, and how they change from one day to the next. */
function askedOf(days: DayCounts[], slices: Slice[], select: (of: Of) => number[]): Sum[] {
  const all = days.flatMap(({ counts }) => counts);
  const unique = (ofs: Of[]) => [...new Map(ofs.map((of) => [JSON.stringify(of), of])).values()];
  const cells = unique(
    all.flatMap(({ partner, legislator_id, division_id }) => [
      { partner, legislator_id, division_id },
      { partner, division_id },
      { legislator_id },
    ]),
  );
  const periods = unique([
    ...days.map(({ day }) => ({ first_day: day, last_day: day })),
    ...slices.map(({ first_day, last_day }) => ({ first_day, last_day })),
  ]);
  const numberOf = (of: Of) => {
    const { partner, legislator_id, division_id, first_day = '', last_day = '' } = of;
    return all.length === 0
      ? 0
      : days
          .filter(({ day }) => first_day <= day && day <= last_day)
          .flatMap(({ counts }) => counts)
          .filter(
            (cell) =>
              (partner === undefined || cell.partner === partner) &&
              (legislator_id === undefined || cell.legislator_id === legislator_id) &&
              (division_id === undefined || cell.division_id === division_id),
          )
          .reduce((sum, { completed_actions }) => sum + completed_actions, 0);
  };
  const isSmall = (count: number) => count >= 1 && count <= 4;
  const sums = cells.flatMap((cell) =>
    periods.flatMap((period): Sum[] => {
      const of = { ...cell, ...period };
      if (!isSmall(numberOf(of))) return [];
      return [{ name: JSON.stringify(of), terms: new Map(select(of).map((index) => [index, 1])) }];
    }),
  );
  const differences = cells.flatMap((cell) =>
    days.slice(1).flatMap(({ day }, index): Sum[] => {
      const [before, after] = [days[index]!.day, day].map((one) => ({
        ...cell,
        first_day: one,
        last_day: one,
      })) as [Of, Of];
      if (!isSmall(numberOf(before)) && !isSmall(numberOf(after))) return [];
      const terms = new Map([
        ...select(before).map((one) => [one, -1] as const),
        ...select(after).map((one) => [one, 1] as const),
      ]);
      const small = [before, after].filter((of) => isSmall(numberOf(of)));
      return [
        { name: JSON.stringify({ change_to: day, small: small.map((of) => JSON.stringify(of)) }), terms },
      ];
    }),
  );
  return [...sums, ...differences];
}

/** The names of the small numbers that a difference is of; none of what is no difference. */
function smallIn(name: string): string[] {
  return (JSON.parse(name) as { small?: string[] }).small ?? [];
}

function sumIn(terms: ReadonlyMap<number, number>, table: number[]): number {
  let sum = 0;
  for (const [index, times] of terms) sum += times * table[index]!;
  return sum;
}

function modelOf(size: number, facts: number[][], truth: number[]) {
  const totals = facts.map((fact) => fact.reduce((sum, index) => sum + truth[index]!, 0));
  const starts = [0];
  for (const fact of facts) starts.push(starts.at(-1)! + fact.length);
  const indices = facts.flat();
  return {
    numCols: size,
    numRows: facts.length,
    colCost: new Float64Array(size),
    colLower: new Float64Array(size),
    colUpper: new Float64Array(size).fill(highs.infinity),
    rowLower: totals,
    rowUpper: totals,
    integrality: new Int32Array(size).fill(1),
    matrix: {
      format: 'csr' as const,
      numRows: facts.length,
      numCols: size,
      starts,
      indices,
      values: indices.map(() => 1),
    },
  };
}

/** Throws where a table does not agree with what is known: then it would prove nothing. */
function check(other: number[], truth: number[], facts: number[][]): void {
  const agrees = facts.every(
    (fact) =>
      fact.reduce((sum, index) => sum + other[index]!, 0) ===
      fact.reduce((sum, index) => sum + truth[index]!, 0),
  );
  if (!agrees || other.some((count) => count < 0))
    throw new Error('the solver gave a table that does not agree');
}
