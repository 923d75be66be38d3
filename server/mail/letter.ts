import type { ActionContext } from '../actions/action.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import type { EndReason, LetterState } from './letter-states.ts';

/** What a supporter hands over: kept sealed, and erased with the key of the letter. */
export interface LetterContent {
  name: string;
  email: string;
  street: string;
  city: string;
  zip: string;
  subject: string;
  /** With \n between lines. */
  text: string;
}

/** Why a letter waits for the organizer. */
export const HOLD_REASONS = [
  'links',
  'short',
  'writes_to_self',
  'disposable_domain',
  'many_from_sender',
] as const;
/** One of these reasons. */
export type HoldReason = (typeof HOLD_REASONS)[number];

/** Whether mail goes out, or is put into a folder to be looked at. A letter stays of the mode that it was handed in under. */
export type MailMode = 'live' | 'preview';

/** A letter as the database has it: nothing in it tells who wrote it. */
export interface Letter extends ActionContext {
  id: string;
  mode: MailMode;
  state: LetterState;
  /** '' until it is over, and for one that was accepted. */
  reason: EndReason | '';
  /** Empty where it need not wait for the organizer, or the organizer has released it. */
  held: HoldReason[];
  /** ISO moments in UTC; '' where it has not come to that. Of one that is over, rounded down to the hour. */
  handed_in_at: string;
  confirmed_at: string;
  changed_at: string;
  /** The last moment at which the letter is of use; '' where the campaign names none. */
  deliver_by: string;
}

/** Mails that the server sends: to the supporter, but for the letter itself. */
export const MAIL_KINDS = ['confirmation', 'letter', 'receipt', 'notice'] as const;
/** What a mail is: 'notice' tells a supporter that a letter which they confirmed does not go out. */
export type MailKind = (typeof MAIL_KINDS)[number];

/** When a letter to one target would go, were it handed in now. */
export interface Expected {
  /** About when it leaves. */
  goes_at: Date;
  /** False where that is too late for the campaign's `deliver_by`. */
  is_in_time: boolean;
}

/** Why the server sends nothing to a target. */
export type NotSent = 'no_address' | 'set_aside';

/** A letter that is handed in: read from a form, checked, and not yet confirmed. */
export interface HandedIn {
  campaign: Campaign;
  /** What was signed into the form, `type` 'email'. */
  context: ActionContext;
  /** The form's random number, which makes it one letter and one action. */
  nonce: string;
  content: LetterContent;
  /** Where it is to go. */
  to: string;
  /** Why the organizer is to see it first; 'many_from_sender' is found out when it is handed in. */
  held: HoldReason[];
  /** False where many came and this one proved no work: then the mail to confirm it comes some minutes later. */
  is_proven: boolean;
}

/** What becomes of a letter that is handed in. */
export type HandInOutcome =
  /** Taken; a mail to confirm it is on its way. The same form with the same words again is taken once. */
  | { outcome: 'taken' }
  /** It was confirmed before, or has gone: nothing is changed. */
  | { outcome: 'under_way' }
  /** The supporter has said that they sent it themselves. */
  | { outcome: 'sent_already' }
  /** The owner of the address has said that they want no mail from here. */
  | { outcome: 'address_refuses' }
  /** Nothing is sent to this target. */
  | { outcome: 'not_sent'; why: NotSent }
  /** Too many from this address today. */
  | { outcome: 'too_many_from_sender' };

/** A letter as the holder of its link sees it. */
export interface SeenLetter {
  letter: Letter;
  /** Undefined where it is erased. */
  content: LetterContent | undefined;
  /** The keyed hash of its writer's address, for the link 'this was not me'; '' where it is erased. */
  sender: string;
}

/** What following a link in a mail does: 'moved' where it was done now, else why not. */
export type MoveOutcome =
  | 'moved'
  /** It was done before. */
  | 'done_before'
  /** It is too late for that: see the letter's state. */
  | 'too_late'
  /** The supporter has said meanwhile that they sent it themselves. */
  | 'sent_already'
  /** There is no such letter any more. */
  | 'gone';

/** The supporters' letters that the server sends. OperationalError, as of the store, where the database can't be used. */
export interface Letters {
  /** How letters of a campaign are sent from here; undefined where they are not: the page then does not offer it. */
  modeOf: (campaign: Campaign, is_sample: boolean) => MailMode | undefined;
  /** When a letter to each of these targets would go, by the target's id. */
  expected: (
    campaign: Campaign,
    targets: { legislator_id: string; email: string }[],
  ) => Promise<Map<string, Expected | NotSent>>;
  handIn: (handed_in: HandedIn) => Promise<HandInOutcome>;
  /** Undefined where there is no such letter, or it is long over. */
  see: (id: string) => Promise<SeenLetter | undefined>;
  confirm: (id: string) => Promise<MoveOutcome>;
  withdraw: (id: string) => Promise<MoveOutcome>;
  /**
   * 'This was not me': takes back whatever nobody has confirmed with that address, and this letter where it has not left, and
   * sends nothing more to that address for 28 days. `sender` is its keyed hash, as the link has it, so that it works for a
   * letter that is erased too.
   */
  disown: (id: string, sender: string) => Promise<MoveOutcome>;
  /** Counts that an office answered, once a link. */
  noteAnswer: (answer: AnswerNoted) => Promise<'noted' | 'noted_before'>;
}

/** That an office answered a letter: leads back to no letter. */
export interface AnswerNoted {
  campaign_slug: string;
  legislator_id: string;
  /** OCD id of the district: tells the state, whose days are counted. */
  division_id: string;
  partner: string;
  is_sample: boolean;
  /** Random, of the link. */
  nonce: string;
  /** ISO moment after which the link is no longer good. */
  expires_at: string;
}
