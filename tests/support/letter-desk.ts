import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Campaign } from '../../server/campaigns/campaign.ts';
import type { Legislator } from '../../server/legislators/legislator.ts';
import { createLog } from '../../server/log.ts';
import type { FindAddressee, Whereto } from '../../server/mail/addressee.ts';
import type { HandedIn, LetterContent, MailKind } from '../../server/mail/letter.ts';
import { type MailSubject, writeLetterMail } from '../../server/mail/letter-mails.ts';
import type { LetterParts } from '../../server/mail/letter-parts.ts';
import { createLetterTokens } from '../../server/mail/letter-token.ts';
import { createLetters } from '../../server/mail/letters.ts';
import { createMailWorker } from '../../server/mail/mail-worker.ts';
import { createSeal } from '../../server/mail/sealed.ts';
import type { Sender, SendOutcome } from '../../server/mail/sender.ts';
import { createSmtpSender } from '../../server/mail/smtp-sender.ts';
import { sweep } from '../../server/mail/sweep.ts';
import type { WorkerParts } from '../../server/mail/worker-parts.ts';
import type { Store } from '../../server/store/open-store.ts';
import { openLocales } from '../../server/words/locale.ts';
import { madeUpCampaign } from '../fixtures/campaigns/made-up-campaign.ts';

const LOCALES = await openLocales(join(import.meta.dirname, '../../views/locales'));

export const DESK_SECRETS = ['a secret for letters alone, 32 signs'];

/** What a supporter of no renown hands over. */
export const CONTENT: LetterContent = {
  name: 'Ana Núñez',
  email: 'ana@example.org',
  street: '12 Orange Way',
  city: 'Ocala',
  zip: '34470',
  subject: 'Please support SB 1',
  text: 'Dear Senator,\n\nplease support SB 1: the water in our street is brown.\n\nAna Núñez',
};

/** A mail that a desk has handed over. */
export interface HandedOver {
  kind: MailKind;
  about: MailSubject;
  at: Date;
}

/** What is special about a desk. */
export interface DeskOptions {
  store: Store;
  now: () => Date;
  folder?: string;
  campaign?: Partial<Campaign>;
  settings?: Partial<LetterParts['settings']>;
  /** What the mail server does with each mail. */
  answer?: (mail: HandedOver) => SendOutcome | Promise<SendOutcome>;
  /** The port of a real mail server on this machine: mails go there, in the place of into a list. */
  smtp_port?: number;
  whereto?: (usual: Whereto) => Whereto;
  random?: () => number;
}

/** A made-up senator of that id and address. */
export function legislatorAt(id: string, email: string): Legislator {
  const division_id = 'ocd-division/country:us/state:fl/sldu:5';
  return {
    id,
    name: 'Made-Up Senator',
    party: 'Example Party',
    email,
    current_role: { title: 'Senator', org_classification: 'upper', district: '5', division_id },
    offices: [],
    links: [],
  };
}

/** Real mails to a real mail server, which has a quarter of a second for each step. */
function bySmtp(port: number): Pick<WorkerParts, 'sender' | 'write'> {
  const server = { host: '127.0.0.1', port, is_secure: false, is_loopback: true, login: undefined };
  const desk = {
    mail_from: { name: 'Clean Water', address: 'hello@example.org' },
    bounce_address: { name: '', address: 'bounces@example.org' },
    base_url: 'https://statehouse.example.org',
    locales: LOCALES,
    letter_tokens: createLetterTokens({ secrets: DESK_SECRETS }),
    secrets: DESK_SECRETS,
  };
  return {
    // Short for those servers that say nothing; a slow machine must keep within it, or a mail that was taken goes out again.
    sender: createSmtpSender({ server, dkim: undefined, step_within_ms: 2000, within_ms: 8000 }),
    write: (kind, about) => writeLetterMail(kind, about, desk),
  };
}

let forms = 0;
let desks = 0;

/** The letters of one made-up campaign, with a worker whose mails go nowhere but into a list. */
export function openDesk({ store, now, campaign: special = {}, settings, ...options }: DeskOptions) {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'statehouse-keys-'));
  const campaign = madeUpCampaign({ email: { send: true }, ...special });
  const sent: HandedOver[] = [];
  const lines: string[] = [];
  const log = createLog('debug', now, (line) => lines.push(line));
  const seal = createSeal({ folder, secrets: DESK_SECRETS });
  const findAddressee: FindAddressee = ({ legislator_id }) => {
    const address = `${legislator_id.replace(/\W/g, '-')}@senate.example.org`;
    const legislator = legislatorAt(legislator_id, address);
    const offices = { hours: campaign.office_hours, time_zone: 'America/New_York' };
    const usual: Whereto = { state: 'open', addressee: { campaign, legislator, address, offices } };
    return options.whereto?.(usual) ?? usual;
  };
  const desk = ++desks;
  let ids = 0;
  const newId = () => `desk-${desk}-${process.pid}-${String(++ids).padStart(6, '0')}`;
  const limits = {
    sends_mail: true,
    is_production: true,
    letters_per_hour: 30,
    letters_per_domain_per_hour: 100_000,
    letters_per_sender_per_day: 100_000,
    ...settings,
  };
  const letters = createLetters({
    store,
    seal,
    findAddressee,
    isOpen: () => true,
    secrets: DESK_SECRETS,
    settings: limits,
    onQueued: () => undefined,
    now,
    newId,
    log,
  });
  const written = new Map<object, HandedOver>();
  const list: Sender = {
    mode: limits.sends_mail ? 'live' : 'preview',
    send: async (message) => {
      const mail = written.get(message)!;
      written.delete(message);
      const outcome = (await options.answer?.(mail)) ?? { outcome: 'accepted' };
      if (outcome.outcome === 'accepted') sent.push(mail);
      return outcome;
    },
  };
  const writeIntoList: WorkerParts['write'] = (kind, about) => {
    const nobody = { name: '', address: 'x@example.org' };
    const message = { from: nobody, to: nobody, subject: '', text: '' };
    written.set(message, { kind, about, at: now() });
    return message;
  };
  const by_smtp = options.smtp_port === undefined ? undefined : bySmtp(options.smtp_port);
  const worker = createMailWorker({
    store,
    seal,
    secrets: DESK_SECRETS,
    findAddressee,
    settings: limits,
    sender: by_smtp?.sender ?? list,
    write: by_smtp?.write ?? writeIntoList,
    now,
    newId,
    random: options.random ?? (() => 0.5),
    wait: async () => undefined,
    log,
  });
  /** A letter of a form of its own; or of the form named by `nonce`. */
  const handedIn = (changes: Partial<HandedIn> & { legislator_id?: string } = {}): HandedIn => {
    const { legislator_id = 'ocd-person/1', ...rest } = changes;
    return {
      campaign,
      context: {
        campaign_slug: campaign.slug,
        type: 'email',
        legislator_id,
        division_id: 'ocd-division/country:us/state:fl/sldu:5',
        partner: 'jira',
        page_language: 'es',
        message_language: 'en',
        variant: '',
        is_sample: false,
      },
      nonce: `form-${desk}-${++forms}`,
      content: CONTENT,
      to: 'senator@senate.example.org',
      held: [],
      is_proven: true,
      ...rest,
    };
  };
  return {
    letters,
    worker,
    campaign,
    seal,
    folder,
    sent,
    lines,
    handedIn,
    sweep: () =>
      sweep({ store, seal, findAddressee, mode: limits.sends_mail ? 'live' : 'preview', now, log }),
    /** Looks until nothing is left that may go now. */
    lookAll: async () => {
      while ((await worker.look()) > 0);
    },
    /** Of the letters in the database, the ids in the order in which they came. */
    ids: async () => {
      const rows = await store.read
        .selectFrom('letters')
        .orderBy('handed_in_at')
        .orderBy('id')
        .select('id')
        .execute();
      return rows.map(({ id }) => id);
    },
    drop: () => rmSync(folder, { recursive: true, force: true }),
  };
}
