import type { RequestHandler, Response } from 'express';
import { byChamber, type ChamberCandidates } from '../legislators/finder.ts';
import { chamberFinder } from '../legislators/states.ts';
import { closedNotice } from './campaign.ts';
import { districtOptions } from './district-options.ts';
import { chamberIn, stateIn } from './names.ts';
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
  candidates?: ChamberCandidates[];
  /** What was wrong with a choice just made. */
  error?: string;
}

/** Draws the choice of districts. */
export function drawDistricts(page: CampaignPage, res: Response, choice: Choice): void {
  const { t, campaign } = page;
  const state = stateIn(t, campaign.state);
  const whole_list = choice.candidates === undefined;
  const values = {
    heading: t('districts.title'),
    reason: t(`districts.reason.${choice.reason}`, { state }),
    whole_list,
    candidates: districtOptions(page, choice.candidates ?? byChamber(placeOf(page).roster.districts)),
    back: t(`districts.${choice.reason === 'geocoder_unavailable' ? 'try_again' : 'back_to_address'}`),
    finders: officialFinders(page),
    has_errors: choice.error !== undefined,
    errors: choice.error ? [{ field: 'division-0', message: choice.error }] : [],
  };
  drawPage(page, res, 'districts', values, choice.error ? 422 : 200);
}

/** Each page where officials say who represents whom; once where it is the same for both chambers. */
function officialFinders({ campaign, t }: CampaignPage): { url: string; chamber_name: string }[] {
  const finders = campaign.targets.chambers.map((chamber) => ({
    url: chamberFinder(campaign.state, chamber).url,
    chamber_name: chamberIn(t, campaign.state, chamber),
  }));
  return [...Map.groupBy(finders, (finder) => finder.url)].map(([url, same]) => ({
    url,
    chamber_name: same.map((finder) => finder.chamber_name).join(', '),
  }));
}
