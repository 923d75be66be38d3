import { z } from 'zod';
import { ACTION_TYPES, STATUS_CODES } from '../actions/action.ts';

const COUNT = z.int().nonnegative();
const LOCAL_TEXT = z.record(z.string(), z.string());
const completed_actions = COUNT.describe(
  'Actions that were completed: calls that reached someone or a machine, e-mails sent.',
);

const BY_TYPE = z.strictObject(
  Object.fromEntries(
    ACTION_TYPES.map((type) => [
      type,
      z.strictObject(Object.fromEntries(STATUS_CODES[type].map((status) => [status, COUNT]))),
    ]),
  ) as { [Type in (typeof ACTION_TYPES)[number]]: z.ZodObject<Record<string, typeof COUNT>, z.core.$strict> },
);

/**
 * A campaign's public totals as they were given to the press. It holds all that its page says, so that nothing which changes
 * later (the campaign's files, the roster, the wording of pages) changes it.
 */
export const FROZEN_FIGURE = z.strictObject({
  schema_version: z.literal(1),
  id: z.string().describe('The name of the figure in its address.'),
  campaign_slug: z.string(),
  title: LOCAL_TEXT.describe(
    "The campaign's title by language, as it was then. OSDI: title of an advocacy_campaign.",
  ),
  browser_url: z
    .url()
    .describe("The campaign's page, which may be gone by now. OSDI: browser_url of an advocacy_campaign."),
  figure_url: z.url().describe('The page of this figure, which stays.'),
  frozen_at: z.iso.datetime().describe('When the figure was fixed, in UTC.'),
  as_of: z.iso.datetime().describe('The moment that the numbers are of, in UTC.'),
  time_zone: z.string().describe("The IANA time zone of the campaign's state: days are its days."),
  as_of_in_words: LOCAL_TEXT.describe("The same moment by the state's clock, by language."),
  goal: COUNT.describe('How many completed actions the campaign hoped for.'),
  completed_actions: COUNT.describe(
    'The figure: self_reported + server_accepted + offline. Actions are counted, not people. OSDI: total_outreaches of an advocacy_campaign.',
  ),
  self_reported: COUNT.describe('Calls and e-mails that supporters said they completed.'),
  server_accepted: COUNT.describe('E-mails that the server sent and the receiving server accepted.'),
  offline: COUNT.describe('Actions that organizers counted elsewhere and entered.'),
  by_type: BY_TYPE.describe('Every outcome of every type, completed or not. OSDI: type of an outreach.'),
  by_day: z.array(z.strictObject({ day: z.iso.date(), completed_actions })).describe('Earliest first.'),
  by_legislator: z.array(
    z.strictObject({
      legislator_id: z.string(),
      title: z.string().nullable().describe('As the roster had it then; null for one who was not on it.'),
      name: z.string().nullable(),
      completed_actions,
    }),
  ),
  by_partner: z
    .array(z.strictObject({ partner: z.string(), name: z.string().nullable(), completed_actions }))
    .describe("By the partner that is credited, with the name it had then; '' stands for none."),
  by_language: z
    .array(z.strictObject({ language: z.string(), completed_actions }))
    .describe('By the language of the page.'),
  by_message_language: z
    .array(z.strictObject({ language: z.string(), completed_actions }))
    .describe('By the language of what was said or sent.'),
  corrections: z
    .array(
      z.strictObject({
        id: z.string(),
        kind: z.enum(['exclude', 'readmit']),
        made_at: z.iso.datetime(),
        reason: z.string(),
        completed_actions: z
          .int()
          .describe('By how much the total changed: below zero where actions were taken out.'),
      }),
    )
    .describe('What had been taken out of these numbers by then, or put back, earliest first.'),
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
  corrections: z
    .array(
      z.strictObject({
        id: z.string(),
        kind: z.enum(['exclude', 'readmit']),
        made_at: z.iso.datetime(),
        reason: z.string(),
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
