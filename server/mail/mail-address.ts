import addressparser from 'nodemailer/lib/addressparser';
import { z } from 'zod';

/** Somebody to whom or from whom a mail goes. */
export interface MailAddress {
  /** '' for none. */
  name: string;
  address: string;
}

/** Longest address that mail servers take, in signs (RFC 5321, section 4.5.3.1.3, without its angle brackets). */
const LONGEST = 254;
/** Longest name beside an address, in signs. */
const LONGEST_NAME = 100;
/** And longest part of it before the @ (section 4.5.3.1.1). */
const LONGEST_LOCAL = 64;
const plain = z.email();

/**
 * One address as it is typed: `me@example.org`, or `Clean Water <me@example.org>`. Undefined where it is none or several, or
 * holds a line break: what follows one would be read as a header of its own.
 */
export function readMailAddress(typed: string): MailAddress | undefined {
  if (/\p{Cc}/u.test(typed)) return undefined;
  const [only, ...more] = addressparser(typed);
  // A group of addresses is no one's; and what the parser takes for a name may be another address.
  if (!only || more.length > 0 || !('address' in only) || only.address === undefined) return undefined;
  const { name, address } = only;
  if (name.includes('@') || /\s/.test(address)) return undefined;
  const is_short = address.length <= LONGEST && address.lastIndexOf('@') <= LONGEST_LOCAL;
  const is_one = is_short && plain.safeParse(address).success;
  return is_one && name.length <= LONGEST_NAME ? { name, address } : undefined;
}

/** Domains of Google's own mailboxes, which are the same at both. */
const GOOGLE = ['gmail.com', 'googlemail.com'];

/**
 * The mailbox that an address leads to, as far as can be told: capitals, and what follows a plus sign, make no other; nor do
 * dots in the name where Gmail keeps it (Gmail Help, 'Dots don't matter in Gmail addresses'). To be compared and counted,
 * never to be written to.
 */
export function mailboxOf(address: string): string {
  const [, name = '', domain = ''] = /^([^+@]*)(?:\+[^@]*)?@(.*)$/.exec(address.trim().toLowerCase()) ?? [];
  return GOOGLE.includes(domain) ? `${name.replaceAll('.', '')}@${GOOGLE[0]}` : `${name}@${domain}`;
}

/** Whether a mail can be written to an address: sources have some that no server takes. */
export function isWritable(address: string): boolean {
  return readMailAddress(address)?.address === address;
}
