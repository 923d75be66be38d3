import type { RequestHandler } from 'express';
import { campaignPhase } from './campaign-phase.ts';
import { draftsHere } from './drafts-here.ts';
import { drawPage, openPage, type Site } from './page.ts';

/** The live campaigns; in development, on the machine itself, also the way to those that are not public. */
export function showHome(site: Site): RequestHandler {
  return (req, res) => {
    const page = openPage(site, req);
    const campaigns = site.parts.campaigns
      .all()
      .filter((campaign) => campaignPhase(campaign, site.parts.now()) === 'live');
    drawPage(page, res, 'home', {
      heading: page.t('home.title'),
      campaigns,
      drafts: draftsHere(page, req),
    });
  };
}
