import { TEMPLATE_NAMES, writtenOut } from './template-names.ts';

const WRITTEN_NAME = new RegExp(
  `(?<![\\w.])(${writtenOut(TEMPLATE_NAMES)
    .filter((name) => name.includes('.'))
    .map((name) => name.replace('.', '\\.'))
    .join('|')})(?!\\w|\\.\\w)`,
  'g',
);

/** Where a text outside of all {{ }} has a name that someone meant to be filled in, by offset from 0: between single braces or those of another alphabet, or without any. */
export function strayNames(text: string): { index: number; message: string }[] {
  const braced = [...text.matchAll(/\{[^{}]*\}*|\}+|｛+[^｛｝]*｝*|｝+/g)].map(
    ({ index, 0: { length } }) => ({
      index,
      end: index + length,
      message: 'A name stands between two braces on each side: {{legislator.name}}.',
    }),
  );
  const bare = [...text.matchAll(WRITTEN_NAME)]
    .filter(({ index }) => !braced.some((one) => one.index <= index && index < one.end))
    .map(({ index, 0: name }) => ({
      index,
      message: `'${name}' is a name to be filled in, and stands here as it is. Put it between two braces: {{${name}}}.`,
    }));
  return [...braced, ...bare];
}
