import type { RequestHandler, Response } from 'express';
import { askedChambers, decidedBill, passagesOf } from '../campaigns/located-bills.ts';
import { sessionInWords } from '../campaigns/session-words.ts';
import { dayIn } from '../words/dates.ts';
import { chamberIn, listIn, stateIn } from '../words/names.ts';
import { campaignPhase, isPageOver } from './campaign-phase.ts';
import { drawClosing } from './closing.ts';
import { begunPairs } from './count-visits.ts';
import { type ChamberOptions, shortListOf } from './district-options.ts';
import { officialFinders } from './official-finders.ts';
import { type CampaignPage, drawPage, openCampaignPage, type Site, sayOn } from './page.ts';
import { visitHref } from './visit.ts';

/** The case, the progress, and one question: where do you live? Once the campaign is over, how it ended. */
export function showCampaign(site: Site): RequestHandler {
  return async (req, res) => {
    const page = openCampaignPage(site, req);
    return isPageOver(page) ? drawClosing(page, res) : drawCampaign(page, res);
  };
}

/** Leads back from the addresses that only take forms: someone reloaded one, or typed it. */
export function backToCampaign(site: Site): RequestHandler {
  return (req, res) => {
    const page = openCampaignPage(site, req);
    res.redirect(303, visitHref(page.visit, `/campaigns/${page.campaign.slug}`, begunPairs(req)));
  };
}

/** What a lookup that could not be used left on the page. */
export interface FailedLookup {
  /** What is wrong and what to do, in the page's language. */
  message: string;
  typed: string;
  candidates: ChamberOptions[];
}

/** Draws the campaign's page; after a failed lookup with what was typed, an error summary and status 422. */
export async function drawCampaign(page: CampaignPage, res: Response, failed?: FailedLookup): Promise<void> {
  const { campaign, t, site } = page;
  const completed_actions = await site.readProgress(campaign, page.is_sample);
  const values = {
    heading: sayOn(page, campaign.title),
    description: sayOn(page, campaign.summary),
    has_errors: failed !== undefined,
    errors: failed ? [{ field: 'address', message: failed.message }] : [],
    typed: failed?.typed ?? '',
    candidates: failed?.candidates ?? [],
    nearby: shortListOf(failed?.candidates ?? []),
    closed: closedNotice(page),
    until: untilNotice(page),
    passed: passedNotice(page),
    not_ready: page.place ? undefined : t('campaign.not_ready', { state: stateIn(t, campaign.state) }),
    finders: page.place ? [] : officialFinders(page),
    has_map: page.place?.boundaries !== undefined,
    sends_point: site.parts.finder.sendsPoint(campaign.state),
    completed_actions,
    case_text: campaign.pages[page.visit.page_language] ?? campaign.pages[campaign.languages[0]!]!,
    bills: campaign.bills.map((bill) => ({
      ...bill,
      label: t('campaign.bill', {
        identifier: bill.identifier,
        session: sessionInWords(campaign, bill.session, t.language),
        chamber: chamberIn(t, campaign.state, bill.chamber),
      }),
    })),
  };
  drawPage(page, res, 'campaign', values, failed ? 422 : 200);
}

/** The last day of a campaign that is live and has one. */
function untilNotice(page: CampaignPage): string | undefined {
  const { ends } = page.campaign.dates;
  return ends && !closedNotice(page) ? page.t('campaign.until', { date: dayIn(page.t, ends) }) : undefined;
}

/** Which chambers have passed the bill, and which are asked now; undefined while none has. */
function passedNotice(page: CampaignPage): string | undefined {
  const { t, campaign, place, site } = page;
  if (!place || closedNotice(page)) return undefined;
  const known = site.parts.knownBills(campaign, place.roster);
  const passages = passagesOf(campaign, known, place.roster);
  const decided = decidedBill(campaign, known, place.roster);
  if (decided !== undefined) return t('act.not_asked.decided', { bill: decided });
  if (passages.length === 0) return undefined;
  const passed = passages.map(({ chamber, bill, date }) =>
    t('campaign.passed', {
      chamber: chamberIn(t, campaign.state, chamber),
      bill,
      date: dayIn(t, date),
    }),
  );
  const asked = askedChambers(campaign, known, place.roster);
  const chambers = listIn(
    t,
    asked.map((chamber) => chamberIn(t, campaign.state, chamber)),
  );
  return [...passed, ...(chambers ? [t('campaign.asks_now', { chambers })] : [])].join(' ');
}

/** Why the campaign asks nothing now; undefined while it is live, and where what is to come is previewed. */
export function closedNotice(page: CampaignPage): string | undefined {
  const { campaign, t } = page;
  const phase = campaignPhase(campaign, page.site.parts.now());
  if (phase === 'live' || phase === 'draft' || (phase === 'scheduled' && page.is_preview)) return undefined;
  const { starts, ends } = campaign.dates;
  const day = phase === 'scheduled' ? starts : ends;
  return t(`closing.${phase}`, day ? { date: dayIn(t, day) } : {});
}
