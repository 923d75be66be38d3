import fc from 'fast-check';

/** The seed of this run: printed by each suite, and given by FUZZ_SEED to see a fault again. */
export const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);

/** How many cases were tried in this process. */
export const tried = { cases: 0 };

/** What breaks programs: emptiness, markup, other alphabets, numbers at their ends, templates, paths, half of a pair. */
export const NASTY = [
  ...[
    '',
    ' ',
    '\0',
    '\r\nSet-Cookie: a=b',
    '\n\n',
    '\u2028',
    '\u202e',
    '\u200d',
    '\ufeff',
    '\ud800',
    '\udfff',
  ],
  ...[
    '"><xq onxq=1>',
    "'onxq='1",
    '</script><xq>',
    '</textarea><xq>',
    '<!--<xq>',
    'javascript:xq()',
    '&lt;xq&gt;',
  ],
  ...["' or 1=1 --", '{{constructor.constructor("return 1")()}}', '{{#each bills}}', '}}', '%s%n'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '../../etc/passwd',
    '..\\..',
    '%00%ff%',
    '%2e%2e%2f',
  ],
  ...[
    'ＦＵＬＬ　ｗｉｄｔｈ ３２２０９',
    '١٢٣ شارع',
    '🏠'.repeat(20),
    'Z̸̡̛'.repeat(30),
    'ﷺ'.repeat(50),
    'ǅ',
    'ß',
    'İ',
  ],
  ...['NaN', '1e999', '-0', '9'.repeat(400), '0x10', '1_000', 'null', 'true', '[]', '{}', '[object Object]'],
  ...['x'.repeat(3000), ','.repeat(500), '('.repeat(500), '['.repeat(500), '@'.repeat(500), '<'.repeat(500)],
  ...['&a ', '*a ', '!!js/function ', '- - - ', '? ', ': ', '"', "'", '`', '\\', '|', '>', '#', '---\n'],
];

/** Any text: nasty ones, ones of every sign that there is, and halves of pairs. */
export const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
);

const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(60)),
  put: anyText,
});

/** A good text with one to four changes: something cut out, something put in. */
export function mutated(good: string): fc.Arbitrary<string> {
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) =>
    changes.reduce((text, { at, cut, put }) => {
      const from = Math.floor(at * text.length);
      return text.slice(0, from) + put + text.slice(from + cut);
    }, good),
  );
}

/** The same of bytes: single ones changed, and stretches cut out, put in or doubled. */
export function mutatedBytes(good: Buffer): fc.Arbitrary<Buffer> {
  const one = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.oneof(fc.constant(0), fc.constant(1), fc.constant(4), fc.nat(200)),
    put: fc.oneof(fc.uint8Array({ maxLength: 8 }), fc.constantFrom(...EXTREMES)),
  });
  return fc.array(one, { minLength: 1, maxLength: 5 }).map((changes) =>
    changes.reduce((bytes, { at, cut, put }) => {
      const from = Math.floor(at * bytes.length);
      return Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + cut)]);
    }, good),
  );
}

/** Lengths and counts that lie. */
const EXTREMES = [
  [0xff, 0xff, 0xff, 0xff],
  [0x7f, 0xff, 0xff, 0xff],
  [0x80, 0, 0, 0],
  [0, 0, 0, 0x80],
  [0xff, 0xff, 0xff, 0x7f],
  [0, 0, 0, 0],
].map((bytes) => Uint8Array.from(bytes));

/** A good JSON text with one to three of its values made odd or taken away, wherever they stand; now and then its text itself is changed. */
export function mutatedJson(good: unknown): fc.Arbitrary<string> {
  const odd = fc.oneof(
    fc.constantFrom<unknown>(
      undefined,
      null,
      true,
      0,
      -1,
      1e308,
      '',
      [],
      {},
      [[]],
      { __proto__: null },
      [null],
      'x',
    ),
    anyText,
    fc.double(),
  );
  const one = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), value: odd });
  const changed = fc
    .array(one, { minLength: 1, maxLength: 3 })
    .map(
      (changes) =>
        JSON.stringify(changes.reduce((value, { at, value: put }) => replaced(value, at, put), good)) ?? '',
    );
  const text = JSON.stringify(good);
  return fc.oneof({ weight: 5, arbitrary: changed }, { weight: 1, arbitrary: mutated(text) });
}

/** A copy of a JSON value with the one at a share of its length put in the place of another. */
function replaced(whole: unknown, at: number, put: unknown): unknown {
  let count = 0;
  JSON.stringify(whole, (_, value) => {
    count += 1;
    return value;
  });
  const wanted = Math.floor(at * count);
  let nth = -1;
  const text = JSON.stringify(whole, (_, value) => {
    nth += 1;
    return nth === wanted ? put : value;
  });
  return text === undefined ? null : JSON.parse(text);
}

/** Tries a property in so many cases; a fault is thrown with the seed and the smallest case that shows it. */
export async function fuzz<Value>(
  runs: number,
  cases: fc.Arbitrary<Value>,
  holds: (value: Value) => unknown,
  { batch = 1 }: { batch?: number } = {},
): Promise<void> {
  const property = fc.asyncProperty(cases, async (value) => {
    tried.cases += batch;
    await holds(value);
  });
  await fc.assert(property, {
    numRuns: Math.max(1, Math.round(runs / batch)),
    seed: SEED,
    endOnFailure: true,
  });
}
