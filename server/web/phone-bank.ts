import type { Request, RequestHandler, Response } from 'express';
import type { District, Representation } from '../legislators/legislator.ts';
import { phoneBankPdf } from '../print/phone-bank-pdf.ts';
import { BOXES, unprintableIn } from '../print/phone-sheet.ts';
import { chamberIn, languageIn } from '../words/names.ts';
import { representationsOf } from './act-page.ts';
import { isPageOver } from './campaign-phase.ts';
import { labelOf } from './district-options.ts';
import { messageLanguageOf } from './message-words.ts';
import { type CampaignPage, drawPage, openCampaignPage, placeOf, type Site } from './page.ts';
import { phoneBankOf } from './phone-sheets.ts';
import { sendPdf } from './send-pdf.ts';
import { chambersWanted, targetingIn } from './targeting.ts';
import { allOf, firstOf, visitHref } from './visit.ts';

/** Most sheets that are made at once: the largest chamber but New Hampshire's has 203 members. */
const MOST_SHEETS = 210;

/** Phone-bank sheets of what the query picks: a chamber by `chamber` ('all' for every one), or districts by `division`. */
export function showPhoneBank(site: Site): RequestHandler {
  return (req, res) => {
    const page = openCampaignPage(site, req);
    const { campaign, visit, t } = page;
    if (isPageOver(page)) return res.redirect(303, visitHref(visit, `/campaigns/${campaign.slug}`));
    const picked = pickedBy(page, req);
    const fault = faultIn(page, req, picked);
    if (picked.length === 0 || fault !== undefined) return drawForm(page, res, fault);
    const path = `/campaigns/${campaign.slug}/phone-bank`;
    drawPage(page, res, 'phone-bank', {
      heading: t('phone_bank.title'),
      bank: phoneBankOf(page, picked),
      boxes: BOXES,
      file: visitHref({ ...visit, lang: visit.page_language }, `${path}.pdf`, pairsOf(req)),
      again: visitHref(visit, path),
      notice: firstOf(req.query, 'pdf') === 'none' ? t('phone_bank.no_pdf') : undefined,
      address: { path, pairs: pairsOf(req) },
      message_switch: messageSwitch(page, path, pairsOf(req)),
    });
  };
}

/** The same sheets as a PDF; where nothing fit for one is picked, or its letters can't be printed, the page instead. */
export function phoneBankFile(site: Site): RequestHandler {
  return async (req, res) => {
    const page = openCampaignPage(site, req);
    const { campaign, visit } = page;
    if (isPageOver(page)) return res.redirect(303, visitHref(visit, `/campaigns/${campaign.slug}`));
    const picked = pickedBy(page, req);
    const path = `/campaigns/${campaign.slug}/phone-bank`;
    const back = (pairs: [string, string][]) => res.redirect(303, visitHref(visit, path, pairs));
    if (picked.length === 0 || faultIn(page, req, picked)) return back(pairsOf(req));
    const bank = phoneBankOf(page, picked);
    if (unprintableIn(bank).length > 0) return back([...pairsOf(req), ['pdf', 'none']]);
    const name = [campaign.slug, 'phone-bank', firstOf(req.query, 'chamber'), messageLanguageOf(page)];
    sendPdf(res, name, await phoneBankPdf(bank, site.parts.now()));
  };
}

/** What of a query picks the sheets. */
function pairsOf(req: Request): [string, string][] {
  return ['chamber', 'division'].flatMap((name) =>
    [...new Set(allOf(req.query, name))].map((value): [string, string] => [name, value]),
  );
}

/** The districts that the query picks, in the order of the roster; 404 where one of them is not of this state. */
function pickedBy(page: CampaignPage, req: Request): Representation[] {
  const chamber = firstOf(req.query, 'chamber');
  const divisions = new Set(allOf(req.query, 'division'));
  if (chamber === '') return representationsOf(page, [...divisions]);
  const asked = askedDistricts(page).filter(
    ({ org_classification }) => chamber === 'all' || chamber === org_classification,
  );
  return representationsOf(
    page,
    asked.map(({ division_id }) => division_id),
  );
}

/** The districts of the chambers that the campaign asks, chamber by chamber. */
function askedDistricts(page: CampaignPage): District[] {
  const { districts } = placeOf(page).roster;
  return chambersWanted(page).flatMap((chamber) =>
    districts.filter(({ org_classification }) => org_classification === chamber),
  );
}

function faultIn(page: CampaignPage, req: Request, picked: Representation[]): string | undefined {
  const is_pressed = firstOf(req.query, 'pick') !== '';
  if (picked.length === 0) return is_pressed ? page.t('phone_bank.nothing_picked') : undefined;
  const count = targetingIn(page, picked).targets.length;
  return count > MOST_SHEETS ? page.t('phone_bank.too_many', { count, most: MOST_SHEETS }) : undefined;
}

/** Draws the choice: a whole chamber, all, or districts to tick. */
function drawForm(page: CampaignPage, res: Response, fault: string | undefined): void {
  const { t, campaign, visit } = page;
  const place = placeOf(page);
  const path = `/campaigns/${campaign.slug}/phone-bank`;
  const districts = askedDistricts(page);
  const chambers = Map.groupBy(districts, ({ org_classification }) => org_classification);
  const countOf = (some: District[]) => {
    const ids = some.map(({ division_id }) => division_id);
    return targetingIn(page, representationsOf(page, ids)).targets.length;
  };
  const choices = [...chambers].map(([chamber, own]) => ({
    href: visitHref(visit, path, [['chamber', chamber]]),
    label: t('phone_bank.chamber', {
      chamber: chamberIn(t, campaign.state, chamber),
      count: countOf(own),
    }),
  }));
  const all = countOf(districts);
  if (choices.length > 1 && all <= MOST_SHEETS)
    choices.push({
      href: visitHref(visit, path, [['chamber', 'all']]),
      label: t('phone_bank.all', { count: all }),
    });
  drawPage(
    page,
    res,
    'phone-bank-form',
    {
      heading: t('phone_bank.title'),
      choices,
      groups: [...chambers].map(([chamber, own]) => ({
        chamber_name: chamberIn(t, campaign.state, chamber),
        options: own.map((district) => ({
          division_id: district.division_id,
          label: labelOf(t, place, [district]),
        })),
      })),
      address: { path, pairs: [] },
      has_errors: fault !== undefined,
      errors: fault === undefined ? [] : [{ field: 'division-0-0', message: fault }],
    },
    fault === undefined ? 200 : 422,
  );
}

/** The languages that the scripts can be had in; empty where there is no choice. */
function messageSwitch(page: CampaignPage, path: string, pairs: [string, string][]) {
  const { message_languages } = page.campaign;
  if (message_languages.length < 2) return [];
  return message_languages.map((language) => ({
    language,
    name: languageIn(page.t, language),
    is_current: language === messageLanguageOf(page),
    href: visitHref({ ...page.visit, message_language: language }, path, pairs),
  }));
}
