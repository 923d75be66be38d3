import { TEMPLATE_NAMES, writtenOut } from './template-names.ts';

/** Single braces, and the wide ones of other alphabets, up to those that close them. */
const BRACED = /\{[^{}]*\}*|\}+|｛+[^｛｝]*｝*|｝+/g;
const WRITTEN_NAME = new RegExp(
  `(?<![\\w.])(${writtenOut(TEMPLATE_NAMES)
    .filter((name) => name.includes('.'))
    .map((name) => name.replace('.', '\\.'))
    .join('|')})(?!\\w|\\.\\w)`,
  'g',
);

/** Where a text outside of all {{ }} has a name that someone meant to be filled in, by offset from 0: between single braces or those of another alphabet, or without any. */
export function strayNames(text: string): { index: number; message: string }[] {
  const braced = [...text.matchAll(BRACED)].map(({ index }) => ({
    index,
    message: 'A name stands between two braces on each side: {{legislator.name}}.',
  }));
  // What is told as between braces is not told once more as without any.
  const outside = text.replace(BRACED, (found) => ' '.repeat(found.length));
  const bare = [...outside.matchAll(WRITTEN_NAME)].map(({ index, 0: name }) => ({
    index,
    message: `'${name}' is a name to be filled in, and stands here as it is. Put it between two braces: {{${name}}}.`,
  }));
  return [...braced, ...bare];
}
