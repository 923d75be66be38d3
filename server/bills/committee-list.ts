import { OperationalError } from '../errors.ts';
import { type ApiCommittee, committeeSchema, readEntries } from '../legislators/openstates-bill-replies.ts';
import type { CommitteeList, OpenStates } from '../legislators/openstates-client.ts';
import type { Answers } from './answers.ts';

/** The longest lists of a chamber's committees fill three pages of twenty. */
const MOST_PAGES = 20;

/**
 * All committees of a list, each page asked for once. Throws what the client throws, and OperationalError
 * `openstates_not_whole` where the pages do not make one list.
 */
export async function readCommittees(
  client: OpenStates,
  list: CommitteeList,
  answers: Answers,
  stopped?: AbortSignal,
): Promise<ApiCommittee[]> {
  const committees: ApiCommittee[] = [];
  for (let page = 1; ; page += 1) {
    const { results, pagination } = await answers.ask(`committees ${list.state} ${list.of} ${page}`, () =>
      client.committees(list, page, stopped),
    );
    // Who answers page one for ever would be asked for ever.
    if (pagination.page !== page) throw notWhole(`page ${pagination.page} came for ${page}`);
    if (pagination.max_page > MOST_PAGES) throw notWhole(`${pagination.max_page} pages`);
    committees.push(...readEntries(results, committeeSchema).found);
    if (page >= pagination.max_page) return committees;
  }
}

function notWhole(what: string): OperationalError {
  const message = `The list of committees that OpenStates sent is not whole: ${what}.`;
  return new OperationalError('openstates_not_whole', message);
}
