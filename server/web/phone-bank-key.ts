import { createHash } from 'node:crypto';
import { messageLanguageOf } from './message-words.ts';
import { type CampaignPage, placeOf } from './page.ts';
import { todayIn } from './targeting.ts';

/** The same object has the same number, one that took its place another. */
const numbers = new WeakMap<object, number>();
let last = 0;

function numberOf(part: object): number {
  const number = numbers.get(part) ?? ++last;
  numbers.set(part, number);
  return number;
}

/**
 * Names all that goes into the sheets of a request: the campaign as its files have it, the roster, what is known of the bills,
 * the day, both languages and what was picked. 503 where no roster is at hand.
 */
export function phoneBankKey(page: CampaignPage, picked: [string, string][]): string {
  const { campaign, site, visit, is_preview } = page;
  const place = placeOf(page);
  const known = site.parts.knownBills(campaign, place.roster);
  const parts = [
    ...[campaign, place, known].map(numberOf),
    todayIn(page),
    visit.page_language,
    messageLanguageOf(page),
    is_preview,
    ...picked.map((pair) => pair.join('=')).toSorted(),
  ];
  return `phone-bank ${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`;
}
