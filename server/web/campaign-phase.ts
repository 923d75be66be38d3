import { calendarDay } from '../calendar.ts';
import type { Campaign, CampaignStatus } from '../campaigns/campaign.ts';
import { stateFacts } from '../legislators/states.ts';
import type { CampaignPage } from './page.ts';

/** Where a campaign stands in its life: what its file says and, of a live one, whether it has begun and not ended. */
export type CampaignPhase = CampaignStatus | 'scheduled' | 'ended';

/** Phases in which all is over: the page closes with the count and the thanks. */
const OVER: readonly CampaignPhase[] = ['won', 'lost', 'ended', 'archived'];

/** Where a campaign stands: its dates are days of its state, the last one included. */
export function campaignPhase(campaign: Campaign, now: Date): CampaignPhase {
  if (campaign.status !== 'live') return campaign.status;
  const today = calendarDay(now, stateFacts(campaign.state).time_zone);
  if (campaign.dates.starts && today < campaign.dates.starts) return 'scheduled';
  if (campaign.dates.ends && today > campaign.dates.ends) return 'ended';
  return 'live';
}

/** Whether the campaign of a page has come to its end. */
export function isPageOver({ campaign, site }: CampaignPage): boolean {
  return OVER.includes(campaignPhase(campaign, site.parts.now()));
}
