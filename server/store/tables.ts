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
  /** An outcome that was reported with this id, or 'completed'. */
  mark: string;
  expires_at: string;
}

/** A view of the actions: a number for each key. */
export interface TallyTable {
  campaign_slug: string;
  is_sample: number;
  key: string;
  actions: number;
}

/** The tallies, one table for each view; never a cross product. That of variants is for organizers alone, and not published. */
export const TALLY_TABLES = [
  'tally_by_status',
  'tally_by_day',
  'tally_by_legislator',
  'tally_by_partner',
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
} & Record<TallyTableName, TallyTable>;
