import { type Mutation, type Original, rewritten } from './mutation.ts';

/** Changes of an e-mail's head. */
export function headerMutations({ files, pick }: Original): Mutation[] {
  const emails = [...files.keys()].filter(
    (name) => /\/email[^/]*\.hbs$/.test(name) && files.get(name)!.startsWith('Subject: '),
  );
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
