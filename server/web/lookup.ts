import type { RequestHandler, Response } from 'express';
import type { FinderRequest } from '../legislators/finder.ts';
import { byChamber, type FinderOutcome, reasonOf } from '../legislators/finder-outcome.ts';
import { withSharers } from '../legislators/shared-places.ts';
import { findState } from '../legislators/states.ts';
import { stateIn } from '../words/names.ts';
import { closedNotice, drawCampaign } from './campaign.ts';
import { begunPairs, countVisit } from './count-visits.ts';
import { askedOf, districtOptions } from './district-options.ts';
import { nearbyOf, searchOf } from './districts.ts';
import { drawDistricts } from './districts-page.ts';
import { createLookupShare, type LookupShare } from './lookup-share.ts';
import { type CampaignPage, openCampaignPage, placeOf, type Site } from './page.ts';
import { pickedIn, type Standing, standingOf, standingPairs } from './standing.ts';
import { firstOf, visitHref } from './visit.ts';

/** Longest text that is put back into the box; what is longer is a mistake or an attack. */
const LONGEST_TYPED = 300;

/** Turns what a supporter gave into districts: certain ones lead to `act`, others to a choice, none to the page again. */
export function lookUp(site: Site): RequestHandler {
  const share = createLookupShare();
  return async (req, res) => {
    const page = openCampaignPage(site, req);
    if (closedNotice(page))
      return res.redirect(303, visitHref(page.visit, `/campaigns/${page.campaign.slug}`, begunPairs(req)));
    countVisit(page, req);
    const request = readRequest(req.body);
    const outcome = await findInShare(page, share, request, req.ip ?? '');
    if (outcome.kind === 'unusable') return drawUnusable(page, res, request, outcome, req.body);
    answer(page, res, outcome, standingOf(req.body));
  };
}

/** What the finder says; where the visitor's block has all its places at the geocoder, what it says without asking there. */
async function findInShare(
  { site, campaign }: CampaignPage,
  share: LookupShare,
  request: FinderRequest,
  ip: string,
): Promise<FinderOutcome> {
  const leave = share.enter(ip);
  if (!leave) return site.parts.finder.find(campaign.state, request, { is_crowded: true });
  try {
    return await site.parts.finder.find(campaign.state, request);
  } finally {
    leave();
  }
}

/** Districts picked by hand come first, then the browser's point, then the address. */
function readRequest(body: unknown): FinderRequest {
  if (body !== null && typeof body === 'object' && 'division' in body) {
    return { kind: 'divisions', division_ids: pickedIn(body) };
  }
  const [latitude, longitude] = [firstOf(body, 'latitude'), firstOf(body, 'longitude')];
  if (latitude !== '' || longitude !== '') {
    return { kind: 'point', point: { latitude: degrees(latitude), longitude: degrees(longitude) } };
  }
  // A letter of two code units is not cut in half.
  const text = firstOf(body, 'address')
    .slice(0, LONGEST_TYPED)
    .replace(/[\ud800-\udbff]$/, '');
  return { kind: 'address', text };
}

/** A decimal number as browsers write it; NaN for anything else, '0x1e' and '' among it. */
function degrees(text: string): number {
  return /^\s*[+-]?\d+(\.\d+)?(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN;
}

function answer(
  page: CampaignPage,
  res: Response,
  outcome: Exclude<FinderOutcome, Unusable>,
  { done }: Standing,
): void {
  if (outcome.kind === 'no_roster') return void placeOf({ ...page, place: undefined });
  if (outcome.kind === 'certain') return goOn(page, res, { divisions: outcome.division_ids, done });
  // Doubt about a chamber that the campaign does not ask is no reason to ask the supporter.
  const asked = askedOf(page, outcome.candidates);
  if (asked.length > 0 && asked.every((group) => group.is_certain)) {
    const chosen = asked.flatMap((group) => group.districts);
    const districts = withSharers(placeOf(page).roster.districts, chosen);
    const divisions = districts.map((district) => district.division_id);
    return goOn(page, res, { divisions, done });
  }
  const { candidates, whole_list } = outcome;
  const reason = reasonOf(asked) ?? outcome.reason;
  drawDistricts(page, res, whole_list || asked.length === 0 ? { reason } : { reason, candidates });
}

function goOn(page: CampaignPage, res: Response, standing: Standing): void {
  res.redirect(303, visitHref(page.visit, `/campaigns/${page.campaign.slug}/act`, standingPairs(standing)));
}

type Unusable = Extract<FinderOutcome, { kind: 'unusable' }>;

async function drawUnusable(
  page: CampaignPage,
  res: Response,
  request: FinderRequest,
  outcome: Unusable,
  body: unknown,
): Promise<void> {
  const message = unusableMessage(page, request, outcome);
  if (request.kind === 'divisions') {
    const nearby = nearbyOf(page, body);
    const { done } = standingOf(body);
    const choice = {
      reason: 'list',
      error: message,
      find: searchOf(body),
      standing: { divisions: [], done },
    };
    return drawDistricts(page, res, nearby.length > 0 ? { ...choice, candidates: nearby } : choice);
  }
  const typed = request.kind === 'address' ? request.text : '';
  // After an address that led nowhere, the next way stands on the same page: the districts near it, or all.
  const all = byChamber(placeOf(page).roster.districts);
  const candidates = outcome.reason === 'empty' ? [] : (outcome.candidates ?? all);
  await drawCampaign(page, res, { message, typed, candidates: districtOptions(page, candidates) });
}

function unusableMessage(page: CampaignPage, request: FinderRequest, outcome: Unusable): string {
  const key = request.kind === 'divisions' && outcome.reason === 'empty' ? 'empty_divisions' : outcome.reason;
  const state = stateIn(page.t, page.campaign.state);
  if (key !== 'other_state') return page.t(`lookup.errors.${key}`, { state });
  // Mail to the armed forces goes to codes that are no states: AA, AE, AP.
  const elsewhere = outcome.state === undefined ? undefined : findState(outcome.state);
  const place = elsewhere && stateIn(page.t, elsewhere.state);
  return page.t(`lookup.errors.${place ? key : 'nowhere'}`, { state, place });
}
