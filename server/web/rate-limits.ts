import type { RequestHandler } from 'express';
import ipaddr from 'ipaddr.js';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { PageError } from './page-error.ts';

/** How many more requests a whole block may make than one address: a hall or a campus shares one. */
const BLOCK_FACTOR = 10;

/**
 * The keys under which an address is counted. IPv4: the address and its /24. IPv6: the /64 that a household gets,
 * and its /48. Kept in memory alone, for a minute.
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
export function rateLimit(perMinute: number): RequestHandler {
  const byAddress = new RateLimiterMemory({ points: perMinute, duration: 60 });
  const byBlock = new RateLimiterMemory({ points: perMinute * BLOCK_FACTOR, duration: 60 });
  return async (req, _res, next) => {
    const { address, block } = addressKeys(req.ip ?? '');
    await consume(byAddress, address);
    await consume(byBlock, block);
    next();
  };
}

/** Counts one request; a limiter that is full rejects with how long it stays so. */
async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  await limiter.consume(key).catch((rejection: unknown) => {
    if (!(rejection instanceof RateLimiterRes)) throw rejection;
    throw new PageError(429, 'too_many', Math.max(1, Math.ceil(rejection.msBeforeNext / 1000)));
  });
}
