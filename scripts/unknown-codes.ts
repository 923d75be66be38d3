// What is said of links whose code no partner has.
import { OTHER_CODES, type UnknownCode } from '../server/actions/visit-queries.ts';
import type { Partner } from '../server/campaigns/campaign.ts';
import { didYouMean } from '../server/yaml/nearest.ts';

/** The codes that came most often are named, for a flood of made-up ones hides the mistyped. */
const MOST_NAMED = 10;

/** A line for each code in links that no partner of the campaign has now, the most frequent first; '' where all are known. */
export function unknownCodeLines(
  codes: Omit<UnknownCode, 'campaign_slug'>[],
  partners: Pick<Partner, 'code'>[],
): string {
  const known = partners.map(({ code }) => code);
  const named = codes.filter(({ code }) => code !== OTHER_CODES && !known.includes(code));
  const lines = named
    .slice(0, MOST_NAMED)
    .map(
      ({ code, visits, last_day }) =>
        `Links with the code "${code}" came ${times(visits)}, last on ${last_day}: no partner has it.${didYouMean(code, known)}`,
    );
  const rest = named.length - MOST_NAMED;
  if (rest > 0) lines.push(`Links with ${rest} other code${rest === 1 ? '' : 's'} came less often.`);
  const others = codes.find(({ code }) => code === OTHER_CODES);
  if (others)
    lines.push(
      `Links with what can't be a code, or with codes beyond the first hundred, came ${times(others.visits)}, last on ${others.last_day}.`,
    );
  return lines.map((line) => `${line}\n`).join('');
}

function times(visits: number): string {
  return visits === 1 ? 'once' : `${visits} times`;
}
