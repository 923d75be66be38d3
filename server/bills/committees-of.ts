import { OperationalError } from '../errors.ts';
import type { OrgClassification } from '../legislators/legislator.ts';
import type { ApiCommittee } from '../legislators/openstates-bill-replies.ts';
import type { OpenStates } from '../legislators/openstates-client.ts';
import { chamberName } from '../legislators/states.ts';
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
  stopped: AbortSignal | undefined;
}

/**
 * The committees that have a bill, with their members, as far as OpenStates has them, and sentences on what it does not have.
 * While it can't be asked, the members of before stay of a committee that had the bill already. Throws OperationalError
 * `openstates_minute_spent` alone: then the same is to be asked again.
 */
export async function committeesOf(
  { record, chamber_ids }: FetchedBill,
  before: BillRecord | undefined,
  asking: CommitteeAsking,
): Promise<{ committees: BillCommittee[]; notes: string[] }> {
  const { chamber, committees } = whereaboutsOf(record.chamber, record.actions);
  if (!chamber) return { committees: [], notes: [] };
  const found: BillCommittee[] = [];
  const notes: string[] = [];
  for (const { name, since } of committees) {
    const sought = { name, chamber, chamber_id: chamber_ids[chamber] };
    const own = { name, chamber, since };
    try {
      const members = await membersAt(sought, record.state, asking);
      if (typeof members === 'string') {
        notes.push(members);
        found.push(own);
      } else found.push({ ...own, members });
    } catch (error) {
      if (!(error instanceof OperationalError) || mustWait(error, asking.stopped)) throw error;
      const kept = before?.committees.find(
        (one) => one.chamber === chamber && isSameCommitteeName(one.name, name),
      )?.members;
      const which = kept ? 'those of before stay' : 'so that its members are not known';
      notes.push(`The members of ${name} could not be asked for, ${which}. ${error.message}`);
      found.push(kept ? { ...own, members: kept } : own);
    }
  }
  return { committees: found, notes };
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

  function withMembers({ id }: ApiCommittee): Promise<ApiCommittee> {
    return answers.ask(`committee ${id}`, () => client.committee(id, stopped));
  }
}
