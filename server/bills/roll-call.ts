import {
  type ApiVote,
  apiLinkSchema,
  apiPersonVoteSchema,
  readEntries,
} from '../legislators/openstates-bill-replies.ts';
import type { RollCall } from './bill-record.ts';
import { chamberOf, dayOf, firstPage, personId } from './reply-parts.ts';

/**
 * A vote as OpenStates tells of it; choices that can't be read are left out. `bill_source` stands in where it has no page
 * of its own. Undefined where it has no day: it would be of no session.
 */
export function rollCallOf(vote: ApiVote, bill_source: string): RollCall | undefined {
  const date = dayOf(vote.start_date);
  if (!date) return undefined;
  const chamber = chamberOf(vote.organization);
  const links = readEntries(vote.sources, apiLinkSchema).found.map(({ url }) => url);
  return {
    id: vote.id,
    identifier: vote.identifier,
    date,
    motion: vote.motion_text.trim(),
    classification: vote.motion_classification,
    result: vote.result,
    // Of a committee OpenStates does not say here to which chamber it belongs.
    ...(chamber ? { chamber } : {}),
    is_floor: chamber !== undefined,
    organization: vote.organization.name ?? '',
    source: firstPage(links) ?? bill_source,
    votes: readEntries(vote.votes, apiPersonVoteSchema).found.map(({ option, voter_name, voter }) => ({
      option,
      name: voter_name,
      ...personId(voter),
    })),
  };
}
