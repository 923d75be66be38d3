import type { RequestHandler } from 'express';
import { drawAct } from './act-page.ts';
import { closedNotice } from './campaign.ts';
import { openCampaignPage, type Site } from './page.ts';
import { standingOf } from './standing.ts';
import { firstOf, visitHref } from './visit.ts';

/** Words for what was just noted, by the query's `noted`. */
const NOTICES = new Map([
  ['unavailable', 'act.recorded_unavailable'],
  ['started', 'act.recorded_started'],
  ['done', 'act.recorded_done'],
]);

/** The supporter's legislators. Holds no personal data: can be reloaded, bookmarked, reached by Back. */
export function showAct(site: Site): RequestHandler {
  return (req, res) => {
    const page = openCampaignPage(site, req);
    const standing = standingOf(req.query);
    if (standing.divisions.length === 0 || closedNotice(page)) {
      return res.redirect(303, visitHref(page.visit, `/campaigns/${page.campaign.slug}`));
    }
    const words = NOTICES.get(firstOf(req.query, 'noted'));
    const legislator_id = firstOf(req.query, 'target');
    drawAct(page, res, standing, {
      open: legislator_id,
      ...(words ? { notice: { legislator_id, text: page.t(words) } } : {}),
    });
  };
}
