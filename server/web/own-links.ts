import { leadsToOwnMachine } from './own-machine.ts';

/** A stretch of a text; with `href` where it is a link to a page of this site. */
export interface LinkedPart {
  text: string;
  href?: string;
}

/** An address in a text, without the signs that end a sentence or a bracket after it. */
const ADDRESS = /https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]]/g;

/**
 * A text cut at the links to this site, by its public address or by the name under which it is asked now. A link leads to the
 * page under that name, whichever the text says; addresses of other sites stay text.
 */
export function withOwnLinks(
  text: string,
  { base_url, host }: { base_url: string | undefined; host: string },
): LinkedPart[] {
  const parts: LinkedPart[] = [];
  let end = 0;
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    const url = URL.parse(address);
    if (!url || !isOwn(url, { base_url, host })) continue;
    if (index > end) parts.push({ text: text.slice(end, index) });
    parts.push({ text: address, href: `${url.pathname}${url.search}` });
    end = index + address.length;
  }
  return end < text.length ? [...parts, { text: text.slice(end) }] : parts;
}

/** One's own machine has several names, and each is this site where the port is the same. */
function isOwn(url: URL, { base_url, host }: { base_url: string | undefined; host: string }): boolean {
  const asked = URL.parse(`http://${host}`);
  const is_same_machine = asked !== null && leadsToOwnMachine(url.href) && leadsToOwnMachine(asked.href);
  return url.origin === URL.parse(base_url ?? '')?.origin || (is_same_machine && url.port === asked.port);
}
