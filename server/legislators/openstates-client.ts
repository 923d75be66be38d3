import type { OrgClassification, Point } from './legislator.ts';
import { createAsk, type OpenStatesOptions } from './openstates-asking.ts';
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
import {
  type ApiJurisdiction,
  type ApiSeat,
  geoReplySchema,
  jurisdictionSchema,
  type PeoplePage,
  peoplePageSchema,
} from './openstates-replies.ts';
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
  seatsAt: (point: Point, stopped?: AbortSignal) => Promise<ApiSeat[]>;
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

/** A bill of New Hampshire, with four hundred names to a roll call of 150 kB, may have dozens of them. */
const LARGEST_BILL = 20_000_000;
/** The API takes fifty people at most, and twenty committees. */
const PER_PAGE = { people: 50, committees: 20 };
const PATIENCE = 5;

/** A client of the OpenStates API. */
export function createOpenStates({ timeout_ms = 4000, ...options }: OpenStatesOptions): OpenStates {
  const ask = createAsk({ ...options, timeout_ms });
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
    seatsAt: async ({ latitude, longitude }, stopped) => {
      // Ten metres are as good as the point itself, and tell a little less.
      const query = [
        ['lat', latitude.toFixed(4)],
        ['lng', longitude.toFixed(4)],
      ];
      return (await ask('/people.geo', query, { schema: geoReplySchema, purpose: 'point', stopped })).results;
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
