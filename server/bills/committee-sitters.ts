import { calendarDay } from '../calendar.ts';
import { stateFacts } from '../legislators/states.ts';
import type { BillCommittee, BillRecord } from './bill-record.ts';
import type { NameMatch } from './match-names.ts';
import { membersThen } from './members-then.ts';
import type { PeopleSight } from './names-then.ts';

/** Who sits on a committee that has a bill. Ids of OpenStates. */
export interface CommitteeSitters {
  /** Undefined where nobody here knows the members. */
  member_ids: string[] | undefined;
  /** Members of its chamber whom a name that is not clear may mean. */
  doubtful_ids: string[];
  /** The names that are not clear. */
  unmatched: { name: string; why: 'none' | 'several' }[];
}

/**
 * The members of a committee, as far as they can be told. OpenStates lists those of the day on which it is asked: once the
 * bill's session was over by then, only those count who are known to have sat in the chamber on its last day, since others
 * may never have had the bill before them. Who does not count is nobody whose name would have to be told.
 */
export function sittersOf(
  { members, chamber }: Pick<BillCommittee, 'members' | 'chamber'>,
  { session_end, fetched_at }: Pick<BillRecord, 'session_end' | 'fetched_at'>,
  { roster, namesThen }: PeopleSight,
): CommitteeSitters {
  if (!members) return { member_ids: undefined, doubtful_ids: [], unmatched: [] };
  const fetched_on = calendarDay(new Date(fetched_at), stateFacts(roster.state).time_zone);
  const is_over = session_end !== undefined && session_end < fetched_on;
  const sat = is_over && new Set(membersThen(roster, chamber, session_end).map(({ id }) => id));
  const counts = (id: string) => !sat || sat.has(id);
  const told = members.map(({ name, person_id }): { name: string; match: NameMatch } => ({
    name,
    match: person_id === undefined ? namesThen(name, chamber, fetched_on) : { kind: 'one', person_id },
  }));
  const found = told.flatMap(({ match }) => (match.kind === 'one' ? match.person_id : []));
  const member_ids = new Set(found.filter(counts));
  const unclear = told.flatMap(({ name, match }) =>
    match.kind === 'one' ? [] : { name, why: match.kind, may_be: match.may_be.filter(counts) },
  );
  const doubtful_ids = new Set(unclear.flatMap(({ may_be }) => may_be)).difference(member_ids);
  return {
    member_ids: [...member_ids],
    doubtful_ids: [...doubtful_ids],
    unmatched: unclear
      .filter(({ may_be }) => !is_over || may_be.length > 0)
      .map(({ name, why }) => ({ name, why })),
  };
}
