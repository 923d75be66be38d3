import { OperationalError } from '../errors.ts';
import type { BoundaryDistrict } from './census-boundaries.ts';
import type { District } from './legislator.ts';
import { type People, TOLERATED_SHARE } from './member.ts';
import { hasMultiMemberDistricts } from './multi-member-chambers.ts';
import { placeMembers } from './place-members.ts';
import { createRoster, type RosterData } from './roster.ts';
import { summarizeRoster } from './roster-summary.ts';
import { chamberName, type StateFacts } from './states.ts';

/** Of all 7,482 seats 31 were vacant on 5 August 2026: above this share they are rather another state's people. */
const DOUBTFUL_VACANT_SHARE = 0.1;

/** A roster out of its sources, ready to be kept. */
export interface MadeRoster {
  data: RosterData;
  /** What was left out, corrected or doubtful, a sentence each. */
  notes: string[];
  /** So many seats are vacant that people may be missing. */
  is_doubtful: boolean;
}

/**
 * Makes a state's roster of people and boundaries, wherever these come from: the same ones make the same roster.
 * Throws OperationalError `people_elsewhere` where too many members have no boundary.
 */
export function makeRoster(
  { state, jurisdiction_id, name }: StateFacts,
  people: People,
  { boundaries, as_of }: { boundaries: BoundaryDistrict[]; as_of: string },
): MadeRoster {
  const { legislators, homeless } = placeMembers(state, people.members, boundaries);
  if (homeless.length > people.members.length * TOLERATED_SHARE) {
    const some = homeless.slice(0, 5).join(', ');
    const message = `${homeless.length} of ${people.members.length} members have a district without a boundary (${some}), so nothing was changed. Check that people and boundaries are of the same state and year.`;
    throw new OperationalError('people_elsewhere', message);
  }
  const members = Map.groupBy(legislators, ({ current_role }) => current_role.division_id);
  const districts = boundaries.map(({ geometry: _, ...district }): District => {
    const seats = Math.max(1, members.get(district.division_id)?.length ?? 0);
    return { ...district, state, seats };
  });
  const { source } = people;
  const data = { state, jurisdiction_id, source, as_of, is_sample: false, districts, legislators };

  const notes = [...people.notes];
  if (homeless.length > 0) {
    notes.push(`${homeless.length} left out, their district has no boundary: ${homeless.join(', ')}.`);
  }
  notes.push(...crowdedSeats(state, districts));
  const { vacant_seats, seats } = summarizeRoster(createRoster(data));
  const is_doubtful = vacant_seats.length > seats * DOUBTFUL_VACANT_SHARE;
  if (is_doubtful) {
    notes.push(
      `${vacant_seats.length} of ${seats} seats are vacant, which is more than is usual: check that these are the people of ${name}, and all of them.`,
    );
  }
  return { data, notes, is_doubtful };
}

/** Single-member districts in which the source seats several: one of them has probably left. */
function crowdedSeats(state: string, districts: District[]): string[] {
  return districts
    .filter(
      ({ seats, org_classification }) => seats > 1 && !hasMultiMemberDistricts(state, org_classification),
    )
    .map(({ seats, org_classification, district }) => {
      const seat = `${chamberName(state, org_classification)} ${district}`;
      return `${seat} elects one member, but the source has ${seats}: check who holds it.`;
    });
}
