import { z } from 'zod';
import { ORG_CLASSIFICATIONS } from './legislator.ts';
import { telephone } from './phone-numbers.ts';
import { findState } from './states.ts';

// Each message goes on after the name of its field: 'date' must be a day of the calendar.
const text = z
  .string('must be a line of text; put it between quotes: "2026"')
  .trim()
  .min(1, 'is empty: write a few words')
  .max(500, 'must be 500 letters at most');
const webAddress = z.url({
  protocol: /^https?$/,
  error: 'must be a web address that begins with https://',
});
const day = z.iso.date('must be a day of the calendar, written YYYY-MM-DD, for example 2026-11-20');
const STATE = 'must be the postal code of a state in small letters, for example fl';
const state = z.string(STATE).refine((code) => findState(code)?.state === code, STATE);
const PERSON = 'must be the OpenStates id of a legislator: ocd-person/ and what follows it';
/** Small letters, as OpenStates writes them, whatever an editor has made of them. */
const person = z
  .string(PERSON)
  .toLowerCase()
  .regex(/^ocd-person\/[\w-]+$/, PERSON);
const NUMBER = 'must be a telephone number that can be dialed, for example 850-555-0101';
/** YAML reads digits alone as a number. */
const number = z
  .union([z.string(), z.number()], NUMBER)
  .transform((written) => String(written).trim())
  .refine((written) => telephone(written) !== undefined, NUMBER);
const email = z.email('must be an e-mail address, for example office@example.org');
const chamber = z.enum(
  ORG_CLASSIFICATIONS,
  'must be upper (the Senate), lower (the House), or legislature where there is only one chamber',
);
const DISTRICT = 'must be the number or the name of the district, for example 13';
const district = z.union([text, z.number()], DISTRICT).transform(String);

/** The kinds of office that a number can be at. */
const officeKind = z.enum(['capitol', 'district'], 'must be capitol or district');

const change = z
  .strictObject(
    {
      person_id: person.describe('Whose: the id of OpenStates, ocd-person/ and what follows it'),
      voice: number.optional().describe('The new telephone number: 850-555-0101'),
      was: number
        .optional()
        .describe('The number in whose place it comes, where there are several at such offices'),
      office: officeKind.optional().describe('The office at which the number is: capitol or district'),
      email: email.optional().describe('The new e-mail address'),
    },
    'must have person_id, and voice or email, on lines of their own',
  )
  .superRefine(({ voice, email, office, was }, ctx) => {
    if (voice === undefined && email === undefined)
      ctx.addIssue({ code: 'custom', path: ['voice'], message: 'is the new telephone number; or add email' });
    if (voice !== undefined && email !== undefined)
      ctx.addIssue({
        code: 'custom',
        path: ['email'],
        message: 'stands beside voice: make two entries of them',
      });
    const dialed = telephone(voice ?? '')?.href;
    if (dialed !== undefined && dialed === telephone(was ?? '')?.href)
      ctx.addIssue({
        code: 'custom',
        path: ['was'],
        message: 'is the wrong number; here it is the same as voice',
      });
    if (voice !== undefined && office === undefined && was === undefined)
      ctx.addIssue({ code: 'custom', path: ['office'], message: 'must be capitol or district' });
  });

const office = z
  .strictObject(
    {
      classification: officeKind.describe('Which kind of office: capitol or district'),
      name: text.optional().describe('What it is called'),
      address: text.optional().describe('Where it is'),
      voice: number.optional().describe('Its telephone number: 850-555-0102'),
      fax: number.optional().describe('Its fax number'),
    },
    'must be a list of offices, each with classification, and voice or address',
  )
  .refine(({ classification: _, ...rest }) => Object.values(rest).some((one) => one !== undefined), {
    path: ['voice'],
    error: 'is the telephone number of the office; or add address',
  });

const newMember = z.strictObject(
  {
    chamber: chamber.describe('The chamber in which they sit'),
    district: district.describe('The number or the name of their district: 13'),
    name: text.describe('Full name'),
    given_name: text.optional().describe('First name'),
    family_name: text.optional().describe('Last name'),
    party: text.optional().describe('Party'),
    email: email.optional().describe('E-mail address of the office'),
    offices: z
      .array(office, 'must be a list of offices, each with classification and voice')
      .default([])
      .describe('Their offices, each with a number or an address'),
    links: z
      .array(
        z.strictObject(
          {
            url: webAddress.describe('Where it leads'),
            note: text.optional().describe('What it is'),
          },
          'must be a list of links, each with url',
        ),
        'must be a list of links, each with url',
      )
      .default([])
      .describe('Their web pages'),
    person_id: person.optional().describe('The id that OpenStates gave them, where it is known already'),
    in_place_of: person.optional().describe('The id of the member before them'),
  },
  'must have chamber, district and name on lines of their own',
);

/** The kinds of correction: each entry is of one of them. */
export const CORRECTION_KINDS = ['left_office', 'new_member', 'change'] as const;
/** One of these kinds. */
export type CorrectionKind = (typeof CORRECTION_KINDS)[number];

const ONE_KIND = 'must have state, date and note, and one of change, left_office and new_member';

/** One entry of legislators.overrides.yaml. What it says of a field goes on after the field's name. */
export const correctionSchema = z
  .strictObject(
    {
      state: state.describe('The state: fl'),
      date: day.describe('Since when it is so: 2026-11-20'),
      note: text.describe('How you know; not shown on pages'),
      source: webAddress.optional().describe('A web page that proves it; shown on pages'),
      change: change.optional().describe('A new telephone number or e-mail address'),
      left_office: person.optional().describe('Who has left: the id of OpenStates'),
      new_member: newMember.optional().describe('Who has taken a seat'),
    },
    ONE_KIND,
  )
  .superRefine((entry, ctx) => {
    const kinds = CORRECTION_KINDS.filter((kind) => entry[kind] !== undefined);
    if (kinds.length === 0) ctx.addIssue({ code: 'custom', path: [], message: ONE_KIND });
    for (const kind of kinds.slice(1)) {
      const message = `stands beside ${kinds[0]}: make two entries of them, each with its own date and note`;
      ctx.addIssue({ code: 'custom', path: [kind], message });
    }
    const named = entry.new_member?.chamber;
    // A state that is none is told of by itself.
    const chambers = findState(entry.state)?.chambers;
    if (named === undefined || chambers === undefined || chambers.includes(named)) return;
    const message = `names ${named}, which this state does not have: it has ${chambers.join(' and ')}`;
    ctx.addIssue({ code: 'custom', path: ['new_member', 'chamber'], message });
  });

/** A changed number or e-mail address, as its entry gives it. */
export type Change = z.infer<typeof change>;
/** Someone who has taken a seat, as the entry gives them. */
export type NewMember = z.infer<typeof newMember>;
