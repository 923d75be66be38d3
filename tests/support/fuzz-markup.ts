import { load } from 'cheerio';

/** The mark that every markup of NASTY has: only what holds it needs to be parsed. */
const MARK = 'xq';

/** Whether a page has an element, an attribute or a script of what was typed. */
export function hasMarkup(html: string): boolean {
  if (!html.includes(MARK)) return false;
  const $ = load(html);
  return $('*')
    .toArray()
    .some((element) => {
      if (!('attribs' in element)) return false;
      const attributes = Object.entries(element.attribs);
      return (
        element.name === MARK ||
        attributes.some(
          ([name, value]) => /^on/.test(name) || /^\s*(javascript|data|vbscript):/i.test(value),
        ) ||
        (element.name === 'script' && $(element).text().includes(MARK))
      );
    });
}
