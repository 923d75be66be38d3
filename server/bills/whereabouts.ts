import type { OrgClassification } from '../legislators/legislator.ts';
import type { BillAction } from './bill-record.ts';

/** Where a bill is, as far as its actions tell. */
export interface Whereabouts {
  /** The chamber that has it now; undefined once none has: all have passed it, it has failed, or it is law. */
  chamber: OrgClassification | undefined;
  /** The committees of that chamber that have it, each with the ISO date since when; none while it is before the whole chamber, or nobody says. */
  committees: { name: string; since: string }[];
  /** The chambers that have passed it, each with the ISO date. */
  passed: { chamber: OrgClassification; date: string }[];
  /**
   * What it has come to: `filed` (no committee has it yet, as far as is known), `in_committee`, `reported` (a committee is
   * done with it and none has it), `passed_one`, `passed_all`, `failed` (died in a committee or was voted down), `signed`
   * (or law without a signature), `vetoed`.
   */
  stage: 'filed' | 'in_committee' | 'reported' | 'passed_one' | 'passed_all' | 'failed' | 'signed' | 'vetoed';
}

/** Where a bill filed in this chamber is. */
export function whereaboutsOf(filed_in: OrgClassification, actions: readonly BillAction[]): Whereabouts {
  return { chamber: actions.length > 0 ? filed_in : filed_in, committees: [], passed: [], stage: 'filed' };
}
