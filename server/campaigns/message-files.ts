import type { FileFault } from '../errors.ts';
import { MESSAGE_KINDS, type MessageKind, type MessageTemplate, POSITIONS, STANCES } from './campaign.ts';
import { FILE_NAMES } from './campaign-schema.ts';
import { templateFaults } from './template-faults.ts';

const WORDINGS = [...STANCES, ...POSITIONS];

/** What a file's name says of the message in it; undefined where it is not the name of one. */
export function readFileName(
  name: string,
): Pick<MessageTemplate, 'kind' | 'wording' | 'variant'> | undefined {
  const [, kind, stated, variant = ''] = /^([a-z]+)(?:\.([a-z_]+))?(?:@([a-z0-9-]+))?\.hbs$/.exec(name) ?? [];
  const known = MESSAGE_KINDS.find((one) => one === kind);
  const wording = stated === undefined ? 'plain' : WORDINGS.find((one) => one === stated);
  return known && wording ? { kind: known, wording, variant } : undefined;
}

/** Reads one message of a campaign and everything that is wrong with it. */
export function readMessageFile(
  file: string,
  name: string,
  language: string,
  source: string,
): { template?: MessageTemplate; faults: FileFault[] } {
  const named = readFileName(name);
  if (!named)
    return {
      faults: [
        { file, line: 1, column: 1, message: `No message is called '${name}'. Names are: ${FILE_NAMES}.` },
      ],
    };
  const text = source.replaceAll('\r\n', '\n');
  return named.kind === 'email'
    ? readEmail(file, language, named, text)
    : readScript(file, language, named, text);
}

type Named = { kind: MessageKind; wording: MessageTemplate['wording']; variant: string };

function readScript(file: string, language: string, named: Named, source: string) {
  const faults = templateFaults(source).map((fault) => ({ file, ...fault }));
  if (source.trim() === '')
    faults.push({ file, line: 1, column: 1, message: 'This file is empty. Write what is to be said.' });
  return { template: { ...named, language, file, subject: '', text: source.trim() }, faults };
}

/** Header lines, a blank line, the text. Subject is the one header that there is. */
function readEmail(file: string, language: string, named: Named, source: string) {
  const lines = source.split('\n');
  const blank = lines.findIndex((line) => line.trim() === '');
  const head = lines.slice(0, blank === -1 ? lines.length : blank);
  const faults: FileFault[] = [];
  let subject: string | undefined;
  for (const [index, line] of head.entries()) {
    const [whole, header, value] = /^([A-Za-z-]+):[ \t]*(.*)$/.exec(line) ?? [];
    if (header?.toLowerCase() === 'subject') {
      subject = value!.trim();
      const before = '\n'.repeat(index) + ' '.repeat(whole!.length - value!.length);
      faults.push(...templateFaults(before + value).map((fault) => ({ file, ...fault })));
      if (subject === '')
        faults.push({
          file,
          line: index + 1,
          column: 1,
          message: 'The Subject is empty. Write it after the colon.',
        });
    } else if (subject !== undefined || header !== undefined) {
      const message =
        'Between the Subject and the text there is a blank line. Subject is the only line that may stand above it.';
      faults.push({ file, line: index + 1, column: 1, message });
      break;
    } else break;
  }
  if (subject === undefined && faults.length === 0) {
    faults.push({
      file,
      line: 1,
      column: 1,
      message:
        "The Subject is missing. Begin the file with a line 'Subject: …', then a blank line, then the text.",
    });
  }
  const text = blank === -1 ? '' : lines.slice(blank).join('\n').trim();
  if (text === '' && faults.length === 0) {
    faults.push({
      file,
      line: lines.length,
      column: 1,
      message: 'The text is missing. Write it below the Subject, after a blank line.',
    });
  }
  // Lines above stay as empty ones, so that a fault stands where the author sees it.
  const body = '\n'.repeat(Math.max(0, blank)) + lines.slice(Math.max(0, blank)).join('\n');
  if (subject !== undefined && blank !== -1)
    faults.push(...templateFaults(body).map((fault) => ({ file, ...fault })));
  return { template: { ...named, language, file, subject: subject ?? '', text }, faults };
}
