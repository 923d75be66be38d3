import type { Campaign } from '../campaigns/campaign.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { kindOf, type Store } from '../store/open-store.ts';
import type { Locales } from '../words/locale.ts';
import type { FindAddressee } from './addressee.ts';
import { createFolderSender } from './folder-sender.ts';
import { keepMailing } from './keep-mailing.ts';
import type { Letters } from './letter.ts';
import { writeLetterMail } from './letter-mails.ts';
import { createLetterTokens, type LetterTokens } from './letter-token.ts';
import { createLetters } from './letters.ts';
import type { MailAddress } from './mail-address.ts';
import { createMailWorker, type MailWorker } from './mail-worker.ts';
import { sweepOutboxFolder } from './outbox-folder.ts';
import { forgetClaims } from './outbox-queries.ts';
import { createSeal, letterKeysFolder, type Seal } from './sealed.ts';
import type { Sender } from './sender.ts';
import { createSmtpSender } from './smtp-sender.ts';
import { sweep } from './sweep.ts';

/** From whom mail is that never leaves this machine. */
const NOBODY: MailAddress = { name: 'Statehouse', address: 'statehouse@localhost.localdomain' };

/** The settings that mail goes by. */
export type MailSettings = Pick<
  Settings,
  | 'data_dir'
  | 'database_url'
  | 'is_production'
  | 'sends_mail'
  | 'smtp_server'
  | 'mail_from'
  | 'dkim'
  | 'bounce_address'
  | 'letters_per_hour'
  | 'letters_per_domain_per_hour'
  | 'letters_per_sender_per_day'
>;

/** What supporters' letters are kept, written and sent with. */
export interface MailParts {
  store: Store;
  settings: MailSettings;
  /** Newest first. */
  secrets: string[];
  locales: Locales;
  findAddressee: FindAddressee;
  isOpen: (campaign: Campaign) => boolean;
  now: () => Date;
  newId: () => string;
  random: () => number;
  /** Resolves after so many milliseconds. */
  wait: (ms: number) => Promise<void>;
  log: Log;
  /** Wraps what hands mails over: to count them. */
  wrapSender?: (sender: Sender) => Sender;
}

/** The letters of a site, and what sends them. */
export interface Mail {
  letters: Letters;
  letter_tokens: LetterTokens;
  seal: Seal;
  /** A worker whose mails have links that begin with `base_url`. */
  createWorker: (base_url: string) => MailWorker;
  /** Ends and erases what has had its time. */
  sweep: () => Promise<void>;
  /** Begins to send what is due, and goes on until it is stopped; resolves once what a stopped process left behind is swept. */
  begin: (base_url: string) => Promise<void>;
  /** Waits for what is in hand. */
  stop: () => Promise<void>;
}

/** Opens the letters of a site; nothing is sent before `begin`. Throws OperationalError where the key that signs can't be used. */
export function openMail(parts: MailParts): Mail {
  const { store, settings, secrets, locales, findAddressee, now, log, wrapSender } = parts;
  const sender = wrapSender ? wrapSender(senderFor(parts)) : senderFor(parts);
  const seal = createSeal({ folder: letterKeysFolder(settings.data_dir), secrets });
  const letter_tokens = createLetterTokens({ secrets });
  let mailing: ReturnType<typeof keepMailing> | undefined;
  const letters = createLetters({ ...parts, seal, onQueued: () => mailing?.hurry() });
  const createWorker = (base_url: string) => {
    const { mail_from = NOBODY, bounce_address } = settings;
    const desk = { mail_from, bounce_address, base_url, locales, letter_tokens, secrets };
    return createMailWorker({
      ...parts,
      seal,
      sender,
      write: (kind, about) => writeLetterMail(kind, about, desk),
    });
  };
  const sweepAll = async () => {
    await sweep({ store, seal, findAddressee, mode: sender.mode, now, log });
    await sweepOutboxFolder({ data_dir: settings.data_dir, now: now() });
  };
  return {
    letters,
    letter_tokens,
    seal,
    createWorker,
    sweep: sweepAll,
    begin: async (base_url) => {
      // What the one process of this database had in hand when it was stopped is nobody's now.
      if (kindOf(settings.database_url) === 'sqlite') await store.transaction(forgetClaims);
      mailing = keepMailing({ worker: createWorker(base_url), sweep: sweepAll, log });
      await mailing.begun;
    },
    stop: async () => {
      await mailing?.stop();
    },
  };
}

/** What mail goes by: the mail server, or a folder where MAIL_MODE is preview. */
function senderFor({ settings, now, newId }: MailParts): Sender {
  const { sends_mail, smtp_server, dkim, data_dir } = settings;
  if (sends_mail && smtp_server) return createSmtpSender({ server: smtp_server, dkim });
  return createFolderSender({ data_dir, now, newId });
}
