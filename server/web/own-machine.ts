import ipaddr from 'ipaddr.js';

/** Ranges of addresses that lead to a machine, or to its own network, and to nobody elsewhere (RFC 6890). */
const OWN_RANGES = ['loopback', 'private', 'linkLocal', 'uniqueLocal', 'unspecified'];

/** Whether an address of the web leads to the machine that it is asked on, or to its own network alone. */
export function leadsToOwnMachine(url: string): boolean {
  const host = (URL.parse(url)?.hostname ?? '').replace(/^\[|\]$|\.$/g, '');
  if (ipaddr.isValid(host)) return OWN_RANGES.includes(ipaddr.process(host).range());
  return /(^|\.)(localhost|local)$/.test(host);
}
