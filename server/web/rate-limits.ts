import type { RequestHandler } from 'express';
import ipaddr from 'ipaddr.js';
import { RateLimiterRes } from 'rate-limiter-flexible';
import { countInLots } from './lots.ts';
import { PageError } from './page-error.ts';
import type { Sharing } from './sharing.ts';

/** How many more requests a whole block may make than one address: a hall or a campus shares one. */
const BLOCK_FACTOR = 10;
const MINUTE_S = 60;

/**
 * The keys under which an address is counted. IPv4: the address and its /24. IPv6: the /64 that a household gets,
 * and its /48. Kept in memory, for minutes; what processes share of them is hidden (`Sharing`).
 */
export function addressKeys(ip: string): { address: string; block: string } {
  if (!ipaddr.isValid(ip)) return { address: ip, block: ip };
  const parsed = ipaddr.process(ip);
  const prefix = (bytes: number) => `${parsed.kind()} ${parsed.toByteArray().slice(0, bytes).join('.')}`;
  return parsed.kind() === 'ipv4'
    ? { address: prefix(4), block: prefix(3) }
    : { address: prefix(8), block: prefix(6) };
}

/** Lets `perMinute` requests of one address pass, ten times that of its block; then 429 with the time to wait. */
export function rateLimit(perMinute: number, name: string, sharing: Sharing): RequestHandler {
  const byAddress = openLimit(`${name} address`, perMinute, sharing);
  const byBlock = openLimit(`${name} block`, perMinute * BLOCK_FACTOR, sharing);
  return async (req, _res, next) => {
    const { address, block } = addressKeys(req.ip ?? '');
    const wait_s = (await byAddress(address)) || (await byBlock(block));
    if (wait_s > 0) throw new PageError(429, 'too_many', wait_s);
    next();
  };
}

/** What counts one request and gives back the seconds to wait, 0 where there is room. */
function openLimit(name: string, points: number, sharing: Sharing): (key: string) => Promise<number> {
  const allowance = { points, duration: MINUTE_S };
  const counter = sharing.counter(name, allowance);
  return sharing.is_shared ? countInLots(counter, allowance) : (key) => waitAfter(counter.consume(key));
}

/** The seconds to wait where a counter is full, 0 where it has counted one. */
export async function waitAfter(counting: Promise<RateLimiterRes>): Promise<number> {
  try {
    await counting;
    return 0;
  } catch (rejection) {
    if (!(rejection instanceof RateLimiterRes)) throw rejection;
    return secondsOf(rejection);
  }
}

/** How long a count stands, in whole seconds. */
export function secondsOf({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1000));
}
