import type { OrgClassification } from '../legislators/legislator.ts';

/** What is known of a bill after some of its actions. */
export interface Place {
  filed_in: OrgClassification;
  chamber: OrgClassification | undefined;
  held: { name: string; since: string }[];
  /** Committees to which it was sent and whose turn has not come. */
  waiting: string[];
  /** The day of the latest of the referrals that stand together; undefined once something else has happened. */
  sent_on: string | undefined;
  passed: { chamber: OrgClassification; date: string }[];
  /** The chambers that have taken what a conference of both proposes. */
  took_report: OrgClassification[];
  overridden: OrgClassification[];
  /** Whether both chambers are known to have passed it in the same words. */
  is_settled: boolean;
  /** Whether the latest vote was on a committee's report alone, so that the next committee may yet see it. */
  is_on_report: boolean;
  /** Whether it died in a chamber at the end of the first of two years. */
  is_between_years: boolean;
  stage:
    | 'filed'
    | 'in_committee'
    | 'reported'
    | 'passed_one'
    | 'to_agree'
    | 'passed_all'
    | 'failed'
    | 'signed'
    | 'vetoed';
}

/** The place of a bill of which nothing is known but the chamber in which it was filed. */
export function placeOfFiling(filed_in: OrgClassification): Place {
  return {
    filed_in,
    chamber: filed_in,
    held: [],
    waiting: [],
    sent_on: undefined,
    passed: [],
    took_report: [],
    overridden: [],
    is_settled: false,
    is_on_report: false,
    is_between_years: false,
    stage: 'filed',
  };
}

/** Moves a bill to a chamber, or to none, where no committee has it. */
export function move(place: Place, chamber: OrgClassification | undefined, stage: Place['stage']): void {
  Object.assign(place, {
    chamber,
    held: [],
    waiting: [],
    sent_on: undefined,
    is_between_years: false,
    stage,
  });
}

/** Begins a bill anew in a chamber: what passed it before no longer counts. */
export function beginAnew(place: Place, chamber: OrgClassification): void {
  Object.assign(place, { passed: [], took_report: [], is_settled: false });
  move(place, chamber, 'reported');
}
