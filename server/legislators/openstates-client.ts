import type { z } from 'zod';
import type { OperationalError } from '../errors.ts';
import { askOnce, parseJson } from './ask-once.ts';
import type { OrgClassification, Point } from './legislator.ts';
import {
  type ApiBill,
  type ApiCommittee,
  type ApiSessions,
  billSchema,
  type CommitteesPage,
  committeeSchema,
  committeesPageSchema,
  sessionsSchema,
} from './openstates-bill-replies.ts';
import { badKey, notFound, openStatesFault, overLimit, spent, unavailable } from './openstates-faults.ts';
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
import { stateFacts } from './states.ts';

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
  /** A bill with who sponsors it, what happened to it, its votes and its companions. Where there is none by that name, `openstates_not_found` says which was asked for. */
  bill: (bill: AskedBill, stopped?: AbortSignal) => Promise<ApiBill>;
  /** One page, from 1, of the committees right under a chamber, or of all the state's subcommittees, each with its members. */
  committees: (list: CommitteeList, page: number, stopped?: AbortSignal) => Promise<CommitteesPage>;
  /** One committee with its members, by its id. */
  committee: (id: string, stopped?: AbortSignal) => Promise<ApiCommittee>;
  /** A state's sessions, by its postal code. */
  sessions: (state: string, stopped?: AbortSignal) => Promise<ApiSessions>;
}

/** Which bill is asked for. */
export interface AskedBill {
  /** Postal code, lower case. */
  state: string;
  /** As OpenStates spells it: '2026', '2026S1'. */
  session: string;
  /** 'HB 419', in any spelling. */
  identifier: string;
}

/** Which committees are asked for. */
export interface CommitteeList {
  /** Postal code, lower case. */
  state: string;
  of: OrgClassification | 'subcommittees';
}

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
interface Asking<Value> {
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

/** A page of fifty members with all their offices has some 150 kB. */
const LARGEST_REPLY = 5_000_000;
/** A bill of New Hampshire, with four hundred names to a roll call of 150 kB, may have dozens of them. */
const LARGEST_BILL = 20_000_000;
/** The API takes fifty people at most, and twenty committees. */
const PER_PAGE = { people: 50, committees: 20 };
const PATIENCE = 5;
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

  const ask = async <Value>(path: string, query: string[][], asking: Asking<Value>): Promise<Value> => {
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

  const patient = { purpose: 'bill', within_ms: timeout_ms * PATIENCE } as const;

  return {
    jurisdiction: (state, stopped) =>
      ask(`/jurisdictions/${state}`, [['include', 'organizations']], {
        schema: jurisdictionSchema,
        purpose: 'roster',
        stopped,
      }),
    people: (state, page, stopped) =>
      ask(
        '/people',
        [
          ['jurisdiction', state],
          ['per_page', String(PER_PAGE.people)],
          ['page', String(page)],
          ['include', 'offices'],
          ['include', 'links'],
        ],
        { schema: peoplePageSchema, purpose: 'roster', stopped },
      ),
    seatsAt: async ({ latitude, longitude }) => {
      // Ten metres are as good as the point itself, and tell a little less.
      const query = [
        ['lat', latitude.toFixed(4)],
        ['lng', longitude.toFixed(4)],
      ];
      return (await ask('/people.geo', query, { schema: geoReplySchema, purpose: 'point' })).results;
    },
    bill: (bill, stopped) =>
      ask(
        `/bills/${[bill.state, bill.session, bill.identifier].map(encodeURIComponent).join('/')}`,
        ['sponsorships', 'actions', 'sources', 'related_bills', 'votes'].map((one) => ['include', one]),
        { ...patient, schema: billSchema, stopped, largest: LARGEST_BILL, missing: noSuchBill(bill) },
      ),
    committees: ({ state, of }, page, stopped) =>
      ask(
        '/committees',
        [
          ['jurisdiction', state],
          of === 'subcommittees' ? ['classification', 'subcommittee'] : ['chamber', of],
          ['include', 'memberships'],
          ['per_page', String(PER_PAGE.committees)],
          ['page', String(page)],
        ],
        { ...patient, schema: committeesPageSchema, stopped },
      ),
    committee: (id, stopped) =>
      // The id's own slash is part of the path.
      ask(`/committees/${id.split('/').map(encodeURIComponent).join('/')}`, [['include', 'memberships']], {
        ...patient,
        schema: committeeSchema,
        stopped,
      }),
    sessions: (state, stopped) =>
      ask(`/jurisdictions/${state}`, [['include', 'legislative_sessions']], {
        ...patient,
        schema: sessionsSchema,
        stopped,
      }),
  };
}

function noSuchBill({ state, session, identifier }: AskedBill): string {
  return `OpenStates has no bill ${identifier} of the session ${session} in ${stateFacts(state).name}. Check its identifier and session in campaign.yaml: they are spelled as at https://open.pluralpolicy.com/${state}/bills/.`;
}
