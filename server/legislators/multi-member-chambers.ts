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

/**
 * Chambers in which one place can lie in several districts, each of which elects: New Hampshire's floterials, Idaho's seats
 * A and B, and those who are elected at large in DC and Puerto Rico. As OpenStates' metadata has them.
 */
const OVERLAPPING: Record<string, OrgClassification[]> = {
  dc: ['legislature'],
  id: ['lower'],
  nh: ['lower'],
  pr: ['upper', 'lower'],
};

/** Whether several districts of this chamber can represent the same place. */
export function hasOverlappingDistricts(state: string, chamber: OrgClassification): boolean {
  return OVERLAPPING[state]?.includes(chamber) ?? false;
}
