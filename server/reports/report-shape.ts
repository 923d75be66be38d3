import { z } from 'zod';
import { OFFICE_REPLIES, type OfficeReply } from '../actions/office-reply.ts';
import { REPORT_TOTALS, STATUS_COUNT } from '../actions/totals-shape.ts';
import { REPORT_LETTERS } from './report-letters.ts';

const COUNT = z.int().nonnegative();

/** How many calls heard each answer. */
export const REPLY_COUNTS = z.strictObject(
  Object.fromEntries(OFFICE_REPLIES.map((reply) => [reply, COUNT])) as Record<OfficeReply, typeof COUNT>,
);

/** Visits of one day by way of one partner. */
export const VISITS = z.strictObject({
  day: z.iso.date().describe("The state's day."),
  partner: z.string().describe("Code of the partner whose link led there; '' for none."),
  visits: COUNT,
});

/** A code in links that no partner has. */
export const UNKNOWN_CODE = z.strictObject({
  code: z.string().describe("'…' for those beyond the first hundred."),
  first_day: z.iso.date(),
  last_day: z.iso.date(),
  visits: COUNT,
});

/** What an organizer entered. */
export const OFFLINE_ENTRY = z.strictObject({
  id: z.string(),
  entered_at: z.iso.datetime(),
  day: z.iso.date().describe("The state's day."),
  type: STATUS_COUNT.shape.type,
  status_code: STATUS_COUNT.shape.status_code,
  legislator_id: z.string().describe("OpenStates person id; '' where it was not said."),
  partner: z.string(),
  actions: COUNT,
  excluded_actions: COUNT.describe('How many of them were taken out of the totals.'),
  note: z.string().optional().describe('The organizer’s own words; in the organizer’s report alone.'),
});

/** What the whole report holds as JSON, field by field. */
export const REPORT = z.strictObject({
  schema_version: z.literal(1).describe('Raised when a field changes its meaning or goes.'),
  campaign_slug: z.string(),
  scope: z
    .enum(['organizer', 'partner'])
    .describe("'organizer' for all figures, 'partner' for those of one."),
  partner: z.string().describe("Code of that partner; '' in the organizer's."),
  as_of: z.iso.datetime().describe('The one moment that all numbers are of, in UTC.'),
  is_sample: z.boolean().describe('True for trial numbers made on sample pages: never mixed with real ones.'),
  coalition: z
    .strictObject({ goal: COUNT, completed_actions: COUNT })
    .describe('The whole coalition’s (OSDI: total_outreaches of the advocacy_campaign).'),
  totals: REPORT_TOTALS.describe('Of the scope.'),
  visits: z
    .array(VISITS)
    .describe('How often people came from elsewhere, earliest first: not people, and a rough number.'),
  unknown_codes: z
    .array(UNKNOWN_CODE)
    .optional()
    .describe('Codes in links that no partner has: in the organizer’s alone.'),
  offline: z.array(OFFLINE_ENTRY).describe('What organizers entered, latest day first.'),
  replies: z
    .array(
      z.strictObject({
        legislator_id: z.string(),
        replies: REPLY_COUNTS,
        first_day: z.iso.date(),
        last_day: z.iso.date(),
        positions: z
          .array(z.unknown())
          .describe('What the campaign takes them to have done or said already.'),
        proposed: z
          .strictObject({
            person_id: z.string(),
            position: z.string(),
            session: z.string(),
            date: z.iso.date(),
            alike: COUNT,
            answers: COUNT,
            yaml: z.string(),
          })
          .optional()
          .describe('What the answers amount to, for campaign.yaml once there is a public source.'),
      }),
    )
    .optional()
    .describe('What offices said, as supporters heard it: in the organizer’s alone.'),
  letters: REPORT_LETTERS.optional().describe(
    'The e-mails that this site sends for supporters: in the organizer’s alone.',
  ),
});
