import { OperationalError } from '../errors.ts';
import type { BoundaryDistrict } from './census-boundaries.ts';
import { withCounties } from './counties.ts';
import type { District, Roster } from './legislator.ts';
import { type People, TOLERATED_SHARE } from './member.ts';
import { inOrder, placeMembers } from './place-members.ts';
import { createRoster, type RosterData } from './roster.ts';
import { featuresOf } from './roster-files.ts';
import { summarizeRoster } from './roster-summary.ts';
import { seatsOf } from './seat-counts.ts';
import { chamberName, type StateFacts } from './states.ts';
import { mergeDistricts, withUndrawn } from './undrawn-districts.ts';

/** Of all 7,482 seats 31 were vacant on 5 August 2026: above this share they are rather another state's people. */
const DOUBTFUL_VACANT_SHARE = 0.1;

/** A roster out of its sources, ready to be kept. */
export interface MadeRoster {
  data: RosterData;
  /** What was left out, corrected or doubtful, a sentence each. */
  notes: string[];
}

/**
 * Makes a state's roster of people and boundaries, wherever these come from: the same ones make the same roster. Districts
 * that no file draws (those of a whole state, of Maine's tribes, New Hampshire's floterials) are there with their members.
 * Throws OperationalError `people_elsewhere` where too many members have no boundary.
 */
export async function makeRoster(
  { state, jurisdiction_id, name }: StateFacts,
  people: People,
  { boundaries, as_of }: { boundaries: BoundaryDistrict[]; as_of: string },
): Promise<MadeRoster> {
  const seated = boundaries.map(({ geometry: _, ...district }): District => {
    const seats = seatsOf(state, district.org_classification, district.district);
    return { ...district, state, seats };
  });
  const drawn = await withCounties(seated, featuresOf(boundaries));
  const known = withUndrawn(state, drawn);
  const { legislators, homeless } = placeMembers(state, people.members, known);
  if (homeless.length > people.members.length * TOLERATED_SHARE) {
    const some = homeless.slice(0, 5).join(', ');
    const message = `${homeless.length} of ${people.members.length} members have a district without a boundary (${some}), so nothing was changed. Check that people and boundaries are of the same state and year.`;
    throw new OperationalError('people_elsewhere', message);
  }
  const districts = mergeDistricts(inOrder(state, known));
  const { source } = people;
  const data = { state, jurisdiction_id, source, as_of, is_sample: false, districts, legislators };

  const notes = [...people.notes];
  if (homeless.length > 0) {
    notes.push(`${homeless.length} left out, their district has no boundary: ${homeless.join(', ')}.`);
  }
  const roster = createRoster(data);
  notes.push(...crowdedSeats(roster));
  const { vacant_seats, seats } = summarizeRoster(roster);
  if (vacant_seats.length > seats * DOUBTFUL_VACANT_SHARE) {
    notes.push(
      `${vacant_seats.length} of ${seats} seats are vacant, which is more than is usual: check that these are the people of ${name}, and all of them.`,
    );
  }
  return { data, notes };
}

/** Districts in which the source seats more than they elect: one of them has probably left. All are shown. */
function crowdedSeats({ state, districts, representation }: Roster): string[] {
  return districts.flatMap(({ division_id, org_classification, district, seats }) => {
    const members = representation(division_id)!.legislators.length;
    if (members <= seats) return [];
    const seat = `${chamberName(state, org_classification)} ${district}`;
    const elected = seats === 1 ? 'one member' : `${seats} members`;
    return [`${seat} elects ${elected}, but the source has ${members}: check who holds it.`];
  });
}
