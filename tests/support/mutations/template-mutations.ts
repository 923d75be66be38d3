import { type Mutation, type Original, placeAt, rewritten, spliced } from './mutation.ts';

/** A name between braces in a message, by where it stands. */
interface Name {
  file: string;
  text: string;
  /** Of the first brace. */
  at: number;
  name: string;
}

/** All but the place of own words, which stands on a line of its own: rules of its own are tested by themselves. */
function namesOf({ files }: Original): Name[] {
  return [...files].flatMap(([file, text]) =>
    file.endsWith('.hbs')
      ? [...text.matchAll(/\{\{(?!supporter\.own_words)([a-z_]+\.[a-z_]+)\}\}/g)].map(
          ({ index, 1: name }) => ({
            file,
            text,
            at: index,
            name: name!,
          }),
        )
      : [],
  );
}

/** A line of words that is not the first. */
const LINE_START = /\n(?=[A-Z])/;

/** Changes of what stands between braces in messages. */
export function templateMutations(original: Original): Mutation[] {
  const { files, pick } = original;
  const names = namesOf(original);
  const scripts = [...files].flatMap(([name, text]) =>
    /\/(phone|voicemail)[^/]*\.hbs$/.test(name) && LINE_START.test(text) ? [name] : [],
  );

  /** Puts other words in place of a whole {{name}}; `shift` signs from their start it is told. */
  const put = (
    how: string,
    words: (name: string) => string,
    shift: number | 'same',
    says = /./,
    exact = true,
  ): Mutation => {
    const { file, text, at, name } = pick(names);
    const content = spliced(text, at, at + name.length + 4, words(name));
    if (shift === 'same') return rewritten(how, file, content, 'same');
    const { line, column } = placeAt(content, at + shift);
    return rewritten(how, file, content, { line, ...(exact ? { column } : {}), says });
  };
  /** Puts words before a line of a script. */
  const insert = (how: string, words: string, shift: number, says: RegExp): Mutation => {
    const file = pick(scripts);
    const text = files.get(file)!;
    const starts = [...text.matchAll(new RegExp(LINE_START, 'g'))].map(({ index }) => index + 1);
    const at = pick(starts);
    const content = spliced(text, at, at, words);
    return rewritten(how, file, content, { ...placeAt(content, at + shift), says });
  };
  const misspelt = (name: string) => name.replace(/\.(.)(.)/, '.$2$1');
  return [
    put(
      'a name misspelt',
      (name) => `{{${misspelt(name)}}}`,
      2,
      /^There is no name '[^']+'\. Did you mean '/,
    ),
    put(
      'a name with a capital',
      (name) => `{{${name[0]!.toUpperCase()}${name.slice(1)}}}`,
      2,
      /Did you mean '/,
    ),
    put('a name with a letter lost', (name) => `{{${name.slice(0, -1)}}}`, 2, /Did you mean '/),
    put('a name with an invisible sign', (name) => `{{${name.replace('.', '.\u200b')}}}`, 2, /invisible/),
    put(
      'a name with a space',
      (name) => `{{${name.replace('.', ' ')}}}`,
      2,
      /can not be followed by anything/,
    ),
    put('a name between quotes', (name) => `{{"${name}"}}`, 2, /^A name is expected here/),
    put('one brace too few at the end', (name) => `{{${name}} `, 0, /^This {{ is never closed/),
    put('one brace too few at the start', (name) => `{${name}}}`, 0, /^A name stands between two braces/),
    put('single braces', (name) => `{${name}}`, 0, /^A name stands between two braces/),
    put('three braces at the start alone', (name) => `{{{${name}}}`, 0, /^These braces do not pair/),
    put('four braces', (name) => `{{{{${name}}}}}`, 0, /^A name stands between two braces/),
    put('a backslash before', (name) => `\\{{${name}}}`, 0, /^A name stands between two braces/),
    put('full-width braces', (name) => `｛｛${name}｝｝`, 0, /braces/),
    put('square brackets', (name) => `[${name}]`, 1, /^'[^']+' is a name/),
    put('no braces', (name) => name, 0, /^'[^']+' is a name/),
    put('a partial', () => '{{> footer}}', 0, /can not include others/),
    put('a partial block', () => '{{#> layout}}a{{/layout}}', 0, /can not include others/),
    put('a decorator', () => '{{* inline}}', 0, /can not include others/),
    put('a call', (name) => `{{lookup ${name} "x"}}`, 2, /can not be followed by anything/),
    put('a filter', (name) => `{{${name} | upper}}`, 0, /can not/),
    put('a way out of the names', () => '{{constructor.constructor}}', 2, /^There is no name/),
    put('a list where a text stands', () => '{{bills}}', 2, /^'bills' is a list/),
    put('a group where a text stands', () => '{{legislator}}', 2, /^'legislator' is a group/),
    put('a flag where a text stands', () => '{{is_constituent}}', 2, /is so or not/),
    put(
      'a name that is empty for most',
      () => '{{committee.name}}',
      2,
      /is empty for legislators who are not/,
    ),
    put('spaces within the braces', (name) => `{{ ${name} }}`, 'same'),
    put('three braces on each side', (name) => `{{{${name}}}}`, 'same'),
    put('a note beside', (name) => `{{! to be looked at }}{{${name}}}{{!-- {{so}} --}}`, 'same'),
    put('a question that is always so', (name) => `{{#if ${name}}}{{${name}}}{{/if}}`, 'same'),
    insert('an {{#if}} never closed', '{{#if position}}', 0, /^{{#if}} is never closed/),
    insert('an {{#each}} never closed', '{{#each bills}}', 0, /^{{#each}} is never closed/),
    insert('a {{/if}} too many', '{{/if}}', 0, /^{{\/if}} closes a block that was never opened/),
    insert('an {{else}} alone', '{{else}}', 0, /^{{else}} stands outside/),
    insert(
      'blocks closed crosswise',
      '{{#if position}}{{#each bills}}a{{/if}}{{/each}}',
      32,
      /^{{\/if}} closes a block that {{#each}} opened/,
    ),
    insert('a block without #', '{{if position}}a{{/if}}', 0, /^Write {{#if position}}/),
    insert('a block of no kind', '{{#when position}}a{{/when}}', 3, /^There is no block 'when'/),
    insert('a block without a name', '{{#if}}a{{/if}}', 3, /takes one name and nothing else/),
    insert('a comparison', '{{#if (eq state.name "Florida")}}a{{/if}}', 6, /^A name is expected/),
    insert(
      'sixty blocks in one another',
      `${'{{#if position}}'.repeat(60)}a${'{{/if}}'.repeat(60)}`,
      800,
      /^More than 50 blocks/,
    ),
    insert('a {{ alone', '{{ ', 0, /is never closed|do not pair|can not be read/),
  ];
}
