import { calendarDay } from '../calendar.ts';
import { OperationalError } from '../errors.ts';
import type { Boundaries } from './boundaries.ts';
import type { BoundaryDistrict } from './census-boundaries.ts';
import { makeRoster } from './make-roster.ts';
import type { PeopleArchive } from './people-archive.ts';
import { settled } from './people-source.ts';
import { readPersonFiles } from './people-yaml.ts';
import { type BoundariesPlace, type PulledBoundaries, pullBoundaries } from './pull-boundaries.ts';
import { type PulledZips, pullZips } from './pull-zips.ts';
import { createRoster, loadRoster, type StateRoster } from './roster.ts';
import { featuresOf, readSource, rosterFolder, writeRosterFiles, writeSource } from './roster-files.ts';
import type { SourceFile, VersionMark } from './roster-schema.ts';
import { emptyChambers, summarizeRoster } from './roster-summary.ts';
import type { FetchSource } from './source-client.ts';
import type { StateFacts } from './states.ts';

/** Where a pulled roster says that it comes from. */
export const PULL_SOURCE = 'OpenStates people archive';

/** A state that was looked at so recently is finished: an interrupted pull goes on with the others. */
const RECENTLY_MS = 3_600_000;

/** What is pulled from where, and where to. */
export interface PullOptions {
  fetchSource: FetchSource;
  /** The people repository's archive. */
  people_url: string;
  boundaries: BoundariesPlace;
  /** The Census Bureau's relations of ZIP codes, with `{fips}` and `{layer}` to be filled in. */
  zips_url: string;
  data_dir: string;
  now: () => Date;
  /** Boundaries that come with the program, for where the Census Bureau's can't be had; undefined where there are none. */
  spareBoundaries: (state: string) => Promise<Boundaries | undefined>;
  stopped?: AbortSignal | undefined;
  /** Keeps what was read of the archive from one try to the next, where something else has failed. */
  read_before?: { people?: { mark: VersionMark; archive: PeopleArchive } } | undefined;
  /** Asked before a roster of that date is put in place; where it may not be, the state stays as it is. */
  mayReplace?: ((state: string, as_of: string) => Promise<boolean>) | undefined;
  /** Told as bytes come in: of the people's archive, or of a state's boundaries. */
  onProgress?: ((of: 'people' | StateFacts, bytes: number, total: number | undefined) => void) | undefined;
}

/** What came of one state. `notes`: what was left out, corrected or doubtful, a sentence each. */
export type PullResult =
  | { kind: 'pulled'; state: string; place: StateRoster; notes: string[] }
  | { kind: 'unchanged'; state: string }
  | { kind: 'failed'; state: string; error: OperationalError };

/** What is at hand of a state, wherever it came from; `pulled` where it is whole and was pulled. */
export interface Kept {
  place: StateRoster;
  pulled?: { source: SourceFile } & NonNullable<SourceFile['pulled']>;
}

/** A version of the archive; `archive` is undefined where it was not fetched, being that of every roster at hand. */
export interface PulledPeople {
  mark: VersionMark;
  archive: PeopleArchive | undefined;
}

/** What is at hand of a state; undefined where there is nothing, or it has been damaged since. */
export async function keptOf(state: string, data_dir: string): Promise<Kept | undefined> {
  const folder = rosterFolder(data_dir, state);
  const place = await loadRoster(folder, state).catch(() => undefined);
  if (!place) return undefined;
  const source = await readSource(folder);
  return { place, ...(source?.pulled && place.boundaries ? { pulled: { source, ...source.pulled } } : {}) };
}

/** Whether two marks are of one version of a file; never where the server marks none. */
export function isSame(one: VersionMark, other: VersionMark): boolean {
  if (one.url !== other.url) return false;
  if (one.etag || other.etag) return one.etag === other.etag;
  return one.last_modified !== undefined && one.last_modified === other.last_modified;
}

/** What one state's roster is made with. */
export interface StateParts {
  before: Kept | undefined;
  people: PulledPeople;
  options: PullOptions;
}

/** Boundaries for a roster, and of which versions they are. */
export interface FoundBoundaries {
  districts: BoundaryDistrict[];
  marks: VersionMark[];
  notes: string[];
  /** False where they are others than those that were to be had. */
  is_whole: boolean;
}

/** Whether a state was pulled whole a moment ago, from where it would be pulled now, and nothing of it has been lost since. */
function isFinished({ pulled, place }: Kept, options: PullOptions): boolean {
  if (!pulled || pulled.whole !== placesOf(options)) return false;
  if (place.zips_fault?.code === 'zips_unreadable') return false;
  const age = options.now().getTime() - Date.parse(pulled.checked_at);
  return age >= 0 && age < RECENTLY_MS;
}

/** Where everything is pulled from. */
const placesOf = ({ boundaries, zips_url }: PullOptions) =>
  [boundaries.url, boundaries.vintage ?? '', zips_url].join(' ');

/** The boundaries of a state whose roster is to be made anew; 'unchanged' where neither they nor the people are others. */
export async function boundariesFor(
  facts: StateFacts,
  { before, people, options }: StateParts,
): Promise<FoundBoundaries | 'unchanged'> {
  const { now, stopped } = options;
  const pulled = before?.pulled;
  const same_people = pulled?.people !== undefined && isSame(pulled.people, people.mark);
  if (same_people && isFinished(before!, options)) return 'unchanged';
  let answer: PulledBoundaries;
  try {
    answer = await pullBoundaries(options.fetchSource, facts, options.boundaries, {
      stopped,
      onProgress: (bytes, total) => options.onProgress?.(facts, bytes, total),
      known: pulled?.boundaries ?? [],
      year: now().getUTCFullYear(),
    });
  } catch (error) {
    if (!(error instanceof OperationalError) || error.code === 'source_stopped') throw error;
    // New people matter more than new lines.
    const spare = before?.place.boundaries ?? (await options.spareBoundaries(facts.state));
    if (!spare || same_people) throw error;
    const note = `The boundaries are those at hand: ${error.message}`;
    return { districts: districtsOf(spare), marks: pulled?.boundaries ?? [], notes: [note], is_whole: false };
  }
  if (answer.kind === 'fetched') return { ...answer, is_whole: true };
  const { source, ...marks } = pulled!;
  if (!same_people) {
    const districts = districtsOf(before!.place.boundaries!);
    return { districts, marks: marks.boundaries, notes: [], is_whole: true };
  }
  const folder = rosterFolder(options.data_dir, facts.state);
  const zips = await zipsFor(facts, { before, people, options });
  await writeSource(folder, {
    ...source,
    pulled: {
      ...marks,
      zips: zips.marks,
      checked_at: now().toISOString(),
      ...(zips.notes.length === 0 ? { whole: placesOf(options) } : {}),
    },
  });
  return 'unchanged';
}

/** Pulls the state's ZIP codes, and keeps them. */
function zipsFor(facts: StateFacts, { before, options }: StateParts): Promise<PulledZips> {
  const { fetchSource, zips_url, data_dir, stopped } = options;
  const folder = rosterFolder(data_dir, facts.state);
  // Marks of what has been lost or damaged since would keep it from being fetched again.
  const known = before?.place.zips_fault?.code === 'zips_unreadable' ? [] : (before?.pulled?.zips ?? []);
  return pullZips(fetchSource, facts, zips_url, { folder, known, stopped });
}

/** Boundaries at hand as a boundary file would tell of them. */
function districtsOf({ features }: Boundaries): BoundaryDistrict[] {
  return features.map(({ district, geometry }) => {
    const { division_id, org_classification, district: called, name, geoid } = district;
    return { division_id, org_classification, district: called, name, geoid, geometry };
  });
}

/** Makes a state's roster, and puts it in place. */
export async function makeState(
  facts: StateFacts,
  { before, people, boundaries, options }: StateParts & { boundaries: FoundBoundaries },
): Promise<PullResult> {
  const { state, jurisdiction_id, time_zone } = facts;
  const moment = options.now();
  const today = calendarDay(moment, time_zone);
  const { files, newest } = people.archive!;
  // In office today, as far as it was known on the day of the archive: that day is the roster's, for it may be long ago.
  const as_of = newest && newest < today ? newest : today;
  const read = await readPersonFiles(files.get(state)!, { state, jurisdiction_id, as_of: today });
  const remedy = 'Look at PEOPLE_URL, if you have set it.';
  const members = settled(read, { path: people.mark.url, as_of: today, remedy });
  const { districts, marks } = boundaries;
  const made = await makeRoster(facts, { ...members, source: PULL_SOURCE }, { boundaries: districts, as_of });
  refuseFarFewer(made.data, before?.place);
  const folder = rosterFolder(options.data_dir, state);
  const zips = await zipsFor(facts, { before, people, options });
  const checked_at = moment.toISOString();
  const pulled = {
    people: people.mark,
    boundaries: marks,
    zips: zips.marks,
    checked_at,
    ...(boundaries.is_whole && zips.notes.length === 0 ? { whole: placesOf(options) } : {}),
  };
  // Last of all: someone may have imported the state while all this was fetched.
  if ((await options.mayReplace?.(state, as_of)) === false) return { kind: 'unchanged', state };
  await writeRosterFiles(folder, { ...made.data, imported_at: checked_at, pulled }, featuresOf(districts));
  const place = (await loadRoster(folder, state))!;
  const unusable = place.zips_fault ? [place.zips_fault.message] : [];
  return {
    kind: 'pulled',
    state,
    place,
    notes: [...boundaries.notes, ...zips.notes, ...unusable, ...made.notes],
  };
}

/** A chamber that is mostly gone from the archive, as after an election, does not replace the one at hand. */
function refuseFarFewer(data: Parameters<typeof createRoster>[0], before: StateRoster | undefined): void {
  if (!before || before.roster.is_sample) return;
  const roster = createRoster(data);
  const known = emptyChambers(before.roster);
  if (emptyChambers(roster).every((chamber) => known.includes(chamber))) return;
  const { members, seats } = summarizeRoster(roster);
  const message = `The archive has ${members} members for ${seats} seats, far fewer than before: it is hardly whole. What is at hand stays.`;
  throw new OperationalError('people_not_whole', message);
}
