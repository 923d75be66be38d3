import { calendarDay } from '../calendar.ts';
import { askedChambers } from '../campaigns/located-bills.ts';
import { type Targeting, targetingOf } from '../campaigns/targets.ts';
import type { OrgClassification, Representation } from '../legislators/legislator.ts';
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

/**
 * The chambers in which a supporter is asked for a district: those that the campaign asks now; once all have passed the
 * bill, those that its file names, so that the page can say so. Without a roster too.
 */
export function chambersWanted(page: CampaignPage): OrgClassification[] {
  const { campaign, place, site } = page;
  if (!place) return campaign.targets.chambers;
  const known = site.parts.knownBills(campaign, place.roster);
  const asked = askedChambers(campaign, known, place.roster);
  return asked.length > 0 ? asked : campaign.targets.chambers;
}
