import { type Mutation, type Original, placeAt, rewritten, spliced } from './mutation.ts';

/** Changes of a page. */
export function pageMutations({ files, pick }: Original): Mutation[] {
  const pages = [...files].flatMap(([name, text]) =>
    name.endsWith('/page.md') && /\n\n(?=\w)/.test(text) ? [name] : [],
  );
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
