import type { OrgClassification } from './legislator.ts';

/**
 * Titles of the lower chambers' members where it is not Representative, as OpenStates has them (which writes California's in
 * one word). The members of Wisconsin's Assembly call themselves Representative.
 */
const LOWER_TITLES: Record<string, string> = {
  ca: 'Assembly Member',
  nj: 'Assembly Member',
  nv: 'Assembly Member',
  ny: 'Assembly Member',
  md: 'Delegate',
  va: 'Delegate',
  wv: 'Delegate',
};

/**
 * How a member is addressed: 'Senator', 'Representative', 'Delegate', 'Assembly Member', 'Councilmember'. DC's Council has a
 * Chairman, elected as such (D.C. Code § 1–204.01): the one office whose district tells the title.
 */
export function legislatorTitle(state: string, chamber: OrgClassification, district = ''): string {
  if (chamber === 'lower') return LOWER_TITLES[state] ?? 'Representative';
  if (state !== 'dc') return 'Senator';
  return district === 'Chairman' ? 'Chairman' : 'Councilmember';
}
