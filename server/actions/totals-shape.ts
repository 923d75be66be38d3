import { z } from 'zod';
import { ACTION_TYPES, type ActionType, STATUS_CODES, type StatusCode } from './action.ts';
import type { ReportTotals, Totals } from './totals.ts';

const COUNT = z.int().nonnegative();
const completed_actions = COUNT.describe('How many of them were completed.');

const outcomesOf = (type: ActionType) =>
  z.strictObject(Object.fromEntries(STATUS_CODES[type].map((status) => [status, COUNT])));

/**
 * What `totals.json` holds, field by field, as programs are told of it. Names in brackets are those of the Open Supporter Data
 * Interface (OSDI, opensupporter.github.io/osdi-docs) where it has the same thing.
 */
export const TOTALS = z.strictObject({
  schema_version: z
    .literal(1)
    .describe('Raised when a field changes its meaning or goes; new fields may come without.'),
  campaign_slug: z
    .string()
    .describe("The campaign's name in addresses (OSDI: an identifier of the advocacy_campaign)."),
  as_of: z.iso.datetime().describe('The moment that the numbers are of, in UTC.'),
  is_sample: z.boolean().describe('True for trial numbers made on sample pages: never mixed with real ones.'),
  goal: COUNT.describe('How many completed actions the campaign hopes for.'),
  completed_actions: COUNT.describe(
    'self_reported + server_accepted + offline. Actions are counted, not people (OSDI: total_outreaches of the advocacy_campaign).',
  ),
  self_reported: COUNT.describe('Calls and e-mails that supporters say they completed.'),
  server_accepted: COUNT.describe('E-mails that the server sent and the receiving server accepted.'),
  offline: COUNT.describe('Actions that organizers counted elsewhere and entered.'),
  by_type: z
    .strictObject(
      Object.fromEntries(ACTION_TYPES.map((type) => [type, outcomesOf(type)])) as Record<
        ActionType,
        ReturnType<typeof outcomesOf>
      >,
    )
    .describe(
      'Every outcome of every type of action (OSDI: type of an outreach). Completed are contact, voicemail, sent and accepted; the others are shown, never added in.',
    ),
  by_day: z
    .array(z.strictObject({ day: z.iso.date().describe("The state's day."), completed_actions }))
    .describe('Earliest first; days without an action are left out (OSDI: action_date of the outreaches).'),
  by_legislator: z.array(
    z.strictObject({ legislator_id: z.string().describe('OpenStates person id.'), completed_actions }),
  ),
  by_partner: z
    .array(z.strictObject({ partner: z.string(), completed_actions }))
    .describe("By the code of the partner that is credited; '' stands for none."),
  by_language: z
    .array(z.strictObject({ language: z.string(), completed_actions }))
    .describe('By the language of the page: ISO 639 codes.'),
  by_message_language: z
    .array(z.strictObject({ language: z.string(), completed_actions }))
    .describe('By the language of what was said or sent.'),
  corrections: z
    .array(
      z.strictObject({
        id: z.string(),
        kind: z
          .enum(['exclude', 'readmit'])
          .describe("'exclude' took actions out, 'readmit' put those of an earlier correction back."),
        made_at: z.iso.datetime(),
        reason: z.string(),
        completed_actions: z
          .int()
          .describe('By how much the total changed: below zero where actions were taken out.'),
      }),
    )
    .describe('What was taken out of these numbers, or put back, earliest first.'),
}) satisfies z.ZodType<Totals>;

/** How many actions came to one outcome, as reports have it. */
export const STATUS_COUNT = z.strictObject({
  origin: z.enum(['web', 'offline']).describe("'web' on the pages, 'offline' entered by organizers."),
  type: z.enum(ACTION_TYPES).describe('OSDI: type of an outreach.'),
  status_code: z.enum(ACTION_TYPES.flatMap((type): StatusCode[] => [...STATUS_CODES[type]])),
  is_completed: z.boolean().describe('Whether it counts as completed; the others are never added in.'),
  actions: COUNT,
});

/** The totals as organizers and partners see them: the public ones, and what stays theirs. */
export const REPORT_TOTALS = z.strictObject({
  ...TOTALS.shape,
  by_status: z.array(STATUS_COUNT).describe('Every outcome of which there is any.'),
  by_division: z
    .array(
      z.strictObject({
        division_id: z
          .string()
          .describe('OCD division id: of a district, or of the state where it is not known which.'),
        completed_actions,
      }),
    )
    .describe('By the district whose legislator was contacted.'),
  by_variant: z
    .array(
      z.strictObject({
        type: z.enum(ACTION_TYPES),
        variant: z.string().describe("The wording's name after @; '' for what has none."),
        completed_actions,
      }),
    )
    .describe('By the wording of the message.'),
}) satisfies z.ZodType<ReportTotals>;
