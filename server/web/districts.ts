import type { RequestHandler, Response } from 'express';
import type { District } from '../legislators/legislator.ts';
import { chamberFinder } from '../legislators/states.ts';
import { closedNotice } from './campaign.ts';
import { districtOptions } from './district-options.ts';
import { type CampaignPage, drawPage, openCampaignPage, placeOf, type Site } from './page.ts';
import { visitHref } from './visit.ts';

/** The whole list of districts, for whoever would rather not give an address. */
export function showDistricts(site: Site): RequestHandler {
  return (req, res) => {
    const page = openCampaignPage(site, req);
    if (closedNotice(page))
      return res.redirect(303, visitHref(page.visit, `/campaigns/${page.campaign.slug}`));
    drawDistricts(page, res, { reason: 'list' });
  };
}

/** Why a choice is asked for, and among which districts: the whole list where none are given. */
export interface Choice {
  reason: string;
  districts?: District[];
  /** What was wrong with a choice just made. */
  error?: string;
}

/** Draws the choice of districts. */
export function drawDistricts(page: CampaignPage, res: Response, choice: Choice): void {
  const { t, campaign } = page;
  const chambers = campaign.targets.chambers;
  const values = {
    heading: t('districts.title'),
    reason: t(`districts.reason.${choice.reason}`),
    whole_list: choice.districts === undefined,
    candidates: districtOptions(page, choice.districts ?? placeOf(page).roster.districts),
    finders: chambers.map((chamber) => chamberFinder(campaign.state, chamber)),
    has_errors: choice.error !== undefined,
    errors: choice.error ? [{ field: 'division-0', message: choice.error }] : [],
  };
  drawPage(page, res, 'districts', values, choice.error ? 422 : 200);
}
