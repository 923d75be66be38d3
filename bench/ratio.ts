/** What one thing comes to as a multiple of another, or of what it may take, both measured in turn in the same run. */
export interface Ratio {
  name: string;
  /** The median of the rounds. */
  ratio: number;
  /** Between the lowest quarter of the rounds and the highest. */
  spread: number;
  /** What it must come to: at least where the aim is above it or the same, at most where the aim is below it. */
  floor: number;
  /** What it should come to. */
  aim: number;
}

/** A ratio with what it is of, in words: '7.3 ms : 6.5 ms'. */
export interface MeasuredRatio extends Ratio {
  figures: string;
}

/** What is asked of a ratio. */
export type Asked = Pick<MeasuredRatio, 'name' | 'floor' | 'aim' | 'figures'>;

/** Whether more is better: the aim lies above the floor then, below it otherwise. */
export function isAtLeast({ floor, aim }: Pick<Ratio, 'floor' | 'aim'>): boolean {
  return aim >= floor;
}

/** Whether a ratio is on the right side of its floor, or of its aim. */
export function holds(one: Ratio, what: 'floor' | 'aim'): boolean {
  return isAtLeast(one) ? one.ratio >= one[what] : one.ratio <= one[what];
}

/** The ratio of some rounds. */
export function ratioOf(rounds: number[], { name, floor, aim, figures }: Asked): MeasuredRatio {
  const spread = quantile(rounds, 0.75) - quantile(rounds, 0.25);
  return { name, ratio: rounded(median(rounds)), spread: rounded(spread), floor, aim, figures };
}

/** What both sides came to in each round. */
export type Rounds = [base: number, other: number][];

/** Measures both in turn, the one that goes first changing from round to round, after a round that does not count. */
export async function inTurn(
  rounds: number,
  base: () => Promise<number>,
  other: () => Promise<number>,
): Promise<Rounds> {
  const both: Rounds = [];
  for (let round = -1; round < rounds; round += 1) {
    const isBaseFirst = round % 2 === 0;
    const first = await (isBaseFirst ? base : other)();
    const second = await (isBaseFirst ? other : base)();
    if (round >= 0) both.push(isBaseFirst ? [first, second] : [second, first]);
  }
  return both;
}

/** The ratio of what the other side came to and the base, told with the medians of both. */
export function ratioOfRounds(
  rounds: Rounds,
  { say, ...asked }: Omit<Asked, 'figures'> & { say: (figure: number) => string },
): MeasuredRatio {
  const figures = `${say(median(rounds.map(([, other]) => other)))} : ${say(median(rounds.map(([base]) => base)))}`;
  return ratioOf(
    rounds.map(([base, other]) => other / base),
    { ...asked, figures },
  );
}

/** Milliseconds that one call takes, of as many as are done one after the other. */
export async function timeOf(run: () => Promise<unknown>, times: number): Promise<number> {
  const started = performance.now();
  for (let time = 0; time < times; time += 1) await run();
  return (performance.now() - started) / times;
}

/** The middle one of some numbers. */
export function median(numbers: number[]): number {
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
