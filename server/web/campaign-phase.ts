import type { Campaign } from '../campaigns/campaign.ts';
import { stateFacts } from '../legislators/states.ts';

/** Where a campaign stands: its dates are days of its state, the last one included. */
export function campaignPhase(campaign: Campaign, now: Date): 'not_begun' | 'live' | 'ended' {
  const today = dayIn(stateFacts(campaign.state).time_zone, now);
  if (campaign.dates.starts && today < campaign.dates.starts) return 'not_begun';
  if (campaign.dates.ends && today > campaign.dates.ends) return 'ended';
  return 'live';
}

/** The day in a time zone as YYYY-MM-DD, which is how Swedish writes it. */
function dayIn(time_zone: string, now: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: time_zone }).format(now);
}
