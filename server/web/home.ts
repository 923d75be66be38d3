import type { RequestHandler } from 'express';
import { campaignPhase } from './campaign-phase.ts';
import { drawPage, openPage, type Site } from './page.ts';

/** The live campaigns. */
export function showHome(site: Site): RequestHandler {
  return (req, res) => {
    const page = openPage(site, req);
    const campaigns = site.parts.campaigns
      .all()
      .filter((campaign) => campaignPhase(campaign, site.parts.now()) === 'live');
    drawPage(page, res, 'home', { heading: page.t('home.title'), campaigns });
  };
}
