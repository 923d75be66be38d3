import type { Response } from 'express';
import { findDistricts } from '../legislators/district-search.ts';
import { byChamber, type ChamberCandidates } from '../legislators/finder-outcome.ts';
import { isAtLarge } from '../legislators/undrawn-districts.ts';
import { countyIn } from '../words/county-words.ts';
import { stateIn } from '../words/names.ts';
import { askedOf, districtOptions, SHORT_LIST, shortListOf } from './district-options.ts';
import type { PageAddress } from './language-switch.ts';
import { officialFinders } from './official-finders.ts';
import { type CampaignPage, drawPage, placeOf } from './page.ts';
import { rosterDate } from './roster-date.ts';
import { searchedFor } from './search-words.ts';
import { type Standing, standingPairs } from './standing.ts';

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
  const all = byChamber(roster.districts);
  const found = find === '' ? [] : askedOf(page, byChamber(findDistricts(roster, searchedFor(t, find))));
  const search = searchInWords(page, find, found);
  // Those at large come with any other, and would stand in the place of one.
  const chosen = standing.divisions.filter(
    (division_id) => !isAtLarge({ state: campaign.state, division_id }),
  );
  const candidates = search.is_found
    ? foundFirst(askedOf(page, all), found, chosen)
    : (find === '' && choice.candidates) || all;
  const whole_list = candidates === all;
  const options = districtOptions(page, candidates, {
    chosen,
    found: found.map(({ org_classification }) => org_classification),
  });
  const values = {
    heading: t('districts.title'),
    result: search.result,
    reason: reasonInWords(page, choice),
    is_filled_in: options.some(({ is_likely }) => is_likely) && choice.reason !== 'near_a_line_agreed',
    search,
    dated: rosterDate(page),
    whole_list,
    address: addressOf(page, choice),
    standing,
    continuing: standingPairs(standing),
    candidates: options,
    // The whole list, and what a search of it finds, are there anyway.
    nearby: whole_list || search.is_found ? [] : shortListOf(options),
    back: t(`districts.${TRY_AGAIN.includes(choice.reason) ? 'try_again' : 'back_to_address'}`),
    finders: officialFinders(page),
    has_errors: choice.error !== undefined,
    errors: choice.error ? [{ field: 'division-0', message: choice.error }] : [],
  };
  drawPage(page, res, 'districts', values, choice.error ? 422 : 200);
}

/** A ZIP code, or one with its four more digits: no district has a number so long. */
const ZIP = /^\d{5}(-\d{4})?$/;

/** What was searched for, what it found, and how it can be searched for otherwise, in words. */
function searchInWords(page: CampaignPage, find: string, found: ChamberCandidates[]) {
  const { t, campaign } = page;
  // Seats that are one place are one choice.
  const count = districtOptions(page, found).reduce((sum, { options }) => sum + options.length, 0);
  const is_found = count > 0;
  const county = countyIn(t, campaign.state);
  const has_counties = placeOf(page).roster.districts.some(({ counties }) => counties);
  const labels = {
    label: t(has_counties ? 'districts.find_label' : 'districts.find_label_without_counties', { county }),
    help: t(has_counties ? 'districts.none_found_help' : 'districts.none_found_help_without_counties', {
      county,
    }),
  };
  if (find === '') return { ...labels, find, is_found, said: '', result: undefined, is_zip: false };
  return {
    ...labels,
    find,
    is_found,
    said: t(is_found ? 'districts.found' : 'districts.none_found', { count, find }),
    // What was typed stays out of the title, of which browsers keep a list.
    result: is_found ? t('districts.found_title', { count }) : t('districts.none_found_title'),
    is_zip: ZIP.test(find),
  };
}

/**
 * The chambers in which a search found something, with what was chosen before; below them the whole of each in which it
 * found nothing, so that one form does for all that are asked.
 */
function foundFirst(asked: ChamberCandidates[], found: ChamberCandidates[], chosen: string[]) {
  const chambers = found.map(({ org_classification }) => org_classification);
  const shown = new Set(found.flatMap(({ districts }) => districts));
  const [narrowed, whole] = [true, false].map((is_found) =>
    asked.filter(({ org_classification }) => chambers.includes(org_classification) === is_found),
  );
  return [
    ...narrowed!.map((group) => ({
      ...group,
      districts: group.districts.filter(
        (district) => shown.has(district) || chosen.includes(district.division_id),
      ),
    })),
    ...whole!,
  ];
}

function reasonInWords({ t, campaign }: CampaignPage, { reason, standing }: Choice): string {
  const is_kept = reason === 'list' && standing !== undefined && standing.divisions.length > 0;
  return t(`districts.reason.${is_kept ? 'kept' : reason}`, { state: stateIn(t, campaign.state) });
}

/**
 * Where a choice can be had once more: nothing in it was typed but a search, which stood in an address before. A short list
 * is asked for by a form: that someone lives beside the line of two districts is theirs to tell, and no address says so,
 * which a browser would keep.
 */
function addressOf(
  { campaign }: CampaignPage,
  { candidates = [], reason, find = '', standing }: Choice,
): PageAddress {
  const is_short = candidates.flatMap(({ districts }) => districts).length <= SHORT_LIST;
  const pairs = (is_short ? candidates : []).flatMap(({ districts, is_certain, is_likely }) => [
    ...districts.map(({ division_id }): [string, string] => ['nearby', division_id]),
    ...(is_certain ? districts : []).map(({ division_id }): [string, string] => ['certain', division_id]),
    ...districts
      .slice(0, is_likely ? 1 : 0)
      .map(({ division_id }): [string, string] => ['likely', division_id]),
  ]);
  const is_form = pairs.length > 0;
  if (reason !== 'list') pairs.push(['reason', reason]);
  pairs.push(['find', find], ...(standing ? standingPairs(standing) : []));
  return { path: `/campaigns/${campaign.slug}/districts`, pairs, is_form };
}
