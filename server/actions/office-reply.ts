/** Everything that an office can have said of the bill, as a supporter heard it. */
export const OFFICE_REPLIES = ['supports', 'opposes', 'undecided', 'would_not_say'] as const;
/** What an office said of the bill. */
export type OfficeReply = (typeof OFFICE_REPLIES)[number];

/** What one office said in one call, and how it is kept: by legislator and day, with nothing of who called. */
export interface HeardReply {
  campaign_slug: string;
  /** OpenStates id of the legislator whose office it is. */
  legislator_id: string;
  /** Code of the crediting partner, '' for none. */
  partner: string;
  is_sample: boolean;
  /** The state's day: YYYY-MM-DD. */
  day: string;
  reply: OfficeReply;
}

/** What became of a reply: one for each call, where a conversation was counted of it. */
export type ReplyOutcome = 'noted' | 'noted_before' | 'no_contact';
