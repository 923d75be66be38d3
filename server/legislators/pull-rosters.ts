import { OperationalError } from '../errors.ts';
import { readPeopleArchive } from './people-archive.ts';
import {
  boundariesFor,
  isSame,
  keptOf,
  makeState,
  type PulledPeople,
  type PullOptions,
  type PullResult,
} from './pull-state.ts';
import { readSource, rosterFolder } from './roster-files.ts';
import type { VersionMark } from './roster-schema.ts';
import type { StateFacts } from './states.ts';

/** The archive of all states' people, past ones too, has some tens of megabytes. */
const LARGEST_ARCHIVE = 500_000_000;
/**
 * Pulls the rosters of states: people from the archive, read once for all of them, boundaries from the Census Bureau. Each
 * state is put in place whole as soon as it is made, and told of; what can't be had of one leaves it as it was. A state
 * whose people and boundaries are the same as at the servers costs no content; one that was finished within the hour, as
 * before an interruption, not even a question. Throws OperationalError where the archive itself can't be had.
 */
export async function* pullRosters(states: StateFacts[], options: PullOptions): AsyncGenerator<PullResult> {
  const folders = states.map(({ state }) => rosterFolder(options.data_dir, state));
  const marks = await Promise.all(folders.map(async (folder) => (await readSource(folder))?.pulled?.people));
  let people = await pullPeople(states, options, commonMark(marks));
  for (const facts of states) {
    const { state } = facts;
    try {
      // One after the other: all states at once would fill the memory of a small server.
      const before = await keptOf(state, options.data_dir);
      const boundaries = await boundariesFor(facts, { before, people, options });
      if (boundaries === 'unchanged') {
        yield { kind: 'unchanged', state };
        continue;
      }
      // Only the boundaries are new: the people that go with them are needed after all.
      if (!people.archive) people = await pullPeople(states, options, undefined);
      yield await makeState(facts, { before, people, boundaries, options });
    } catch (error) {
      if (!(error instanceof OperationalError) || error.code === 'source_stopped') throw error;
      yield { kind: 'failed', state, error };
    }
  }
}

/** The version that all have; undefined where they differ, or one has none. */
function commonMark(marks: (VersionMark | undefined)[]): VersionMark | undefined {
  const [first] = marks;
  return first && marks.every((mark) => mark && isSame(mark, first)) ? first : undefined;
}

async function pullPeople(
  states: StateFacts[],
  { fetchSource, people_url, stopped, onProgress, read_before }: PullOptions,
  known: VersionMark | undefined,
): Promise<PulledPeople> {
  const codes = states.map(({ state }) => state);
  // What was read before and could not be put in place need not be fetched again for another try.
  const before = codes.every((state) => read_before?.people?.archive.files.has(state))
    ? read_before?.people
    : undefined;
  const answer = await fetchSource(
    {
      url: people_url,
      known: before?.mark ?? known,
      largest: LARGEST_ARCHIVE,
      stopped,
      onProgress: (bytes, total) => onProgress?.('people', bytes, total),
    },
    (body) => readPeopleArchive(body, { states: codes, path: people_url }),
  );
  if (answer.kind === 'fetched') {
    const people = { mark: answer.mark, archive: answer.value };
    if (read_before) read_before.people = people;
    return people;
  }
  if (answer.kind === 'unchanged' && before) return before;
  if (answer.kind === 'unchanged' && known) return { mark: known, archive: undefined };
  const message = `There is no archive of people at ${people_url}. Look at PEOPLE_URL, if you have set it.`;
  throw new OperationalError('people_missing', message);
}
