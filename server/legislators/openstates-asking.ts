import type { z } from 'zod';
import type { OperationalError } from '../errors.ts';
import { askOnce, parseJson } from './ask-once.ts';
import { badKey, notFound, openStatesFault, overLimit, spent, unavailable } from './openstates-faults.ts';
import { faultSchema } from './openstates-replies.ts';
import type { Purpose, RequestBudget } from './request-budget.ts';

/** What a client is made of; the time is for tests to shorten. */
export interface OpenStatesOptions {
  /** Without a slash at the end: https://v3.openstates.org */
  url: string;
  key: string;
  budget: RequestBudget;
  now: () => Date;
  /** Milliseconds that a question may take: a visitor waits for no longer. What no visitor waits for may take five times as long. */
  timeout_ms?: number;
}

/** What a question is asked with. */
export interface Asking<Value> {
  schema: z.ZodType<Value>;
  purpose: Purpose;
  stopped?: AbortSignal | undefined;
  /** Milliseconds; as long as a visitor waits, where it is not said. */
  within_ms?: number;
  /** Bytes. */
  largest?: number;
  /** What to say where OpenStates itself says that there is no such thing. */
  missing?: string;
}

/** Asks one question: a path, with its query in pairs. Throws as `OpenStates` says. */
export type Ask = <Value>(path: string, query: string[][], asking: Asking<Value>) => Promise<Value>;

/** A page of fifty members with all their offices has some 150 kB. */
const LARGEST_REPLY = 5_000_000;
/** How long to leave it alone: a wrong key stays wrong, a full minute is soon over, a full day is not. */
const REST_MS = { key: 3_600_000, minute: 61_000, day: 3_600_000 };

/**
 * What asks the OpenStates API, within the budget, and leaves it alone after it has refused. The key goes along as a header
 * alone; neither it nor a point is in any error.
 */
export function createAsk({
  url,
  key,
  budget,
  now,
  timeout_ms,
}: OpenStatesOptions & { timeout_ms: number }): Ask {
  let resting: { since: number; until: number; because: OperationalError } | undefined;

  const rest = (ms: number, because: OperationalError): OperationalError => {
    const since = now().getTime();
    resting = { since, until: since + ms, because };
    return because;
  };

  /** What an answer that is none says of us or of them. */
  const faultOf = (status: number, body: string, missing: string | undefined): OperationalError => {
    const detail = faultSchema.safeParse(parseJson(body)).data?.detail;
    // A gateway refuses in HTML, whatever the key.
    if ((status === 401 || status === 403) && detail !== undefined) return rest(REST_MS.key, badKey());
    if (status === 429) {
      // 'exceeded limit of 10/min: 11'; nothing says when to come back.
      const isDay = typeof detail === 'string' && /day/i.test(detail);
      return rest(isDay ? REST_MS.day : REST_MS.minute, overLimit(isDay ? 'day' : 'minute'));
    }
    // 'No such Bill.'; another server, or a gateway, says nothing of what there is.
    if (status === 404)
      return notFound(typeof detail === 'string' && /^No such/.test(detail) ? missing : undefined);
    if (status === 400 || status === 422)
      return openStatesFault('refused', 'OpenStates does not take the question.');
    return unavailable(`HTTP_${status}`);
  };

  return async (path, query, asking) => {
    const { schema, purpose, stopped, within_ms = timeout_ms, largest = LARGEST_REPLY, missing } = asking;
    // A clock that was set back says nothing of how long it rests already.
    const at = now().getTime();
    if (resting && at >= resting.since && at < resting.until) throw resting.because;
    const allowance = budget.spend(purpose);
    if (allowance !== 'spent') throw spent(allowance);
    const reply = await askOnce({
      url: `${url}${path}`,
      query,
      headers: { 'x-api-key': key },
      timeout_ms: within_ms,
      largest,
      ...(stopped ? { deadline: stopped } : {}),
    });
    if ('code' in reply) throw unavailable(reply.code);
    if (reply.status !== 200) throw faultOf(reply.status, reply.body, missing);
    const json = parseJson(reply.body);
    if (json === undefined) throw unavailable('not_json');
    const parsed = schema.safeParse(json);
    if (!parsed.success) throw unavailable('wrong_shape');
    return parsed.data;
  };
}
