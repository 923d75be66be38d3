import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { OperationalError } from '../errors.ts';
import { type Boundaries, createBoundaries, type DistrictFeatures, isOutline } from './boundaries.ts';
import type { District, Legislator, Roster, RosterSource } from './legislator.ts';
import { membersInOrder } from './place-members.ts';
import { rosterStamp, sourceFileOf } from './roster-files.ts';
import {
  boundariesFileSchema,
  rosterFileSchema,
  type SourceFile,
  sourceFileSchema,
} from './roster-schema.ts';
import { stateFacts } from './states.ts';
import { undrawnIn } from './undrawn-districts.ts';
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

/** Whose roster is read, and what helps where its files are damaged. */
interface RosterPlace {
  state: string;
  remedy: string;
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

async function loadBoundaries(path: string, roster: Roster, place: RosterPlace): Promise<Boundaries> {
  const text = await readText(path, place);
  if (text === undefined) throw unreadable(place, path, 'is missing');
  const shape = parseAs(boundariesFileSchema, text, { path, place });
  const features = shape.features.map(({ properties, geometry }): DistrictFeatures['features'][number] => {
    const district = roster.representation(properties.division_id)?.district;
    if (!district)
      throw unreadable(place, path, `has ${properties.division_id}, which roster.json does not have`);
    if (!isOutline(geometry)) throw unreadable(place, path, `has no outline of ${properties.division_id}`);
    return { type: 'Feature', properties: district, geometry };
  });
  const drawn = new Set(features.map(({ properties }) => properties));
  const mayLack = undrawnIn(roster.state);
  const missing = roster.districts.find((district) => !drawn.has(district) && !mayLack(district));
  if (missing) throw unreadable(place, path, `lacks the district ${missing.division_id}`);
  return createBoundaries(place.state, { type: 'FeatureCollection', features });
}

async function readText(path: string, place: RosterPlace): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(place, path, `can’t be opened (${(cause as Error).message})`, cause);
  }
}

function parseAs<Value>(
  schema: z.ZodType<Value>,
  text: string,
  { path, place }: { path: string; place: RosterPlace },
): Value {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw unreadable(place, path, 'is cut short or not JSON', cause);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const where = issue.path.join('.') || 'the whole';
  throw unreadable(place, path, `has a fault in ${where}: ${issue.message}`, parsed.error);
}

function unreadable({ state, remedy }: RosterPlace, path: string, what: string, cause?: unknown) {
  const message = `The roster of ${stateFacts(state).name} can’t be used: ${path} ${what}. ${remedy}`;
  return new OperationalError('roster_unreadable', message, { cause });
}
