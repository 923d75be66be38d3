import { POSITIONS } from '../bills/position.ts';
import type { FileFault } from '../errors.ts';
import { didYouMean, nearest } from '../yaml/nearest.ts';
import { MESSAGE_KINDS, type MessageTemplate, STANCES } from './campaign.ts';
import { belowComments } from './comments.ts';
import { ownWordsFaults } from './own-words-faults.ts';
import { templateFaults } from './template-faults.ts';

const WORDINGS = [...STANCES, ...POSITIONS];
/** The names of files that every language may have; all others are more particular. */
export const PLAIN_NAMES = [
  'page.md',
  'flyer.md',
  'prompts.md',
  ...MESSAGE_KINDS.map((kind) => `${kind}.hbs`),
];

/** What a file's name says of the message in it. */
type Named = Pick<MessageTemplate, 'kind' | 'wording' | 'variant'>;

/** What was read of a file: a message and what is wrong with it, or the plain name that a misnamed file was meant to have. */
export interface MessageRead {
  template?: MessageTemplate;
  faults: FileFault[];
  meant?: string;
}

/** What a file's name says of the message in it; undefined where it is not the name of one. */
export function readFileName(name: string): Named | undefined {
  const [, kind, stated, variant = ''] = /^([a-z]+)(?:\.([a-z_]+))?(?:@([a-z0-9-]+))?\.hbs$/.exec(name) ?? [];
  const known = MESSAGE_KINDS.find((one) => one === kind);
  const wording = stated === undefined ? 'plain' : WORDINGS.find((one) => one === stated);
  return known && wording ? { kind: known, wording, variant } : undefined;
}

/** Reads one message of a campaign and everything that is wrong with it. */
export function readMessageFile(file: string, name: string, language: string, source: string): MessageRead {
  const named = readFileName(name);
  if (!named) {
    const fault = { file, line: 1, column: 1, message: nameFault(name) };
    const meant = PLAIN_NAMES.find((plain) => plain === bareName(name)) ?? nearest(name, PLAIN_NAMES);
    return { faults: [fault], meant };
  }
  const { text: below, line, column } = belowComments(source);
  const read = named.kind === 'email' ? readEmail(below, named) : readScript(below, named);
  const faults = read.faults.map((fault) => ({
    file,
    ...fault,
    line: fault.line + line - 1,
    column: fault.column + (fault.line === 1 ? column - 1 : 0),
  }));
  return { template: { ...named, language, file, line, subject: read.subject, text: read.text }, faults };
}

/** A name without the ending that an editor put behind it, or the mark of a copy. */
function bareName(name: string): string {
  return name
    .replace(/(?<=\.(?:hbs|md))\.(txt|html?|rtf)$/i, '')
    .replace(/ ?(\(\d+\)|-? copy( \d+)?)(?=\.(?:hbs|md)$)/i, '');
}

/** Headers that RFC 5322 (section 3.6) and MIME give an e-mail, and that people try to set. */
function isMailHeader(header: string): boolean {
  return /^(to|cc|bcc|from|sender|date|reply-to|content-[a-z-]+|mime-version|x-[a-z-]+)$/i.test(header);
}

function headerFault(header: string): string {
  return `'${header}' can not be set here: each e-mail goes to one legislator, from the supporter. Take this line out; the Subject alone stands above the blank line.`;
}

function nameFault(name: string): string {
  const bare = bareName(name);
  if (bare !== name && /\.(hbs|md)$/.test(name))
    return `This file looks like a copy of ${bare}, by its name '${name}'. Give it the name of a message, or take it out.`;
  if (bare !== name)
    return `The name of this file is '${name}'. Rename it to ${bare} (your system may hide its ending).`;
  const [, stated] = /^(?:email|phone|voicemail)\.([^.@]+)(?:@.*)?\.hbs$/.exec(name) ?? [];
  if (stated !== undefined)
    return `'${stated}' in the name of this file is no stance and no position.${didYouMean(stated.replace(/ies$/, 'y'), WORDINGS)} Known are: ${WORDINGS.join(', ')}.`;
  return `No message is called '${name}'.${didYouMean(name, PLAIN_NAMES)} Names are: ${PLAIN_NAMES.join(', ')}, those for a stance or a position such as email.ally.hbs, and variants such as email@short.hbs.`;
}

/** Whether all who get this wording have a position. */
function hasPosition({ wording }: Named): boolean {
  return wording !== 'plain' && wording !== 'unknown';
}

interface Parts {
  subject: string;
  text: string;
  faults: Omit<FileFault, 'file'>[];
}

function readScript(source: string, named: Named): Parts {
  const faults = [...templateFaults(source, hasPosition(named)), ...ownWordsFaults(source, false)];
  if (source.trim() === '')
    faults.push({ line: 1, column: 1, message: 'This file is empty. Write what is to be said.' });
  return { subject: '', text: source.trim(), faults };
}

/** Header lines, a blank line, the text. Subject is the one header that there is. */
function readEmail(source: string, named: Named): Parts {
  const lines = source.split('\n');
  const blank = lines.findIndex((line) => line.trim() === '');
  const head = readHead(blank === -1 ? lines : lines.slice(0, blank), named);
  if (head.faults.length > 0 && blank === -1) return { ...head, text: '' };
  const text = blank === -1 ? '' : lines.slice(blank).join('\n').trim();
  if (text === '' && head.faults.length === 0) {
    const line = Math.min(lines.length, 3);
    const message = 'The text is missing. Write it below the Subject, after a blank line.';
    return { ...head, text, faults: [{ line, column: 1, message }] };
  }
  // Lines above stay as empty ones, so that a fault stands where the author sees it.
  const body = '\n'.repeat(blank) + lines.slice(blank).join('\n');
  const faults = [...templateFaults(body, hasPosition(named)), ...ownWordsFaults(body, true)];
  return { ...head, text, faults: [...head.faults, ...faults] };
}

/** The lines above the first blank one: the Subject, and nothing else. */
function readHead([first = '', second]: string[], named: Named): Omit<Parts, 'text'> {
  const faulty = (line: number, message: string) => ({ subject: '', faults: [{ line, column: 1, message }] });
  if (/^\s*\{\{~?!/.test(first)) return faulty(1, 'This comment is never closed. End it with }}.');
  const [, header = '', value = ''] = /^([A-Za-z-]+):[ \t]*(.*)$/s.exec(first) ?? [];
  if (header.toLowerCase() !== 'subject') {
    const wide = /^subject\s*(?=：)/i.exec(first);
    if (wide) {
      const message =
        'This colon is a wide one, of another alphabet. Type a plain one behind the word Subject.';
      return { subject: '', faults: [{ line: 1, column: wide[0].length + 1, message }] };
    }
    if (isMailHeader(header)) return faulty(1, headerFault(header));
    const meant = header !== '' && nearest(header, ['Subject']);
    if (meant) return faulty(1, `There is no '${header}' here. Did you mean 'Subject'?`);
    return faulty(
      1,
      "The Subject is missing. Begin the file with a line 'Subject: …', then a blank line, then the text.",
    );
  }
  if (second?.toLowerCase().startsWith('subject:'))
    return faulty(2, 'There is a second Subject. Keep one of them.');
  const [, also = ''] = /^([A-Za-z-]+):/.exec(second ?? '') ?? [];
  if (isMailHeader(also)) return faulty(2, headerFault(also));
  if (second !== undefined)
    return faulty(2, 'Put a blank line between the Subject and the text. Nothing else stands above it.');
  const subject = value.trim();
  if (subject === '') return faulty(1, 'The Subject is empty. Write it after the colon.');
  const before = ' '.repeat(first.length - value.length);
  const line = before + subject;
  return { subject, faults: [...templateFaults(line, hasPosition(named)), ...ownWordsFaults(line, false)] };
}
