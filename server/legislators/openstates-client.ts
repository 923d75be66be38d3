import type { z } from 'zod';
import { OperationalError } from '../errors.ts';
import { askOnce, parseJson } from './ask-once.ts';
import type { Point } from './legislator.ts';
import {
  type ApiJurisdiction,
  type ApiSeat,
  faultSchema,
  geoReplySchema,
  jurisdictionSchema,
  type PeoplePage,
  peoplePageSchema,
} from './openstates-replies.ts';
import type { Purpose, RequestBudget } from './request-budget.ts';

/**
 * What of the OpenStates API v3 is asked. Each throws OperationalError: `openstates_bad_key`, `openstates_over_limit`
 * (the other side's count), `openstates_minute_spent` and `openstates_day_spent` (ours), `openstates_refused`,
 * `openstates_not_found`, `openstates_unavailable` for all that may pass by itself, and what the budget throws.
 */
export interface OpenStates {
  /** A state's chambers with every district, by its postal code. */
  jurisdiction: (state: string, stopped?: AbortSignal) => Promise<ApiJurisdiction>;
  /** One page of a state's members, from 1, each with offices and links. */
  people: (state: string, page: number, stopped?: AbortSignal) => Promise<PeoplePage>;
  /** The seats of who represents a point, those in Congress among them; ten at most, the others left out without a word. */
  seatsAt: (point: Point) => Promise<ApiSeat[]>;
}

/** What a client is made of; the time is for tests to shorten. */
export interface OpenStatesOptions {
  /** Without a slash at the end: https://v3.openstates.org */
  url: string;
  key: string;
  budget: RequestBudget;
  now: () => Date;
  /** Milliseconds that a question may take: a visitor waits for no longer. */
  timeout_ms?: number;
}

/** A page of fifty members with all their offices has some 150 kB. */
const LARGEST_REPLY = 5_000_000;
/** The API takes fifty at most. */
const PER_PAGE = 50;
/** How long to leave it alone: a wrong key stays wrong, a full minute is soon over, a full day is not. */
const REST_MS = { key: 3_600_000, minute: 61_000, day: 3_600_000 };

/** A client of the OpenStates API. The key goes along as a header alone; neither it nor a point is in any error. */
export function createOpenStates({
  url,
  key,
  budget,
  now,
  timeout_ms = 4000,
}: OpenStatesOptions): OpenStates {
  let resting: { since: number; until: number; because: OperationalError } | undefined;

  const rest = (ms: number, because: OperationalError): OperationalError => {
    const since = now().getTime();
    resting = { since, until: since + ms, because };
    return because;
  };

  /** What an answer that is none says of us or of them. */
  const faultOf = (status: number, body: string): OperationalError => {
    const detail = faultSchema.safeParse(parseJson(body)).data?.detail;
    // A gateway refuses in HTML, whatever the key.
    if ((status === 401 || status === 403) && detail !== undefined) return rest(REST_MS.key, badKey());
    if (status === 429) {
      // 'exceeded limit of 10/min: 11'; nothing says when to come back.
      const isDay = typeof detail === 'string' && /day/i.test(detail);
      return rest(isDay ? REST_MS.day : REST_MS.minute, overLimit(isDay ? 'day' : 'minute'));
    }
    if (status === 404)
      return failure(
        'not_found',
        'OpenStates does not have what is asked for (HTTP_404). Look at OPENSTATES_URL, if you have set it.',
      );
    if (status === 400 || status === 422) return failure('refused', 'OpenStates does not take the question.');
    return unavailable(`HTTP_${status}`);
  };

  const ask = async <Value>(
    path: string,
    query: string[][],
    options: { schema: z.ZodType<Value>; purpose: Purpose; deadline?: AbortSignal | undefined },
  ): Promise<Value> => {
    // A clock that was set back says nothing of how long it rests already.
    const at = now().getTime();
    if (resting && at >= resting.since && at < resting.until) throw resting.because;
    const allowance = budget.spend(options.purpose);
    if (allowance !== 'spent') throw spent(allowance);
    const reply = await askOnce({
      url: `${url}${path}`,
      query,
      headers: { 'x-api-key': key },
      timeout_ms,
      largest: LARGEST_REPLY,
      ...(options.deadline ? { deadline: options.deadline } : {}),
    });
    if ('code' in reply) throw unavailable(reply.code);
    if (reply.status !== 200) throw faultOf(reply.status, reply.body);
    const json = parseJson(reply.body);
    if (json === undefined) throw unavailable('not_json');
    const parsed = options.schema.safeParse(json);
    if (!parsed.success) throw unavailable('wrong_shape');
    return parsed.data;
  };

  return {
    jurisdiction: (state, deadline) =>
      ask(`/jurisdictions/${state}`, [['include', 'organizations']], {
        schema: jurisdictionSchema,
        purpose: 'roster',
        deadline,
      }),
    people: (state, page, deadline) =>
      ask(
        '/people',
        [
          ['jurisdiction', state],
          ['per_page', String(PER_PAGE)],
          ['page', String(page)],
          ['include', 'offices'],
          ['include', 'links'],
        ],
        { schema: peoplePageSchema, purpose: 'roster', deadline },
      ),
    seatsAt: async ({ latitude, longitude }) => {
      // Ten metres are as good as the point itself, and tell a little less.
      const query = [
        ['lat', latitude.toFixed(4)],
        ['lng', longitude.toFixed(4)],
      ];
      return (await ask('/people.geo', query, { schema: geoReplySchema, purpose: 'point' })).results;
    },
  };
}

function failure(code: string, message: string): OperationalError {
  return new OperationalError(`openstates_${code}`, message);
}

/** `reason`: a code of the network, `HTTP_502`, `not_json`, `wrong_shape`, `too_large`. */
function unavailable(reason: string): OperationalError {
  return failure(
    'unavailable',
    `OpenStates does not answer as it should (${reason}). It is asked again later.`,
  );
}

function badKey(): OperationalError {
  const remedy =
    'Look it up at https://open.pluralpolicy.com/accounts/profile/, put it into .env, and start again.';
  return failure('bad_key', `OpenStates does not take the key in OPENSTATES_API_KEY. ${remedy}`);
}

function overLimit(which: 'minute' | 'day'): OperationalError {
  const remedy =
    'If another program uses this key, set OPENSTATES_PER_MINUTE and OPENSTATES_PER_DAY to what is left for this one.';
  return failure('over_limit', `OpenStates says that this key has asked enough for this ${which}. ${remedy}`);
}

function spent(which: 'minute' | 'day'): OperationalError {
  const message = `All that may be asked of OpenStates in this ${which} has been asked (OPENSTATES_PER_${which.toUpperCase()}).`;
  return failure(`${which}_spent`, message);
}
