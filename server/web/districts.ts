import type { RequestHandler, Response } from 'express';
import { byChamber, type ChamberCandidates } from '../legislators/finder-outcome.ts';
import { closedNotice } from './campaign.ts';
import { askedOf, districtOptions } from './district-options.ts';
import { stateIn } from './names.ts';
import { officialFinders } from './official-finders.ts';
import { type CampaignPage, drawPage, openCampaignPage, placeOf, type Site } from './page.ts';
import { allOf, firstOf, visitHref } from './visit.ts';

/** Most districts that go along with a choice, so that a slip in it does not lose them; the whole list is at hand anyway. */
const SHORT_LIST = 40;

/** The whole list of districts, for whoever would rather not give an address; or the short one that an address names. */
export function showDistricts(site: Site): RequestHandler {
  return (req, res) => {
    const page = openCampaignPage(site, req);
    if (closedNotice(page))
      return res.redirect(303, visitHref(page.visit, `/campaigns/${page.campaign.slug}`));
    const nearby = nearbyOf(page, req.query);
    const reason = reasonOf(page, firstOf(req.query, 'reason'));
    drawDistricts(page, res, nearby.length > 0 ? { reason, candidates: nearby } : { reason });
  };
}

/** The districts among which a supporter was choosing, as an address or a form names them; empty where it was the whole list. */
export function nearbyOf(page: CampaignPage, fields: unknown): ChamberCandidates[] {
  const { roster } = placeOf(page);
  const ids = allOf(fields, 'nearby').slice(0, SHORT_LIST);
  return askedOf(page, byChamber(ids.flatMap((id) => roster.representation(id)?.district ?? [])));
}

/** A reason that there are words for; 'list' for any other. */
function reasonOf({ t }: CampaignPage, reason: string): string {
  const known = Object.keys(t('districts.reason', { returnObjects: true }));
  return known.includes(reason) ? reason : 'list';
}

/** What may pass by itself. */
const TRY_AGAIN = ['geocoder_unavailable', 'districts_unavailable'];

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
    address: addressOf(page, choice),
    candidates: districtOptions(page, choice.candidates ?? byChamber(placeOf(page).roster.districts)),
    back: t(`districts.${TRY_AGAIN.includes(choice.reason) ? 'try_again' : 'back_to_address'}`),
    finders: officialFinders(t, campaign),
    has_errors: choice.error !== undefined,
    errors: choice.error ? [{ field: 'division-0', message: choice.error }] : [],
  };
  drawPage(page, res, 'districts', values, choice.error ? 422 : 200);
}

/** The address of a choice: nothing in it was typed. */
function addressOf({ campaign }: CampaignPage, { candidates = [], reason }: Choice) {
  const nearby = candidates.flatMap((group) => group.districts);
  const pairs = nearby.map(({ division_id }): [string, string] => ['nearby', division_id]);
  if (reason !== 'list') pairs.push(['reason', reason]);
  return { path: `/campaigns/${campaign.slug}/districts`, pairs };
}
