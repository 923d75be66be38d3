import { type MailAddress, readMailAddress } from './mail-address.ts';

/** A mail to one person, in plain text. */
export interface MailMessage {
  from: MailAddress;
  to: MailAddress;
  subject: string;
  text: string;
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
