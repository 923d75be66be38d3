import type { KnownBills } from '../bills/known-bills.ts';
import type { Position } from '../bills/position.ts';
import type { Whereabouts } from '../bills/whereabouts.ts';
import type { OrgClassification, Roster } from '../legislators/legislator.ts';
import type { Campaign } from './campaign.ts';
import { type Located, locate, newestSession } from './located-bills.ts';
import { seatOf } from './seats.ts';

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

/**
 * Who decides next in a chamber: the members of the committees there that have a bill, and whom the organizer names as such
 * (`on_committee`, of the newest session); all of the chamber where a bill is before it, or where nobody knows the committee
 * or its members; nobody, where every bill is known to be in another chamber. What the organizer wrote of a committee that
 * is done with the bill since decides nothing.
 */
export function decidersIn(
  chamber: OrgClassification,
  campaign: Campaign,
  known: KnownBills,
  roster: Roster,
): Deciders {
  const bills = locate(campaign, known, roster);
  const here = bills.filter((bill) => bill.chamber === chamber);
  const committees = committeesOf(here);
  const names = [...new Set(here.flatMap((bill) => bill.committees))];
  const session = newestSession(campaign);
  const by_hand = campaign.positions
    .filter((one) => one.position === 'on_committee' && one.session === session)
    .filter(({ person_id }) => seatOf(roster, person_id)?.district.org_classification === chamber)
    .filter((one) => holdsStill(one, here, bills))
    .map(({ person_id }) => person_id);
  // One that nobody knows the members of may have anyone on it.
  const is_unknown =
    committees.length === 0 || committees.some(({ member_ids = [] }) => member_ids.length === 0);
  const is_before_all = here.some(
    ({ known: found }) => found && BEFORE_ALL.includes(found.whereabouts.stage),
  );
  if (by_hand.length === 0) {
    const chambers = [...new Set(bills.flatMap((bill) => bill.chamber ?? []))];
    if (here.length === 0 && chambers.length > 0) return { kind: 'elsewhere', chambers };
    if (is_unknown || is_before_all) return { kind: 'all' };
  }
  const certain = [...committees.flatMap(({ member_ids = [] }) => member_ids), ...by_hand];
  const doubtful = committees.flatMap(({ doubtful_ids }) => doubtful_ids);
  return {
    kind: 'committee',
    member_ids: new Set(certain),
    asked_ids: new Set([...certain, ...doubtful]),
    committees: names,
  };
}

const committeesOf = (bills: Located[]) => bills.flatMap((bill) => bill.known?.committees ?? []);

/**
 * Whether what the organizer wrote of somebody's seat on the committee is of the one that has the bill now. OpenStates may
 * list them there; where it lists all others, or says that no committee has the bill, only what was written since then is.
 */
function holdsStill({ person_id, date }: Position, here: Located[], bills: Located[]): boolean {
  const committees = committeesOf(here);
  if (committees.some(({ member_ids }) => member_ids?.includes(person_id))) return true;
  if (committees.length > 0)
    return committees.some(({ member_ids = [], since }) => member_ids.length === 0 || date >= since);
  const stages = here.map(({ known }) => known?.whereabouts.stage);
  if (here.length > 0 && !stages.every((stage) => stage && BEFORE_ALL.includes(stage))) return true;
  const last = bills.flatMap(({ known, passed }) => [
    ...(known?.record.actions.map((action) => action.date) ?? []),
    ...passed.map((passage) => passage.date),
  ]);
  return last.every((day) => date >= day);
}

/** The committee that has the bill and on which somebody sits, by name; '' where they do not, or nobody says which it is. */
export function committeeNameOf(
  person_id: string,
  chamber: OrgClassification,
  { campaign, known, roster }: { campaign: Campaign; known: KnownBills; roster: Roster },
): string {
  const here = locate(campaign, known, roster).filter((bill) => bill.chamber === chamber);
  const committees = committeesOf(here);
  const own = committees.find(({ member_ids }) => member_ids?.includes(person_id));
  const names = new Set(here.flatMap((bill) => bill.committees));
  // Of the only one there is, whoever the organizer puts on the committee is on that.
  return own?.name ?? (names.size === 1 ? [...names][0]! : '');
}
