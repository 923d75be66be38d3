import type { Roster } from '../legislators/legislator.ts';
import { billPositions, inOrderOfDates } from './bill-positions.ts';
import { type BillRecord, isSameBill } from './bill-record.ts';
import { sittersOf } from './committee-sitters.ts';
import type { KnownBill, KnownBills } from './known-bills.ts';
import { createPeopleSight, type PeopleSight } from './names-then.ts';
import { whereaboutsOf } from './whereabouts.ts';

/** What the records of a campaign's bills are seen with. */
export interface BillSight {
  /** The campaign's bills in its order, each with the roll calls that the organizer names. */
  bills: readonly { identifier: string; session: string; roll_calls: readonly string[] }[];
  roster: Roster;
  /** The state's day, an ISO date. */
  today: string;
}

/**
 * What is known of a campaign's bills from their records and those of their companions; records of other bills and other
 * states do not count. Roll calls that the organizer names are of the bill under which they stand: a companion that the
 * campaign does not name has none.
 */
export function seeBills(records: readonly BillRecord[], { bills, roster, today }: BillSight): KnownBills {
  const here = records.filter(({ state }) => state === roster.state);
  const own = bills.flatMap((bill) => {
    const record = here.find((one) => isSameBill(one, bill));
    return record ? [{ record, roll_calls: bill.roll_calls }] : [];
  });
  const companions = here
    .filter((record) => !bills.some((bill) => isSameBill(record, bill)))
    .filter(
      (record) =>
        record.companions.some((companion) => bills.some((bill) => isSameBill(companion, bill))) ||
        own.some(({ record: named }) => named.companions.some((companion) => isSameBill(record, companion))),
    )
    .map((record) => ({ record, roll_calls: [] }));
  const all = [...own, ...companions].filter(
    ({ record }, index, list) => list.findIndex((one) => isSameBill(one.record, record)) === index,
  );
  const people = createPeopleSight(roster);
  const said = all.map(({ record, roll_calls }) => billPositions(record, { people, roll_calls }));
  return {
    today,
    bills: all.map(({ record }) => seeBill(record, people, today)),
    positions: inOrderOfDates(said.flatMap(({ positions }) => positions)),
    unmatched: said.flatMap(({ unmatched }) => unmatched),
  };
}

function seeBill(record: BillRecord, people: PeopleSight, today: string): KnownBill {
  const whereabouts = whereaboutsOf(record.chamber, record.actions);
  return {
    record,
    whereabouts,
    committees: record.committees
      .filter(({ chamber }) => chamber === whereabouts.chamber)
      .map((committee) => {
        const { member_ids, doubtful_ids } = sittersOf(committee, record, people);
        return { name: committee.name, since: committee.since, member_ids, doubtful_ids };
      }),
    is_over: record.session_end === undefined ? undefined : record.session_end < today,
  };
}

/**
 * The same as `seeBills`, kept for each campaign (told by its list of bills, the very object): while its records, the roster
 * and the day are the same, the same object is given again. Cheap enough to be asked at every request.
 */
export function createKnownBills(): typeof seeBills {
  const made = new WeakMap<
    BillSight['bills'],
    { records: readonly BillRecord[]; roster: Roster; today: string; known: KnownBills }
  >();
  return (records, sight) => {
    const { bills, roster, today } = sight;
    const before = made.get(bills);
    if (before?.roster === roster && before.today === today && areSame(before.records, records))
      return before.known;
    const known = seeBills(records, sight);
    // A copy: a list that its keeper changes in place must not pass for the one of before.
    made.set(bills, { records: [...records], roster, today, known });
    return known;
  };
}

function areSame(some: readonly BillRecord[], others: readonly BillRecord[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}
