import { join } from 'node:path';
import { OperationalError } from '../errors.ts';
import type { Boundaries } from './boundaries.ts';
import type { District, Legislator, Roster, RosterSource } from './legislator.ts';
import { loadBoundaries } from './load-boundaries.ts';
import { membersInOrder } from './place-members.ts';
import { rosterStamp, sourceFileOf } from './roster-files.ts';
import { parseAs, type RosterPlace, readText, unreadable } from './roster-reading.ts';
import { rosterFileSchema, type SourceFile, sourceFileSchema } from './roster-schema.ts';
import { openZipDistricts, type ZipDistricts } from './zip-relation-file.ts';

/** One state's members and districts, and where the districts lie. */
export interface StateRoster {
  roster: Roster;
  /** Undefined where nobody here knows: districts are then asked of OpenStates, or chosen from the list. */
  boundaries: Boundaries | undefined;
  /** What the Census says of ZIP codes, where it is at hand. */
  zips?: ZipDistricts | undefined;
  /** Why what is kept of ZIP codes can't be used: the roster does without. */
  zips_fault?: OperationalError;
  /** What tells its files from others, taken before they were read: `rosterStamp`. */
  stamp?: string | undefined;
}

/** Every state's roster, by postal code; undefined where none is at hand. */
export interface Rosters {
  get(state: string): StateRoster | undefined;
}

/** What a roster is made of. */
export interface RosterData extends RosterSource {
  state: string;
  jurisdiction_id: string;
  districts: District[];
  legislators: Legislator[];
}

/** Makes a roster that answers by division and by person; the members of a district stand by family name. */
export function createRoster(data: RosterData): Roster {
  const { state, jurisdiction_id, source, as_of, is_sample, checked_at, districts, legislators } = data;
  const byId = new Map(legislators.map((legislator) => [legislator.id, legislator]));
  const byDivision = Map.groupBy(
    membersInOrder(legislators),
    (legislator) => legislator.current_role.division_id,
  );
  const representations = new Map(
    districts.map((district) => {
      const members = byDivision.get(district.division_id) ?? [];
      const vacant_seats = Math.max(0, district.seats - members.length);
      return [district.division_id, { district, legislators: members, vacant_seats }];
    }),
  );
  return {
    state,
    jurisdiction_id,
    source,
    as_of,
    is_sample,
    checked_at,
    districts,
    legislators,
    representation: (division_id) => representations.get(division_id),
    legislator: (id) => byId.get(id),
  };
}

/**
 * Reads the roster and the boundaries of a state's folder whole into memory; undefined where there is none.
 * Throws OperationalError `roster_unreadable` where a file is damaged, naming it and what helps.
 */
export async function loadRoster(
  folder: string,
  state: string,
  remedy = `Get it anew: npm run legislators -- pull ${state}`,
): Promise<StateRoster | undefined> {
  const place = { state, remedy };
  const rosterPath = join(folder, 'roster.json');
  const stamp = await rosterStamp(folder);
  const text = await readText(rosterPath, place);
  if (text === undefined) return undefined;
  const file = parseAs(rosterFileSchema, text, { path: rosterPath, place });
  if (file.state !== state) throw unreadable(place, rosterPath, `is that of '${file.state}'`);
  const { source, as_of, pulled } = await loadSource(folder, text, { ...place, inside: file });
  const roster = createRoster({ ...file, source, as_of, checked_at: pulled?.checked_at });
  const stray = file.legislators.find((one) => !roster.representation(one.current_role.division_id));
  if (stray) throw unreadable(place, rosterPath, `has no district ${stray.current_role.division_id}`);
  const { boundaries_file } = file;
  const boundaries = boundaries_file
    ? await loadBoundaries(join(folder, boundaries_file), roster, place)
    : undefined;
  return { roster, boundaries, stamp, ...(await openZips(folder, roster, boundaries)) };
}

/** ZIP codes are a help: a roster without them is whole. */
async function openZips(
  folder: string,
  roster: Roster,
  boundaries: Boundaries | undefined,
): Promise<Pick<StateRoster, 'zips' | 'zips_fault'>> {
  try {
    return { zips: await openZipDistricts(folder, roster, boundaries) };
  } catch (error) {
    if (!(error instanceof OperationalError)) throw error;
    return { zips_fault: error };
  }
}

/** Where a roster comes from: told beside it, or inside by those of before. */
async function loadSource(
  folder: string,
  roster_text: string,
  { inside, ...place }: RosterPlace & { inside: Partial<SourceFile> },
): Promise<Pick<SourceFile, 'source' | 'as_of' | 'pulled'>> {
  const { source, as_of } = inside;
  if (source !== undefined && as_of !== undefined) return { source, as_of };
  const path = await sourceFileOf(folder, roster_text);
  const text = await readText(path, place);
  if (text === undefined) throw unreadable(place, path, 'is missing');
  return parseAs(sourceFileSchema, text, { path, place });
}
