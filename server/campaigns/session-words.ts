import type { Campaign } from './campaign.ts';
import { inLanguage } from './local-text.ts';

/** Two years as OpenStates writes them: '2027-2028', '2027_28', '20272028'. */
const TWO_YEARS = /^(\d{4})[-_–/]?(\d{2}|\d{4})$/;

/**
 * A session as people read it, from what OpenStates calls it: what the campaign says of a bill of that session goes first,
 * then two years in a row are written '2027–2028'. All else stays: '2026', '109'.
 */
export function sessionInWords(
  { bills }: Pick<Campaign, 'bills'>,
  session: string,
  language: string,
): string {
  const said = bills.find((bill) => bill.session === session && bill.session_name)?.session_name;
  return said ? inLanguage(said, language).text : readableSession(session);
}

/** The same where no campaign says it. */
export function readableSession(session: string): string {
  const [, first, last] = TWO_YEARS.exec(session) ?? [];
  const next = String(Number(first) + 1);
  return last === next || last === next.slice(-2) ? `${first}–${next}` : session;
}
