import { type MailAddress, readMailAddress } from './mail-address.ts';

/** A mail to one person: plain text, and beside it the same as HTML where it has that. */
export interface MailMessage {
  from: MailAddress;
  to: MailAddress;
  subject: string;
  text: string;
  html?: string;
  reply_to?: MailAddress;
  /** The address that it comes back to where it can't be delivered (the envelope's sender); without it, that of `from`. */
  return_path?: string;
  /** '<…@example.org>': the same each time that the same mail is tried, so that a server knows it again (RFC 5322, section 3.6.4). */
  message_id?: string;
  /** When it was written, however late it goes. */
  date?: Date;
  /** More header lines, each one line. */
  headers?: Record<string, string>;
}

/** What a trial letter is made of. */
export interface TestLetter {
  from: MailAddress;
  /** The one to whom it goes, whoever the letter speaks to. */
  to: MailAddress;
  subject: string;
  text: string;
}

/**
 * A letter to a legislator, to be sent to whoever tries it out: its subject says so, the rest is as it is. Throws where an
 * address was not read by `readMailAddress`.
 */
export function testMessage({ from, to, subject, text }: TestLetter): MailMessage {
  for (const { address } of [from, to])
    if (readMailAddress(address) === undefined) throw new Error('an address that nobody has checked');
  return { from, to, subject: `[test] ${subject.replace(/\s+/g, ' ').trim()}`, text };
}
