import { OWN_WORDS } from '../../views/assets/mail-links.js';
import type { Names } from './messages.ts';

/** A piece of a finished text. */
export interface TextPart {
  text: string;
  /** The name that it was put in for: 'legislator.name'; undefined for words that stand in the file itself. */
  name?: string;
}

// Signs of Unicode's private use: no text that is written for people has them.
const BEGIN = '\uE000';
const MIDDLE = '\uE001';
const END = '\uE002';
const SIGNS = /[\uE000-\uE002]/g;
const MARKED = /\uE000([^\uE001]*)\uE001([^\uE002]*)\uE002/g;

/** The same names, each value that is a text marked with its name. What is empty stays empty, so that `{{#if}}` holds as before. */
export function markNames(names: Names, group = ''): Names {
  return Object.fromEntries(
    Object.entries(names).map(([name, value]) => [name, marked(value, `${group}${name}`)]),
  );
}

function marked(value: unknown, name: string): unknown {
  // A place that goes, with its line, where nothing is put in.
  if (value === OWN_WORDS) return value;
  if (typeof value === 'string')
    return value === '' ? '' : `${BEGIN}${name}${MIDDLE}${value.replace(SIGNS, '')}${END}`;
  if (Array.isArray(value)) return value.map((one) => marked(one, name));
  return typeof value === 'object' && value !== null ? markNames(value as Names, `${name}.`) : value;
}

/** A text that was written with marked names, in pieces. */
export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const { 0: whole, 1: name = '', 2: value = '', index } of text.matchAll(MARKED)) {
    parts.push({ text: text.slice(from, index) }, { text: value, name });
    from = index + whole.length;
  }
  return [...parts, { text: text.slice(from) }].filter((part) => part.text !== '');
}

/** The text of pieces, without marks. */
export function plainText(parts: TextPart[]): string {
  return parts.map(({ text }) => text).join('');
}
