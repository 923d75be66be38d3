import {
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  parse,
  parseDocument,
  stringify,
  visit,
} from 'yaml';
import { type Mutation, type Original, placeAt, rewritten, spliced, type Told } from './mutation.ts';

const FILE = 'campaign.yaml';
const REQUIRED = ['title', 'summary', 'jurisdiction_id', 'bills', 'ask', 'goal'];
const REQUIRED_WITHIN: Record<string, string[]> = {
  bills: ['identifier', 'session', 'chamber'],
  positions: ['person_id', 'position', 'session', 'date', 'source'],
  partners: ['code', 'name'],
  next_steps: ['label', 'url'],
};

/** A key of campaign.yaml with its value, by where they stand. */
interface Entry {
  key: string;
  /** Names and numbers of all that it lies in, itself last. */
  path: (string | number)[];
  key_at: number;
  value_at: number;
  value_end: number;
  /** A text or number in one line, without quotes. */
  is_plain: boolean;
  /** Where the entries beside it begin, itself among them. */
  siblings: number[];
}

function entriesOf(source: string): Entry[] {
  const found: Entry[] = [];
  const walk = (node: unknown, path: (string | number)[]) => {
    if (isSeq(node)) for (const [index, item] of node.items.entries()) walk(item, [...path, index]);
    if (!isMap(node)) return;
    const startOf = (pair: Pair) => (isNode(pair.key) ? pair.key.range![0] : 0);
    for (const pair of node.items) {
      if (!isPair(pair) || !isScalar(pair.key) || !isNode(pair.value)) continue;
      const [value_at, value_end] = pair.value.range!;
      const key = String(pair.key.value);
      found.push({
        key,
        path: [...path, key],
        key_at: startOf(pair),
        value_at,
        value_end,
        is_plain:
          isScalar(pair.value) &&
          pair.value.type === 'PLAIN' &&
          !source.slice(value_at, value_end).includes('\n'),
        siblings: node.items.map(startOf),
      });
      walk(pair.value, [...path, key]);
    }
  };
  walk(parseDocument(source).contents, []);
  return found;
}

/** Changes of campaign.yaml: its keys, its values, its signs and spaces; and rewritings that mean the same. */
export function yamlMutations({ files, pick }: Original): Mutation[] {
  const source = files.get(FILE)!;
  const entries = entriesOf(source);
  const plain = entries.filter(({ is_plain }) => is_plain);
  const alone = plain.filter(({ key_at }) => /(^|\n) *$/.test(source.slice(0, key_at)));
  const one = (key: string) => entries.find(({ path }) => path.length === 1 && path[0] === key)!;
  const told = (name: string, content: string, offset: number, says: RegExp, exact = true): Mutation => {
    const { line, column } = placeAt(content, offset);
    return rewritten(name, FILE, content, { line, ...(exact ? { column } : {}), says });
  };
  const same = (name: string, content: string | Uint8Array) => rewritten(name, FILE, content, 'same');
  const put = (at: Entry, words: string) => spliced(source, at.value_at, at.value_end, words);
  const named = ({ path }: Entry) => path.join('.');

  const dropped = (entry: Entry): Mutation => {
    const next = entry.siblings.find((offset) => offset > entry.key_at);
    const line_start = source.lastIndexOf('\n', entry.key_at) + 1;
    const line_end = source.indexOf('\n', entry.value_end - 1) + 1;
    const content =
      next === undefined
        ? spliced(source, line_start, line_end, '')
        : spliced(source, entry.key_at, next, '');
    const first = Math.min(...entry.siblings);
    return told(
      `${named(entry)} dropped`,
      content,
      first,
      new RegExp(`^'${entry.key}' is missing\\. Add it: `),
    );
  };
  const within = (key: string) =>
    entries.filter(
      ({ path }) => path.length === 3 && path[0] === key && REQUIRED_WITHIN[key]!.includes(String(path[2])),
    );
  const drops = [
    ...REQUIRED.map((key) => dropped(one(key))),
    ...Object.keys(REQUIRED_WITHIN).flatMap((key) => {
      const choice = within(key).filter(({ siblings }) => siblings.length > 1);
      return choice.length > 0 ? [dropped(pick(choice))] : [];
    }),
  ];

  const known = entries.filter(({ key, path }) => key.length > 3 && path.length <= 3);
  const misspelt = (how: string, change: (key: string) => string) => {
    const entry = pick(known);
    const wrong = change(entry.key);
    const content = spliced(source, entry.key_at, entry.key_at + entry.key.length, wrong);
    const says = new RegExp(`^There is no key '${wrong}' here\\. Did you mean '${entry.key}'\\?`);
    return told(`${named(entry)} with ${how}`, content, entry.key_at, says);
  };
  const misspellings = [
    misspelt('two letters swapped', (key) =>
      `${key.slice(0, 1)}${key[2]}${key[1]}${key.slice(3)}`.replace(/^(.)(.)\2/, '$1$2x'),
    ),
    misspelt('a letter dropped', (key) => key.slice(0, -1)),
    misspelt('a letter twice', (key) => `${key}${key.at(-1)}`),
    misspelt('a capital', (key) => key[0]!.toUpperCase() + key.slice(1)),
    misspelt('hyphens or a space', (key) => (key.includes('_') ? key.replaceAll('_', '-') : `${key} x`)),
    misspelt('an invisible sign', (key) => `${key.slice(0, 2)}\u200b${key.slice(2)}`),
  ];

  const twin = pick(alone);
  const line_of = (entry: Entry) => source.slice(source.lastIndexOf('\n', entry.key_at) + 1, entry.value_end);
  const doubled = spliced(source, twin.value_end, twin.value_end, `\n${line_of(twin)}`);
  const second = twin.value_end + 1 + (twin.key_at - source.lastIndexOf('\n', twin.key_at) - 1);
  const duplicates = [
    told(`${named(twin)} twice`, doubled, second, new RegExp(`^'${twin.key}' is here twice\\. Keep one`)),
    told('goal twice, far apart', `${source}\ngoal: 5\n`, source.length + 1, /^'goal' is here twice/),
  ];

  const wrong = (entry: Entry, words: string, at: 'value' | 'key' = 'value') =>
    told(
      `${named(entry)} as ${JSON.stringify(words)}`,
      put(entry, words),
      at === 'value' ? entry.value_at : entry.key_at,
      new RegExp(`^'${entry.key}' `),
    );
  const top_text = pick(
    plain.filter(({ key }) =>
      ['identifier', 'source', 'name', 'url', 'position', 'chamber', 'ask'].includes(key),
    ),
  );
  const types = [
    wrong(top_text, '[a, b]'),
    wrong(top_text, '{a: b}'),
    wrong(top_text, '12.5'),
    wrong(top_text, 'true'),
    wrong(top_text, '', 'key'),
    wrong(top_text, '~'),
    wrong(
      one('goal'),
      pick(['many', '"1000"', '1,000', '1.5', '-5', '0', '1e400', '.nan', '1000 calls', '#1000'].slice(0, 9)),
    ),
    wrong(one('goal'), 'null'),
    wrong(one('ask'), pick(['Support', 'yes', 'against', 'support oppose'])),
    wrong(one('jurisdiction_id'), pick(['Florida', 'fl', 'ocd-jurisdiction/country:us/state:xx/government'])),
    ...['languages', 'message_languages', 'positions', 'partners', 'next_steps', 'bills'].flatMap((key) => {
      const entry = one(key);
      if (!entry) return [];
      const content = spliced(source, entry.value_at, entry.value_end, `${pick(['text', '12', 'true'])}\n`);
      return [told(`${key} as a word`, content, entry.value_at, new RegExp(`^'${key}' must be a list`))];
    }),
  ];

  const days = entries.filter(
    ({ value_at, is_plain }) => is_plain && /^\d{4}-\d\d-\d\d$/.test(source.slice(value_at, value_at + 10)),
  );
  const dates = [
    '2026-02-30',
    '11/03/2026',
    '2026-13-01',
    '3 Nov 2026',
    '2026-1-5',
    '2026-11-03T00:00:00Z',
    '20261103',
    '2026–11–03',
    '"November 3"',
  ].flatMap((day) => (days.length > 0 ? [wrong(pick(days), day)] : []));

  return [...drops, ...misspellings, ...duplicates, ...types, ...dates, ...signs(), ...rewritings()];

  /** Quotes, braces, colons, tabs and spaces. */
  function signs(): Mutation[] {
    const texts = alone.filter(({ key }) =>
      ['identifier', 'title', 'name', 'position', 'person_id', 'ask'].includes(key),
    );
    const [text, other] = [pick(texts), pick(alone)];
    const value = (entry: Entry) => source.slice(entry.value_at, entry.value_end);
    const nested = pick(alone.filter(({ path }) => path.length > 1));
    const nested_line = source.lastIndexOf('\n', nested.key_at) + 1;
    const inner = pick(
      alone.filter(({ path, siblings, key_at }) => path.length > 2 && siblings[0]! < key_at),
    );
    const inner_line = source.lastIndexOf('\n', inner.key_at) + 1;
    const dash = pick(
      [...source.matchAll(/^ *(?=- \w+:)/gm)].map(({ index, 0: spaces }) => index + spaces.length),
    );
    const colon = (entry: Entry) => entry.key_at + entry.key.length;
    return [
      told(
        'a double quote never closed',
        put(text, `"${value(text)}`),
        text.value_at,
        /^This quote is never closed/,
      ),
      told(
        'a single quote never closed',
        put(text, `'${value(text)}`),
        text.value_at,
        /^This quote is never closed/,
      ),
      told('curly quotes', put(text, `“${value(text)}”`), text.value_at, /^These quotes are curly/),
      told('curly single quotes', put(text, `‘${value(text)}’`), text.value_at, /^These quotes are curly/),
      told(
        'text behind a quote',
        put(text, `"${value(text)}" now`),
        text.value_at + value(text).length + 3,
        /^Here text goes on/,
      ),
      told('a [ never closed', put(other, '[a, b'), other.value_at, /^This \[ is never closed/),
      told('a { never closed', put(other, '{a: b'), other.value_at, /^This { is never closed/),
      told('a ] too many', put(other, '[a]]'), other.value_at, /./, false),
      told('a second colon', put(text, 'one: two'), text.value_at, /second colon/),
      told('an anchor', put(text, `&a ${value(text)}`), text.value_at, /begins with & or \*/),
      told('an alias', put(text, '*a'), text.value_at, /begins with & or \*/),
      told('a tag', put(text, `!!binary ${value(text)}`), text.value_at, /begins with !/),
      told('a merge', `${source}\n<<: {ask: oppose}\n`, source.length + 1, /^There is no key '<<'/),
      told(
        'a bomb of aliases',
        `a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n${source}`,
        3,
        /begins with & or \*/,
      ),
      told('a thousand brackets', `${source}\nmore: ${'['.repeat(1000)}\n`, source.length + 7, /./, false),
      told(
        'a second document',
        `${source}\n---\ngoal: 5\n`,
        source.length + 1,
        /^A line of --- or \.\.\. ends the file/,
      ),
      told(
        'no space behind a colon',
        spliced(source, colon(other), other.value_at, ':'),
        other.key_at,
        /A colon with a space after it is missing/,
      ),
      told(
        'no colon',
        spliced(source, colon(other), other.value_at, ' '),
        other.key_at,
        /A colon with a space after it is missing/,
      ),
      told(
        'a full-width colon',
        spliced(source, colon(other), other.value_at, '：'),
        colon(other),
        /^This colon/,
      ),
      told(
        'an equals sign',
        spliced(source, colon(other), other.value_at, ' = '),
        other.key_at,
        /A colon with a space/,
      ),
      told(
        'a tab at the start',
        spliced(source, nested_line, nested.key_at, '\t'),
        nested_line,
        /^This line begins with a tab/,
      ),
      told(
        'a no-break space at the start',
        spliced(source, nested_line, nested_line + 1, '\u00a0'),
        nested_line,
        /^This space/,
      ),
      told(
        'a no-break space behind a colon',
        spliced(source, colon(other), other.value_at, ':\u00a0'),
        colon(other) + 1,
        /^This space/,
      ),
      told(
        'a space too many',
        spliced(source, inner_line, inner_line, ' '),
        inner.key_at + 1,
        /wrong place/,
        false,
      ),
      told(
        'a space too few',
        spliced(source, inner_line, inner_line + 1, ''),
        inner.key_at - 1,
        /wrong place/,
        false,
      ),
      told('a long dash in a list', spliced(source, dash, dash + 1, '–'), dash, /^This dash/),
      told(
        'no space behind a dash',
        spliced(source, dash, dash + 2, '-'),
        dash,
        /^After this - a space is missing/,
      ),
      told(
        'a hashtag',
        put(text, `${value(text)} now #water`),
        text.value_at + value(text).length + 5,
        /^What follows # is left out/,
      ),
    ];
  }

  /** Other ways of writing the same. */
  function rewritings(): Mutation[] {
    const value = parse(source);
    const lines = source.split('\n');
    const is_text: boolean[] = [];
    // Within a text of several lines everything counts.
    visit(parseDocument(source), (_, node) => {
      if (!isScalar(node) || !node.range || !source.slice(node.range[0], node.range[1]).trim().includes('\n'))
        return;
      const [first, last] = [placeAt(source, node.range[0]).line, placeAt(source, node.range[1] - 1).line];
      for (let line = first; line <= last; line += 1) is_text[line - 1] = true;
    });
    const padded = lines.map((line, index) => (is_text[index] ? line : `${line}  `)).join('\n');
    const noted = lines.map((line, index) => (is_text[index] ? line : `# note\n\n${line}`)).join('\n');
    const reversed = Object.fromEntries(Object.entries(value).toReversed());
    const spare = pick(plain);
    return [
      same('written anew', stringify(value)),
      same('as JSON', JSON.stringify(value)),
      same('keys in another order', stringify(reversed)),
      same('four spaces a step', stringify(value, { indent: 4 })),
      same(
        'every text quoted',
        stringify(value, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' }),
      ),
      same('spaces at the ends of lines', padded),
      same('notes and empty lines between', noted),
      same('--- at the top', `---\n${source}`),
      same('no line end at the end', source.trimEnd()),
      same('a tab behind a colon', spliced(source, colonOf(spare), spare.value_at, ':\t')),
      same('more spaces behind a colon', spliced(source, colonOf(spare), spare.value_at, ':   ')),
      same('a space before a colon', spliced(source, colonOf(spare), colonOf(spare), ' ')),
    ];
  }

  function colonOf({ key_at, key }: Entry): number {
    return key_at + key.length;
  }
}

/** Whether a change is to be told. */
export function isTold(outcome: Mutation['outcome']): outcome is Told {
  return outcome !== 'same';
}
