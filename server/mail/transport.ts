import { createRequire } from 'node:module';
import type * as Nodemailer from 'nodemailer';
import { whenNeeded } from '../when-needed.ts';
import { TIME_LIMITS } from './letter-states.ts';
import { readMailAddress } from './mail-address.ts';
import type { MailMessage } from './message.ts';
import { smtpFault } from './smtp-faults.ts';
import type { SmtpServer } from './smtp-server.ts';

const require = createRequire(import.meta.url);
const nodemailer = whenNeeded(() => require('nodemailer') as typeof Nodemailer);

/** How long a server has for each step. */
const STEP_WITHIN_MS = 10_000;

/** What a message may never make nodemailer do: read files or ask addresses that stand in it. */
const CLOSED = { disableFileAccess: true, disableUrlAccess: true };

/** What is said when a connection ends, and how long the server has to say so too. */
const CLOSE_WITHIN_MS = 1_000;

/** What signs mail (DKIM, RFC 6376). */
export interface DkimKey {
  /** The name under which its public half stands in the DNS of the sender's domain. */
  selector: string;
  /** As PEM. */
  private_key: string;
}

/** How a mail is sent, beside what its server says. */
export interface SendOptions {
  dkim?: DkimKey | undefined;
  step_within_ms?: number;
  /** For all of it, after which the connection is torn down, whatever the server does. */
  within_ms?: number;
}

/**
 * Hands one mail to the server, once, to the one address of the message alone; gives back what the server said. With a
 * password, TLS is demanded, but for a server on this machine. Rejects with OperationalError: `mail_unreachable`,
 * `mail_timeout`, `mail_login_refused`, `mail_no_tls`, `mail_try_later`, `mail_refused`; its `cause` is nodemailer's.
 */
export async function sendMail(
  message: MailMessage,
  server: SmtpServer,
  { dkim, step_within_ms = STEP_WITHIN_MS, within_ms = TIME_LIMITS.send_ms }: SendOptions = {},
): Promise<string> {
  const content = contentOf(message);
  const transport = transportTo(server, step_within_ms);
  try {
    const { response } = await transport.sendMail({
      ...content,
      ...(dkim && { dkim: signedBy(dkim, message) }),
      signal: AbortSignal.timeout(within_ms),
    });
    return response;
  } catch (error) {
    throw smtpFault(error, server);
  } finally {
    transport.close();
  }
}

/**
 * Connects to the server and logs in, and sends nothing. Rejects with OperationalError as `sendMail` does, at the latest after
 * `within_ms`.
 */
export async function reachServer(
  server: SmtpServer,
  {
    step_within_ms = STEP_WITHIN_MS,
    within_ms = TIME_LIMITS.send_ms,
  }: Pick<SendOptions, 'step_within_ms' | 'within_ms'> = {},
): Promise<void> {
  const transport = transportTo(server, step_within_ms);
  const too_late = Promise.withResolvers<never>();
  const slow = Object.assign(new Error('too slow'), { code: 'ETIMEDOUT' });
  const timer = setTimeout(() => too_late.reject(slow), within_ms);
  try {
    await Promise.race([transport.verify(), too_late.promise]);
  } catch (error) {
    throw smtpFault(error, server);
  } finally {
    clearTimeout(timer);
    transport.close();
  }
}

function transportTo({ host, port, is_secure, is_loopback, login }: SmtpServer, step_within_ms: number) {
  return nodemailer().createTransport({
    host,
    port,
    secure: is_secure,
    ...(login && { auth: login }),
    requireTLS: !is_secure && login !== undefined && !is_loopback,
    // A server on the machine itself has a certificate that nobody else vouches for.
    tls: { rejectUnauthorized: !is_loopback },
    connectionTimeout: step_within_ms,
    greetingTimeout: step_within_ms,
    socketTimeout: step_within_ms,
    dnsTimeout: step_within_ms,
    socketCloseTimeout: CLOSE_WITHIN_MS,
    ...CLOSED,
  });
}

/** The mail as it would go over the wire: a file that mail programs open (.eml). */
export async function writeMail(message: MailMessage): Promise<Buffer> {
  const transport = nodemailer().createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
    ...CLOSED,
  });
  const { message: written } = await transport.sendMail(contentOf(message));
  return written as Buffer;
}

/** Throws where a line of its head would be more than one, or an address none: nobody has checked it then. */
function contentOf(message: MailMessage) {
  const { from, to, reply_to, subject, text, html, message_id, date, headers = {} } = message;
  const return_path = message.return_path ?? from.address;
  for (const address of [from.address, to.address, return_path, reply_to?.address])
    if (address !== undefined && readMailAddress(address)?.address !== address)
      throw new Error('an address that nobody has checked');
  for (const line of [message_id ?? '', ...Object.entries(headers).flat()])
    if (/\p{Cc}/u.test(line)) throw new Error('a header of more than one line');
  return {
    from,
    to,
    subject,
    text,
    ...(reply_to && { replyTo: reply_to }),
    ...(html !== undefined && { html }),
    ...(message_id && { messageId: message_id }),
    ...(date && { date }),
    headers,
    // Which program wrote it is nobody's business.
    xMailer: false as const,
    // Readable as it is, and no relay on the way has cause to write it anew, which would break its signature.
    textEncoding: 'quoted-printable' as const,
    // Who gets it is said by us, whatever the headers hold.
    envelope: { from: return_path, to: [to.address] },
  };
}

function signedBy({ selector, private_key }: DkimKey, { from }: MailMessage) {
  const domainName = from.address.slice(from.address.lastIndexOf('@') + 1);
  return { domainName, keySelector: selector, privateKey: private_key };
}
