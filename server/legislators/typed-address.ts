/** Longest address that the Census geocoder takes, in characters. */
export const LONGEST_ADDRESS = 100;

/** What a visitor typed into the address box. */
export type TypedAddress =
  | { kind: 'empty' }
  | { kind: 'too_long' }
  /** A ZIP code without a street: a guess, never enough. */
  | { kind: 'zip'; zip: string }
  | { kind: 'po_box'; zip?: string }
  /** Words without a house number, which no geocoder can place. */
  | { kind: 'no_street'; zip?: string }
  | { kind: 'address'; text: string; zip?: string };

/** Five digits, perhaps with the four more, not part of a longer number, at the end or before the country. */
const ZIP = /(?<![\d-])(\d{5})(?:-\d{4})?(?=\s*(?:,?\s*(?:USA?|United States))?\s*$)/i;
const PO_BOX = /\bp\.?\s*o\.?\s*box\b|\bpost office box\b/i;

/** Reads what was typed: letters and digits of any width, breaks and controls as spaces. */
export function readTypedAddress(typed: string): TypedAddress {
  const text = typed
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  if (text === '') return { kind: 'empty' };
  const zip = ZIP.exec(text)?.[1];
  if (text.length > LONGEST_ADDRESS) return { kind: 'too_long' };
  if (PO_BOX.test(text)) return { kind: 'po_box', zip };
  const rest = zip === undefined ? text : text.replace(ZIP, '');
  if (!/\d/.test(rest)) return zip === undefined ? { kind: 'no_street' } : { kind: 'zip', zip };
  return { kind: 'address', text, zip };
}
