import type { BillRecord } from './bill-record.ts';
import type { Position } from './position.ts';
import type { Whereabouts } from './whereabouts.ts';

/** One bill that OpenStates has told of. */
export interface KnownBill {
  record: BillRecord;
  whereabouts: Whereabouts;
  /**
   * The committees that have it, of the chamber where it is; `member_ids` (OpenStates ids) is undefined where the members are
   * not known. `doubtful_ids` are of members of that chamber whom a name that is not clear may mean: perhaps they sit on it.
   */
  committees: {
    name: string;
    since: string;
    member_ids: string[] | undefined;
    doubtful_ids: string[];
  }[];
  /** Whether its session is over on the day asked; undefined where nobody says when it ends. */
  is_over: boolean | undefined;
}

/** What is known of a campaign's bills from OpenStates, seen with the legislators of today. */
export interface KnownBills {
  /** The day on which it is seen, an ISO date: what is said of a later one has not happened. Absent where no bill was ever looked for. */
  today?: string;
  /** The campaign's own first, in its order, then companions that it does not name. */
  bills: KnownBill[];
  /** What those legislators did who can be told for certain; several of one legislator stand in the order of their dates. */
  positions: Position[];
  /** Names that fit no member of the chamber, or more than one. */
  unmatched: {
    name: string;
    bill: string;
    session: string;
    did: 'sponsor' | 'cosponsor' | 'vote' | 'committee';
    why: 'none' | 'several';
  }[];
}

/** Where no bill was ever fetched. */
export const NOTHING_KNOWN: KnownBills = { bills: [], positions: [], unmatched: [] };
