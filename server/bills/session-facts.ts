import { OperationalError } from '../errors.ts';
import { apiSessionSchema, readEntries } from '../legislators/openstates-bill-replies.ts';
import { stateFacts } from '../legislators/states.ts';
import type { BillRecord, BillRef } from './bill-record.ts';
import { type CommitteeAsking, mustWait } from './committees-of.ts';
import { dayOf } from './reply-parts.ts';

/** What a bill's record keeps of its session. */
export type SessionFacts = Pick<BillRecord, 'session_name' | 'session_end'>;

/**
 * The name of a bill's session and the last day of it, where OpenStates has them; those of before while it can't be asked,
 * with a sentence on why. Throws OperationalError `openstates_minute_spent` alone: then the same is to be asked again.
 */
export async function sessionFactsOf(
  { state, session }: BillRef,
  before: SessionFacts | undefined,
  { client, answers, stopped }: CommitteeAsking,
): Promise<{ facts: SessionFacts; notes: string[] }> {
  const { name, jurisdiction_id } = stateFacts(state);
  const kept = pick(before?.session_name, before?.session_end);
  try {
    const reply = await answers.ask(`sessions ${state}`, () => client.sessions(state, stopped));
    const sessions = readEntries(reply.legislative_sessions, apiSessionSchema).found;
    const found = sessions.find(({ identifier }) => identifier === session);
    if (reply.id !== jurisdiction_id || !found)
      return { facts: kept, notes: [`OpenStates does not list the session ${session} of ${name}.`] };
    return { facts: pick(found.name, dayOf(found.end_date)), notes: [] };
  } catch (error) {
    if (!(error instanceof OperationalError) || mustWait(error, stopped)) throw error;
    return { facts: kept, notes: [`The sessions of ${name} could not be asked for. ${error.message}`] };
  }
}

function pick(session_name: string | undefined, session_end: string | undefined): SessionFacts {
  return { ...(session_name ? { session_name } : {}), ...(session_end ? { session_end } : {}) };
}
