import { load } from 'cheerio';

/** The mark that every markup of NASTY has: only what holds it needs to be parsed. */
const MARK = 'xq';

/** Attributes that lead somewhere or load something. */
const LEADING = ['href', 'src', 'action', 'formaction', 'data', 'srcdoc'];

/** The first element of a page that is of what was typed, or has an attribute or a script of it; undefined where there is none. */
export function markupIn(html: string): string | undefined {
  if (!html.includes(MARK)) return undefined;
  // As it goes over the wire. Half a character is none there, and the parser here ends at two of them.
  const $ = load(html.toWellFormed());
  const found = $('*')
    .toArray()
    .find((element) => {
      if (!('attribs' in element)) return false;
      const attributes = Object.entries(element.attribs);
      return (
        element.name === MARK ||
        attributes.some(
          ([name, value]) =>
            /^on/.test(name) || (LEADING.includes(name) && /^\s*(javascript|data|vbscript):/i.test(value)),
        ) ||
        (element.name === 'script' && $(element).text().includes(MARK))
      );
    });
  return found && $.html(found).slice(0, 500);
}
