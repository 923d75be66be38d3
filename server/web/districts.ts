import type { RequestHandler } from 'express';
import { byChamber, type ChamberCandidates } from '../legislators/finder-outcome.ts';
import { closedNotice } from './campaign.ts';
import { askedOf, SHORT_LIST } from './district-options.ts';
import { drawDistricts } from './districts-page.ts';
import { type CampaignPage, openCampaignPage, placeOf, type Site } from './page.ts';
import { standingSoFar } from './standing.ts';
import { allOf, firstOf, visitHref } from './visit.ts';

/** Longest text that is searched for. */
const LONGEST_SEARCH = 100;

/** The whole list of districts, for whoever would rather not give an address; what a search of it finds; or the short one that an address names. */
export function showDistricts(site: Site): RequestHandler {
  return (req, res) => {
    const page = openCampaignPage(site, req);
    if (closedNotice(page))
      return res.redirect(303, visitHref(page.visit, `/campaigns/${page.campaign.slug}`));
    const fields = req.body ?? req.query;
    // By a form alone: no address says near what line somebody lives.
    const nearby = nearbyOf(page, req.body);
    const reason = reasonOf(page, firstOf(fields, 'reason'));
    const choice = { reason, find: searchOf(fields), standing: standingSoFar(fields) };
    drawDistricts(page, res, nearby.length > 0 ? { ...choice, candidates: nearby } : choice);
  };
}

/** What a query or a form searches for; '' for nothing. */
export function searchOf(fields: unknown): string {
  // A letter of two code units is not cut in half.
  return firstOf(fields, 'find').trim().slice(0, LONGEST_SEARCH).toWellFormed();
}

/** The districts among which a supporter was choosing, as a form names them; empty where it was the whole list. */
export function nearbyOf(page: CampaignPage, fields: unknown): ChamberCandidates[] {
  const { roster } = placeOf(page);
  const ids = allOf(fields, 'nearby').slice(0, SHORT_LIST);
  const [certain, likely] = [allOf(fields, 'certain'), allOf(fields, 'likely')];
  const groups = byChamber(ids.flatMap((id) => roster.representation(id)?.district ?? []));
  return askedOf(page, groups).map((group) => ({
    ...group,
    is_certain: group.districts.every(({ division_id }) => certain.includes(division_id)),
    is_likely: likely.includes(group.districts[0]!.division_id),
  }));
}

/** A reason that there are words for; 'list' for any other. */
function reasonOf({ t }: CampaignPage, reason: string): string {
  const known = Object.keys(t('districts.reason', { returnObjects: true }));
  return known.includes(reason) ? reason : 'list';
}
