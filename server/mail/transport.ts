import { createTransport } from 'nodemailer';
import type { MailMessage } from './message.ts';
import { smtpFault } from './smtp-faults.ts';
import type { SmtpServer } from './smtp-server.ts';

/** How long a server has for each step. */
const STEP_WITHIN_MS = 10_000;

/** What a message may never make nodemailer do: read files or ask addresses that stand in it. */
const CLOSED = { disableFileAccess: true, disableUrlAccess: true };

/**
 * Hands one mail to the server, to the one address of the message alone; gives back what the server said. With a password,
 * TLS is demanded, but for a server on this machine. Rejects with OperationalError: `mail_unreachable`, `mail_timeout`,
 * `mail_login_refused`, `mail_no_tls`, `mail_try_later`, `mail_refused`.
 */
export async function sendMail(
  message: MailMessage,
  server: SmtpServer,
  { step_within_ms = STEP_WITHIN_MS }: { step_within_ms?: number } = {},
): Promise<string> {
  const { host, port, is_secure, is_loopback, login } = server;
  const transport = createTransport({
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
    ...CLOSED,
  });
  try {
    const { response } = await transport.sendMail({ ...message, envelope: envelopeOf(message) });
    return response;
  } catch (error) {
    throw smtpFault(error, server);
  } finally {
    transport.close();
  }
}

/** The mail as it would go over the wire: a file that mail programs open (.eml). */
export async function writeMail(message: MailMessage): Promise<Buffer> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows', ...CLOSED });
  const { message: written } = await transport.sendMail({ ...message, envelope: envelopeOf(message) });
  return written as Buffer;
}

/** Who gets it is said by us, whatever the headers hold. */
function envelopeOf({ from, to }: MailMessage) {
  return { from: from.address, to: [to.address] };
}
