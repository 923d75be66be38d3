import { type ApiBill, apiVoteSchema, readEntries } from '../legislators/openstates-bill-replies.ts';
import type { BillRecord } from './bill-record.ts';
import type { FetchedBill } from './fetch-bill.ts';
import { dayOf } from './reply-parts.ts';

/** What each list of a reply is called in notes. */
const LISTS = {
  actions: 'actions',
  sponsorships: 'sponsors',
  votes: 'votes',
  related_bills: 'companions',
  sources: 'sources',
} as const;

/**
 * A bill that was fetched, with the parts of its record `before` in place of those whose lists OpenStates was asked for and did
 * not send: who sends nothing does not say that there is nothing. An empty list says so, and is taken. Sentences in its notes
 * tell of each; `before` is of the same bill, or undefined.
 */
export function withUnsentParts(
  { record, chamber_ids, notes }: FetchedBill,
  reply: ApiBill,
  before: BillRecord | undefined,
): FetchedBill {
  const unsent = (Object.keys(LISTS) as (keyof typeof LISTS)[]).filter((list) => reply[list] === undefined);
  const without_choices = new Set(
    readEntries(reply.votes, apiVoteSchema)
      .found.filter(({ votes }) => votes === undefined)
      .map(({ id }) => id),
  );
  const which = before ? 'those of before stay' : 'none are known';
  const told = unsent.map((list) => `OpenStates sent no list of its ${LISTS[list]}, so ${which}.`);
  if (without_choices.size > 0)
    told.push(
      `OpenStates sent no list of who voted how in ${without_choices.size} of its votes, so ${which}.`,
    );
  const all_notes = [...notes, ...told];
  if (!before) return { record, chamber_ids, notes: all_notes };

  const is_unsent = (list: keyof typeof LISTS) => unsent.includes(list);
  const dates_from_actions = is_unsent('actions') && dayOf(reply.first_action_date) === undefined;
  const kept: Partial<BillRecord> = {
    ...(is_unsent('actions') ? { actions: before.actions } : {}),
    ...(dates_from_actions ? { first_action_date: before.first_action_date } : {}),
    ...(is_unsent('sponsorships') ? { sponsorships: before.sponsorships } : {}),
    ...(is_unsent('related_bills') ? { companions: before.companions } : {}),
    ...(is_unsent('sources') ? { source: before.source } : {}),
    roll_calls: is_unsent('votes')
      ? before.roll_calls
      : record.roll_calls.map((one) =>
          without_choices.has(one.id)
            ? { ...one, votes: before.roll_calls.find(({ id }) => id === one.id)?.votes ?? [] }
            : one,
        ),
  };
  return { record: { ...record, ...kept }, chamber_ids, notes: all_notes };
}
