import { type Mutation, type Original, placeAt, rewritten, spliced } from './mutation.ts';

/** A name between braces in a message, by where it stands. */
interface Name {
  file: string;
  text: string;
  /** Of the first brace. */
  at: number;
  name: string;
}

function namesOf({ files }: Original): Name[] {
  return [...files].flatMap(([file, text]) =>
    file.endsWith('.hbs')
      ? [...text.matchAll(/\{\{([a-z_]+\.[a-z_]+)\}\}/g)].map(({ index, 1: name }) => ({
          file,
          text,
          at: index,
          name: name!,
        }))
      : [],
  );
}

/** Changes of what stands between braces in messages. */
export function templateMutations(original: Original): Mutation[] {
  const { files, pick } = original;
  const names = namesOf(original);
  const scripts = [...files.keys()].filter((name) => /\/(phone|voicemail)[^/]*\.hbs$/.test(name));

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
    const starts = [...text.matchAll(/\n(?=[A-Z])/g)].map(({ index }) => index + 1);
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

/** Changes of an e-mail's head. */
export function headerMutations({ files, pick }: Original): Mutation[] {
  const emails = [...files.keys()].filter((name) => /\/email[^/]*\.hbs$/.test(name));
  const change = (
    how: string,
    edit: (subject: string, rest: string) => string,
    outcome: 'same' | { line: number; column?: number; says: RegExp },
  ) => {
    const file = pick(emails);
    const text = files.get(file)!;
    const end = text.indexOf('\n');
    const content = edit(text.slice('Subject: '.length, end), text.slice(end + 1).replace(/^\n+/, ''));
    return rewritten(how, file, content, outcome);
  };
  const missing = /^The Subject is missing/;
  const blank = /^Put a blank line between the Subject and the text/;
  return [
    change('no blank line', (subject, text) => `Subject: ${subject}\n${text}`, {
      line: 2,
      column: 1,
      says: blank,
    }),
    change('no Subject', (_, text) => text, { line: 1, column: 1, says: missing }),
    change('no Subject, but its blank line', (_, text) => `\n${text}`, { line: 1, column: 1, says: missing }),
    change('the Subject without its name', (subject, text) => `${subject}\n\n${text}`, {
      line: 1,
      column: 1,
      says: missing,
    }),
    change('a blank line before the Subject', (subject, text) => `\nSubject: ${subject}\n\n${text}`, {
      line: 1,
      column: 1,
      says: missing,
    }),
    change('the Subject twice', (subject, text) => `Subject: ${subject}\nSubject: ${subject}\n\n${text}`, {
      line: 2,
      column: 1,
      says: /^There is a second Subject/,
    }),
    change('the Subject in Spanish', (subject, text) => `Asunto: ${subject}\n\n${text}`, {
      line: 1,
      column: 1,
      says: missing,
    }),
    change('the Subject misspelt', (subject, text) => `Subjet: ${subject}\n\n${text}`, {
      line: 1,
      column: 1,
      says: /Did you mean 'Subject'/,
    }),
    change('a full-width colon', (subject, text) => `Subject：${subject}\n\n${text}`, {
      line: 1,
      column: 8,
      says: /^This colon/,
    }),
    change('an empty Subject', (_, text) => `Subject:\n\n${text}`, {
      line: 1,
      column: 1,
      says: /^The Subject is empty/,
    }),
    ...['To', 'Bcc', 'From', 'Reply-To', 'Content-Type'].map((header) =>
      change(
        `${header} behind the Subject`,
        (subject, text) => `Subject: ${subject}\n${header}: a@example.org\n\n${text}`,
        { line: 2, column: 1, says: new RegExp(`^'${header}' can not be set`) },
      ),
    ),
    change(
      'Bcc before the Subject',
      (subject, text) => `Bcc: a@example.org\nSubject: ${subject}\n\n${text}`,
      { line: 1, column: 1, says: /^'Bcc' can not be set/ },
    ),
    change(
      'Bcc behind a bare CR',
      (subject, text) => `Subject: ${subject}\rBcc: a@example.org\r\n\r\n${text}`,
      { line: 2, column: 1, says: /^'Bcc' can not be set/ },
    ),
    change(
      'Bcc behind a sign that ends lines elsewhere',
      (subject, text) => `Subject: ${subject}\u0085Bcc: a@example.org\n\n${text}`,
      { line: 1, says: /^This sign is not text/ },
    ),
    change(
      'a Subject that goes on in the next line',
      (subject, text) => `Subject: ${subject}\n  and more\n\n${text}`,
      { line: 2, column: 1, says: blank },
    ),
    change('no text', (subject) => `Subject: ${subject}\n\n \n`, {
      line: 3,
      column: 1,
      says: /^The text is missing/,
    }),
    change('small letters', (subject, text) => `subject: ${subject}\n\n${text}`, 'same'),
    change('no space behind the colon', (subject, text) => `SUBJECT:${subject}\n\n${text}`, 'same'),
    change(
      'a blank line of spaces',
      (subject, text) => `Subject:\t${subject}  \n \u00a0\t\n\n${text}`,
      'same',
    ),
    change(
      'a line separator in the Subject',
      (subject, text) => `Subject: ${subject.replace(' ', '\u2028')}\n\n${text}`,
      'same',
    ),
  ];
}

/** Changes of a page. */
export function pageMutations({ files, pick }: Original): Mutation[] {
  const pages = [...files.keys()].filter((name) => name.endsWith('/page.md'));
  const insert = (how: string, words: string, shift: number, says: RegExp, is_warning = true): Mutation => {
    const file = pick(pages);
    const text = files.get(file)!;
    const starts = [...text.matchAll(/\n\n(?=\w)/g)].map(({ index }) => index + 2);
    const at = pick(starts);
    const content = spliced(text, at, at, `${words}\n\n`);
    return rewritten(how, file, content, { ...placeAt(content, at + shift), says, is_warning });
  };
  const pictured = /^Pictures are not shown/;
  const tagged = /^HTML does nothing here/;
  const file = pick(pages);
  const text = files.get(file)!;
  return [
    insert('a name', 'We ask {{legislator.name}}.', 7, /^Names in braces are for messages/, false),
    insert('HTML', 'This is <b>bold</b>.', 8, tagged),
    insert('a block of HTML', '<div class="red">\nRed\n</div>', 0, tagged),
    insert('a script', '<script>alert(1)</script>', 0, tagged),
    insert('a picture', 'See ![us](https://example.org/us.png)', 4, pictured),
    insert('a heading without a space', '##Why', 0, /^Put a space after ##/),
    insert('a link that runs a script', '[us](javascript:alert(1))', 0, /^This link can not be shown/),
    rewritten('a note', file, `<!-- to be looked at\n -->\n${text}`, 'same'),
    rewritten('lines underlined for headings', file, text.replace(/^# (.*)$/m, '$1\n==='), 'same'),
  ];
}
