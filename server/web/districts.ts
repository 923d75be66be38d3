import type { RequestHandler, Response } from 'express';
import { byChamber, type ChamberCandidates } from '../legislators/finder-outcome.ts';
import { closedNotice } from './campaign.ts';
import { askedOf, districtOptions } from './district-options.ts';
import type { PageAddress } from './language-switch.ts';
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
    const fields = req.body ?? req.query;
    const nearby = nearbyOf(page, fields);
    const reason = reasonOf(page, firstOf(fields, 'reason'));
    drawDistricts(page, res, nearby.length > 0 ? { reason, candidates: nearby } : { reason });
  };
}

/** The districts among which a supporter was choosing, as an address or a form names them; empty where it was the whole list. */
export function nearbyOf(page: CampaignPage, fields: unknown): ChamberCandidates[] {
  const { roster } = placeOf(page);
  const ids = allOf(fields, 'nearby').slice(0, SHORT_LIST);
  const likely = allOf(fields, 'likely');
  const groups = byChamber(ids.flatMap((id) => roster.representation(id)?.district ?? []));
  return askedOf(page, groups).map((group) => ({
    ...group,
    is_likely: likely.includes(group.districts[0]!.division_id),
  }));
}

/** A reason that there are words for; 'list' for any other. */
function reasonOf({ t }: CampaignPage, reason: string): string {
  const known = Object.keys(t('districts.reason', { returnObjects: true }));
  return known.includes(reason) ? reason : 'list';
}

/** What may pass by itself. */
const TRY_AGAIN = [
  'geocoder_unavailable',
  'geocoder_unavailable_nearby',
  'geocoder_unavailable_census',
  'districts_unavailable',
];

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

/**
 * Where a choice can be had once more: nothing in it was typed. A short list is asked for by a form: that someone lives
 * beside the line of two districts is theirs to tell, and no address says so, which a browser would keep.
 */
function addressOf({ campaign }: CampaignPage, { candidates = [], reason }: Choice): PageAddress {
  const is_short = candidates.flatMap(({ districts }) => districts).length <= SHORT_LIST;
  const pairs = (is_short ? candidates : []).flatMap(({ districts, is_certain, is_likely }) => [
    ...districts.map(({ division_id }): [string, string] => ['nearby', division_id]),
    ...districts
      .slice(0, is_certain || is_likely ? 1 : 0)
      .map(({ division_id }): [string, string] => ['likely', division_id]),
  ]);
  const is_form = pairs.length > 0;
  if (reason !== 'list') pairs.push(['reason', reason]);
  return { path: `/campaigns/${campaign.slug}/districts`, pairs, is_form };
}
