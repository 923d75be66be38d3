import type { RequestHandler, Response } from 'express';
import { findDistricts } from '../legislators/district-search.ts';
import { byChamber, type ChamberCandidates } from '../legislators/finder-outcome.ts';
import { isAtLarge } from '../legislators/undrawn-districts.ts';
import { closedNotice } from './campaign.ts';
import { countyIn } from './county-words.ts';
import { askedOf, districtOptions } from './district-options.ts';
import type { PageAddress } from './language-switch.ts';
import { stateIn } from './names.ts';
import { officialFinders } from './official-finders.ts';
import { type CampaignPage, drawPage, openCampaignPage, placeOf, type Site } from './page.ts';
import { type Standing, standingOf, standingPairs } from './standing.ts';
import { allOf, firstOf, visitHref } from './visit.ts';

/** Most districts that go along with a choice, so that a slip in it does not lose them; the whole list is at hand anyway. */
const SHORT_LIST = 40;

/** Longest text that is searched for. */
const LONGEST_SEARCH = 100;

/** The whole list of districts, for whoever would rather not give an address; what a search of it finds; or the short one that an address names. */
export function showDistricts(site: Site): RequestHandler {
  return (req, res) => {
    const page = openCampaignPage(site, req);
    if (closedNotice(page))
      return res.redirect(303, visitHref(page.visit, `/campaigns/${page.campaign.slug}`));
    const fields = req.body ?? req.query;
    const nearby = nearbyOf(page, fields);
    const reason = reasonOf(page, firstOf(fields, 'reason'));
    const choice = { reason, find: searchOf(fields), standing: standingOf(fields) };
    drawDistricts(page, res, nearby.length > 0 ? { ...choice, candidates: nearby } : choice);
  };
}

/** What a query or a form searches for; '' for nothing. */
export function searchOf(fields: unknown): string {
  // A letter of two code units is not cut in half.
  return firstOf(fields, 'find').trim().slice(0, LONGEST_SEARCH).toWellFormed();
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
  /** What was searched for in the whole list, '' for nothing. */
  find?: string;
  /** What was chosen and done before, which the next page is to keep. */
  standing?: Standing;
  /** What was wrong with a choice just made. */
  error?: string;
}

/** Draws the choice of districts. */
export function drawDistricts(page: CampaignPage, res: Response, choice: Choice): void {
  const { t, campaign } = page;
  const { find = '', standing = { divisions: [], done: [] } } = choice;
  const { roster } = placeOf(page);
  const found = find === '' ? [] : askedOf(page, byChamber(findDistricts(roster, find)));
  // Seats that are one place are one choice.
  const count = districtOptions(page, found).reduce((sum, { options }) => sum + options.length, 0);
  const is_found = count > 0;
  const all = byChamber(roster.districts);
  // Those at large come with any other, and would stand in the place of one.
  const chosen = standing.divisions.filter(
    (division_id) => !isAtLarge({ state: campaign.state, division_id }),
  );
  const candidates = is_found ? withChosen(all, found, chosen) : (find === '' && choice.candidates) || all;
  const has_counties = roster.districts.some(({ counties }) => counties);
  const values = {
    heading: t('districts.title'),
    reason: reasonInWords(page, choice),
    search: {
      find,
      is_found,
      said: find === '' ? '' : t(is_found ? 'districts.found' : 'districts.none_found', { count, find }),
      label: t(has_counties ? 'districts.find_label' : 'districts.find_label_without_counties', {
        county: countyIn(t, campaign.state),
      }),
    },
    whole_list: candidates === all,
    address: addressOf(page, choice),
    standing,
    continuing: standingPairs(standing),
    candidates: districtOptions(page, candidates, { chosen, is_found }),
    back: t(`districts.${TRY_AGAIN.includes(choice.reason) ? 'try_again' : 'back_to_address'}`),
    finders: officialFinders(t, campaign),
    has_errors: choice.error !== undefined,
    errors: choice.error ? [{ field: 'division-0', message: choice.error }] : [],
  };
  drawPage(page, res, 'districts', values, choice.error ? 422 : 200);
}

/** What a search found, with what was chosen before, in the order of the whole list. */
function withChosen(all: ChamberCandidates[], found: ChamberCandidates[], chosen: string[]) {
  const shown = new Set(found.flatMap(({ districts }) => districts));
  return byChamber(
    all
      .flatMap(({ districts }) => districts)
      .filter((district) => shown.has(district) || chosen.includes(district.division_id)),
  );
}

function reasonInWords({ t, campaign }: CampaignPage, { reason, standing }: Choice): string {
  const is_kept = reason === 'list' && standing !== undefined && standing.divisions.length > 0;
  return t(`districts.reason.${is_kept ? 'kept' : reason}`, { state: stateIn(t, campaign.state) });
}

/**
 * Where a choice can be had once more: nothing in it was typed but a search, which stood in an address before. A short list
 * is asked for by a form: that someone lives
 * beside the line of two districts is theirs to tell, and no address says so, which a browser would keep.
 */
function addressOf(
  { campaign }: CampaignPage,
  { candidates = [], reason, find = '', standing }: Choice,
): PageAddress {
  const is_short = candidates.flatMap(({ districts }) => districts).length <= SHORT_LIST;
  const pairs = (is_short ? candidates : []).flatMap(({ districts, is_certain, is_likely }) => [
    ...districts.map(({ division_id }): [string, string] => ['nearby', division_id]),
    ...districts
      .slice(0, is_certain || is_likely ? 1 : 0)
      .map(({ division_id }): [string, string] => ['likely', division_id]),
  ]);
  const is_form = pairs.length > 0;
  if (reason !== 'list') pairs.push(['reason', reason]);
  pairs.push(['find', find], ...(standing ? standingPairs(standing) : []));
  return { path: `/campaigns/${campaign.slug}/districts`, pairs, is_form };
}
