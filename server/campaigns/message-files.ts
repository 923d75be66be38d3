import { POSITIONS } from '../bills/position.ts';
import type { FileFault } from '../errors.ts';
import { didYouMean, nearest } from '../yaml/nearest.ts';
import { MESSAGE_KINDS, type MessageTemplate, STANCES } from './campaign.ts';
import { afterComments } from './needs-review.ts';
import { templateFaults } from './template-faults.ts';

const WORDINGS = [...STANCES, ...POSITIONS];
/** The names of files that every language may have; all others are more particular. */
export const PLAIN_NAMES = ['page.md', ...MESSAGE_KINDS.map((kind) => `${kind}.hbs`)];

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
  const { text, skipped } = afterComments(source);
  const read = named.kind === 'email' ? readEmail(text, named) : readScript(text, named);
  const faults = read.faults.map((fault) => ({ file, ...fault, line: fault.line + skipped }));
  return { template: { ...named, language, file, subject: read.subject, text: read.text }, faults };
}

/** A name without the ending that an editor put behind it. */
function bareName(name: string): string {
  return name.replace(/(?<=\.(?:hbs|md))\.(txt|html?|rtf)$/i, '');
}

function nameFault(name: string): string {
  const bare = bareName(name);
  if (bare !== name)
    return `The name of this file is '${name}'. Rename it to ${bare} (your system may hide its ending).`;
  const [, stated] = /^(?:email|phone|voicemail)\.([^.@]+)(?:@.*)?\.hbs$/.exec(name) ?? [];
  if (stated !== undefined)
    return `'${stated}' in the name of this file is no stance and no position.${didYouMean(stated, WORDINGS)} Known are: ${WORDINGS.join(', ')}.`;
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
  const faults = templateFaults(source, hasPosition(named));
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
  return { ...head, text, faults: [...head.faults, ...templateFaults(body, hasPosition(named))] };
}

/** The lines above the first blank one: the Subject, and nothing else. */
function readHead([first = '', second]: string[], named: Named): Omit<Parts, 'text'> {
  const faulty = (line: number, message: string) => ({ subject: '', faults: [{ line, column: 1, message }] });
  const [, header = '', value = ''] = /^([A-Za-z-]+):[ \t]*(.*)$/.exec(first) ?? [];
  if (header.toLowerCase() !== 'subject') {
    const meant = header !== '' && nearest(header, ['Subject']);
    if (meant) return faulty(1, `There is no '${header}' here. Did you mean 'Subject'?`);
    return faulty(
      1,
      "The Subject is missing. Begin the file with a line 'Subject: …', then a blank line, then the text.",
    );
  }
  if (second?.toLowerCase().startsWith('subject:'))
    return faulty(2, 'There is a second Subject. Keep one of them.');
  if (second !== undefined)
    return faulty(2, 'Put a blank line between the Subject and the text. Nothing else stands above it.');
  const subject = value.trim();
  if (subject === '') return faulty(1, 'The Subject is empty. Write it after the colon.');
  const before = ' '.repeat(first.length - value.length);
  return { subject, faults: templateFaults(before + subject, hasPosition(named)) };
}
