/** The ways to contact a target (OSDI outreach types). */
export const ACTION_TYPES = ['phone', 'email'] as const;
/** One of these ways. */
export type ActionType = (typeof ACTION_TYPES)[number];

/** The outcomes each type of action may have. What the server itself sends comes later in `mail`. */
export const STATUS_CODES = {
  phone: ['contact', 'voicemail', 'unavailable'],
  email: ['started', 'sent', 'confirmed', 'accepted', 'bounced', 'failed'],
} as const satisfies Record<ActionType, readonly string[]>;
/** The outcome of an action, whatever its type. */
export type StatusCode = (typeof STATUS_CODES)[ActionType][number];

/** Outcomes a supporter may report; the others only the server may. */
export const SELF_REPORTED: readonly StatusCode[] = [
  'contact',
  'voicemail',
  'unavailable',
  'started',
  'sent',
];
/** Outcomes that count as completed; the others are shown, never added in. */
export const COMPLETED: readonly StatusCode[] = ['contact', 'voicemail', 'sent', 'accepted'];

/** What is known of an action before its outcome: signed into the form that reports it. */
export interface ActionContext {
  campaign_slug: string;
  type: ActionType;
  legislator_id: string;
  division_id: string;
  /** Code of the crediting partner, '' for none. */
  partner: string;
  page_language: string;
  message_language: string;
  variant: string;
  is_sample: boolean;
}

/** One row of the log: written once, never changed, leads back to no visit. */
export interface Action extends ActionContext {
  status_code: StatusCode;
  origin: 'web' | 'offline';
  /** ISO date and time in UTC, rounded down to the hour. */
  action_date: string;
}
