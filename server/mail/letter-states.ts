/** Where a supporter's letter stands on its way. */
export const LETTER_STATES = [
  'confirming',
  'confirmed',
  'sending',
  'accepted',
  'bounced',
  'failed',
  'withdrawn',
  'expired',
] as const;
/** One of these states. */
export type LetterState = (typeof LETTER_STATES)[number];

/** Every move that a letter may make; whatever is not here never happens. */
export const MOVES: Readonly<Record<LetterState, readonly LetterState[]>> = {
  // The supporter has not answered the mail that asks for a confirmation.
  confirming: ['confirmed', 'failed', 'withdrawn', 'expired'],
  // It waits for its turn, for another try, or for the organizer.
  confirmed: ['sending', 'failed', 'withdrawn', 'expired'],
  // A worker has it in hand.
  sending: ['accepted', 'confirmed', 'failed'],
  // The mail server has taken it.
  accepted: ['bounced'],
  bounced: [],
  failed: [],
  withdrawn: [],
  expired: [],
};

/** Why a letter failed, was withdrawn or expired; for the organizer and, in words, for the supporter. */
export const END_REASONS = [
  // failed
  'refused_by_server',
  'refused_by_organizer',
  'not_a_target',
  'unreachable_sender',
  // withdrawn
  'by_supporter',
  'not_me',
  'written_anew',
  // expired
  'not_confirmed',
  'too_late',
  'kept_too_long',
  'campaign_over',
  'mode_changed',
  'key_gone',
  'erased_by_organizer',
] as const;
/** One of these reasons. */
export type EndReason = (typeof END_REASONS)[number];

const HOUR_MS = 3_600_000;

/** How long things may take, in milliseconds. */
export const TIME_LIMITS = {
  /** For the supporter to confirm. */
  confirm_ms: 72 * HOUR_MS,
  /** For a confirmed letter to leave: a day before all is erased, so that its writer can still be told. */
  wait_ms: 27 * 24 * HOUR_MS,
  /** Until everything that tells of a person is erased, whatever became of the letter. */
  keep_ms: 28 * 24 * HOUR_MS,
  /** For a receipt, or for word of a failure, to be taken by the mail server: then it is given up and all is erased. */
  notice_ms: 24 * HOUR_MS,
  /** For one mail to be handed to the mail server, from the connection to its last answer. */
  send_ms: 60_000,
  /** For a roster to lack someone before letters to them fail: rosters have slips that pass. */
  unknown_ms: 72 * HOUR_MS,
  /** Until a mail that a worker has in hand may be taken by another: far longer than `send_ms`. */
  claim_ms: 600_000,
} as const;

/** Whether a letter may move from one state to another. */
export function mayMove(from: LetterState, to: LetterState): boolean {
  return MOVES[from].includes(to);
}

/** Whether nothing is left to do for a letter but to tell its writer. */
export function isOver(state: LetterState): boolean {
  return !(['confirming', 'confirmed', 'sending'] as LetterState[]).includes(state);
}
