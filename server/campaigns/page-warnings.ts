import type { FileFault } from '../errors.ts';
import { pageBlocks } from './page-text.ts';
import { faultAt } from './template-syntax.ts';

/** Signs that readers would see though their author meant something else by them. */
const STRAY: [seen: RegExp, message: (found: string) => string][] = [
  [
    /<(\/?[a-z][a-z0-9-]*(\s[^<>]*)?\/?>|!--|!doctype)/gi,
    () =>
      'HTML does nothing here, and is shown as it is written. Take it out: **words** makes words bold, a blank line a new paragraph.',
  ],
  [/^#{2,6}(?=[^\s#])/gm, (found) => `Put a space after ${found} to make this a heading.`],
  [
    /\[[^[\]]*\]\s?\((?!\s*$)/g,
    () =>
      'This link can not be shown. Write it like this, without a space between: [words](https://example.org).',
  ],
];
const PICTURE = 'Pictures are not shown, only a link to them. Take out the ! or say in words what it shows.';

/** What of a page's Markdown is hardly meant so: HTML, pictures and links that are not shown as such. Each kind is told once, where it is first. */
export function pageWarnings(file: string, source: string): FileFault[] {
  const starts = [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const seen = pageBlocks(source).flatMap(({ line, text, has_picture }) => {
    const from = starts[line - 1]!;
    const stray = STRAY.flatMap(([pattern, message]) =>
      [...text.matchAll(pattern)].map(([found]) => ({
        offset: source.indexOf(found, from),
        message: message(found),
      })),
    );
    return [...stray, ...(has_picture ? [{ offset: source.indexOf('![', from), message: PICTURE }] : [])];
  });
  return seen
    .filter(
      ({ offset, message }, index) =>
        offset !== -1 && seen.findIndex((one) => one.message === message) === index,
    )
    .map(({ offset, message }) => ({ file, ...faultAt(source, offset, message) }));
}
