/** How long one thing takes as a multiple of another, both timed in turn in the same run. */
export interface Ratio {
  name: string;
  /** The median of the rounds. */
  ratio: number;
  /** Between the lowest quarter of the rounds and the highest. */
  spread: number;
  /** What it must not exceed. */
  floor: number;
  /** What it should come to at most. */
  aim: number;
}

/** A ratio with the times that it is of, in milliseconds: the medians of the rounds. */
export interface TimedRatio extends Ratio {
  base_ms: number;
  ms: number;
}

/** What is timed against what: each is done some times a round. */
export interface Pair {
  name: string;
  base: () => Promise<unknown>;
  other: () => Promise<unknown>;
  rounds: number;
  times: number;
  floor: number;
  aim: number;
}

/** Times both in turn, the one that goes first changing from round to round, after a round that does not count. */
export async function timePair({ name, base, other, rounds, times, floor, aim }: Pair): Promise<TimedRatio> {
  const both: [number, number][] = [];
  for (let round = -1; round < rounds; round += 1) {
    const isBaseFirst = round % 2 === 0;
    const first = await timeOf(isBaseFirst ? base : other, times);
    const second = await timeOf(isBaseFirst ? other : base, times);
    if (round >= 0) both.push(isBaseFirst ? [first, second] : [second, first]);
  }
  const ratios = both.map(([base_ms, ms]) => ms / base_ms);
  return {
    name,
    ratio: rounded(quantile(ratios, 0.5)),
    spread: rounded(quantile(ratios, 0.75) - quantile(ratios, 0.25)),
    floor,
    aim,
    base_ms: rounded(median(both.map(([base_ms]) => base_ms))),
    ms: rounded(median(both.map(([, ms]) => ms))),
  };
}

/** Milliseconds that one call takes, of as many as are done one after the other. */
async function timeOf(run: () => Promise<unknown>, times: number): Promise<number> {
  const started = performance.now();
  for (let time = 0; time < times; time += 1) await run();
  return (performance.now() - started) / times;
}

function median(numbers: number[]): number {
  return quantile(numbers, 0.5);
}

function quantile(numbers: number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return low + (high - low) * (place - Math.floor(place));
}

function rounded(number: number): number {
  return Math.round(number * 1000) / 1000;
}
