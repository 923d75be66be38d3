import { z } from 'zod';
import { ORG_CLASSIFICATIONS } from '../legislators/legislator.ts';
import { webAddress } from '../legislators/member.ts';

const day = z.iso.date();
const chamber = z.enum(ORG_CLASSIFICATIONS);

/** Something that happened to a bill. */
const actionSchema = z.object({
  date: day,
  /** As the legislature words it: 'Referred to Judiciary Committee'. */
  description: z.string(),
  /** Where it happened; absent for what the governor did. */
  chamber: chamber.optional(),
  /** OpenStates' classes: 'referral-committee', 'passage' … Often none. */
  classification: z.array(z.string()),
  /** Names of the committees that it is about, where OpenStates tells them apart. */
  committees: z.array(z.string()),
});

/** Somebody who put their name to the bill; `person_id` is absent where OpenStates knows the name alone. */
const sponsorshipSchema = z.object({
  name: z.string(),
  person_id: z.string().optional(),
  is_primary: z.boolean(),
});

/** A vote in which everyone's choice was written down. */
const rollCallSchema = z.object({
  /** 'ocd-vote/…' */
  id: z.string(),
  /** The legislature's own name for it, 'HV #3312'; '' where it has none. */
  identifier: z.string(),
  date: day,
  motion: z.string(),
  /** OpenStates' classes: 'passage', 'amendment' … */
  classification: z.array(z.string()),
  /** 'pass' or 'fail'. */
  result: z.string(),
  /** The chamber whose members voted; of a committee's vote the chamber of the committee, where that is known. */
  chamber: chamber.optional(),
  /** Whether the whole chamber voted, and not a committee of it. */
  is_floor: z.boolean(),
  /** Who voted: 'House', 'Judiciary Committee'. */
  organization: z.string(),
  source: webAddress,
  votes: z.array(
    z.object({
      /** 'yes', 'no', 'absent', 'excused', 'abstain', 'not voting', 'paired', 'other'. */
      option: z.string(),
      name: z.string(),
      person_id: z.string().optional(),
    }),
  ),
});

/** A committee that has the bill, as far as its actions tell. */
const committeeSchema = z.object({
  name: z.string(),
  chamber,
  /** ISO date since when. */
  since: day,
  /** Absent where OpenStates does not have this committee. */
  members: z
    .array(z.object({ name: z.string(), person_id: z.string().optional(), role: z.string() }))
    .optional(),
  /** ISO date on which OpenStates last told its members, or that it does not have them. */
  members_as_of: day.optional(),
});

/** A bill as OpenStates told of it at one moment, and as it is kept on the disk. */
export const billRecordSchema = z.object({
  jurisdiction_id: z.string(),
  /** 'fl' */
  state: z.string(),
  session: z.string(),
  /** 'HB 419', as OpenStates writes it. */
  identifier: z.string(),
  title: z.string(),
  /** In which it was filed. */
  chamber,
  /** The legislature's page of it, or OpenStates'. */
  source: webAddress,
  /** ISO time at which it was fetched. */
  fetched_at: z.iso.datetime(),
  /** '2026 Regular Session' and its ISO dates, where OpenStates has them. */
  session_name: z.string().optional(),
  session_end: day.optional(),
  /** ISO date of its first action, or of when OpenStates first saw it. */
  first_action_date: day,
  /** In the order in which they happened. */
  actions: z.array(actionSchema),
  sponsorships: z.array(sponsorshipSchema),
  roll_calls: z.array(rollCallSchema),
  /** Its companions in the other chamber. */
  companions: z.array(z.object({ identifier: z.string(), session: z.string() })),
  /** Those that have it now. */
  committees: z.array(committeeSchema),
});
/** A bill as OpenStates told of it at one moment. */
export type BillRecord = z.infer<typeof billRecordSchema>;
/** Something that happened to a bill. */
export type BillAction = z.infer<typeof actionSchema>;
/** A vote in which everyone's choice was written down. */
export type RollCall = z.infer<typeof rollCallSchema>;
/** A committee that has the bill. */
export type BillCommittee = z.infer<typeof committeeSchema>;

/** Which bill is meant: as a campaign names it. */
export interface BillRef {
  /** Postal code of the state, lower case. */
  state: string;
  session: string;
  identifier: string;
}

/** A bill's identifier as all spellings of it have it: 'hb0419' and 'H.B. 419' are 'HB419'. */
export function bareIdentifier(identifier: string): string {
  return identifier
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/(?<=[A-Z]|^)0+(?=\d)/g, '');
}

/** Whether two name one bill of one session. */
export function isSameBill(
  one: Pick<BillRef, 'session' | 'identifier'>,
  other: Pick<BillRef, 'session' | 'identifier'>,
): boolean {
  return one.session === other.session && bareIdentifier(one.identifier) === bareIdentifier(other.identifier);
}
