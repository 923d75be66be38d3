import { type Mutation, type Original, spliced } from './mutation.ts';
import { colonOf, type Entry, yamlSourceOf } from './yaml-entries.ts';

/** Changes of campaign.yaml: its quotes and brackets, colons and dashes, tabs and spaces. */
export function signMutations(original: Original): Mutation[] {
  const { pick } = original;
  const { source, alone, told, put } = yamlSourceOf(original);
  const texts = alone.filter(({ key }) =>
    ['identifier', 'title', 'name', 'position', 'person_id', 'ask'].includes(key),
  );
  const [text, other] = [pick(texts), pick(alone)];
  const value = (entry: Entry) => source.slice(entry.value_at, entry.value_end);
  const nested = pick(alone.filter(({ path }) => path.length > 1));
  const nested_line = source.lastIndexOf('\n', nested.key_at) + 1;
  const inner = pick(alone.filter(({ path, siblings, key_at }) => path.length > 2 && siblings[0]! < key_at));
  const inner_line = source.lastIndexOf('\n', inner.key_at) + 1;
  const dash = pick(
    [...source.matchAll(/^ *(?=- \w+:)/gm)].map(({ index, 0: spaces }) => index + spaces.length),
  );

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
      spliced(source, colonOf(other), other.value_at, ':'),
      other.key_at,
      /A colon with a space after it is missing/,
    ),
    told(
      'no colon',
      spliced(source, colonOf(other), other.value_at, ' '),
      other.key_at,
      /A colon with a space after it is missing/,
    ),
    told(
      'a full-width colon',
      spliced(source, colonOf(other), other.value_at, '：'),
      colonOf(other),
      /^This colon/,
    ),
    told(
      'an equals sign',
      spliced(source, colonOf(other), other.value_at, ' = '),
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
      spliced(source, colonOf(other), other.value_at, ':\u00a0'),
      colonOf(other) + 1,
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
