import type { Request } from 'express';
import { OTHER_CODES } from '../actions/visit-queries.ts';
import type { VisitLog } from '../actions/visits.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import { stateFacts } from '../legislators/states.ts';
import { isRobot } from './robots.ts';
import { namesHost } from './security.ts';
import { carriedField, PARTNER_CODE, type Visit } from './visit.ts';

/** A page, as far as counting a visit to it needs it. */
export interface VisitedPage {
  site: { parts: { visit_log: VisitLog; settings: { base_url: string | undefined } } };
  campaign: Campaign | undefined;
  visit: Visit;
  is_sample: boolean;
  is_preview: boolean;
}

/** What a form or link in a frame on a partner's site says of itself, as `begun`: it is our own page, and a visit begins. */
const IN_A_FRAME = 'embed';
/** The page that stands in such a frame: seeing it is no visit. */
const FRAME_PATH = /^\/campaigns\/[^/]+\/embed\/?$/i;

/**
 * Counts a visit where a page that was drawn for a GET, or a lookup, begins one: asked for from elsewhere than our pages, or
 * from a frame, by what seems to be a person's browser. Nothing is kept of the request but partner and day; what browsers
 * call themselves is in memory for a minute, with nothing beside it.
 */
export function countVisit(page: VisitedPage, req: Request): void {
  const { campaign, visit, is_sample, is_preview, site } = page;
  if (!campaign || campaign.status === 'draft' || is_preview) return;
  if (!beginsVisit(req, site.parts.settings.base_url)) return;
  const code = visit.partner === '' ? carriedField(req, 'partner').trim().toLowerCase() : '';
  site.parts.visit_log.count({
    campaign_slug: campaign.slug,
    is_sample,
    partner: visit.partner,
    // What is no code may be anything: somebody's name, say.
    unknown_code: code === '' || PARTNER_CODE.test(code) ? code : OTHER_CODES,
    time_zone: stateFacts(campaign.state).time_zone,
  });
}

/** The mark of a frame, for an address that a request is led on to before any page was drawn: the visit is counted there. */
export function begunPairs(req: Request): [string, string][] {
  return isFromFrame(req) ? [['begun', IN_A_FRAME]] : [];
}

function isFromFrame(req: Request): boolean {
  return carriedField(req, 'begun') === IN_A_FRAME;
}

function beginsVisit(req: Request, base_url: string | undefined): boolean {
  if (!/^\/campaigns\//i.test(req.path) || FRAME_PATH.test(req.path)) return false;
  // The Fetch Metadata headers (w3.org/TR/fetch-metadata): a page of its own, not one within another or for a script.
  const dest = req.get('sec-fetch-dest');
  if (dest !== undefined && dest !== 'document') return false;
  if (isAhead(req) || isReload(req)) return false;
  const begins = isFromFrame(req) || (req.method === 'GET' && isFromElsewhere(req, base_url));
  return begins && !isRobot(req.get('user-agent') ?? '');
}

function isFromElsewhere(req: Request, base_url: string | undefined): boolean {
  const site = req.get('sec-fetch-site');
  // Typed, or opened by another program; or led to by a page elsewhere.
  if (site === 'none' || site === 'cross-site') return true;
  if (site !== undefined && site !== 'same-site') return false;
  const before = req.get('referer');
  const ours = [req.get('host'), req.host, URL.parse(base_url ?? '')?.host];
  return !ours.some((host) => host !== undefined && namesHost(before, host));
}

/** Whether a browser loads the page before anyone has asked for it. */
function isAhead(req: Request): boolean {
  return ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) =>
    /prefetch|prerender|preview/i.test(req.get(name) ?? ''),
  );
}

/**
 * Whether a page is loaded anew. A browser then says once more where its reader came from, as Chromium 153 was seen to do,
 * but wants to know whether the page that it has still holds. 'no-cache' would be no sign: browsers within other apps say it always.
 */
function isReload(req: Request): boolean {
  return /\bmax-age=0\b/i.test(req.get('cache-control') ?? '') && req.get('if-none-match') !== undefined;
}
