import { type Document, isScalar, visit } from 'yaml';

/** Spaces that look like the plain one, which alone counts for YAML. */
const SPACE = '[\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000]';
const KEY = '[\\w-]+';

/** Each by what stands before it in a line, up to the sign itself. */
const LOOKALIKES: [before: RegExp, message: string][] = [
  [
    new RegExp(`^ *(?:- +)?${KEY} *(?=[：﹕])`),
    'This colon is a wide one, of another alphabet. Type a plain colon and a space: goal: 1000.',
  ],
  [
    new RegExp(`^ *(?:- +)?(?=${SPACE})`),
    'This space is none that counts here: it was copied from a page or a document. Type it anew.',
  ],
  [
    new RegExp(`^ *(?:- +)?${KEY}: *(?=${SPACE})`),
    'This space is none that counts here: it was copied from a page or a document. Type it anew.',
  ],
  [
    new RegExp(`^ *(?=[‐‑‒–—―−]\\s*${KEY}:(?:\\s|$))`),
    'This dash is a long one, which editors make of a short one. Type a plain - and a space.',
  ],
  [new RegExp(`^ *(?=-${KEY}:(?:\\s|$))`), 'After this - a space is missing. Put it in.'],
];
const [, , , [, DASH]] = LOOKALIKES as [unknown, unknown, unknown, [unknown, string]];

/** The first sign that looks like one of YAML's and is none: a wide colon, a space or a dash of another kind. Texts in quotes may hold any. */
export function firstLookalike(
  document: Document,
  source: string,
): { offset: number; message: string } | undefined {
  const texts: [start: number, end: number][] = [];
  const dashes: { offset: number; message: string }[] = [];
  visit(document, {
    Scalar: (_, node) => {
      if (!isScalar(node) || !node.range) return;
      const [start, end] = node.range;
      if (node.type !== 'PLAIN') texts.push([start, end]);
      // A list of plain values, which YAML reads as one text.
      else if (/^[‐‑‒–—―−]\s/.test(source.slice(start)) && /\n *$/.test(source.slice(0, start)))
        dashes.push({ offset: start, message: DASH });
    },
  });
  const found = [...linesOf(source)].flatMap(({ start, line }) => {
    if (texts.some(([from, to]) => from < start && start < to)) return [];
    return LOOKALIKES.flatMap(([before, message]) => {
      const length = before.exec(line)?.[0].length;
      return length === undefined ? [] : [{ offset: start + length, message }];
    });
  });
  return [...found, ...dashes].toSorted((one, other) => one.offset - other.offset)[0];
}

function* linesOf(source: string): Generator<{ start: number; line: string }> {
  let start = 0;
  for (const line of source.split('\n')) {
    yield { start, line };
    start += line.length + 1;
  }
}
