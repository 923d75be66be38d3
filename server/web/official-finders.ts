import type { Campaign } from '../campaigns/campaign.ts';
import { chamberFinder } from '../legislators/states.ts';
import type { Translate } from './locale.ts';
import { chamberIn } from './names.ts';

/** Each page where officials say who represents whom, for the chambers that a campaign asks; once where it is the same. */
export function officialFinders(
  t: Translate,
  { state, targets }: Campaign,
): { url: string; chamber_name: string }[] {
  const finders = targets.chambers.map((chamber) => ({
    url: chamberFinder(state, chamber).url,
    chamber_name: chamberIn(t, state, chamber),
  }));
  return [...Map.groupBy(finders, (finder) => finder.url)].map(([url, same]) => ({
    url,
    chamber_name: same.map((finder) => finder.chamber_name).join(', '),
  }));
}
