import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Pug from 'pug';
import { whenNeeded } from '../when-needed.ts';
import { directionOf, type Translate } from '../words/locale.ts';

/** A link of ours in a mail. */
export interface MailLink {
  label: string;
  url: string;
  /** Whether it is what the mail is for: shown as a button. */
  is_main: boolean;
}

/** What a mail to a supporter says, however it is drawn. */
export interface MailBody {
  t: Translate;
  subject: string;
  /** Paragraphs and links, in their order. */
  parts: (string | MailLink)[];
  /** The letter as someone typed it; undefined where the mail does not show it. */
  written: MailWritten | undefined;
}

/** The letter in a mail that is about it. */
export interface MailWritten {
  /** What stands above it. */
  title: string;
  /** 'To', 'Subject' … with what they hold. */
  lines: { label: string; value: string }[];
  text: string;
  /** The language of the text. */
  language: string;
}

const require = createRequire(import.meta.url);
const pug = whenNeeded(() => require('pug') as typeof Pug);

const VIEW = join(import.meta.dirname, '../../views/mail/supporter.pug');
const RULE = '-'.repeat(60);

/**
 * The mail as plain text. The letter stands last, so that nothing which someone typed into a form can pass for words of ours
 * that come after it.
 */
export function textOf({ parts, written }: MailBody): string {
  const said = parts.map((part) => (typeof part === 'string' ? part : `${part.label}:\n${part.url}`));
  if (!written) return said.join('\n\n');
  const head = written.lines.map(({ label, value }) => `${label}: ${value}`).join('\n');
  return [...said, `${written.title}:`, RULE, head, written.text].join('\n\n');
}

/** The same as a page of HTML: whatever came from a form is text in it. */
export function htmlOf(body: MailBody): string {
  const { t, written } = body;
  return pug().renderFile(VIEW, {
    ...body,
    cache: true,
    page_language: t.language,
    direction: t.direction,
    letter_direction: written && directionOf(written.language),
    letter_lines: written?.text.split('\n'),
  });
}
