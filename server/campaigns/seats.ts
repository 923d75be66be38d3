import type { District, Legislator, Roster } from '../legislators/legislator.ts';

/** Who sits where today; undefined for someone who holds no seat, also where the roster still knows them by name. */
export function seatOf(
  roster: Roster,
  person_id: string,
): { district: District; legislator: Legislator } | undefined {
  const division_id = roster.legislator(person_id)?.current_role.division_id;
  const seat = division_id === undefined ? undefined : roster.representation(division_id);
  const legislator = seat?.legislators.find(({ id }) => id === person_id);
  return seat && legislator && { district: seat.district, legislator };
}
