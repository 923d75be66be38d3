import { isSameBill } from '../bills/bill-record.ts';
import type { KnownBill, KnownBills } from '../bills/known-bills.ts';
import { byNumber } from '../by-number.ts';
import type { OrgClassification, Roster } from '../legislators/legislator.ts';
import type { Bill, Campaign } from './campaign.ts';

/** A chamber that has passed a bill of the campaign, and is done with it. */
export interface ChamberPassage {
  chamber: OrgClassification;
  /** 'HB 419' */
  bill: string;
  /** ISO date. */
  date: string;
}

/** One bill of the campaign's newest session, as all that is known of it puts it. */
export interface Located {
  identifier: string;
  /** That has it now; undefined where none has. */
  chamber: OrgClassification | undefined;
  passed: ChamberPassage[];
  /** Whether all chambers are done with it, though nobody may have written down when each passed it. */
  is_decided: boolean;
  /** Names of the committees that have it: by OpenStates, or by the organizer where that says nothing. */
  committees: string[];
  known: KnownBill | undefined;
}

/** The newest session of the campaign's bills: '2027' comes after '2026', '2026S1' after '2026'. What happened to bills of those before no longer says who decides. */
export function newestSession({ bills }: Pick<Campaign, 'bills'>): string {
  return bills
    .map(({ session }) => session)
    .toSorted(byNumber)
    .at(-1)!;
}

/** Where each bill of the newest session is, companions that the campaign does not name included. What the organizer says of its passage goes before what OpenStates says. */
export function locate(campaign: Campaign, known: KnownBills, roster: Roster): Located[] {
  const session = newestSession(campaign);
  const chambers = chambersOf(roster);
  const own = campaign.bills
    .filter((bill) => bill.session === session)
    .map((bill): Located => {
      const found = known.bills.find(({ record }) => isSameBill(record, bill));
      return locateOwn(bill, found, { chambers, today: known.today });
    });
  const companions = known.bills
    .filter(({ record }) => record.session === session)
    .filter(({ record }) => !campaign.bills.some((bill) => isSameBill(record, bill)))
    .map((found): Located => {
      const { identifier } = found.record;
      const passed = found.whereabouts.passed.map((one) => ({ ...one, bill: identifier }));
      return { identifier, passed, ...locateKnown(found), committees: namesOf(found) };
    });
  return [...own, ...companions];
}

function locateOwn(
  bill: Bill,
  known: KnownBill | undefined,
  { chambers, today = '9' }: { chambers: OrgClassification[]; today: string | undefined },
): Located {
  const { identifier } = bill;
  // A day to come may have been mistyped: nothing has passed on it.
  const stated = bill.passed?.filter(({ date }) => date <= today);
  const passages = stated ?? known?.whereabouts.passed ?? [];
  const passed = passages.map(({ chamber, date }) => ({ chamber, date, bill: identifier }));
  const by_hand = bill.committee === undefined ? [] : [bill.committee];
  const named = known && namesOf(known).length > 0 ? namesOf(known) : by_hand;
  if (!stated && known) return { identifier, passed, ...locateKnown(known), committees: named };
  const inTurn = [bill.chamber, ...chambers.filter((chamber) => chamber !== bill.chamber)];
  const chamber = inTurn.find((one) => !passed.some((passage) => passage.chamber === one));
  // What OpenStates says of committees still holds while it puts the bill in the same chamber.
  const is_there = known?.whereabouts.chamber === chamber;
  return {
    identifier,
    chamber,
    passed,
    is_decided: chamber === undefined,
    committees: known && !is_there ? by_hand : named,
    known: is_there ? known : undefined,
  };
}

const namesOf = ({ committees }: KnownBill) => committees.map(({ name }) => name);

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
