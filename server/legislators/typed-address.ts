import { STATES } from './states.ts';
import { zipTable } from './zip-table.ts';

/** Longest address that the Census geocoder takes, in characters. */
export const LONGEST_ADDRESS = 100;

/** Far longer than any address, so that a long one is told to be too long. */
const LONGEST_READ = 400;

/** What a visitor typed into the address box; `zip` is its five digits where there are any. */
export type TypedAddress =
  | { kind: 'empty' }
  | { kind: 'too_long'; zip?: string }
  /** A ZIP code without a house number: a guess, never enough. */
  | { kind: 'zip'; zip: string }
  | { kind: 'po_box'; zip?: string }
  /** Words without a house number, which no geocoder can place. */
  | { kind: 'no_street' }
  | { kind: 'address'; text: string; zip?: string };

const STATE = `${STATES.flatMap(({ state, name }) => [state, name]).join('|')}|fla`;
// None ends with a dot, which belongs to what follows: read either way, dots would double the time for each word.
const COUNTRY = 'usa?|u\\.s(?:\\.a)?|united states(?: of america)?|ee\\.? ?uu|estados unidos';
/** A state or the country, and nothing else, up to the end. */
const TAIL = new RegExp(`^[\\s,.;-]*(?:(?:${STATE}|${COUNTRY})(?![a-z])[\\s,.;]*)*$`, 'i');

/** Five digits, perhaps with the four more, not part of a longer number. */
const FIVE_DIGITS = /(?<!\d[-.]?)(\d{5})(?:-?\d{4}|(?: \d{4}(?=[\s.]*$)))?(?![-.]?\d)/g;
/** What makes five digits the number of a box or an apartment. */
const NUMBER_OF = /(?:#|\bbox|\b(?:apt|apartment|apto|unit|suite|ste|lot)\.?)[\s#]*$/i;
/** After a state five digits are a ZIP code wherever they stand. */
const STATE_BEFORE = new RegExp(`\\b(?:${STATE})[.,-]?\\s*$`, 'i');
/** A house number right after a ZIP code: '3rd' is a street, and '8 St' may be one. */
const HOUSE_NUMBER = /^(?:[\s]*[,;]\s*\d+|\s+\d{3,})[a-z]?\s/i;

const PO_BOX =
  /(?:\b(?:p\.?[\s-]*o\.?[\s-]*(?:box(?![a-z])|b\.?(?=[\s#]*\d))|post office box|apartado(?: postal)?)|^box(?=[\s#]*\d))[\s#.]*(?:\d[\d-]*[a-z]?\b)?/i;

/** Numbers that are no house's: of streets ('3rd'), of highways and of apartments. */
const OTHER_NUMBERS = [
  /\b\d+(?:st|nd|rd|th)\b/gi,
  /\b(?:(?:u\.?s\.?|state|county|fl|florida) (?:highway|hwy|route|rte|road|rd)|highway|hwy|route|rte|interstate)\.? ?#?\d+[a-z]?\b/gi,
  /\b(?:s\.?r\.?|c\.?r\.?|u\.?s\.?|i)[ -]?\d+\b|\ba1a\b/gi,
  /\b(?:apt|apartment|apto|apartamento|unit|suite|ste|lot|room|rm|bldg|building)\.? ?#? ?(?:[a-z]-?)?\d+[a-z]?\b/gi,
];

/** Reads what was typed, as people type it: a ZIP code in front, in the middle or at the end, any width of digits. */
export function readTypedAddress(typed: string): TypedAddress {
  const all = tidy(typed);
  const hasBox = PO_BOX.test(all);
  // The geocoder finds no place for a box: a street beside it is what counts.
  const text = trimmed(all.replace(PO_BOX, ' '));
  if (text === '' && !hasBox) return { kind: 'empty' };
  const found = findZip(text);
  const zip = found?.zip;
  // Digits alone are meant as a ZIP code, however many they are.
  if (!found && /^\d+$/.test(text)) return { kind: 'zip', zip: text };
  // In front a ZIP code would pass for the house number.
  const address = found?.before === '' ? trimmed(`${found.after}, ${zip}`) : text;
  if (address.length > LONGEST_ADDRESS) return { kind: 'too_long', zip };
  if (hasHouseNumber(found ? found.before + found.after : text))
    return { kind: 'address', text: address, zip };
  if (hasBox) return { kind: 'po_box', zip };
  return zip === undefined ? { kind: 'no_street' } : { kind: 'zip', zip };
}

/** Without the spaces and commas that lead nowhere. */
function trimmed(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/( ?,)+/g, ',')
    .replace(/^[\s,;]+|[\s,;]+$/g, '');
}

/** Plain letters and digits of one width, on one line; marks that can't be seen, and pictures, left out. */
function tidy(typed: string): string {
  return (
    typed
      .replace(/½/g, ' 1/2')
      .normalize('NFKC')
      // One sign may stand for a whole line of letters.
      .slice(0, LONGEST_READ)
      .replace(/[\u2010-\u2015\u2212]/g, '-')
      .replace(/[\u2018\u2019]/g, "'")
      .replace(/\p{Cf}|\p{Me}|\p{Variation_Selector}/gu, '')
      .replace(
        /[\p{Cc}\p{Co}\p{Cs}\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\ufffd\s]+/gu,
        ' ',
      )
      .trim()
  );
}

/** The ZIP code in a text and what stands on either side of it; the last one that can be one. */
function findZip(text: string): { zip: string; before: string; after: string } | undefined {
  for (const match of [...text.matchAll(FIVE_DIGITS)].reverse()) {
    const zip = match[1]!;
    const before = text.slice(0, match.index);
    const after = text.slice(match.index + match[0].length);
    if (NUMBER_OF.test(before)) continue;
    const isAfterStreet = /\d.*[a-z]{2}/i.test(before) && hasHouseNumber(before);
    const isZip =
      isAfterStreet ||
      STATE_BEFORE.test(before) ||
      TAIL.test(after) ||
      HOUSE_NUMBER.test(after) ||
      isCityOf(zip, after);
    if (isZip) return { zip, before, after };
  }
  return undefined;
}

/** Whether the words are the ZIP code's own city, perhaps with its state: '32209 Jacksonville' is no street. */
function isCityOf(zip: string, words: string): boolean {
  const city = zipTable()[zip]?.city.toLowerCase();
  const typed = trimmed(words).toLowerCase();
  return city !== undefined && typed.startsWith(city) && TAIL.test(typed.slice(city.length));
}

function hasHouseNumber(text: string): boolean {
  return /\d/.test(OTHER_NUMBERS.reduce((left, numbers) => left.replace(numbers, ' '), text));
}
