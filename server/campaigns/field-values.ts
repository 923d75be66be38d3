import { z } from 'zod';

// Each message goes on after the name of its field: 'goal' must be a whole number.
/** A line of text, spaces around it left out. */
export const text = z
  .string('must be a line of text; put it between quotes: "2026"')
  .trim()
  .min(1, 'is empty: write a few words');
/** No longer than fits where it is shown: a title of pages would be on every page. */
export const upTo = (most: number) =>
  text.max(most, { error: () => `must be ${most.toLocaleString('en-US')} letters at most` });
const LOCAL_TEXT =
  'must be a line of text; put it between quotes: "2026". Or write one for each language on lines below it, such as en: Clean water';
/** One line for all languages, or one for each. */
export const localText = (most: number) =>
  z.union([upTo(most), z.record(z.string().regex(/^[a-z]{2,3}$/), upTo(most))], {
    error: ({ input }) => (typeof input === 'string' ? 'is empty: write a few words' : LOCAL_TEXT),
  });
/** A web address. */
export const webAddress = z.url({
  protocol: /^https?$/,
  error: 'must be a web address that begins with https://',
});
/** What a value for `origin` has to look like; the host as in CSP (host-char of Content Security Policy Level 3, section 2.3.1). */
const HOST = '[a-z0-9-]+(\\.[a-z0-9-]+)*';
const ORIGIN = new RegExp(`^(https://${HOST}|http://(localhost|127\\.0\\.0\\.1))(:\\d{1,5})?$`);
const ORIGIN_RULE =
  'must be https:// and the name of a site, with nothing after it, for example https://jira.example.org';
/** Says how to write it where that can be guessed: most people copy the address of a page. */
function notAnOrigin(value: unknown): string {
  const meant = typeof value === 'string' ? URL.parse(value.trim())?.origin : undefined;
  return meant !== undefined && ORIGIN.test(meant) ? `${ORIGIN_RULE}. Write ${meant}` : ORIGIN_RULE;
}
/**
 * An origin (RFC 6454) as browsers write it, so that it can stand in a header as it is: no path, no star, no port that goes
 * without saying. Without https only a person's own machine.
 */
export const origin = z
  .string(ORIGIN_RULE)
  .regex(ORIGIN, { error: ({ input }) => notAnOrigin(input), abort: true })
  .refine((value) => URL.parse(value)?.origin === value, { error: ({ input }) => notAnOrigin(input) });
/** A day of the calendar, as an ISO date. */
export const day = z.iso.date('must be a day of the calendar, written YYYY-MM-DD, for example 2026-11-30');
/** What the name of a campaign is made of, as it stands in addresses. */
export const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** Every chamber that a state may have. */
export const EVERY_CHAMBER = ['upper', 'lower', 'legislature'] as const;
/** A chamber by its classification. */
export const chamber = z.enum(
  EVERY_CHAMBER,
  'must be upper (the Senate), lower (the House), or legislature where there is only one chamber',
);
const LANGUAGE = 'must be a language code of two or three small letters, for example en, es or ht';
/** A list of languages. */
export const languageList = z
  .array(z.string(LANGUAGE).regex(/^[a-z]{2,3}$/, LANGUAGE), 'must be a list of language codes: [en, es]')
  .min(1, 'is empty: name at least one language');
/** The same, English where there is none. */
export const languages = languageList.default(['en']);
/** YAML reads 2026 as a number; sessions are names. */
export const session = z
  .union([z.string().min(1), z.number()], 'must be the name of the session, for example 2026')
  .transform(String);
const NAME = 'must be made of small letters, digits and hyphens, for example clean-water';
/** What can stand in an address as the name of a campaign. */
export const slugName = z.string(NAME).regex(SLUG, NAME).max(60, 'must be 60 letters at most');
const CODE =
  'must be made of small letters, digits and hyphens, for example jira; a number is put between quotes: "12"';
/** The code of a partner, as long as it may be to live on in links of no campaign. */
export const code = z
  .string(CODE)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, CODE)
  .max(50, 'must be 50 letters at most');

const PERSON = 'must be the OpenStates id of a legislator: ocd-person/ and what follows it';
/** The OpenStates id of a legislator. */
export const personId = z.string(PERSON).regex(/^ocd-person\/[\w-]+$/, PERSON);
