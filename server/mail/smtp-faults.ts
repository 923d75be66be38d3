import { OperationalError } from '../errors.ts';
import type { SmtpServer } from './smtp-server.ts';

/** What of nodemailer's errors tells why a mail was not taken. */
export interface SmtpError extends Error {
  code?: string;
  /** What the server said, with its number. */
  response?: string;
  responseCode?: number;
  /** At which step: 'CONN', 'EHLO', 'AUTH PLAIN', 'MAIL FROM', 'RCPT TO', 'DATA'. */
  command?: string;
}

/** How much of what a server says is shown, in signs. */
const SHOWN = 300;

/** Why a mail server did not take a mail, and what to do, in words for whoever runs the campaign. The password is in none. */
export function smtpFault(cause: unknown, server: SmtpServer): OperationalError {
  const error = cause as SmtpError;
  const { code, responseCode = 0, command = '' } = error;
  const at = `${server.host}:${server.port}`;
  const said = saidBy(error, server);
  const fault = (name: string, message: string) => new OperationalError(name, message, { cause });
  if (code === 'ETIMEDOUT')
    return fault(
      'mail_timeout',
      `The mail server ${at} did not answer within 10 seconds. Check the name and the port in SMTP_URL (587 for smtp:, 465 for smtps:); many hosts and networks block port 25.`,
    );
  if (code === 'EABORT')
    return fault(
      'mail_timeout',
      `The mail server ${at} was far too slow, so the connection was given up. Whether it has the mail is not known.`,
    );
  if (code === 'EAUTH' || code === 'ENOAUTH')
    return fault(
      'mail_login_refused',
      `The mail server ${at} did not take the user name and password in SMTP_URL. Check both; many providers want an app password, and / ? # @ : % in it are written as %2F %3F %23 %40 %3A %25.${said}`,
    );
  if (code === 'ETLS' || isCertificate(error))
    return fault(
      'mail_no_tls',
      `With the mail server ${at} no secure connection could be made, so nothing was sent: the password would be open to all on the way. Write smtps: in place of smtp: in SMTP_URL, or the other way round, with the port that your provider names; and the server's name as its certificate has it.${said}`,
    );
  if (responseCode >= 400 && responseCode < 500)
    return fault(
      'mail_try_later',
      `The mail server ${at} does not take the mail now, which passes: some let strangers wait at first (greylisting). Try again in ten minutes.${said}`,
    );
  if (responseCode >= 500) {
    const who = command.startsWith('RCPT')
      ? 'The address after --to may be wrong, or the server may send for its own users alone.'
      : 'MAIL_FROM may be an address that it does not let this user send from.';
    return fault('mail_refused', `The mail server ${at} refused the mail. ${who}${said}`);
  }
  return fault(
    'mail_unreachable',
    `The mail server ${at} can't be reached. Check the name and the port in SMTP_URL, and that it runs.${reasonOf(error)}`,
  );
}

/** The server's own words, as one line; whatever of the login stands in them is taken out. */
function saidBy({ response = '' }: SmtpError, { login }: SmtpServer): string {
  const line = response.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const safe = login?.pass ? line.replaceAll(login.pass, '…') : line;
  return safe === '' ? '' : ` It said: ${safe.slice(0, SHOWN)}`;
}

function isCertificate({ message, code = '' }: SmtpError): boolean {
  return (
    /certificate|altnames|wrong version number|packet length too long/i.test(message) ||
    /^(CERT|ERR_TLS|ERR_SSL)/.test(code)
  );
}

function reasonOf({ message }: SmtpError): string {
  const [known] =
    /\b(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ECONNRESET|EHOSTUNREACH|ENETUNREACH)\b/.exec(message) ?? [];
  return known ? ` (${known})` : '';
}
