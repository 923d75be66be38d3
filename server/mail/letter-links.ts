import { createRequire } from 'node:module';
import { linkifyit } from 'linkify-it';
import { BEGINS_SENTENCES } from './sentence-starts.ts';

/** All endings that domains have, as IANA has given them out: a name with one is a link. The package is a file of JSON. */
const endings: string[] = createRequire(import.meta.url)('tlds');
const known = new Set(endings);
const finder = linkifyit({ fuzzyLink: true, urlAuth: true }).tlds(endings);

/** A name with a path: a link whatever its ending, for there are new ones each year. 'St.Pete/Clearwater' is none. */
const WITH_PATH = /(?<![\p{L}\p{N}@./_-])(?:[\p{L}\p{N}-]+\.)+(\p{Ll}{2,})\/\S*[\p{L}\p{N}=&#/]/gu;

/**
 * The links in a text, each once and in one spelling: `example.org/bill`, however it was written, also as `example[.]org` or
 * with signs in it that nobody sees. Addresses of mailboxes are none: people tell how they can be reached.
 */
export function linksIn(text: string): Set<string> {
  const shown = asShown(text);
  const links = (finder.match(shown) ?? []).filter(
    ({ schema, raw, lastIndex }) =>
      schema !== 'mailto:' && !(schema === '' && isNoName(raw, shown.slice(lastIndex))),
  );
  const newer = [...shown.matchAll(WITH_PATH)].filter(([, ending = '']) => !known.has(ending));
  return new Set([...links.map(({ url }) => url), ...newer.map(([raw]) => `http://${raw}`)].map(spelled));
}

/** A text as a reader, or a program that looks for links, takes it. */
function asShown(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[^\P{C}\n\t]/gu, '')
    .replace(/\s?[[({]\s?(?:\.|dot|punto|pwen)\s?[\])}]\s?/giu, '.')
    .replace(/\bhxxp/giu, 'http')
    .replace(/[[({]:[\])}]\/\//gu, '://');
}

/** Words that are cut short before a name: 'Sen.Book' is a senator, though `.book` is an ending. */
const CUT_SHORT = /^(?:Sen|Rep|Gov|Hon|Dr|Dra|Mr|Mrs|Ms|Sr|Sra|Prof|Lic|St|Ft|Mt)\.\p{Lu}\p{Ll}+$/u;
/** A word, a full stop and a word that begins a sentence: with a capital, or all in capitals. */
const TWO_SENTENCES =
  /^(?:\p{L}[\p{L}\p{M}'’]*\.)+(\p{Lu}\p{Ll}+)$|^(?:\p{Lu}[\p{Lu}\p{M}'’]*\.)+(\p{Lu}+)$/u;
/** What follows the first word of a sentence: more of it. */
const GOES_ON = /^(?:['’]\p{L}+)?,?[ \t]+["“«¿¡(]?[\p{L}\p{N}]/u;

/**
 * Whether what has the looks of a name is none: 'the bill.It matters', where a blank was forgotten, and `.it` is Italy's. It
 * takes a capital: `evil.it now` in small letters would else be the way round this.
 */
function isNoName(raw: string, after: string): boolean {
  if (CUT_SHORT.test(raw)) return true;
  const [, mixed, capitals] = TWO_SENTENCES.exec(raw) ?? [];
  const word = (mixed ?? capitals)?.toLowerCase();
  return word !== undefined && BEGINS_SENTENCES.has(word) && GOES_ON.test(after);
}

function spelled(url: string): string {
  const [, host = '', rest = ''] = /^(?:[a-z]+:)?\/\/(?:www\.)?([^/?#]*)(.*)$/i.exec(url) ?? [];
  return `${host.toLowerCase()}${rest.replace(/\/$/, '')}`;
}
