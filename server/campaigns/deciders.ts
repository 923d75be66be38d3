import { isSameBill } from '../bills/bill-record.ts';
import type { KnownBill, KnownBills } from '../bills/known-bills.ts';
import type { Whereabouts } from '../bills/whereabouts.ts';
import type { OrgClassification, Roster } from '../legislators/legislator.ts';
import type { Bill, Campaign } from './campaign.ts';
import { seatOf } from './seats.ts';

/** A chamber that has passed a bill of the campaign, and is done with it. */
export interface ChamberPassage {
  chamber: OrgClassification;
  /** 'HB 419' */
  bill: string;
  /** ISO date. */
  date: string;
}

/** Who decides next in a chamber: all of it, some of it by a committee, or nobody there, since the bill is elsewhere. */
export type Deciders =
  | { kind: 'all' }
  | {
      kind: 'committee';
      /** OpenStates ids of those who are known to sit on it. */
      member_ids: Set<string>;
      /** Theirs, and of those whom a name on its list may mean that fits several. */
      asked_ids: Set<string>;
      committees: string[];
    }
  | { kind: 'elsewhere'; chambers: OrgClassification[] };

/** Stages in which a bill is before a whole chamber. */
export const BEFORE_ALL: readonly Whereabouts['stage'][] = ['reported', 'to_agree'];

/** One bill of the campaign's newest session, as all that is known of it puts it. */
interface Located {
  identifier: string;
  /** That has it now; undefined where none has. */
  chamber: OrgClassification | undefined;
  passed: ChamberPassage[];
  /** Whether all chambers are done with it, though nobody may have written down when each passed it. */
  is_decided: boolean;
  known: KnownBill | undefined;
}

/** The newest session of the campaign's bills: '2027' comes after '2026', '2026S1' after '2026'. What happened to bills of those before no longer says who decides. */
export function newestSession({ bills }: Pick<Campaign, 'bills'>): string {
  const sessions = bills.map(({ session }) => session);
  return sessions.toSorted((one, other) => other.localeCompare(one, 'en', { numeric: true }))[0]!;
}

/** Where each bill of the newest session is, companions that the campaign does not name included. What the organizer says of its passage goes before what OpenStates says. */
function locate(campaign: Campaign, known: KnownBills, roster: Roster): Located[] {
  const session = newestSession(campaign);
  const chambers = chambersOf(roster);
  const own = campaign.bills
    .filter((bill) => bill.session === session)
    .map((bill): Located => {
      const found = known.bills.find(({ record }) => isSameBill(record, bill));
      return locateOwn(bill, found, chambers);
    });
  const companions = known.bills
    .filter(({ record }) => record.session === session)
    .filter(({ record }) => !campaign.bills.some((bill) => isSameBill(record, bill)))
    .map((found): Located => {
      const { identifier } = found.record;
      const passed = found.whereabouts.passed.map((one) => ({ ...one, bill: identifier }));
      return { identifier, passed, ...locateKnown(found) };
    });
  return [...own, ...companions];
}

function locateOwn(bill: Bill, known: KnownBill | undefined, chambers: OrgClassification[]): Located {
  const { identifier } = bill;
  const passages = bill.passed ?? known?.whereabouts.passed ?? [];
  const passed = passages.map(({ chamber, date }) => ({ chamber, date, bill: identifier }));
  if (!bill.passed && known) return { identifier, passed, ...locateKnown(known) };
  const inTurn = [bill.chamber, ...chambers.filter((chamber) => chamber !== bill.chamber)];
  const chamber = inTurn.find((one) => !passed.some((passage) => passage.chamber === one));
  // What OpenStates says of committees still holds while it puts the bill in the same chamber.
  const is_there = known?.whereabouts.chamber === chamber;
  return { identifier, chamber, passed, is_decided: false, known: is_there ? known : undefined };
}

function locateKnown(known: KnownBill): Pick<Located, 'chamber' | 'is_decided' | 'known'> {
  const { chamber, stage } = known.whereabouts;
  return { chamber, is_decided: ['passed_all', 'signed', 'vetoed'].includes(stage), known };
}

/** The bill, 'HB 419', that all chambers are done with; undefined while there is none. */
export function decidedBill(campaign: Campaign, known: KnownBills, roster: Roster): string | undefined {
  return locate(campaign, known, roster).find(({ is_decided }) => is_decided)?.identifier;
}

/**
 * The chambers that have passed a bill of the campaign or its companion, and are done with it: each with the latest passage.
 * One that has the other's bill before it still is not done, be it a companion that passed there or its own, come back changed.
 */
export function passagesOf(campaign: Campaign, known: KnownBills, roster: Roster): ChamberPassage[] {
  const bills = locate(campaign, known, roster);
  const waits = bills.filter(({ chamber, passed }) => passed.some((passage) => passage.chamber !== chamber));
  const all = bills
    .flatMap(({ passed }) => passed)
    .filter(({ chamber }) => !waits.some((bill) => bill.chamber === chamber))
    .toSorted((one, other) => other.date.localeCompare(one.date));
  return all.filter((one, index) => all.findIndex(({ chamber }) => chamber === one.chamber) === index);
}

/** The chambers that are done with the bill: those that have passed it, or all, once all are. */
export function doneChambers(campaign: Campaign, known: KnownBills, roster: Roster): OrgClassification[] {
  if (decidedBill(campaign, known, roster) !== undefined) return chambersOf(roster);
  return passagesOf(campaign, known, roster).map(({ chamber }) => chamber);
}

function chambersOf({ districts }: Roster): OrgClassification[] {
  return [...new Set(districts.map(({ org_classification }) => org_classification))];
}

/**
 * The chambers that the campaign asks now, in its order: those that it names and that have not passed the bill; where they
 * all have, the state's others that have not: the targets move on with the bill. None, once all are done with it.
 */
export function askedChambers(campaign: Campaign, known: KnownBills, roster: Roster): OrgClassification[] {
  const done = doneChambers(campaign, known, roster);
  const isOpen = (chamber: OrgClassification) => !done.includes(chamber);
  const there = chambersOf(roster);
  const named = campaign.targets.chambers.filter((chamber) => there.includes(chamber));
  const open = named.filter(isOpen);
  return open.length > 0 || named.length === 0 ? open : there.filter(isOpen);
}

/**
 * Who decides next in a chamber. Where the organizer names members of the committee (`on_committee`, of the newest session),
 * they do. Else the members of the committees there that have a bill; all of the chamber where a bill is before it, or where
 * nobody knows the committee or its members; nobody, where every bill is known to be in another chamber.
 */
export function decidersIn(
  chamber: OrgClassification,
  campaign: Campaign,
  known: KnownBills,
  roster: Roster,
): Deciders {
  const session = newestSession(campaign);
  const by_hand = campaign.positions
    .filter((one) => one.position === 'on_committee' && one.session === session)
    .map(({ person_id }) => person_id)
    .filter((id) => seatOf(roster, id)?.district.org_classification === chamber);
  const bills = locate(campaign, known, roster);
  const here = bills.filter((bill) => bill.chamber === chamber);
  const committees = here.flatMap((bill) => bill.known?.committees ?? []);
  const names = [...new Set(committees.map(({ name }) => name))];
  if (by_hand.length > 0) {
    const member_ids = new Set(by_hand);
    return { kind: 'committee', member_ids, asked_ids: member_ids, committees: names };
  }
  if (here.length === 0) {
    const chambers = [...new Set(bills.flatMap((bill) => bill.chamber ?? []))];
    return chambers.length > 0 ? { kind: 'elsewhere', chambers } : { kind: 'all' };
  }
  // One that nobody knows the members of may have anyone on it.
  const is_unknown = committees.some(({ member_ids = [] }) => member_ids.length === 0);
  const is_before_all = here.some(
    ({ known: found }) => found && BEFORE_ALL.includes(found.whereabouts.stage),
  );
  if (is_unknown || is_before_all || committees.length === 0) return { kind: 'all' };
  const certain = committees.flatMap(({ member_ids = [] }) => member_ids);
  const doubtful = committees.flatMap(({ doubtful_ids }) => doubtful_ids);
  return {
    kind: 'committee',
    member_ids: new Set(certain),
    asked_ids: new Set([...certain, ...doubtful]),
    committees: names,
  };
}
