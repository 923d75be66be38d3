import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { OperationalError } from '../errors.ts';
import { type Boundaries, createBoundaries, type DistrictFeatures } from './boundaries.ts';
import type { District, Legislator, Roster, RosterSource } from './legislator.ts';
import {
  type BoundariesFile,
  boundariesFileSchema,
  type RosterFile,
  rosterFileSchema,
  rosterFolder,
} from './roster-files.ts';
import { STATES } from './states.ts';

/** One state's members and districts, and where the districts lie. */
export interface StateRoster {
  roster: Roster;
  boundaries: Boundaries;
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

/** Makes a roster that answers by division and by person. */
export function createRoster(data: RosterData): Roster {
  const { state, jurisdiction_id, source, as_of, is_sample, districts, legislators } = data;
  const byId = new Map(legislators.map((legislator) => [legislator.id, legislator]));
  const byDivision = Map.groupBy(legislators, (legislator) => legislator.current_role.division_id);
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
    districts,
    legislators,
    representation: (division_id) => representations.get(division_id),
    legislator: (id) => byId.get(id),
  };
}

/**
 * Reads the roster and the boundaries of a folder whole into memory.
 * Throws OperationalError `roster_missing` where there is no roster, `roster_unreadable` where a file is damaged.
 */
export async function loadRoster(folder: string): Promise<StateRoster> {
  const rosterPath = join(folder, 'roster.json');
  const file: RosterFile = await readJson(rosterPath, rosterFileSchema, 'roster_missing');
  const boundariesPath = join(folder, file.boundaries_file);
  // The coordinates are too many to be checked one by one at every start; the import has checked them.
  const shape = (await readJson(boundariesPath, boundariesFileSchema, 'roster_unreadable')) as BoundariesFile;
  const roster = createRoster(file);
  const features: DistrictFeatures['features'] = shape.features.map((feature) => {
    const { division_id } = feature.properties;
    const district = roster.representation(division_id)?.district;
    if (!district) throw unreadable(boundariesPath, `roster.json has no district ${division_id}`);
    return { ...feature, properties: district };
  });
  const drawn = new Set(features.map(({ properties }) => properties));
  const missing = roster.districts.find((district) => !drawn.has(district));
  if (missing) throw unreadable(boundariesPath, `it lacks the district ${missing.division_id}`);
  return { roster, boundaries: createBoundaries(file.state, { type: 'FeatureCollection', features }) };
}

/**
 * Opens every state's roster: the real one under `data_dir`, else, where allowed, the made-up one under `sample_dir`.
 * Throws OperationalError `roster_unreadable` where a file of one is damaged, naming it.
 */
export async function openRosters(options: {
  data_dir: string;
  sample_dir: string;
  allow_sample: boolean;
}): Promise<Rosters> {
  const rosters = new Map<string, StateRoster>();
  for (const { state } of STATES) {
    const found =
      (await loadIfThere(rosterFolder(options.data_dir, state))) ??
      (options.allow_sample ? await loadIfThere(join(options.sample_dir, state)) : undefined);
    if (found) rosters.set(state, found);
  }
  return { get: (state) => rosters.get(state) };
}

async function loadIfThere(folder: string): Promise<StateRoster | undefined> {
  try {
    return await loadRoster(folder);
  } catch (error) {
    if (error instanceof OperationalError && error.code === 'roster_missing') return undefined;
    throw error;
  }
}

async function readJson<Value>(path: string, schema: z.ZodType<Value>, missing_code: string): Promise<Value> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const is_missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    if (is_missing && missing_code === 'roster_missing') {
      throw new OperationalError(missing_code, `There is no roster at ${path}.`, { cause });
    }
    throw unreadable(path, is_missing ? 'it is missing' : 'it can’t be opened', cause);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw unreadable(path, 'it is cut short or not JSON', cause);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw unreadable(path, `${issue.path.join('.') || 'the whole'}: ${issue.message}`, parsed.error);
}

function unreadable(path: string, what: string, cause?: unknown): OperationalError {
  const remedy =
    'Import that state again: npm run legislators -- import STATE --people PATH --boundaries PATH';
  return new OperationalError('roster_unreadable', `${path} can’t be used: ${what}. ${remedy}`, { cause });
}
