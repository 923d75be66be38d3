import type { Translate } from './locale.ts';

/** What the parts of these states are called that others call counties. */
const KINDS: Record<string, string> = { ak: 'borough', la: 'parish', pr: 'municipio' };

/** What a state calls its counties, one of them: 'county', 'parish'. */
export function countyIn(t: Translate, state: string): string {
  return t(`districts.county.${KINDS[state] ?? 'county'}`);
}

/** 'County: Duval', 'Counties: Nassau, Duval', or as the state calls them. */
export function countiesIn(t: Translate, state: string, counties: string[]): string {
  const key = `districts.counties.${KINDS[state] ?? 'county'}`;
  return t(key, { count: counties.length, counties: counties.join(', ') });
}
