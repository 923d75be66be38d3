import { type LegislatorReplies, officeReplies } from '../actions/office-replies.ts';
import { type ReportTotals, reportTotalsAt } from '../actions/totals.ts';
import { calendarDay } from '../calendar.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import { stateFacts } from '../legislators/states.ts';
import { atOneMoment } from '../store/one-moment.ts';
import type { Store } from '../store/open-store.ts';

/** What the holder of a link sees of a campaign, all of it as it was at one moment. */
export interface Report {
  schema_version: 1;
  campaign_slug: string;
  /** Whose figures these are: 'organizer' for all, 'partner' for those that are credited to one. */
  scope: 'organizer' | 'partner';
  /** Code of that partner; '' in the organizer's. */
  partner: string;
  /** ISO date and time in UTC. */
  as_of: string;
  is_sample: boolean;
  /** The whole coalition's, which everyone sees: in the organizer's report the same number as that of `totals`. */
  coalition: { goal: number; completed_actions: number };
  totals: ReportTotals;
  /** What offices said, as supporters heard it; undefined in a partner's. */
  replies?: LegislatorReplies[];
}

/** Reads the report of a campaign, or what of it is one partner's own. */
export async function readReport(
  { read }: Pick<Store, 'read'>,
  campaign: Campaign,
  { partner, is_sample, now }: { partner: string; is_sample: boolean; now: Date },
): Promise<Report> {
  return atOneMoment(read, async (trx) => {
    const is_partner = partner !== '';
    const today = calendarDay(now, stateFacts(campaign.state).time_zone);
    const all = await reportTotalsAt(trx, campaign, { is_sample, now });
    const totals = is_partner ? await reportTotalsAt(trx, campaign, { is_sample, now, partner }) : all;
    return {
      schema_version: 1,
      campaign_slug: campaign.slug,
      scope: is_partner ? 'partner' : 'organizer',
      partner,
      as_of: now.toISOString(),
      is_sample,
      coalition: { goal: campaign.goal, completed_actions: all.completed_actions },
      totals,
      ...(is_partner ? {} : { replies: await officeReplies(trx, campaign, { is_sample, today }) }),
    };
  });
}
