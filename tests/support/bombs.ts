/** So many characters as a file of a campaign may have. */
export const WHOLE_FILE = 100_000;

const lines = (count: number, line: (nth: number) => string) =>
  Array.from({ length: count }, (_, nth) => line(nth)).join('\n');
/** A piece over and over, up to so many characters. */
export const over = (piece: string, characters = WHOLE_FILE) =>
  piece.repeat(Math.floor(characters / piece.length));

/** Ten lines that stand for a thousand million: 'billion laughs'. */
const LAUGHS = ['a: &a ["x","x","x","x","x","x","x","x","x"]']
  .concat(
    [...'bcdefghij'].map(
      (key, nth) => `${key}: &${key} [${Array(9).fill(`*${'abcdefghi'[nth]}`).join(',')}]`,
    ),
  )
  .join('\n');

/** YAML that grows, nests, repeats or never ends, by what it does. */
export const YAML_BOMBS: Record<string, string> = {
  laughs: LAUGHS,
  'brackets in one another': over('['),
  'maps in one another': over('{a: '),
  'short lines of brackets in one another': over(`${'['.repeat(1000)}\n`),
  'keys in one another': lines(440, (nth) => `${' '.repeat(nth)}a:`),
  'lists in one another': over('- '),
  'many keys': lines(9000, (nth) => `k${nth}: 1`),
  'as many keys as lines are let in': lines(4999, (nth) => `k${nth}: 1`),
  'a key over and over': over('a: 1\n'),
  'entries with a bracket that is never closed': over('- a: [b\n'),
  'entries with a quote that is never closed': over("- '\n"),
  'entries without words': over('-\n\n'),
  'a long list in one line': `[${over('a,')}`,
  'long lists in lines': over(`[${'a,'.repeat(2000)}]\n`),
  'commas in a list': `a: [${over(',')}]`,
  'commas in lines': over(`${','.repeat(4000)}\n`),
  'closing brackets': over(']'),
  'closing braces in lines': over(`${'}'.repeat(4000)}\n`),
  'quotes in one line': over('"'),
  'colons in one line': over(': '),
  'question marks': over('? '),
  'documents without end': over('---\n'),
  'directives without end': over('%\n'),
  'a text of many lines': `a: ${over('b\n  ')}`,
  'errors on every line': over('a: "b" c\n'),
};

/** Pieces that programs for templates, Markdown and addresses can stumble over when they come a thousand times. */
export const PIECES = [
  ...[
    '{{',
    '}}',
    '{',
    '{{!--',
    '{{!a}}',
    '{{#if bill}}',
    '{{/if}}',
    '{{else}}',
    '{{#if bill}}{{else}}',
    '{{../',
    '{{[',
  ],
  ...[
    '{{#each bills}}',
    '{{#each bills}}{{/each}}',
    '{{bill.title}}',
    '{{> a}}',
    '\\{{',
    '{{{{',
    '{{"',
    '{{@',
    '{{(',
  ],
  ...[
    '<!--',
    '-->',
    '<!-- -->',
    '> ',
    '>',
    '[',
    '](',
    '[a](',
    '![',
    '[[',
    ']',
    '(',
    '((',
    '[a]: b\n',
    '`',
    '``` ',
  ],
  ...[
    '*',
    '**',
    '*a ',
    '**a ',
    '_a_',
    '<',
    '<a ',
    '&',
    '&#',
    '# ',
    '\\',
    '- ',
    '  - ',
    '1. ',
    '|',
    ' ',
    '\n',
    '\t',
  ],
  ...[
    'a',
    'a ',
    'A',
    'a\n',
    '- a\n',
    '> a\n',
    '😀',
    '\u200d',
    'ﷺ',
    '½',
    '.',
    '. ',
    '...',
    '-a',
    'a.',
    'a@b.',
    'a,',
    'a:',
  ],
  ...[
    '@',
    ',',
    ';',
    ':',
    '"',
    "'",
    '"a" ',
    '<a@b>',
    '(a',
    '+',
    '+a',
    '0',
    '1 ',
    '12345 ',
    '12345-',
    'box ',
    'po box ',
  ],
  ...['florida ', 'u.s.a. ', 'us ', 'apt ', 'hwy 1', '1st ', 'http://', 'www.a.b ', 'en;q=0.1,', 'en-'],
];

/** Milliseconds of the processor that something takes: on a busy machine the clock tells more about the others. */
export async function busyFor(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
