import type { Request } from 'express';
import ipaddr from 'ipaddr.js';

/** Ranges of addresses that lead to a machine, or to its own network, and to nobody elsewhere (RFC 6890). */
const OWN_RANGES = ['loopback', 'private', 'linkLocal', 'uniqueLocal', 'unspecified'];

/** Whether an address of the web leads to the machine that it is asked on, or to its own network alone. */
export function leadsToOwnMachine(url: string): boolean {
  const host = (URL.parse(url)?.hostname ?? '').replace(/^\[|\]$|\.$/g, '');
  if (ipaddr.isValid(host)) return OWN_RANGES.includes(ipaddr.process(host).range());
  return /(^|\.)(localhost|local)$/.test(host);
}

/** Names by which a browser asks its own machine: a page elsewhere that leads its own name here is not let in. */
const OWN_NAMES = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Whether a browser on the machine itself asks, under a name of its own. Where a proxy passes requests on, they all seem to
 * come from here: none of these does.
 */
export function isFromHere(req: Request): boolean {
  const address = req.socket.remoteAddress ?? '';
  const is_passed_on = ['x-forwarded-for', 'forwarded', 'via'].some((name) => req.get(name) !== undefined);
  const is_loopback = ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
  return is_loopback && !is_passed_on && OWN_NAMES.includes(req.hostname);
}
