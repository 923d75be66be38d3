import type { OrgClassification } from './legislator.ts';

/** Titles of the lower chambers' members where it is not Representative, as OpenStates has them. */
const LOWER_TITLES: Record<string, string> = {
  ca: 'Assembly Member',
  nj: 'Assembly Member',
  nv: 'Assembly Member',
  ny: 'Assembly Member',
  md: 'Delegate',
  va: 'Delegate',
  wv: 'Delegate',
};

/** How a member of the chamber is addressed: 'Senator', 'Representative', 'Delegate', 'Assembly Member', 'Councilmember'. */
export function legislatorTitle(state: string, chamber: OrgClassification): string {
  if (chamber === 'lower') return LOWER_TITLES[state] ?? 'Representative';
  return state === 'dc' ? 'Councilmember' : 'Senator';
}
