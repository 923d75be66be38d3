import type { MailMode } from './letter.ts';
import type { MailMessage } from './message.ts';

/** What became of one try to hand a mail over. `why` is a stable code for the log and the organizer: never what was written. */
export type SendOutcome =
  /** The mail server has it: it answers for it from now on. */
  | { outcome: 'accepted' }
  /** It can't be had now (no connection, a time limit, an answer 4xx, a wrong login): try again. */
  | { outcome: 'later'; why: string }
  /** It will never be taken (5xx). `is_address` where the server says so of the address it goes to. */
  | { outcome: 'refused'; why: string; is_address: boolean };

/** Hands mails over, one at a time: to the mail server, or into a folder. Never rejects for what a mail server does. */
export interface Sender {
  mode: MailMode;
  send: (message: MailMessage) => Promise<SendOutcome>;
}
