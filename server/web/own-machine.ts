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

/** Headers that proxies add to what they pass on: none comes from a browser (RFC 7239, RFC 9110 section 7.6.3, and custom). */
const OF_PROXIES = /^(x-forwarded-.+|forwarded|via|x-real-ip|x-client-ip|true-client-ip|cf-.+)$/;

/**
 * Whether a browser on the machine itself asks, under a name of its own. Where a proxy passes requests on, they all seem to
 * come from here: none of these does, as long as the proxy says that it is one, or asks as no browser does (nginx passes on by
 * HTTP/1.0 where nobody told it otherwise). A bare one that does neither can't be told from a browser: hence `is_production`.
 */
export function isFromHere(req: Request): boolean {
  const address = req.socket.remoteAddress ?? '';
  const is_passed_on = Object.keys(req.headers).some((name) => OF_PROXIES.test(name));
  const is_loopback = ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
  return is_loopback && !is_passed_on && req.httpVersion !== '1.0' && OWN_NAMES.includes(req.hostname);
}
