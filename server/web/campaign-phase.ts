import { calendarDay } from '../calendar.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import { stateFacts } from '../legislators/states.ts';

/** Where a campaign stands: its dates are days of its state, the last one included. */
export function campaignPhase(campaign: Campaign, now: Date): 'not_begun' | 'live' | 'ended' {
  const today = calendarDay(now, stateFacts(campaign.state).time_zone);
  if (campaign.dates.starts && today < campaign.dates.starts) return 'not_begun';
  if (campaign.dates.ends && today > campaign.dates.ends) return 'ended';
  return 'live';
}
