// What letters that the server sends are told with, in commands.
import type { HoldReason, MailKind } from '../server/mail/letter.ts';
import type { QueueState } from '../server/mail/letter-queue.ts';
import type { EndReason } from '../server/mail/letter-states.ts';

/** Where a letter stands, in words. */
export const STATE_WORDS: Record<QueueState, string> = {
  confirming: 'to be confirmed by the supporter',
  held: 'held for you',
  confirmed: 'waiting their turn',
  sending: 'being sent',
  accepted: 'accepted by the mail server',
  bounced: 'came back later',
  failed: 'failed',
  withdrawn: 'withdrawn',
  expired: 'expired',
};

/** Why a letter is held, or did not go, in words. */
export const REASON_WORDS: Record<HoldReason | EndReason, string> = {
  links: 'a link that is not in your letter',
  short: 'hardly any text',
  writes_to_self: "written from the legislator's own address",
  disposable_domain: 'from an address for a short time',
  many_from_sender: 'many from one address',
  refused_by_server: 'refused by the mail server',
  refused_by_organizer: 'refused by you',
  not_a_target: 'the legislator is no longer asked',
  unreachable_sender: "the supporter's address takes no mail",
  by_supporter: 'by the supporter',
  not_me: 'someone else had typed the address',
  written_anew: 'for a new text',
  not_confirmed: 'not confirmed in time',
  too_late: 'too late for the campaign',
  kept_too_long: 'waited longer than we keep them',
  campaign_over: 'the campaign is over',
  mode_changed: 'the site stopped sending',
  key_gone: "it can't be read any more",
  erased_by_organizer: 'erased by you',
};

/** What a mail is, in words. */
export const KIND_WORDS: Record<MailKind, string> = {
  confirmation: 'mails that ask to confirm',
  letter: 'letters to legislators',
  receipt: 'receipts',
  notice: 'mails that say why a letter did not go',
};
