import { nameIn } from '../words/names.ts';
import { headerName, headerText, plainText } from './header-text.ts';
import type { MailKind } from './letter.ts';
import { type MailAddress, readMailAddress } from './mail-address.ts';
import { htmlOf, type MailBody, textOf } from './mail-body.ts';
import type { MailDesk, MailSubject } from './mail-desk.ts';
import type { MailMessage } from './message.ts';
import { writeReturnPath } from './return-path.ts';
import { confirmationBody, noticeBody, receiptBody } from './supporter-mails.ts';

/** What mails are written of, and with. */
export type { MailDesk, MailSubject } from './mail-desk.ts';

const BODIES: Record<Exclude<MailKind, 'letter'>, (about: MailSubject, desk: MailDesk) => MailBody> = {
  confirmation: confirmationBody,
  receipt: receiptBody,
  notice: noticeBody,
};

/**
 * One of a letter's mails, whole: the same each time that it is asked for, so that a mail server knows one again that it was
 * handed before. The letter itself is plain text, from the site's own address with the supporter's name. The others go to the
 * supporter in the page's language, as text and as HTML. Throws where an address is none: the form and the roster were to see
 * to that.
 */
export function writeLetterMail(kind: MailKind, about: MailSubject, desk: MailDesk): MailMessage {
  const { letter } = about;
  const of_all = {
    return_path: returnPath(kind, about, desk),
    message_id: messageId(kind, about, desk),
  };
  if (kind === 'letter') return { ...ownLetter(about, desk), ...of_all };
  const body = BODIES[kind](about, desk);
  return {
    from: desk.mail_from,
    // Without the name: whoever typed it into a form need not be the one who reads this.
    to: { name: '', address: checked(about.content.email) },
    subject: headerText(body.subject),
    text: textOf(body),
    html: htmlOf(body),
    date: new Date(kind === 'confirmation' ? letter.handed_in_at : letter.changed_at),
    headers: {
      'Content-Language': letter.page_language,
      // RFC 3834, section 5: nobody's holiday answers a program.
      'Auto-Submitted': 'auto-generated',
    },
    ...of_all,
  };
}

function ownLetter({ letter, content, legislator, to }: MailSubject, desk: MailDesk): MailMessage {
  const { mail_from, locales } = desk;
  const name = headerName(content.name);
  const target = to.name || nameIn(locales.translate(letter.message_language), legislator);
  return {
    from: { name: name || mail_from.name, address: mail_from.address },
    reply_to: { name, address: checked(content.email) },
    to: { name: headerName(target), address: checked(to.address) },
    subject: headerText(content.subject),
    text: plainText(content.text),
    date: new Date(letter.confirmed_at),
    headers: { 'Content-Language': letter.message_language },
  };
}

function returnPath(kind: MailKind, { letter }: MailSubject, desk: MailDesk): string {
  const { bounce_address, mail_from, secrets } = desk;
  if (!bounce_address) return mail_from.address;
  return writeReturnPath({ letter_id: letter.id, kind }, { bounce_address, secrets });
}

function messageId(kind: MailKind, { letter }: MailSubject, { mail_from }: MailDesk): string {
  if (!/^[\w-]+$/.test(letter.id)) throw new Error('an id of a letter that no header can hold');
  return `<${letter.id}.${kind}@${domainOf(mail_from)}>`;
}

function domainOf({ address }: MailAddress): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

function checked(address: string): string {
  const read = readMailAddress(address);
  if (read?.address !== address) throw new Error('an address that nobody has checked');
  return address;
}
