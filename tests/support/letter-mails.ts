import { type AddressObject, simpleParser } from 'mailparser';
import type { MailDesk } from '../../server/mail/letter-mails.ts';
import { writeLetterMail } from '../../server/mail/letter-mails.ts';
import { writeMail } from '../../server/mail/transport.ts';
import { addresseesIn } from '../../server/web/letter-addressee.ts';
import { openLocales } from '../../server/words/locale.ts';
import type { TestApp } from './test-app.ts';

/** A mail as it would go over the wire, and as the one who gets it reads it. */
export interface WrittenMail {
  /** In lower case, sorted. */
  header_names: string[];
  from: string[];
  to: string[];
  reply_to: string[];
  /** Whether a line ends with half of a line break: some servers take it for a whole one. */
  has_bare_breaks: boolean;
  /** In bytes. */
  longest_line: number;
}

const opened = openLocales('views/locales');

/** The mail that asks to confirm a letter, and the letter itself. */
export async function mailsOf(
  { parts }: TestApp,
  id: string,
): Promise<{ confirmation: WrittenMail; letter: WrittenMail }> {
  const { letter, content } = (await parts.letters.see(id))!;
  const { addressee } = addresseesIn(parts)(letter);
  const { campaign, legislator, address } = addressee!;
  const desk: MailDesk = {
    mail_from: { name: 'Visible Act', address: 'letters@example.com' },
    bounce_address: { name: '', address: 'bounces@example.com' },
    base_url: 'https://example.com',
    locales: await opened,
    letter_tokens: parts.letter_tokens,
    secrets: ['a secret for tests alone, 32 characters'],
  };
  const confirmed = { ...letter, confirmed_at: letter.handed_in_at };
  const about = {
    letter: confirmed,
    content: content!,
    campaign,
    legislator,
    to: { name: '', address },
  };
  return {
    confirmation: await read(await writeMail(writeLetterMail('confirmation', about, desk))),
    letter: await read(await writeMail(writeLetterMail('letter', about, desk))),
  };
}

async function read(bytes: Buffer): Promise<WrittenMail> {
  const text = bytes.toString('latin1');
  const parsed = await simpleParser(bytes);
  return {
    header_names: [...parsed.headerLines].map(({ key }) => key).toSorted(),
    from: addressesOf(parsed.from),
    to: addressesOf(parsed.to),
    reply_to: addressesOf(parsed.replyTo),
    has_bare_breaks: /\r(?!\n)|(?<!\r)\n/.test(text),
    longest_line: Math.max(...text.split('\r\n').map((line) => line.length)),
  };
}

function addressesOf(field: AddressObject | AddressObject[] | undefined): string[] {
  return [field ?? []]
    .flat()
    .flatMap(({ value }) => value)
    .map(({ address }) => address ?? '');
}
