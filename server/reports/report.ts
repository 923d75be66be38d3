import type { ActionType, StatusCode } from '../actions/action.ts';
import { type LegislatorReplies, officeReplies } from '../actions/office-replies.ts';
import { readEntriesOut, readOfflineEntries } from '../actions/offline-queries.ts';
import { type ReportTotals, reportTotalsAt, slugsOf } from '../actions/totals.ts';
import { readUnknownCodes, readVisits } from '../actions/visit-queries.ts';
import { calendarDay } from '../calendar.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import { stateFacts } from '../legislators/states.ts';
import { atOneMoment } from '../store/one-moment.ts';
import type { Store } from '../store/open-store.ts';
import { type ReportLetters, readReportLetters } from './report-letters.ts';

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
  /** How often the campaign was come to from elsewhere, by partner ('' for none) and the state's day, earliest first. */
  visits: { partner: string; day: string; visits: number }[];
  /** Codes in links that no partner has, with how often they came; undefined in a partner's. */
  unknown_codes?: { code: string; first_day: string; last_day: string; visits: number }[];
  /** What organizers entered, latest day first: a partner's are those of its own, without their notes. */
  offline: OfflineEntry[];
  /** What offices said, as supporters heard it; undefined in a partner's. */
  replies?: LegislatorReplies[];
  /** Of the e-mails that this site sends for supporters; undefined in a partner's. */
  letters?: ReportLetters;
}

/** Whose report is read. */
export interface ReportScope {
  /** Code of a partner; '' for the organizer's. */
  partner: string;
  is_sample: boolean;
  /** The addresses of those who can be targets, as far as they are at hand: of others the report does not say that mail came back. */
  addresses?: readonly string[] | undefined;
}

/** Reads the report of a campaign, or what of it is one partner's own. */
export async function readReport(
  { read }: Pick<Store, 'read'>,
  campaign: Campaign,
  { partner, is_sample, addresses, now }: ReportScope & { now: Date },
): Promise<Report> {
  return atOneMoment(read, async (trx) => {
    const is_partner = partner !== '';
    const slugs = slugsOf(campaign);
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
      visits: await readVisits(trx, slugs, { is_sample, partner: is_partner ? partner : undefined }),
      offline: is_sample ? [] : await readOffline(trx, campaign, partner),
      ...(is_partner
        ? {}
        : {
            unknown_codes: await readUnknownCodes(trx, slugs),
            replies: await officeReplies(trx, campaign, { is_sample, today }),
            letters: await readReportLetters(trx, { slugs, is_sample, addresses }),
          }),
    };
  });
}

/** What an organizer entered, as reports tell it. */
export interface OfflineEntry {
  id: string;
  /** ISO date and time in UTC. */
  entered_at: string;
  /** The state's day. */
  day: string;
  type: ActionType;
  status_code: StatusCode;
  /** '' where it was not said. */
  legislator_id: string;
  partner: string;
  actions: number;
  /** How many of them were taken out of the totals. */
  excluded_actions: number;
  /** The organizer's own words; only in the organizer's report. */
  note?: string;
}

async function readOffline(
  trx: Parameters<typeof readOfflineEntries>[0],
  campaign: Campaign,
  partner: string,
): Promise<OfflineEntry[]> {
  const entries = await readOfflineEntries(trx, slugsOf(campaign));
  const out = await readEntriesOut(trx, slugsOf(campaign));
  return entries
    .filter((one) => partner === '' || one.partner === partner)
    .map(({ id, entered_at, day, type, status_code, legislator_id, partner: own, actions, note }) => ({
      id,
      entered_at,
      day,
      type: type as ActionType,
      status_code: status_code as StatusCode,
      legislator_id,
      partner: own,
      actions,
      excluded_actions: out.get(id) ?? 0,
      ...(partner === '' ? { note } : {}),
    }))
    .toSorted((a, b) => (a.day === b.day ? (a.id < b.id ? -1 : 1) : a.day < b.day ? 1 : -1));
}
