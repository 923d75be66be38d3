import type { BillRecord } from './bill-record.ts';
import { sittersOf } from './committee-sitters.ts';
import type { KnownBills } from './known-bills.ts';
import type { PeopleSight, Tell } from './names-then.ts';
import { setsPositions } from './passage-votes.ts';
import type { Position, PositionName } from './position.ts';
import { sponsorsOf } from './sponsors.ts';
import { votesOf } from './votes.ts';

type Unmatched = KnownBills['unmatched'][number];

/**
 * What the record of a bill says of people, seen with today's roster: who put their name to it, how they voted where votes
 * set positions (`roll_calls` are those that the organizer names), and who sits on the committees that have it. An id from
 * OpenStates is taken as it is; a name alone is looked for among those who are known to have sat in the chamber on that day.
 * Names that fit nobody, or more than one, are told as unmatched and give no position. Who voted yes and no on one day, in
 * one roll call or in two, has no position from that day: nobody says which came last.
 */
export function billPositions(
  record: BillRecord,
  { people, roll_calls }: { people: PeopleSight; roll_calls: readonly string[] },
): Pick<KnownBills, 'positions' | 'unmatched'> {
  const positions: Position[] = [];
  const unmatched = new Map<string, Unmatched>();
  const { identifier: bill, session, source } = record;
  const add = (person_id: string, position: PositionName, known: { date: string; source: string }) =>
    positions.push({ person_id, position, bill, session, date: known.date, source: known.source });
  const tell: Tell = (name, did, why) => {
    const key = `${did} ${why} ${name}`;
    if (!unmatched.has(key)) unmatched.set(key, { name, bill, session, did, why });
  };

  for (const { person_id, is_primary } of sponsorsOf(record, people, tell))
    add(person_id, is_primary ? 'sponsor' : 'cosponsor', { date: record.first_action_date, source });
  const passages = record.roll_calls.filter((one) => setsPositions(one, roll_calls));
  for (const [date, of_day] of Map.groupBy(passages, (one) => one.date)) {
    const votes = of_day.flatMap((roll_call) => votesOf(roll_call, people, tell));
    const whoSaid = (wanted: PositionName) =>
      new Set(votes.filter(({ position }) => position === wanted).map(({ person_id }) => person_id));
    const torn = whoSaid('voted_yes').intersection(whoSaid('voted_no'));
    for (const vote of votes)
      if (!torn.has(vote.person_id)) add(vote.person_id, vote.position, { date, source: vote.source });
  }
  for (const committee of record.committees) {
    const sitters = sittersOf(committee, record, people);
    for (const { name, why } of sitters.unmatched) tell(name, 'committee', why);
    for (const person_id of sitters.member_ids ?? [])
      add(person_id, 'on_committee', { date: committee.since, source });
  }
  return { positions: inOrderOfDates(positions), unmatched: [...unmatched.values()] };
}

/** Positions in the order of their dates; those of one day stay as they stood. */
export function inOrderOfDates(positions: Position[]): Position[] {
  return positions.toSorted((one, other) => (one.date === other.date ? 0 : one.date < other.date ? -1 : 1));
}
