import type { Log } from '../log.ts';
import type { Store } from '../store/open-store.ts';
import type { Addressee, FindAddressee } from './addressee.ts';
import type { LetterContent, MailKind } from './letter.ts';
import type { MailSubject } from './letter-mails.ts';
import type { KeptLetter } from './letter-queries.ts';
import type { MailMessage } from './message.ts';
import type { OutboxMail } from './outbox-queries.ts';
import type { Seal } from './sealed.ts';
import type { Sender } from './sender.ts';

/** What mails are sent with. */
export interface WorkerParts {
  store: Store;
  seal: Seal;
  sender: Sender;
  findAddressee: FindAddressee;
  /** Writes a mail. */
  write: (kind: MailKind, about: MailSubject) => MailMessage;
  /** Newest first. */
  secrets: string[];
  settings: { letters_per_hour: number; letters_per_domain_per_hour: number };
  now: () => Date;
  newId: () => string;
  /** From 0 up to 1. */
  random: () => number;
  /** Resolves after so many milliseconds. */
  wait: (ms: number) => Promise<void>;
  log: Log;
}

/** A mail that is in hand: its letter, opened. */
export interface InHand {
  mail: OutboxMail;
  claim: string;
  letter: KeptLetter;
  content: LetterContent;
  addressee: Addressee;
}
