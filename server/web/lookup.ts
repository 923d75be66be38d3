import type { RequestHandler, Response } from 'express';
import type { FinderOutcome, FinderRequest } from '../legislators/finder.ts';
import { stateFacts } from '../legislators/states.ts';
import { closedNotice, drawCampaign } from './campaign.ts';
import { districtOptions } from './district-options.ts';
import { drawDistricts } from './districts.ts';
import { type CampaignPage, openCampaignPage, placeOf, type Site } from './page.ts';
import { allOf, firstOf, visitHref } from './visit.ts';

/** Longest text that is put back into the box; what is longer is a mistake or an attack. */
const LONGEST_TYPED = 300;

/** Turns what a supporter gave into districts: certain ones lead to `act`, others to a choice, none to the page again. */
export function lookUp(site: Site): RequestHandler {
  return async (req, res) => {
    const page = openCampaignPage(site, req);
    if (closedNotice(page))
      return res.redirect(303, visitHref(page.visit, `/campaigns/${page.campaign.slug}`));
    const request = readRequest(req.body);
    await answer(page, res, request, await site.parts.finder.find(page.campaign.state, request));
  };
}

/** Districts picked by hand come first, then the browser's point, then the address. */
function readRequest(body: unknown): FinderRequest {
  if (body !== null && typeof body === 'object' && 'division' in body) {
    return { kind: 'divisions', division_ids: allOf(body, 'division') };
  }
  const [latitude, longitude] = [firstOf(body, 'latitude'), firstOf(body, 'longitude')];
  if (latitude !== '' || longitude !== '') {
    const degrees = (text: string) => (text.trim() === '' ? Number.NaN : Number(text));
    return { kind: 'point', point: { latitude: degrees(latitude), longitude: degrees(longitude) } };
  }
  return { kind: 'address', text: firstOf(body, 'address').slice(0, LONGEST_TYPED) };
}

async function answer(
  page: CampaignPage,
  res: Response,
  request: FinderRequest,
  outcome: FinderOutcome,
): Promise<void> {
  const districts =
    'candidates' in outcome ? outcome.candidates?.flatMap((group) => group.districts) : undefined;
  switch (outcome.kind) {
    case 'no_roster':
      placeOf({ ...page, place: undefined });
      return;
    case 'certain': {
      const pairs = outcome.division_ids.map((id): [string, string] => ['division', id]);
      res.redirect(303, visitHref(page.visit, `/campaigns/${page.campaign.slug}/act`, pairs));
      return;
    }
    case 'choose':
      drawDistricts(
        page,
        res,
        outcome.whole_list ? { reason: outcome.reason } : { reason: outcome.reason, districts },
      );
      return;
    case 'unusable': {
      const message = unusableMessage(page, request, outcome);
      if (request.kind === 'divisions') return drawDistricts(page, res, { reason: 'list', error: message });
      const typed = request.kind === 'address' ? request.text : '';
      // After an address that led nowhere, the next way stands on the same page: the districts near it, or all.
      const offered = outcome.reason === 'empty' ? [] : (districts ?? placeOf(page).roster.districts);
      await drawCampaign(page, res, { message, typed, candidates: districtOptions(page, offered) });
    }
  }
}

type Unusable = Extract<FinderOutcome, { kind: 'unusable' }>;

function unusableMessage(page: CampaignPage, request: FinderRequest, outcome: Unusable): string {
  const key = request.kind === 'divisions' && outcome.reason === 'empty' ? 'empty_divisions' : outcome.reason;
  const state = stateFacts(page.campaign.state).name;
  return page.t(`lookup.errors.${key}`, { state, place: outcome.state?.toUpperCase() ?? '' });
}
