import { linkifyit } from 'linkify-it';

/** Endings of domains that linkify-it does not take for links where https:// is left out, and that are often seen in such. */
const MORE_ENDINGS =
  'app|bio|blog|click|club|dev|fun|icu|life|link|live|ltd|media|network|news|online|page|site|space|store|tech|today|top|vip|website|xyz';

const finder = linkifyit({ fuzzyLink: true, urlAuth: true }).tlds(MORE_ENDINGS.split('|'), true);

/**
 * The links in a text, each once and in one spelling: `example.org/bill`, however it was written. Addresses of mailboxes are
 * none: people tell how they can be reached.
 */
export function linksIn(text: string): Set<string> {
  const links = (finder.match(text) ?? []).filter(
    ({ schema, raw }) => schema !== 'mailto:' && !(schema === '' && isTwoSentences(raw)),
  );
  return new Set(links.map(({ url }) => spelled(url)));
}

/** 'the bill.It matters': a blank was forgotten, and `.it` is Italy's. */
function isTwoSentences(raw: string): boolean {
  return !/^www\./i.test(raw) && /^[^/]*\.\p{Lu}\p{Ll}+$/u.test(raw);
}

function spelled(url: string): string {
  const [, host = '', rest = ''] = /^(?:[a-z]+:)?\/\/(?:www\.)?([^/?#]*)(.*)$/i.exec(url) ?? [];
  return `${host.toLowerCase()}${rest.replace(/\/$/, '')}`;
}
