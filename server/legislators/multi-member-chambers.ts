import type { OrgClassification } from './legislator.ts';

/** Chambers of which at least one district elects more than one member, as OpenStates' metadata counts the seats. */
const MULTI_MEMBER: Record<string, OrgClassification[]> = {
  az: ['lower'],
  dc: ['legislature'],
  md: ['lower'],
  nd: ['lower'],
  nh: ['lower'],
  nj: ['lower'],
  pr: ['upper', 'lower'],
  sd: ['lower'],
  vt: ['upper', 'lower'],
  wa: ['lower'],
  wv: ['upper'],
};

/** Whether two people can hold seats of one district of this chamber at the same time. */
export function hasMultiMemberDistricts(state: string, chamber: OrgClassification): boolean {
  return MULTI_MEMBER[state]?.includes(chamber) ?? false;
}
