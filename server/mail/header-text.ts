/** Longest name that stands beside an address, in signs: a line of a header holds 998 bytes (RFC 5322, section 2.1.1). */
const LONGEST_NAME = 100;
/** Longest subject, in signs. */
const LONGEST_SUBJECT = 250;

// What ends a line somewhere, and what turns the order of the signs around it (Unicode Standard Annex 9).
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Words of a form as one line that a header can hold: no break, no more than 250 signs. */
export function headerText(typed: string): string {
  return cut(typed.toWellFormed().replace(BREAKS, ' ').replace(/ {2,}/g, ' ').trim(), LONGEST_SUBJECT);
}

/**
 * A name as it stands beside an address: one line, and nothing that programs would take for another address, or that would
 * show another order of its signs than they have. '' where nothing is left.
 */
export function headerName(typed: string): string {
  const name = typed.replace(TURNS, '').replace(/[@<>"\\,;:]+/g, ' ');
  return cut(headerText(name), LONGEST_NAME);
}

/** A text as mails carry it: breaks of lines as \n, and no control signs but these and tabs. */
export function plainText(typed: string): string {
  return typed
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]+/gu, '');
}

/** No sign is cut in two. */
function cut(text: string, longest: number): string {
  const signs = [...new Intl.Segmenter().segment(text)];
  return signs
    .slice(0, longest)
    .map(({ segment }) => segment)
    .join('')
    .trim();
}
