import { z } from 'zod';
import { MESSAGE_KINDS, POSITIONS } from './campaign.ts';

const text = z.string('is a line of text').trim().min(1, 'is empty: write a few words');
const webAddress = z.url({ protocol: /^https?$/, error: 'is a web address that begins with https://' });
const day = z.iso.date('is a day of the calendar, written YYYY-MM-DD, for example 2026-11-30');
const chamber = z.enum(
  ['upper', 'lower', 'legislature'],
  'is upper, lower, or legislature where there is only one chamber',
);
const language = z
  .string()
  .regex(/^[a-z]{2,3}$/, 'is a language code of two or three small letters: en, es, ht');
/** YAML reads 2026 as a number; sessions are names. */
const session = z
  .union([z.string().min(1), z.number()], 'is the name of the session, for example 2026')
  .transform(String);
const code = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is made of small letters, digits and hyphens, for example jira');

const bill = z.strictObject({
  identifier: text.describe('As the legislature writes it: SB 316'),
  session: session.describe('Session of the legislature: 2026'),
  chamber: chamber.describe('Chamber in which it was filed'),
  title: text.optional().describe('Its official title'),
  url: webAddress.optional().describe('Page or text of the bill'),
});

const position = z.strictObject({
  person_id: z.string().regex(/^ocd-person\/[\w-]+$/, 'is the OpenStates id of a legislator: ocd-person/…'),
  position: z.enum(POSITIONS, `is one of: ${POSITIONS.join(', ')}`),
  bill: text.optional(),
  session,
  date: day,
  source: webAddress,
});

const partner = z.strictObject({
  code: code.describe('Stands in links: ?partner=jira'),
  name: text,
  url: webAddress.optional(),
});

const nextStep = z.strictObject({ label: text, url: webAddress, partner: code.optional() });

/** campaign.yaml. What it says of a field is what an author reads: a message that goes on after the field's name. */
export const campaignFileSchema = z
  .strictObject({
    title: text.describe('Name of the campaign, as supporters see it'),
    summary: text.describe('One or two sentences: what is asked, and why'),
    jurisdiction_id: z
      .string()
      .regex(
        /^ocd-jurisdiction\/country:us\/(state:[a-z]{2}|district:dc|territory:pr)\/government$/,
        'is the OCD id of the state, for example ocd-jurisdiction/country:us/state:fl/government',
      )
      .describe('The state: ocd-jurisdiction/country:us/state:fl/government'),
    bills: z
      .array(bill, 'is a list of bills, each with identifier, session and chamber')
      .min(1, 'is empty: name at least one bill'),
    ask: z
      .enum(['support', 'oppose'], 'is support or oppose')
      .describe('What the campaign wants of the bill'),
    dates: z
      .strictObject({ starts: day.optional(), ends: day.optional() })
      .refine((dates) => !dates.starts || !dates.ends || dates.starts <= dates.ends, {
        path: ['ends'],
        error: 'comes before the day on which the campaign starts',
      })
      .default({}),
    goal: z
      .int('is a whole number, for example 1000')
      .positive('is at least 1')
      .describe('Completed actions hoped for'),
    targets: z
      .strictObject({ chambers: z.array(chamber).min(1, 'is empty: name at least one chamber') })
      .default({ chambers: ['upper', 'lower', 'legislature'] }),
    positions: z.array(position, 'is a list of positions').default([]),
    partners: z.array(partner, 'is a list of partners, each with code and name').default([]),
    languages: z
      .array(language, 'is a list of language codes')
      .min(1, 'is empty: name at least one language')
      .default(['en']),
    message_languages: z
      .array(language, 'is a list of language codes')
      .min(1, 'is empty: name at least one language')
      .default(['en']),
    next_steps: z.array(nextStep, 'is a list of steps, each with label and url').default([]),
  })
  .superRefine(({ partners, next_steps }, ctx) => {
    const codes = partners.map((one) => one.code);
    for (const [index, one] of codes.entries()) {
      if (codes.indexOf(one) < index) {
        ctx.addIssue({
          code: 'custom',
          path: ['partners', index, 'code'],
          message: `'${one}' is there twice: each partner has a code of its own`,
        });
      }
    }
    for (const [index, step] of next_steps.entries()) {
      if (step.partner !== undefined && !codes.includes(step.partner)) {
        const known =
          codes.length > 0 ? `The partners are: ${codes.join(', ')}` : 'There are no partners yet';
        ctx.addIssue({
          code: 'custom',
          path: ['next_steps', index, 'partner'],
          message: `names no partner of this campaign. ${known}`,
        });
      }
    }
  });

/** What campaign.yaml says once it has been checked. */
export type CampaignFile = z.infer<typeof campaignFileSchema>;

/** The schema for editors, as `campaigns/campaign.schema.json` holds it. */
export function campaignJsonSchema(): string {
  const schema = {
    title: 'A campaign of Statehouse',
    ...z.toJSONSchema(campaignFileSchema, { io: 'input' }),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** Names of the files that a language's folder may hold, for whoever misnamed one. */
export const FILE_NAMES = `page.md, ${MESSAGE_KINDS.map((kind) => `${kind}.hbs`).join(', ')}, or one for a stance or a position such as email.ally.hbs, phone.sponsor.hbs, email@short.hbs`;
