import type { Generated } from 'kysely';

/** One row of the log of actions. Booleans are 0 and 1, so that every database spells them alike. */
export interface ActionsTable {
  campaign_slug: string;
  type: string;
  status_code: string;
  legislator_id: string;
  division_id: string;
  partner: string;
  page_language: string;
  message_language: string;
  variant: string;
  origin: string;
  is_sample: number;
  /** ISO date and time in UTC, rounded down to the hour. */
  action_date: string;
}

/** What makes a form count once: kept apart from the rows, purged once it has expired. */
export interface SpentActionIdsTable {
  /** A hash of the form's random number: leads to no row, and from no row here. */
  id: string;
  /** An outcome that was reported with this id, 'completed', or 'reply' where what the office said was reported too. */
  mark: string;
  expires_at: string;
}

/** A view of the actions: a number for each key, by the partner that is credited ('' for none). */
export interface TallyTable {
  campaign_slug: string;
  is_sample: number;
  partner: string;
  key: string;
  actions: number;
}

/** A dated change to what was counted. Nothing of the log goes: what it takes out stands in `excluded_actions`. */
export interface CorrectionsTable {
  id: string;
  campaign_slug: string;
  /** 'exclude' takes actions out of the totals, 'readmit' takes an earlier exclusion back. */
  kind: string;
  /** ISO date and time in UTC. */
  made_at: string;
  /** Why, as everyone reads it. */
  reason: string;
  /** Which actions, as JSON: by whom they were chosen is the subject's own business. */
  criteria: string;
  /** How many actions, completed or not, the totals have more (or, below zero, less) since. */
  actions: number;
  /** How many of them were completed. */
  completed_actions: number;
}

/** Actions that a correction took out, those that are alike in one row; below zero where it put them back. */
export interface ExcludedActionsTable extends ActionsTable {
  correction_id: string;
  /** The block of addresses that they came from, or the offline entry that they were entered by; '' where they have neither. */
  source: Generated<string>;
  actions: number;
}

/** Actions that came from a block of addresses which sent very many that day: the same as their rows, which don't say so. */
export interface MarkedActionsTable extends ActionsTable {
  /** A random name of that block, good for one day of one process. */
  block: string;
}

/** Actions that organizers counted elsewhere, as they entered them; each is in the log too. */
export interface OfflineEntriesTable {
  id: string;
  campaign_slug: string;
  /** ISO date and time in UTC. */
  entered_at: string;
  /** The state's day: YYYY-MM-DD. */
  day: string;
  type: string;
  status_code: string;
  legislator_id: string;
  division_id: string;
  partner: string;
  page_language: string;
  message_language: string;
  /** For organizers alone. */
  note: string;
  actions: number;
}

/** How often a campaign was come to from elsewhere, by the partner whose link led there and the state's day. */
export interface VisitTallyTable {
  campaign_slug: string;
  is_sample: number;
  partner: string;
  day: string;
  visits: number;
}

/** Codes in links that the campaign does not know. */
export interface UnknownPartnerCodesTable {
  campaign_slug: string;
  code: string;
  first_day: string;
  last_day: string;
  visits: number;
}

/** What offices said of the bill, as supporters heard it. */
export interface OfficeRepliesTable {
  campaign_slug: string;
  is_sample: number;
  partner: string;
  legislator_id: string;
  day: string;
  reply: string;
  replies: number;
}

/** A table of two dimensions as it was published, small numbers hidden; never changed. */
export interface PublishedTablesTable {
  campaign_slug: string;
  name: string;
  /** The state's days that it counts, from the first to the last. */
  first_day: string;
  last_day: string;
  published_at: string;
  /** What it shows, as JSON. */
  cells: string;
}

/** A link to a report: what is signed in it says whose it is, and this whether it still holds. */
export interface ReportLinksTable {
  id: string;
  campaign_slug: string;
  /** '' for the organizer's, which shows all. */
  partner: string;
  created_at: string;
  expires_at: string;
  /** '' while it holds. */
  revoked_at: string;
}

/** A figure as it was given to the press; never changed. */
export interface FrozenFiguresTable {
  id: string;
  campaign_slug: string;
  frozen_at: string;
  /** The figure with its definition, as JSON. */
  figure: string;
}

/** A supporter's letter that the server sends. Nothing in a row tells who wrote it but what is sealed. */
export interface LettersTable {
  id: string;
  /** The `id` of the marks in `spent_action_ids` of the form that it came by; '' once it is over. */
  form_id: string;
  campaign_slug: string;
  legislator_id: string;
  division_id: string;
  partner: string;
  page_language: string;
  message_language: string;
  variant: string;
  is_sample: number;
  /** 'live', or 'preview' for one that is only put into a folder. */
  mode: string;
  state: string;
  /** Why it failed, was withdrawn or expired; else ''. */
  reason: string;
  /** Why it waits for the organizer, reasons with commas between; '' where it does not. */
  held: string;
  /** ISO date and time in UTC; '' where there is none. */
  deliver_by: string;
  handed_in_at: string;
  confirmed_at: string;
  changed_at: string;
  /** The keyed hash of the writer's address, for 'this was not me'; '' once it is erased. */
  sender: string;
  /** What the supporter handed over, encrypted with the letter's own key, which is in no database; '' once it is erased. */
  sealed: string;
}

/** A mail that is to be handed to the mail server. */
export interface OutboxTable {
  /** Of the letter. */
  letter_id: string;
  /** 'confirmation', 'letter', 'receipt' or 'notice': each at most once for a letter. */
  kind: string;
  /** The drips that it keeps to, by their keys; '' for mails to supporters, which keep to none. */
  target_key: string;
  domain_key: string;
  due_at: string;
  attempts: number;
  /** Since when the roster knows no address for it; '' while it does. */
  unknown_since: string;
  /** Who has it in hand, and until when nobody else may; '' for nobody. */
  claim: string;
  claimed_until: string;
}

/** One move of a letter from one state to another. */
export interface LetterMovesTable {
  letter_id: string;
  moved_at: string;
  from_state: string;
  to_state: string;
  reason: string;
}

/** When the next letter may go to one target, or to one receiving domain. */
export interface DripsTable {
  /** 'target <legislator_id>' or 'domain <domain>'. */
  key: string;
  next_at: string;
}

/** What came back from a target's address. */
export interface TargetAddressesTable {
  address: string;
  /** Hard bounces since the last letter that did not come back. */
  hard_bounces: number;
  last_bounce_at: string;
  /** Since when nothing is sent to it; '' while it is. */
  set_aside_at: string;
}

/** How many letters came from one e-mail address on one day: by a keyed hash that is another each day. */
export interface SenderCountsTable {
  sender: string;
  expires_at: string;
  letters: number;
}

/** Addresses whose owners said 'this was not me', by a keyed hash. */
export interface RefusingAddressesTable {
  sender: string;
  expires_at: string;
}

/** How many letters were answered, as their writers say. */
export interface LetterAnswersTable {
  campaign_slug: string;
  is_sample: number;
  partner: string;
  legislator_id: string;
  day: string;
  answers: number;
}

/** Campaigns whose tallies are to be made anew from the log, since a change to the tables could not do it. */
export interface DueRecountsTable {
  campaign_slug: string;
}

/** The tallies, one table for each view, each by partner; never another product. That of variants is for organizers alone. */
export const TALLY_TABLES = [
  'tally_by_status',
  'tally_by_day',
  'tally_by_legislator',
  'tally_by_division',
  'tally_by_language',
  'tally_by_message_language',
  'tally_by_variant',
] as const;
/** The name of one of these tables. */
export type TallyTableName = (typeof TALLY_TABLES)[number];

/** Every table of the database. */
export type Tables = {
  actions: ActionsTable;
  spent_action_ids: SpentActionIdsTable;
  corrections: CorrectionsTable;
  excluded_actions: ExcludedActionsTable;
  marked_actions: MarkedActionsTable;
  offline_entries: OfflineEntriesTable;
  visit_tally: VisitTallyTable;
  unknown_partner_codes: UnknownPartnerCodesTable;
  office_replies: OfficeRepliesTable;
  published_tables: PublishedTablesTable;
  report_links: ReportLinksTable;
  frozen_figures: FrozenFiguresTable;
  letters: LettersTable;
  outbox: OutboxTable;
  letter_moves: LetterMovesTable;
  drips: DripsTable;
  target_addresses: TargetAddressesTable;
  sender_counts: SenderCountsTable;
  refusing_addresses: RefusingAddressesTable;
  letter_answers: LetterAnswersTable;
  due_recounts: DueRecountsTable;
} & Record<TallyTableName, TallyTable>;

/** The names of all of them, in the order in which a copy of the database holds them. */
export const TABLE_NAMES: readonly (keyof Tables)[] = [
  'actions',
  'spent_action_ids',
  'corrections',
  'excluded_actions',
  'marked_actions',
  'offline_entries',
  'visit_tally',
  'unknown_partner_codes',
  'office_replies',
  'published_tables',
  'report_links',
  'frozen_figures',
  'letters',
  'outbox',
  'letter_moves',
  'drips',
  'target_addresses',
  'sender_counts',
  'refusing_addresses',
  'letter_answers',
  'due_recounts',
  ...TALLY_TABLES,
];

/** Tables that older versions had: a back-up may hold them. */
export const FORMER_TABLE_NAMES: readonly string[] = ['tally_by_partner'];

/** Those that hold what processes share for minutes: in no back-up, and empty where one is restored (`SharedCounts`). */
export const PASSING_TABLE_NAMES = ['shared_counts', 'shared_keys'];
