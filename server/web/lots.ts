import type { RateLimiterRes } from 'rate-limiter-flexible';
import type { Allowance, Counter } from './sharing.ts';

/** The largest part of a limit that one process lets pass before it tells the others. */
const LARGEST_PART = 1 / 20;
/** The part of what is left that it lets pass: near the limit it tells of each one. */
const PART_OF_REST = 1 / 16;

/** How long what is over may stay in memory. */
const SWEEP_EVERY_MS = 1000;

/** What is known of one key. */
export interface Tab {
  /** Of all processes, when it was last told. */
  total: number;
  /** Let pass here since. */
  untold: number;
  /** So many may be untold. */
  lot: number;
  /** When its time is over, by the clock of this process. */
  until: number;
  telling: Promise<void> | undefined;
}

/**
 * Counts on what processes share, and asks for it but seldom: each lets some pass and tells of them together, so that most
 * addresses are never written anywhere, and a hall of people behind one costs a few statements a minute. It lets pass no
 * fewer than the limit, and more by no more than LARGEST_PART for each process, as a rule by far less. Gives back the seconds
 * to wait, 0 where there is room. A key is in `tabs` for as long as its time lasts and no longer, whoever comes after it.
 */
export function countInLots(
  counter: Counter,
  { points, duration }: Allowance,
  tabs = new Map<string, Tab>(),
): (key: string) => Promise<number> {
  const duration_ms = duration * 1000;
  const sweep = () => {
    const moment = performance.now();
    for (const [key, { until }] of tabs) if (until <= moment) tabs.delete(key);
    if (tabs.size > 0) sweepLater();
  };
  const sweepLater = () => setTimeout(sweep, SWEEP_EVERY_MS).unref();
  const tell = async (key: string, tab: Tab) => {
    const told = tab.untold;
    const counted: RateLimiterRes = await counter.add(key, told);
    tab.untold -= told;
    tab.total = counted.consumedPoints;
    tab.until = performance.now() + counted.msBeforeNext;
    tab.lot = lotOf(points, points - tab.total);
  };
  return async (key) => {
    const moment = performance.now();
    let tab = tabs.get(key);
    if (!tab || tab.until <= moment) {
      tab = {
        total: 0,
        untold: 0,
        lot: lotOf(points, points),
        until: moment + duration_ms,
        telling: undefined,
      };
      // A sweep is on its way wherever there is any.
      if (tabs.size === 0) sweepLater();
      tabs.set(key, tab);
    }
    const known = tab;
    // Those that come meanwhile wait for the same answer.
    while (known.untold >= known.lot) {
      known.telling ??= tell(key, known).finally(() => {
        known.telling = undefined;
      });
      await known.telling;
    }
    if (known.total + known.untold >= points)
      return Math.max(1, Math.ceil((known.until - performance.now()) / 1000));
    known.untold += 1;
    return 0;
  };
}

function lotOf(points: number, rest: number): number {
  return Math.max(1, Math.floor(Math.min(points * LARGEST_PART, rest * PART_OF_REST)));
}
