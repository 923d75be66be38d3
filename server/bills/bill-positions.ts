import type { OrgClassification, Roster } from '../legislators/legislator.ts';
import { ORG_CLASSIFICATIONS } from '../legislators/legislator.ts';
import { chamberName } from '../legislators/states.ts';
import type { BillCommittee, BillRecord, RollCall } from './bill-record.ts';
import type { KnownBills } from './known-bills.ts';
import type { NameMatch } from './match-names.ts';
import { type NamesThen, namesThen } from './names-then.ts';
import { setsPositions } from './passage-votes.ts';
import type { Position, PositionName } from './position.ts';
import { readWrittenName } from './written-name.ts';

type Did = KnownBills['unmatched'][number]['did'];
type Tell = (name: string, did: Did, why: 'none' | 'several') => void;

/** OpenStates' options of a vote; whoever is paired, or voted otherwise, has no position that is known. */
const OPTIONS = new Map<string, PositionName>([
  ['yes', 'voted_yes'],
  ['no', 'voted_no'],
  ['not voting', 'not_voting'],
  ['absent', 'not_voting'],
  ['excused', 'not_voting'],
  ['abstain', 'not_voting'],
]);

/** What a record is seen with: `names` tells people by their names in today's roster, `roll_calls` are those that the organizer names. */
export interface RecordSight {
  roster: Roster;
  roll_calls: readonly string[];
  names?: NamesThen;
}

/**
 * What the record of a bill says of people, seen with today's roster: who put their name to it, how they voted where votes
 * set positions, and who sits on the committees that have it. An id from OpenStates is taken as it is; a name alone is looked
 * for among those who are known to have sat in the chamber on that day. Names that fit nobody, or more than one, are told as
 * unmatched and give no position; neither does who voted yes and no on one day.
 */
export function billPositions(
  record: BillRecord,
  { roster, roll_calls, names = namesThen(roster) }: RecordSight,
): Pick<KnownBills, 'positions' | 'unmatched'> {
  const positions: Position[] = [];
  const unmatched: KnownBills['unmatched'] = [];
  const { identifier: bill, session } = record;
  const told = new Set<string>();
  const tell: Tell = (name, did, why) => {
    const key = JSON.stringify([name, did, why]);
    if (!told.has(key)) unmatched.push({ name, bill, session, did, why });
    told.add(key);
  };
  const add = (
    person_id: string,
    position: PositionName,
    { date, source }: { date: string; source: string },
  ) => positions.push({ person_id, position, bill, session, date, source });

  for (const { person_id, is_primary } of sponsorsOf(record, names, tell))
    add(person_id, is_primary ? 'sponsor' : 'cosponsor', {
      date: record.first_action_date,
      source: record.source,
    });
  const counted = record.roll_calls.filter((one) => setsPositions(one, roll_calls));
  const voted = counted.flatMap((roll_call) =>
    votesOf(roll_call, record.state, names, tell).map((vote) => ({ ...vote, roll_call })),
  );
  for (const { person_id, position, roll_call } of oneADay(voted)) add(person_id, position, roll_call);
  for (const committee of record.committees) {
    const { member_ids, unmatched: unknown } = membersOf(committee, record, names);
    for (const { name, why } of unknown) tell(name, 'committee', why);
    for (const person_id of member_ids ?? [])
      add(person_id, 'on_committee', { date: committee.since, source: record.source });
  }
  return { positions: positions.toSorted((one, other) => one.date.localeCompare(other.date)), unmatched };
}

/** Everybody who put their name to a bill, each once; whoever is told as a sponsor and a cosponsor is a sponsor. */
function sponsorsOf(
  { sponsorships, chamber, first_action_date }: BillRecord,
  names: NamesThen,
  tell: Tell,
): { person_id: string; is_primary: boolean }[] {
  const titles = sponsorships.map(({ name }) => readWrittenName(name)?.chamber);
  const isOther = (one: OrgClassification | undefined) => one !== undefined && one !== chamber;
  // Where sponsors of both chambers stand, a bare name may be of either.
  const has_others =
    chamber !== 'legislature' &&
    (titles.some(isOther) || sponsorships.some(({ person_id }) => isOther(names.chamberOf(person_id))));
  const chambers: OrgClassification[] = has_others ? ['upper', 'lower'] : [chamber];
  const found = new Map<string, boolean>();
  for (const sponsor of sponsorships) {
    const match = names.match(sponsor, chambers, first_action_date);
    if (match.kind === 'one')
      found.set(match.person_id, sponsor.is_primary || found.get(match.person_id) === true);
    else tell(sponsor.name, sponsor.is_primary ? 'sponsor' : 'cosponsor', match.kind);
  }
  return [...found].map(([person_id, is_primary]) => ({ person_id, is_primary }));
}

/** How each legislator voted who can be told. Two votes of one are of two people, or nobody knows which counts. */
function votesOf(
  roll_call: RollCall,
  state: string,
  names: NamesThen,
  tell: Tell,
): { person_id: string; position: PositionName }[] {
  const { votes, date } = roll_call;
  const chamber = chamberOfVote(roll_call, state);
  const told = votes.flatMap((vote) => {
    // Of a committee whose chamber nobody knows, a name alone may be of anybody.
    const match: NameMatch = names.match(vote, chamber ? [chamber] : [], date);
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
    const position = OPTIONS.get([...options][0]!);
    return position ? [{ person_id, position }] : [];
  });
}

/** The chamber of those who voted: a committee's own name may tell it, 'House Judiciary Committee'. */
function chamberOfVote({ chamber, organization }: RollCall, state: string): OrgClassification | undefined {
  const isNamed = (one: OrgClassification) =>
    organization.toLowerCase().startsWith(`${chamberName(state, one).toLowerCase()} `);
  return chamber ?? ORG_CLASSIFICATIONS.find(isNamed);
}

interface Vote {
  person_id: string;
  position: PositionName;
  roll_call: RollCall;
}

/** Votes have no order within a day: who is told to have voted both ways on one is told with neither, and who voted alike twice, once. */
function oneADay(votes: Vote[]): Vote[] {
  const kept = new Map<string, Map<PositionName, Vote>>();
  for (const vote of votes) {
    const key = `${vote.person_id} ${vote.roll_call.date}`;
    const same_day = kept.get(key) ?? new Map<PositionName, Vote>();
    if (!same_day.has(vote.position)) same_day.set(vote.position, vote);
    kept.set(key, same_day);
  }
  return [...kept.values()].flatMap((same_day) =>
    same_day.has('voted_yes') && same_day.has('voted_no') ? [] : [...same_day.values()],
  );
}

/** Who sits on a committee that has a bill. */
export interface CommitteeMembers {
  /** OpenStates ids; undefined where nobody here knows them. */
  member_ids: string[] | undefined;
  /** OpenStates ids of whom a name on its list may mean that fits several. */
  doubtful_ids: string[];
  unmatched: { name: string; why: 'none' | 'several' }[];
}

/**
 * The members of a committee, as far as they can be told. OpenStates lists those of today: of a bill whose session was over
 * when that was fetched only who is known to have sat in the chamber on its last day.
 */
export function membersOf(
  { members, chamber }: BillCommittee,
  { session_end, fetched_at }: BillRecord,
  names: NamesThen,
): CommitteeMembers {
  if (!members) return { member_ids: undefined, doubtful_ids: [], unmatched: [] };
  const matches = members.map((member) => ({ member, match: names.matchToday(member, chamber) }));
  const is_over = session_end !== undefined && session_end < fetched_at.slice(0, 'YYYY-MM-DD'.length);
  const satThen = (id: string) => !is_over || names.sat(id, chamber, session_end);
  const ids = matches.flatMap(({ match }) => (match.kind === 'one' ? [match.person_id] : []));
  return {
    member_ids: [...new Set(ids)].filter(satThen),
    doubtful_ids: matches
      .flatMap(({ match }) => (match.kind === 'several' ? match.person_ids : []))
      .filter(satThen),
    unmatched: matches.flatMap(({ member, match }) =>
      match.kind === 'one' ? [] : [{ name: member.name, why: match.kind }],
    ),
  };
}
