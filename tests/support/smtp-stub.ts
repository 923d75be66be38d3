import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** The one login that the server takes. */
export const LOGIN = { user: 'organizer@example.org', pass: 'p@ss:word/1' };

/** A mail that came in, whole. */
export interface ReceivedMail {
  /** Addresses of the envelope: to whom it really goes. */
  rcpt_to: string[];
  mail_from: string;
  is_secure: boolean;
  /** As it came over the wire. */
  raw: Buffer;
  mail: ParsedMail;
}

/** A real SMTP server on a free port of this machine, with a certificate that nobody vouches for. */
export interface SmtpStub {
  port: number;
  received: ReceivedMail[];
  /** Told of each mail that is taken, before the client is told so. */
  onTaken: ((mail: ReceivedMail) => void) | undefined;
  /** Breaks off every connection without a word. */
  drop: () => void;
  close: () => Promise<void>;
}

/** An answer with its number, in the place of taking something. */
export function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/** Starts the server; `special` options say what it refuses. */
export async function startSmtpStub(special: SMTPServerOptions = {}, at_port = 0): Promise<SmtpStub> {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    logger: false,
    onAuth: ({ username, password }, _session, callback) =>
      username === LOGIN.user && password === LOGIN.pass
        ? callback(null, { user: username })
        : callback(refusal(535, 'Authentication failed')),
    onData: (stream, { envelope, secure }, callback) => {
      const read = async () => {
        const raw = await buffer(stream);
        return { raw, mail: await simpleParser(raw) };
      };
      void read().then(({ raw, mail }) => {
        const { mailFrom, rcptTo } = envelope;
        const taken: ReceivedMail = {
          rcpt_to: rcptTo.map(({ address }) => address),
          mail_from: mailFrom ? mailFrom.address : '',
          is_secure: secure,
          raw,
          mail,
        };
        received.push(taken);
        stub.onTaken?.(taken);
        callback(null, 'Queued as stub-1');
      }, callback);
    },
    ...special,
  });
  // A client that breaks off is no fault of the server.
  server.on('error', () => undefined);
  const listening = server.listen(at_port, '127.0.0.1');
  await once(listening, 'listening');
  const stub: SmtpStub = {
    port: (listening.address() as AddressInfo).port,
    received,
    onTaken: undefined,
    drop: () => {
      for (const { _socket } of server.connections) _socket.destroy();
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return stub;
}
