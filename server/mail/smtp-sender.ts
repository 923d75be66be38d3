import { OperationalError } from '../errors.ts';
import { readDkimKey } from './dkim-key.ts';
import type { Sender, SendOutcome } from './sender.ts';
import type { SmtpError } from './smtp-faults.ts';
import type { SmtpServer } from './smtp-server.ts';
import { type SendOptions, sendMail } from './transport.ts';

/**
 * Hands mails to the mail server, each signed where there is a key. Throws OperationalError, as `readDkimKey`, where the key
 * can't be used; the limits of time are those of `sendMail`.
 */
export function createSmtpSender({
  server,
  dkim,
  ...limits
}: {
  server: SmtpServer;
  dkim: { key_file: string; selector: string } | undefined;
} & Pick<SendOptions, 'step_within_ms' | 'within_ms'>): Sender {
  const key = dkim && readDkimKey(dkim);
  return {
    mode: 'live',
    send: async (message) => {
      try {
        await sendMail(message, server, { dkim: key, ...limits });
        return { outcome: 'accepted' };
      } catch (error) {
        if (error instanceof OperationalError) return outcomeOf(error);
        throw error;
      }
    },
  };
}

/** Steps at which what the server refuses is the letter, and not the site that hands it over. */
const OF_THE_LETTER = /^(RCPT TO|DATA)/;
/** Answers about the session or the login, at whatever step they come: RFC 5321 (503), RFC 4954 (530, 534, 535, 538). */
const OF_THE_SESSION = [503, 530, 534, 535, 538];

function outcomeOf({ code, cause }: OperationalError): SendOutcome {
  const { responseCode = 0, response = '', command = '' } = cause as SmtpError;
  // RFC 3463 in RFC 2034's place: '550 5.1.1 No such user'.
  const [, status = ''] = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response) ?? [];
  const why = [code, responseCode || '', status].filter(Boolean).join(' ');
  const is_final =
    code === 'mail_refused' &&
    responseCode >= 500 &&
    OF_THE_LETTER.test(command) &&
    !OF_THE_SESSION.includes(responseCode);
  if (!is_final) return { outcome: 'later', why };
  return { outcome: 'refused', why, is_address: isOfAddress(command, status) };
}

/** RFC 3463: of the second numbers 1 and 2 are about the address and its mailbox; 3, 4 and 7 about systems, ways and rules. */
function isOfAddress(command: string, status: string): boolean {
  if (/^5\.1\./.test(status)) return true;
  return command.startsWith('RCPT TO') && !/^5\.[347]\./.test(status);
}
