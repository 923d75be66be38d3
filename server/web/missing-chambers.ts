import { isAtLarge } from '../legislators/undrawn-districts.ts';
import { chamberIn } from '../words/names.ts';
import { type CampaignPage, placeOf } from './page.ts';
import { type Standing, standingPairs } from './standing.ts';
import { chambersWanted } from './targeting.ts';
import { visitHref } from './visit.ts';

/**
 * The chambers that the campaign asks in which the supporter has no district yet, in words, each with the address of the
 * list, what was found already kept. Who is elected by the whole state stands in for no district; a vacant seat is one.
 */
export function missingChambers(page: CampaignPage, standing: Standing): { text: string; href: string }[] {
  const { t, campaign, visit } = page;
  const { roster } = placeOf(page);
  const districts = roster.districts.filter((district) => !isAtLarge(district));
  const own = districts.filter(({ division_id }) => standing.divisions.includes(division_id));
  return chambersWanted(page)
    .filter((chamber) => districts.some(({ org_classification }) => org_classification === chamber))
    .filter((chamber) => !own.some(({ org_classification }) => org_classification === chamber))
    .map((chamber) => ({
      text: t('act.missing', { chamber: chamberIn(t, campaign.state, chamber) }),
      href: visitHref(visit, `/campaigns/${campaign.slug}/districts`, standingPairs(standing)),
    }));
}
