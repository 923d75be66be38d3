import { OperationalError } from '../errors.ts';
import { TOLERATED_SHARE } from './member.ts';
import type { OpenStates } from './openstates-client.ts';
import { type ApiJurisdiction, type ApiPerson, type PeoplePage, personSchema } from './openstates-replies.ts';
import type { StateFacts } from './states.ts';

/** A state as OpenStates has it, whole. */
export interface Download {
  /** Undefined where OpenStates has no list of the state's districts. */
  jurisdiction: ApiJurisdiction | undefined;
  people: ApiPerson[];
  /** People who could not be read, and are left out. */
  broken: number;
}

/** What was fetched so far is kept between tries for so long; later pages would be of another list. */
const KEPT_MS = 3_600_000;
/** The largest legislature, New Hampshire's, fills nine pages of fifty, or 42 of ten. */
const MOST_PAGES = 100;

/**
 * Fetches a state's districts and members. Called again after a failure it goes on with the page that failed. Throws what
 * the client throws, and `openstates_not_whole` where the pages do not make one list: then it begins anew.
 */
export function createDownload(
  client: OpenStates,
  { state, jurisdiction_id }: StateFacts,
  now: () => Date,
): (stopped?: AbortSignal) => Promise<Download> {
  let begun_at = 0;
  let jurisdiction: { found: ApiJurisdiction | undefined } | undefined;
  let pages: PeoplePage[] = [];

  const forget = () => {
    jurisdiction = undefined;
    pages = [];
  };
  const notWhole = (what: string): OperationalError => {
    forget();
    return new OperationalError('openstates_not_whole', `What OpenStates sent is not whole: ${what}.`);
  };

  const nextPage = async (stopped: AbortSignal | undefined) => {
    const number = pages.length + 1;
    const page = await client.people(state, number, stopped).catch((error: unknown) => {
      // The list has become shorter while it was read.
      const isGone = error instanceof OperationalError && error.code === 'openstates_not_found';
      throw isGone && number > 1 ? notWhole(`page ${number} is gone`) : error;
    });
    const first = pages[0] ?? page;
    if (page.pagination.page !== number) throw notWhole(`page ${page.pagination.page} came for ${number}`);
    const same =
      page.pagination.total_items === first.pagination.total_items &&
      page.pagination.max_page === first.pagination.max_page;
    if (!same) throw notWhole('the list changed while it was read');
    if (page.pagination.max_page > MOST_PAGES) throw notWhole(`${page.pagination.max_page} pages`);
    pages.push(page);
  };

  return async (stopped) => {
    if (now().getTime() > begun_at + KEPT_MS) forget();
    if (!jurisdiction) {
      begun_at = now().getTime();
      jurisdiction = { found: await districtsOf(client, state, stopped) };
    }
    do await nextPage(stopped);
    while (pages.length < pages[0]!.pagination.max_page);

    const { total_items } = pages[0]!.pagination;
    const results = pages.flatMap((page) => page.results);
    if (results.length !== total_items) throw notWhole(`${results.length} of ${total_items} people`);
    const read = results.map((result) => personSchema.safeParse(result).data);
    const people = read.filter((person) => person !== undefined);
    const broken = read.length - people.length;
    if (broken > read.length * TOLERATED_SHARE) throw notWhole(`${broken} people can’t be read`);
    if (new Set(people.map(({ id }) => id)).size < people.length) throw notWhole('people come twice');
    if (jurisdiction.found && jurisdiction.found.id !== jurisdiction_id) {
      throw notWhole(`it is that of ${jurisdiction.found.id}`);
    }
    const download = { jurisdiction: jurisdiction.found, people, broken };
    forget();
    return download;
  };
}

async function districtsOf(
  client: OpenStates,
  state: string,
  stopped: AbortSignal | undefined,
): Promise<ApiJurisdiction | undefined> {
  try {
    return await client.jurisdiction(state, stopped);
  } catch (error) {
    if (error instanceof OperationalError && error.code === 'openstates_not_found') return undefined;
    throw error;
  }
}
