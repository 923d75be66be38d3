import { z } from 'zod';
import { paginationSchema, text } from './openstates-replies.ts';

/** What stands in a list, to be read one by one: a broken entry is no reason to lose the others. A list of null is empty. */
const entries = z
  .array(z.unknown())
  .nullish()
  .transform((list) => list ?? []);
/** A list that was asked for: [] where there is nothing in it, so that one that is absent or null says nothing. */
const included = z
  .array(z.unknown())
  .nullish()
  .transform((list) => list ?? undefined);

/** A chamber, a committee, the governor: `classification` says which. */
const organizationSchema = z.object({ id: text, name: text, classification: text });
const personSchema = z.object({ id: text });
const words = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

/** A page somewhere; OpenStates does not look at what stands in the address. */
export const apiLinkSchema = z.object({ url: z.string() });

/** Something that happened to a bill. */
export const apiActionSchema = z.object({
  organization: organizationSchema.nullish(),
  description: z.string(),
  date: z.string(),
  classification: words,
  order: z.int().nullish(),
  related_entities: entries,
});
/** Something that happened to a bill, as the API tells of it. */
export type ApiAction = z.infer<typeof apiActionSchema>;

/** Somebody, or a committee, whom an action is about. */
export const apiRelatedEntitySchema = z.object({
  name: z.string().trim().min(1),
  entity_type: text,
  organization: organizationSchema.nullish(),
});

/** Somebody, or a committee, with their name on a bill. */
export const apiSponsorshipSchema = z.object({
  name: z.string().trim().min(1),
  entity_type: text,
  person: personSchema.nullish(),
  primary: z.boolean().nullish(),
  classification: text,
});

/** A vote, of which the choices are still to be read one by one. */
export const apiVoteSchema = z.object({
  id: z.string().min(1),
  motion_text: z.string(),
  motion_classification: words,
  start_date: z.string(),
  result: z
    .string()
    .nullish()
    .transform((result) => result ?? ''),
  identifier: z
    .string()
    .nullish()
    .transform((identifier) => identifier?.trim() ?? ''),
  organization: organizationSchema,
  votes: included,
  sources: entries,
});
/** A vote, as the API tells of it. */
export type ApiVote = z.infer<typeof apiVoteSchema>;

/** One member's choice. */
export const apiPersonVoteSchema = z.object({
  option: z.string().trim().min(1),
  voter_name: z.string().trim().min(1),
  voter: personSchema.nullish(),
});

/** A bill that has to do with another. */
export const apiRelatedBillSchema = z.object({
  identifier: z.string().trim().min(1),
  legislative_session: z.string(),
  relation_type: text,
});

/**
 * `/bills/{state}/{session}/{identifier}` with what is included of it, whose entries are still to be read; a list that was not
 * sent is undefined.
 */
export const billSchema = z.object({
  session: z.string(),
  jurisdiction: z.object({ id: z.string() }),
  from_organization: organizationSchema.nullish(),
  identifier: z.string().trim().min(1),
  title: z.string().trim(),
  created_at: text,
  openstates_url: text,
  first_action_date: text,
  related_bills: included,
  sponsorships: included,
  actions: included,
  sources: included,
  votes: included,
});
/** A bill as the API tells of it. */
export type ApiBill = z.infer<typeof billSchema>;

/** Somebody's seat in a committee. */
export const apiMembershipSchema = z.object({
  person_name: z.string().trim().min(1),
  role: text,
  person: personSchema.nullish(),
});

/** A committee; `memberships` is absent where they were not sent along. */
export const committeeSchema = z.object({
  id: z.string().min(1),
  name: z.string().trim().min(1),
  classification: text,
  /** The organization that it belongs to: a chamber, or another committee. */
  parent_id: text,
  memberships: included,
});
/** A committee as the API tells of it. */
export type ApiCommittee = z.infer<typeof committeeSchema>;

/** A page of `/committees` whose committees are still to be read. */
export const committeesPageSchema = z.object({ results: z.array(z.unknown()), pagination: paginationSchema });
/** A page of `/committees`. */
export type CommitteesPage = z.infer<typeof committeesPageSchema>;

/** `/jurisdictions/{id}?include=legislative_sessions`. */
export const sessionsSchema = z.object({ id: z.string(), legislative_sessions: entries });
/** A state's sessions, still to be read one by one. */
export type ApiSessions = z.infer<typeof sessionsSchema>;

/** One session; its dates are ISO dates, '' or absent. */
export const apiSessionSchema = z.object({
  identifier: z.string(),
  name: text,
  start_date: text,
  end_date: text,
});

/** The entries of a list that can be read, and how many can't; none of a list that was not sent. */
export function readEntries<Schema extends z.ZodType>(
  list: readonly unknown[] | undefined,
  schema: Schema,
): { found: z.infer<Schema>[]; broken: number } {
  const found = (list ?? []).map((entry) => schema.safeParse(entry)).filter(({ success }) => success);
  return { found: found.map(({ data }) => data!), broken: (list?.length ?? 0) - found.length };
}
