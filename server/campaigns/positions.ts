import type { KnownBills } from '../bills/known-bills.ts';
import type { Position, PositionName } from '../bills/position.ts';
import type { Campaign, Stance } from './campaign.ts';

/** A position as a campaign takes it: whoever says so, and whether its session still runs. */
export interface KnownPosition extends Position {
  /** Who says so: the organizer in campaign.yaml, or OpenStates. */
  by: 'campaign' | 'openstates';
  /** Whether its session is known to run still: else it is told as of the past. */
  is_current: boolean;
}

const FOR_THE_BILL: readonly PositionName[] = ['sponsor', 'cosponsor', 'voted_yes', 'says_support'];
const AGAINST_THE_BILL: readonly PositionName[] = ['voted_no', 'says_oppose'];
/** What a legislator said or did on purpose goes before having been away, and that before sitting on the committee. */
const TELLING_LITTLE: readonly PositionName[] = ['on_committee', 'not_voting'];

/** A position seen from what the campaign asks: a sponsor is an ally where it asks for support, an opponent where not. */
export function stanceOf(position: PositionName | undefined, ask: Campaign['ask']): Stance {
  if (position === undefined) return 'unknown';
  if (FOR_THE_BILL.includes(position)) return ask === 'support' ? 'ally' : 'opponent';
  if (AGAINST_THE_BILL.includes(position)) return ask === 'support' ? 'opponent' : 'ally';
  return 'unknown';
}

/**
 * Everything that counts of what a legislator did or said on the campaign's bills, the most telling first: that is the one
 * by which their wording is chosen. Of equals the later, and of one day the one that stands last in the file. What the organizer wrote of a session takes
 * the place of what OpenStates says of that session, save who sits on a committee: that stands beside it.
 */
export function positionsOf(
  campaign: Pick<Campaign, 'positions' | 'bills'>,
  known: KnownBills,
  legislator_id: string,
  today: string,
): KnownPosition[] {
  const isCurrent = (session: string) => isSessionCurrent(campaign, known, session, today);
  const own = campaign.positions.filter(({ person_id }) => person_id === legislator_id);
  const overridden = new Set(
    own.filter(({ position }) => position !== 'on_committee').map(({ session }) => session),
  );
  const synced = known.positions.filter(
    ({ person_id, position, session }) =>
      person_id === legislator_id && (position === 'on_committee' || !overridden.has(session)),
  );
  const by = (who: KnownPosition['by']) => (position: Position) => ({
    ...position,
    by: who,
    is_current: isCurrent(position.session),
  });
  // Reversed, so that of two of one day and one weight the one that stands last comes first.
  return [...synced.map(by('openstates')), ...own.map(by('campaign'))]
    .toReversed()
    .toSorted((one, other) => weightOf(other) - weightOf(one) || other.date.localeCompare(one.date))
    .filter((one, index, all) => all.findIndex((other) => saysSame(one, other)) === index);
}

/** Two roll calls of one day, say: told once. */
function saysSame(one: Position, other: Position): boolean {
  return (['position', 'bill', 'session', 'date'] as const).every((field) => one[field] === other[field]);
}

function weightOf({ position }: Position): number {
  const little = TELLING_LITTLE.indexOf(position);
  return little === -1 ? TELLING_LITTLE.length : little;
}

/** Whether a session is known to run on a day of the state: the organizer says when it ends, or OpenStates does. */
function isSessionCurrent(
  { bills }: Pick<Campaign, 'bills'>,
  known: KnownBills,
  session: string,
  today: string,
): boolean {
  const stated = bills.find((bill) => bill.session === session && bill.session_ends !== undefined);
  if (stated?.session_ends) return today <= stated.session_ends;
  return known.bills.some(({ record, is_over }) => record.session === session && is_over === false);
}
