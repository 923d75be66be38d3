import { z } from 'zod';

/** A text; '' counts as none. Null fields are absent in replies; other versions of the API wrote them out. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value?.trim() || undefined);

/** The seat that somebody holds now. OpenStates' schema lets a district be a number; it was always seen as a text. */
const roleSchema = z.object({
  org_classification: z.string(),
  district: z
    .union([z.string(), z.number()])
    .nullish()
    .transform((value) => String(value ?? '').trim()),
  division_id: text,
});

/** Of a person: where he or she sits. A member of Congress has the jurisdiction of the country. */
export const seatSchema = z.object({
  jurisdiction: z.object({ id: z.string() }),
  /** Absent for those who hold no seat now. */
  current_role: roleSchema.nullish(),
});
/** One person of a reply, by the seat alone. */
export type ApiSeat = z.infer<typeof seatSchema>;

/** A person as `/people?include=offices&include=links` tells of one; other fields are let through. */
export const personSchema = seatSchema.extend({
  id: z.string().startsWith('ocd-person/'),
  name: z.string().trim().min(1),
  given_name: text,
  family_name: text,
  party: text,
  /** An address of mail, or of a contact form on the web. */
  email: text,
  offices: z
    .array(z.object({ classification: text, name: text, address: text, voice: text, fax: text }))
    .nullish(),
  links: z.array(z.object({ url: z.string(), note: text })).nullish(),
});
/** One person of a list of members. */
export type ApiPerson = z.infer<typeof personSchema>;

/** Which page of how many came, and how much there is in all. */
export const paginationSchema = z.object({
  page: z.int().positive(),
  max_page: z.int().positive(),
  total_items: z.int().nonnegative(),
});

/** A page of `/people`. Each person is read by itself: a broken one is no reason to lose the others. */
export const peoplePageSchema = z.object({ results: z.array(z.unknown()), pagination: paginationSchema });
/** A page of `/people` whose people are still to be read. */
export type PeoplePage = z.infer<typeof peoplePageSchema>;

/** `/people.geo`: what it says of pages is not to be believed. */
export const geoReplySchema = z.object({ results: z.array(seatSchema) });

/** `/jurisdictions/{id}?include=organizations`: every district of every chamber, those without a member too. */
export const jurisdictionSchema = z.object({
  id: z.string(),
  organizations: z.array(
    z.object({
      classification: z.string(),
      districts: z
        .array(
          z.object({
            label: z.union([z.string(), z.number()]).transform((value) => String(value).trim()),
            division_id: z.string().startsWith('ocd-division/'),
            maximum_memberships: z.int().nonnegative().nullish(),
          }),
        )
        .nullish(),
    }),
  ),
});
/** A state's chambers and their districts. */
export type ApiJurisdiction = z.infer<typeof jurisdictionSchema>;

/** What an error says: a sentence, or FastAPI's list of what was wrong with the question. */
export const faultSchema = z.object({ detail: z.unknown() });
