import type { RequestHandler } from 'express';
import { drawAct } from './act-page.ts';
import { closedNotice } from './campaign.ts';
import { campaignPhase } from './campaign-phase.ts';
import { finishComposed, readComposed, textFaults, withFaults } from './composed-form.ts';
import { openCampaignPage, type Site } from './page.ts';
import { standingOf } from './standing.ts';
import { visitHref } from './visit.ts';

/** Finishes the text and its links on the server for a page without script. Nothing is stored. */
export function compose(site: Site): RequestHandler {
  return async (req, res) => {
    const page = openCampaignPage(site, req);
    // Drawn anew its forms would count for ever: who was writing when it paused goes on.
    const phase = campaignPhase(page.campaign, site.parts.now());
    if (closedNotice(page) && phase !== 'paused')
      return res.redirect(303, visitHref(page.visit, `/campaigns/${page.campaign.slug}`));
    const form = readComposed(page, req);
    const faults = textFaults(page, form.sent);
    const composed = faults.length > 0 ? withFaults(form, faults) : finishComposed(page, form);
    await drawAct(page, res, standingOf(req.body), { composed });
  };
}
