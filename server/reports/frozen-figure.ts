import { z } from 'zod';
import { TOTALS } from '../actions/totals-shape.ts';

const LOCAL_TEXT = z.record(z.string(), z.string());
const COUNTED = TOTALS.shape;
const CORRECTION = COUNTED.corrections.element;

/**
 * A campaign's public totals as they were given to the press. It holds all that its page says, so that nothing which changes
 * later (the campaign's files, the roster, the wording of pages) changes it.
 */
export const FROZEN_FIGURE = z.strictObject({
  schema_version: z.literal(1),
  id: z.string().describe('The name of the figure in its address.'),
  campaign_slug: COUNTED.campaign_slug,
  title: LOCAL_TEXT.describe(
    "The campaign's title by language, as it was then (OSDI: title of the advocacy_campaign).",
  ),
  browser_url: z
    .url()
    .describe("The campaign's page, which may be gone by now (OSDI: browser_url of the advocacy_campaign)."),
  figure_url: z.url().describe('The page of this figure, which stays.'),
  frozen_at: z.iso.datetime().describe('When the figure was fixed, in UTC.'),
  as_of: COUNTED.as_of,
  time_zone: z.string().describe("The IANA time zone of the campaign's state: days are its days."),
  as_of_in_words: LOCAL_TEXT.describe("The same moment by the state's clock, by language."),
  goal: COUNTED.goal,
  completed_actions: COUNTED.completed_actions,
  self_reported: COUNTED.self_reported,
  server_accepted: COUNTED.server_accepted,
  offline: COUNTED.offline,
  by_type: COUNTED.by_type,
  by_day: COUNTED.by_day,
  by_legislator: z.array(
    COUNTED.by_legislator.element.safeExtend({
      title: z.string().nullable().describe('As the roster had it then; null for one who was not on it.'),
      name: z.string().nullable().describe('Likewise.'),
    }),
  ),
  by_partner: z
    .array(COUNTED.by_partner.element.safeExtend({ name: z.string().nullable() }))
    .describe("By the partner that is credited, with the name it had then; '' stands for none."),
  by_language: COUNTED.by_language,
  by_message_language: COUNTED.by_message_language,
  corrections: COUNTED.corrections.describe(
    'What had been taken out of these numbers by then, or put back, earliest first.',
  ),
  corrections_since: z.url().describe('Where to read what was taken out later: this figure does not change.'),
  note: z.string().describe("What the organizer wrote beside it, '' for nothing."),
  definition: z
    .record(z.string(), z.array(z.string()))
    .describe('What is counted and how, in sentences, by language, as the page said it then.'),
});
/** One such figure. */
export type FrozenFigure = z.infer<typeof FROZEN_FIGURE>;

/** What was taken out of a figure, or put back, after it had been fixed. */
export const CORRECTIONS_SINCE = z.strictObject({
  schema_version: z.literal(1),
  figure_id: z.string(),
  as_of: z.iso.datetime().describe('When this was read: unlike the figure, it changes.'),
  taken_out: z
    .int()
    .describe(
      'How many of the completed actions in the figure are out of the totals now. What was put back since is not among them.',
    ),
  corrections: z
    .array(
      CORRECTION.safeExtend({
        completed_actions: z
          .int()
          .describe(
            'How many completed actions up to the hour of the figure are concerned: below zero where they were taken out.',
          ),
      }),
    )
    .describe('Earliest first; those that concern later actions alone are left out.'),
});
/** One such list. */
export type CorrectionsSince = z.infer<typeof CORRECTIONS_SINCE>;
