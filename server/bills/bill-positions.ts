import { ORG_CLASSIFICATIONS, type OrgClassification, type Roster } from '../legislators/legislator.ts';
import type { BillRecord, RollCall } from './bill-record.ts';
import type { KnownBills } from './known-bills.ts';
import { matchName, type NameMatch } from './match-names.ts';
import { type MembersThen, seenFrom } from './members-then.ts';
import { setsPositions } from './passage-votes.ts';
import type { Position, PositionName } from './position.ts';

type Did = KnownBills['unmatched'][number]['did'];
/** A name in a record, with the OpenStates id where OpenStates knows whose it is. */
interface Named {
  name: string;
  person_id?: string | undefined;
}

/** OpenStates' options of a vote; whoever is paired, or voted otherwise, has no position that is known. */
const OPTIONS: Record<string, PositionName> = {
  yes: 'voted_yes',
  no: 'voted_no',
  'not voting': 'not_voting',
  absent: 'not_voting',
  excused: 'not_voting',
  abstain: 'not_voting',
};

/**
 * What the record of a bill says of people, seen with today's roster: who put their name to it, how they voted where votes
 * set positions (`roll_calls` are those that the organizer names), and who sits on the committees that have it. An id from
 * OpenStates is taken as it is; a name alone is looked for among those who are known to have sat in the chamber on that day.
 * Names that fit nobody, or more than one, are told as unmatched and give no position.
 */
export function billPositions(
  record: BillRecord,
  { roster, roll_calls }: { roster: Roster; roll_calls: readonly string[] },
): Pick<KnownBills, 'positions' | 'unmatched'> {
  const positions: Position[] = [];
  const unmatched: KnownBills['unmatched'] = [];
  const { identifier: bill, session } = record;
  const add = (
    person_id: string,
    position: PositionName,
    { date, source }: { date: string; source: string },
  ) => positions.push({ person_id, position, bill, session, date, source });
  const tell = (name: string, did: Did, why: 'none' | 'several') => {
    if (!unmatched.some((one) => one.name === name && one.did === did && one.why === why))
      unmatched.push({ name, bill, session, did, why });
  };

  for (const { person_id, is_primary } of sponsorsOf(record, roster, tell))
    add(person_id, is_primary ? 'sponsor' : 'cosponsor', {
      date: record.first_action_date,
      source: record.source,
    });
  for (const roll_call of record.roll_calls.filter((one) => setsPositions(one, roll_calls)))
    for (const { person_id, position } of votesOf(roll_call, roster, tell))
      add(person_id, position, roll_call);
  for (const committee of record.committees) {
    const ids = membersOf(committee, roster, (name, why) => tell(name, 'committee', why));
    for (const person_id of ids ?? [])
      add(person_id, 'on_committee', { date: committee.since, source: record.source });
  }
  return { positions: positions.toSorted((one, other) => one.date.localeCompare(other.date)), unmatched };
}

/** Everybody who put their name to a bill, each once; whoever is told as a sponsor and a cosponsor is a sponsor. */
function sponsorsOf(
  { sponsorships, chamber, first_action_date }: BillRecord,
  roster: Roster,
  tell: (name: string, did: Did, why: 'none' | 'several') => void,
): { person_id: string; is_primary: boolean }[] {
  const seen = seenFrom(roster, [chamber], first_action_date);
  const found = new Map<string, boolean>();
  for (const sponsor of sponsorships) {
    const match = matchNamed(sponsor, seen);
    if (match.kind === 'one')
      found.set(match.person_id, sponsor.is_primary || found.get(match.person_id) === true);
    else tell(sponsor.name, sponsor.is_primary ? 'sponsor' : 'cosponsor', match.kind);
  }
  return [...found].map(([person_id, is_primary]) => ({ person_id, is_primary }));
}

/** How each legislator voted who can be told. Two votes of one are of two people, or nobody knows which counts. */
function votesOf(
  { votes, chamber, date }: RollCall,
  roster: Roster,
  tell: (name: string, did: Did, why: 'none' | 'several') => void,
): { person_id: string; position: PositionName }[] {
  // Of a committee whose chamber nobody knows, anybody of the legislature may be meant.
  const seen = seenFrom(roster, chamber ? [chamber] : ORG_CLASSIFICATIONS, date);
  const told = votes.flatMap((vote) => {
    const match = matchNamed(vote, seen);
    if (match.kind === 'one') return [{ vote, person_id: match.person_id }];
    tell(vote.name, 'vote', match.kind);
    return [];
  });
  return [...Map.groupBy(told, ({ person_id }) => person_id)].flatMap(([person_id, entries]) => {
    const options = new Set(entries.map(({ vote }) => vote.option.toLowerCase()));
    const is_sure = entries.length === 1 || entries.some(({ vote }) => vote.person_id !== undefined);
    if (options.size > 1 || !is_sure) {
      for (const { vote } of entries) tell(vote.name, 'vote', 'several');
      return [];
    }
    const position = OPTIONS[[...options][0]!];
    return position ? [{ person_id, position }] : [];
  });
}

/** OpenStates ids of a committee's members, as far as they can be told; undefined where nobody here knows them. */
export function membersOf(
  { members, chamber }: { members?: Named[] | undefined; chamber: OrgClassification },
  roster: Roster,
  tell?: (name: string, why: 'none' | 'several') => void,
): string[] | undefined {
  if (!members) return undefined;
  const today = roster.legislators.filter(({ current_role }) => current_role.org_classification === chamber);
  const ids = members.flatMap((member) => {
    const match = matchNamed(member, { sat: today, may_have_sat: [] });
    if (match.kind === 'one') return [match.person_id];
    tell?.(member.name, match.kind);
    return [];
  });
  return [...new Set(ids)];
}

/** Whoever may have sat there then makes a name doubtful, and is never found by it. */
function matchNamed({ name, person_id }: Named, { sat, may_have_sat }: MembersThen): NameMatch {
  if (person_id !== undefined) return { kind: 'one', person_id };
  const match = matchName(name, [...sat, ...may_have_sat]);
  const is_doubtful = match.kind === 'one' && may_have_sat.some(({ id }) => id === match.person_id);
  return is_doubtful ? { kind: 'none' } : match;
}
