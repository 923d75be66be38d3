import { z } from 'zod';
import { bill, position } from './bill-fields.ts';
import { STANCES, STATUSES } from './campaign.ts';
import {
  chamber,
  code,
  day,
  EVERY_CHAMBER,
  languageList,
  languages,
  localText,
  origin,
  personId,
  slugName,
  upTo,
  webAddress,
} from './field-values.ts';
import { officeHours } from './office-hours-fields.ts';

/** Postal codes of the states; a district and a territory have ids of another form. */
const STATES =
  'al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc sd tn tx ut vt va wa wv wi wy';
const JURISDICTION = new RegExp(
  `^ocd-jurisdiction/country:us/(state:(${STATES.replaceAll(' ', '|')})|district:dc|territory:pr)/government$`,
);
const STATE_ID =
  'must be the OCD id of the state, for example ocd-jurisdiction/country:us/state:fl/government';

const STATUS = `must be one of: ${STATUSES.join(', ')}`;
const SCHEDULED =
  'must not be scheduled: write status: live, and the first day as dates: {starts: 2026-11-30}. Until then it is announced';
const SUCCESSOR =
  'must be the folder of another campaign, for example clean-water, or a web address that begins with https://';
/** All of them go into one header of an answer, and proxies take only so much. */
const MOST_ORIGINS = 50;
/** Whether a day is there and is one: what is none is told by itself. */
const isDay = (iso: string | undefined) => z.iso.date().safeParse(iso).success;

/** A name after @ in the name of a file. */
const VARIANT = /^[a-z0-9-]+$/;
const WEIGHT = 'must be a whole number, 0 or more: 2 is drawn twice as often as 1, and 0 never';

const step = {
  label: localText(200).describe('What the link says: Read the bill'),
  url: webAddress.describe('Where it leads'),
};
const STEPS = 'must be a list of steps, each with label and url';

const partner = z.strictObject(
  {
    code: code.describe('Stands in links: ?partner=jira'),
    name: upTo(100).describe('Name of the organization'),
    url: webAddress.optional().describe('Its web page'),
    languages: languageList
      .optional()
      .describe('Those of the campaign’s languages that its people read, theirs first: [es, en]'),
    next_steps: z
      .array(z.strictObject(step, `${STEPS} on lines of their own`), STEPS)
      .optional()
      .describe('What those who came by its link can do next; shown before the campaign’s own'),
  },
  'must be a list of partners, each with code and name on lines of their own',
);

const nextStep = z.strictObject(
  {
    ...step,
    partner: code.optional().describe('Code of a partner: only for those who came by its link'),
  },
  `${STEPS} on lines of their own`,
);

const namedTarget = {
  person_id: personId.describe('Whom: the id of OpenStates, ocd-person/ and what follows it'),
  reason: localText(300).describe('Why they are to be contacted, as supporters read it'),
};
const extraTarget = z.strictObject(
  namedTarget,
  'must be legislators, each with person_id and reason on lines of their own',
);
const fallbackTarget = z.strictObject(
  namedTarget,
  'must be one legislator: person_id and reason below it, without a dash',
);

const targets = z
  .strictObject(
    {
      chambers: z
        .array(chamber, 'must be a list of chambers: [upper, lower]')
        .min(1, 'is empty: name at least one chamber')
        .default([...EVERY_CHAMBER])
        .describe('Chambers that are asked, in the order in which they are shown'),
      committee: z
        .literal('current', 'must be current: those who decide next')
        .optional()
        .describe('current: only the committee that has the bill, while one has it'),
      stances: z
        .array(
          z.enum(STANCES, `must be one of: ${STANCES.join(', ')}`),
          'must be a list of stances: [unknown, opponent]',
        )
        .min(1, 'is empty: name at least one stance')
        .default([...STANCES])
        .describe('Only legislators of these stances'),
      extra: z
        .array(extraTarget, 'must be a list of legislators, each with person_id and reason')
        .default([])
        .describe('Legislators whom everybody is asked to contact, a chair or a leader'),
      fallback: fallbackTarget
        .optional()
        .describe('Whom to contact where none of the supporter’s own legislators is a target'),
    },
    'must have chambers, committee, stances, extra or fallback below it',
  )
  .prefault({})
  .describe('Whom supporters are asked to contact; all of their own legislators where this is left out');

/** The fields of campaign.yaml. What it says of one is what an author reads: a message that goes on after the field's name. */
export const campaignFields = z.strictObject({
  status: z
    .enum(STATUSES, { error: ({ input }) => (input === 'scheduled' ? SCHEDULED : STATUS) })
    .default('live')
    .describe('draft: seen by its preview link alone; then live, paused, won, lost or archived'),
  title: localText(200).describe('Name of the campaign, as supporters see it'),
  summary: localText(1000).describe('One or two sentences: what is asked, and why'),
  jurisdiction_id: z
    .string(STATE_ID)
    .regex(JURISDICTION, STATE_ID)
    .describe('The state: ocd-jurisdiction/country:us/state:fl/government'),
  bills: z
    .array(bill, 'must be a list of bills, each with identifier, session and chamber')
    .min(1, 'is empty: name at least one bill')
    .describe('The bill in each chamber'),
  ask: z
    .enum(['support', 'oppose'], 'must be support or oppose')
    .describe('What the campaign wants of the bill'),
  dates: z
    .strictObject(
      {
        starts: day.optional().describe('The first day of the campaign: 2026-11-01'),
        ends: day.optional().describe('The last day of the campaign: 2026-11-30'),
      },
      'must have starts, ends or both below it',
    )
    .refine(({ starts, ends }) => !isDay(starts) || !isDay(ends) || starts! <= ends!, {
      path: ['ends'],
      error: 'comes before the day on which the campaign starts',
    })
    .default({})
    .describe('First day, last day, or both; without them the campaign is always on'),
  closing: localText(2000)
    .optional()
    .describe('What its page says once it is over, beside the count and the thanks'),
  successor: z
    .union([slugName, webAddress], { error: () => SUCCESSOR })
    .optional()
    .describe('The campaign to go on to once this one is over: its folder, or a web address'),
  former_slugs: z
    .array(slugName, 'must be a list of names that the folder had before: [clean-water]')
    .default([])
    .describe('Names that the folder had before: their addresses lead here'),
  short_link: slugName
    .optional()
    .describe('Short name for flyers: /v/water. Without it, the name of the folder'),
  goal: z
    .int('must be a whole number without quotes or commas, for example 1000')
    .positive('must be at least 1')
    .describe('Completed actions hoped for'),
  targets,
  office_hours: officeHours,
  email: z
    .strictObject(
      {
        send: z
          .boolean('must be true or false')
          .default(false)
          .describe('true: supporters may have their e-mail sent from here, beside sending it themselves'),
        deliver_by: day.optional().describe('The last day on which an e-mail is of use: 2026-11-30'),
      },
      'must have send, deliver_by or both below it',
    )
    .prefault({})
    .describe(
      'Whether this site sends e-mails to legislators for supporters who have no mail program at hand',
    ),
  asks_reply: z
    .boolean('must be true or false')
    .default(true)
    .describe('false: do not ask what the office said, after a call'),
  positions: z
    .array(position, 'must be a list of positions')
    .default([])
    .describe('What legislators did or said on the bill, each with its source'),
  partners: z
    .array(partner, 'must be a list of partners, each with code and name')
    .default([])
    .describe('Organizations of the coalition, each with a link of its own'),
  embed_origins: z
    .array(origin, 'must be a list of sites: ["https://jira.example.org"]')
    .max(MOST_ORIGINS, `can name ${MOST_ORIGINS} sites at most`)
    .default([])
    .describe('Sites that may show the campaign in a frame: https:// and the name of the site, no path'),
  languages: languages.describe(
    'Languages of the pages; the first stands in for what another lacks: [en, es]',
  ),
  message_languages: languages.describe(
    'Languages in which something is said to an office; the one that offices speak first: [en, es]',
  ),
  variants: z
    .record(z.string().regex(VARIANT), z.int(WEIGHT).nonnegative(WEIGHT), {
      error: ({ code }) =>
        code === 'invalid_key'
          ? 'must be the name of a variant, as it stands after @ in the name of a file: small letters, digits and hyphens'
          : 'must have the name of each variant below it, with its weight: {a: 2, b: 1}',
    })
    .default({})
    .describe('How often each variant is drawn, by its name after @; those not named weigh 1'),
  next_steps: z
    .array(nextStep, STEPS)
    .default([])
    .describe('What supporters can do when they have called and written'),
});
