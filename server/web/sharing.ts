import { createHmac } from 'node:crypto';
import { RateLimiterMemory, RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible';
import { deriveKey } from '../keys.ts';
import type { SharedCounts } from '../store/shared-counts.ts';
import { type DayValue, keepForDay } from './day-value.ts';

/** How much is let pass in how many seconds. */
export interface Allowance {
  points: number;
  duration: number;
}

/** Counts by key for a while, as rate-limiter-flexible does. */
export interface Counter {
  readonly points: number;
  /** Counts one; rejects with RateLimiterRes where that is too many. */
  consume: (key: string) => Promise<RateLimiterRes>;
  /** Counts so many, whether that is too many or not. */
  add: (key: string, points: number) => Promise<RateLimiterRes>;
  get: (key: string) => Promise<RateLimiterRes | null>;
  /** Takes one back, where any stands: what was counted may have expired meanwhile, or been another day's. */
  reward: (key: string) => Promise<unknown>;
}

/** What the processes on one database know together. */
export interface Sharing {
  /** False where there is one process alone, which counts in memory. */
  is_shared: boolean;
  /**
   * A counter; all of one name are the same one. What it counts by is hidden under the key of the day, so that it begins anew
   * at midnight (UTC); where that is `of_nobody`, nothing of an address or a person, it is not.
   */
  counter: (name: string, allowance: Allowance, keys?: { of_nobody: boolean }) => Counter;
  /** A random key for one purpose: the same in every process, and forgotten with the day (UTC). */
  dayKey: (purpose: string) => Promise<string>;
}

/**
 * Opens what is known together: in the database where it shares counts, in memory elsewhere and while it does not answer. In
 * it stand no addresses but their HMACs under the key of the day, which is made of a random one in the database and of
 * SECRET_KEY: neither alone leads back to an address, and once the day is over nothing does.
 */
export function openSharing({
  counts,
  secrets,
  now,
  newKey,
}: {
  /** Undefined where there is one process alone. */
  counts: SharedCounts | undefined;
  /** Newest first. */
  secrets: string[];
  now: () => Date;
  /** Random and unguessable. */
  newKey: () => string;
}): Sharing {
  const secret = deriveKey(secrets[0] ?? newKey(), 'shared-counts');
  /** What stands in for the key of a day until the database answers. */
  const own = keepForDay(now, newKey);
  const random: DayValue<Promise<string>> = keepForDay(now, async (day) => {
    const mine = own.today();
    if (!counts) return mine;
    return counts.keyOf(day, newKey).catch(() => {
      // Whoever comes next asks again.
      random.forget();
      return mine;
    });
  });
  const dayKey = async (purpose: string) =>
    createHmac('sha256', secret)
      .update(`${await random.today()} ${purpose}`)
      .digest('base64url');
  return {
    is_shared: counts !== undefined,
    dayKey,
    counter: (name, allowance, { of_nobody } = { of_nobody: false }) => {
      const inMemory = new RateLimiterMemory(allowance);
      if (!counts) return inMemoryAlone(inMemory);
      const limiter = new RateLimiterPostgres({
        ...allowance,
        storeClient: { query: counts.query },
        storeType: 'client',
        tableName: counts.table,
        tableCreated: true,
        clearExpiredByTimeout: false,
        keyPrefix: name,
        insuranceLimiter: inMemory,
      });
      const hidden = async (key: string) =>
        createHmac('sha256', of_nobody ? secret : await dayKey('counts'))
          .update(`${name} ${key}`)
          .digest('base64url');
      return {
        points: allowance.points,
        consume: async (key) => limiter.consume(await hidden(key)),
        add: async (key, points) => limiter.penalty(await hidden(key), points),
        get: async (key) => limiter.get(await hidden(key)),
        reward: async (key) => takeBack(limiter, await hidden(key)),
      };
    },
  };
}

function inMemoryAlone(limiter: RateLimiterMemory): Counter {
  return {
    points: limiter.points,
    consume: (key) => limiter.consume(key),
    add: (key, points) => limiter.penalty(key, points),
    get: (key) => limiter.get(key),
    reward: (key) => takeBack(limiter, key),
  };
}

async function takeBack(limiter: RateLimiterMemory | RateLimiterPostgres, key: string): Promise<void> {
  const counted = await limiter.get(key);
  if (counted && counted.consumedPoints > 0) await limiter.reward(key);
}
