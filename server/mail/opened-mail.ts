import type { AddressObject } from 'mailparser';

/** A mail as whoever gets it sees it: decoded, and read from what would go over the wire. */
export interface OpenedMail {
  /** Names and addresses, as mail programs write them; '' where the mail names none. */
  from: string;
  to: string;
  reply_to: string;
  subject: string;
  /** When it was written; undefined where it does not say. */
  date: Date | undefined;
  text: string;
  /** The same as HTML; undefined where it has none. */
  html: string | undefined;
}

/** Opens a mail (RFC 5322, MIME). What can't be read of it is left out: no mail is refused. */
export async function openMail(raw: Buffer): Promise<OpenedMail> {
  const { simpleParser } = await import('mailparser');
  const mail = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true });
  return {
    from: inWords(mail.from),
    to: inWords(mail.to),
    reply_to: inWords(mail.replyTo),
    subject: mail.subject ?? '',
    date: mail.date,
    text: mail.text ?? '',
    html: mail.html || undefined,
  };
}

function inWords(addresses: AddressObject | AddressObject[] | undefined): string {
  return [addresses ?? []]
    .flat()
    .map(({ text }) => text)
    .join(', ');
}
