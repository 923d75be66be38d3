import { createHmac } from 'node:crypto';
import { RateLimiterMemory, RateLimiterPostgres, type RateLimiterRes } from 'rate-limiter-flexible';
import { deriveKey } from '../keys.ts';
import type { SharedCounts } from '../store/shared-counts.ts';

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
  /** Takes one back. */
  reward: (key: string) => Promise<unknown>;
}

/** What the processes on one database know together. */
export interface Sharing {
  /** False where there is one process alone, which counts in memory. */
  is_shared: boolean;
  /** A counter; all of one name are the same one. */
  counter: (name: string, allowance: Allowance) => Counter;
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
  let today = { day: '', key: Promise.resolve('') };
  /** What stands in for the key of a day until the database answers. */
  let own = { day: '', key: '' };
  const randomOf = (day: string): Promise<string> => {
    if (own.day !== day) own = { day, key: newKey() };
    const mine = own.key;
    if (!counts) return Promise.resolve(mine);
    return counts.keyOf(day, newKey).catch(() => {
      // Whoever comes next asks again.
      today = { day: '', key: Promise.resolve('') };
      return mine;
    });
  };
  const dayKey = async (purpose: string) => {
    const day = now().toISOString().slice(0, 'YYYY-MM-DD'.length);
    if (today.day !== day) today = { day, key: randomOf(day) };
    return createHmac('sha256', secret)
      .update(`${await today.key} ${purpose}`)
      .digest('base64url');
  };
  return {
    is_shared: counts !== undefined,
    dayKey,
    counter: (name, allowance) => {
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
        createHmac('sha256', await dayKey('counts'))
          .update(`${name} ${key}`)
          .digest('base64url');
      return {
        points: allowance.points,
        consume: async (key) => limiter.consume(await hidden(key)),
        add: async (key, points) => limiter.penalty(await hidden(key), points),
        get: async (key) => limiter.get(await hidden(key)),
        reward: async (key) => limiter.reward(await hidden(key)),
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
    reward: (key) => limiter.reward(key),
  };
}
