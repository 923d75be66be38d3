import { calendarDay } from '../calendar.ts';
import { type Targeting, targetingOf } from '../campaigns/targets.ts';
import type { Representation } from '../legislators/legislator.ts';
import { stateFacts } from '../legislators/states.ts';
import { type CampaignPage, placeOf } from './page.ts';

/** The day of the campaign's state, an ISO date. */
export function todayIn({ campaign, site }: CampaignPage): string {
  return calendarDay(site.parts.now(), stateFacts(campaign.state).time_zone);
}

/** Whom the supporter of these districts is asked to contact, and whom not. 503 where no roster is at hand. */
export function targetingIn(page: CampaignPage, representations: Representation[]): Targeting {
  const { roster } = placeOf(page);
  return targetingOf(page.campaign, {
    representations,
    known: page.site.parts.knownBills(page.campaign, roster),
    roster,
    today: todayIn(page),
  });
}
