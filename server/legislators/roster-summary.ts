import type { OrgClassification, Roster } from './legislator.ts';
import { chamberName } from './states.ts';

/** A roster in numbers. */
export interface RosterSummary {
  seats: number;
  members: number;
  /** One entry a vacant seat: 'House 78'. */
  vacant_seats: string[];
  /** Members without an e-mail address. */
  without_email: number;
  /** Members none of whose offices has a telephone number. */
  without_phone: number;
}

/** Vacant seats in words: 'House 78 and 113, Senate 3'; 'none' where there are none. */
export function vacantInWords(vacant_seats: string[]): string {
  const chamberOf = (seat: string) => seat.slice(0, seat.lastIndexOf(' '));
  const list = new Intl.ListFormat('en', { type: 'conjunction' });
  const groups = [...Map.groupBy(vacant_seats, chamberOf)].map(
    ([chamber, seats]) => `${chamber} ${list.format(seats.map((seat) => seat.slice(chamber.length + 1)))}`,
  );
  return groups.join(', ') || 'none';
}

/** Of all 7,482 seats 31 were vacant on 5 August 2026: with a quarter of a state's empty, what came is hardly all. */
const UNLIKELY_VACANT_SHARE = 0.25;
/** Of the few seats of a council a quarter may well be empty. */
const FEW = 4;

/** Chambers of which so many seats are empty that members are missing, rather than gone. */
export function emptyChambers(roster: Roster): OrgClassification[] {
  const byChamber = Map.groupBy(roster.districts, (district) => district.org_classification);
  return [...byChamber].flatMap(([chamber, districts]) => {
    const { seats, vacant_seats } = summarizeRoster({ ...roster, districts });
    const are_missing = vacant_seats.length > Math.max(FEW, seats * UNLIKELY_VACANT_SHARE);
    return are_missing ? [chamber] : [];
  });
}

/** Counts a roster's seats, members and gaps. */
export function summarizeRoster(roster: Roster): RosterSummary {
  const vacant_seats = roster.districts.flatMap((district) => {
    const vacant = roster.representation(district.division_id)?.vacant_seats ?? 0;
    return Array<string>(vacant).fill(
      `${chamberName(roster.state, district.org_classification)} ${district.district}`,
    );
  });
  return {
    seats: roster.districts.reduce((sum, district) => sum + district.seats, 0),
    members: roster.legislators.length,
    vacant_seats,
    without_email: roster.legislators.filter(({ email }) => !email).length,
    without_phone: roster.legislators.filter(({ offices }) => !offices.some(({ voice }) => voice)).length,
  };
}
