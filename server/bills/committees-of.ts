import { calendarDay } from '../calendar.ts';
import { OperationalError } from '../errors.ts';
import type { OrgClassification } from '../legislators/legislator.ts';
import type { ApiCommittee } from '../legislators/openstates-bill-replies.ts';
import type { OpenStates } from '../legislators/openstates-client.ts';
import { chamberName, stateFacts } from '../legislators/states.ts';
import type { Answers } from './answers.ts';
import type { BillCommittee, BillRecord } from './bill-record.ts';
import { readCommittees } from './committee-list.ts';
import {
  findCommittee,
  isSameCommitteeName,
  isSubcommittee,
  membersOf,
  type SoughtCommittee,
} from './committee-members.ts';
import type { FetchedBill } from './fetch-bill.ts';
import { whereaboutsOf } from './whereabouts.ts';

/** What committees are asked for with. */
export interface CommitteeAsking {
  client: OpenStates;
  answers: Answers;
  now: () => Date;
  stopped: AbortSignal | undefined;
}

/**
 * The committees that have a bill, with their members, as far as OpenStates has them, and sentences on what it does not have.
 * It tells members of today alone: once the bill's session is over (its last day is before the state's today), those that
 * were told before stay, and only where none ever were, they are asked for, once. While it can't be asked, the members of
 * before stay of a committee that had the bill already. Throws OperationalError `openstates_minute_spent` alone: then the
 * same is to be asked again.
 */
export async function committeesOf(
  { record, chamber_ids }: Pick<FetchedBill, 'record' | 'chamber_ids'>,
  before: BillRecord | undefined,
  asking: CommitteeAsking,
): Promise<{ committees: BillCommittee[]; notes: string[] }> {
  const { state, session_end } = record;
  const { chamber, committees } = whereaboutsOf(record.chamber, record.actions);
  if (!chamber) return { committees: [], notes: [] };
  const today = calendarDay(asking.now(), stateFacts(state).time_zone);
  const is_over = session_end !== undefined && session_end < today;
  const is_settled = is_over && before?.committees.some(isTold) === true;
  const found: BillCommittee[] = [];
  const notes: string[] = [];
  for (const { name, since } of committees) {
    const own = { name, chamber, since };
    const kept = toldOf(before?.committees.find((one) => isSame(one, own)));
    const chamber_id = chamber_ids[chamber];
    // Without its id no committee can be told to be of this chamber.
    if (is_settled || (chamber_id === undefined && isTold(kept))) {
      found.push({ ...own, ...kept });
      continue;
    }
    try {
      const sought = { name, chamber, chamber_id };
      const members = await membersAt(sought, state, asking);
      const told = typeof members === 'string' ? {} : { members };
      if (typeof members === 'string') notes.push(members);
      found.push({ ...own, ...told, members_as_of: today });
    } catch (error) {
      if (!(error instanceof OperationalError) || mustWait(error, asking.stopped)) throw error;
      const which = kept.members ? 'those of before stay' : 'so that its members are not known';
      notes.push(`The members of ${name} could not be asked for, ${which}. ${error.message}`);
      found.push({ ...own, ...kept });
    }
  }
  return { committees: found, notes };
}

function isSame(one: BillCommittee, other: BillCommittee): boolean {
  return one.chamber === other.chamber && isSameCommitteeName(one.name, other.name);
}

/** Whether OpenStates has answered for its members. */
function isTold({ members, members_as_of }: Pick<BillCommittee, 'members' | 'members_as_of'>): boolean {
  return members !== undefined || members_as_of !== undefined;
}

/** What OpenStates has told of a committee's members. */
function toldOf(committee: BillCommittee | undefined): Pick<BillCommittee, 'members' | 'members_as_of'> {
  const { members, members_as_of } = committee ?? {};
  return { ...(members ? { members } : {}), ...(members_as_of ? { members_as_of } : {}) };
}

/** Whether a failure says that the same is to be asked again soon, or no more. */
export function mustWait(error: OperationalError, stopped: AbortSignal | undefined): boolean {
  return error.code === 'openstates_minute_spent' || stopped?.aborted === true;
}

/** The members of a committee, or a sentence on why OpenStates does not tell them. */
async function membersAt(
  sought: SoughtCommittee,
  state: string,
  { client, answers, stopped }: CommitteeAsking,
): Promise<NonNullable<BillCommittee['members']> | string> {
  const where = `the ${chamberName(state, sought.chamber)}’s committees at OpenStates`;
  const list = (of: OrgClassification | 'subcommittees') =>
    readCommittees(client, { state, of }, answers, stopped);
  const committees = await list(sought.chamber);
  if (isSubcommittee(sought.name)) committees.push(...(await list('subcommittees')));
  const found = findCommittee(sought, committees);
  if (found === 'several')
    return `${sought.name} fits more than one of ${where}, so its members are not known.`;
  if (found === 'none') return `${sought.name} is not among ${where}, so its members are not known.`;
  const members = membersOf(found.memberships ? found : await withMembers(found));
  return members ?? `OpenStates names no members of ${sought.name}.`;

  async function withMembers({ id }: ApiCommittee): Promise<ApiCommittee> {
    const committee = await answers.ask(`committee ${id}`, () => client.committee(id, stopped));
    if (committee.memberships) return committee;
    throw new OperationalError('openstates_not_whole', 'OpenStates sent no list of its members.');
  }
}
