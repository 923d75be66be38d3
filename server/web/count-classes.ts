import { scaleQuantile } from 'd3-scale';

/** Numbers that are shaded alike on a map: from the least to the greatest of them that occurs. */
export interface CountClass {
  from: number;
  to: number;
  /** 1 is nearest to the paper, MOST_CLASSES stands out most; spread out where there are fewer classes. */
  shade: number;
}

/** More shades than these can't be told apart. */
export const MOST_CLASSES = 5;

/**
 * Up to five classes of the numbers above zero, the lowest first, each with as many different numbers as the others: where
 * most districts have one action and a few have many, classes with as many districts each would put nearly all in one.
 */
export function classesOf(counts: number[]): CountClass[] {
  const numbers = [...new Set(counts.filter((count) => count > 0))].sort((one, other) => one - other);
  if (numbers.length === 0) return [];
  const classOf = scaleQuantile<number>()
    .domain(numbers)
    .range(Array.from({ length: MOST_CLASSES }, (_, index) => index));
  const together =
    numbers.length <= MOST_CLASSES
      ? numbers.map((number) => [number])
      : [...Map.groupBy(numbers, classOf).values()];
  return together.map((members, index) => ({
    from: members[0]!,
    to: members.at(-1)!,
    shade: shadeOf(index, together.length),
  }));
}

/** The classes there are, spread over the shades: one alone takes the middle. */
function shadeOf(index: number, classes: number): number {
  if (classes === 1) return Math.ceil(MOST_CLASSES / 2);
  return 1 + Math.round((index * (MOST_CLASSES - 1)) / (classes - 1));
}
