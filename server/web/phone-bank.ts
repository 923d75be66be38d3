import type { Request, RequestHandler, Response } from 'express';
import type { District, Representation } from '../legislators/legislator.ts';
import { BOXES } from '../print/phone-sheet.ts';
import { chamberIn, languageIn } from '../words/names.ts';
import { representationsOf } from './act-page.ts';
import { isPageOver } from './campaign-phase.ts';
import { labelOf } from './district-options.ts';
import { messageLanguageOf } from './message-words.ts';
import { type CampaignPage, drawPage, openCampaignPage, placeOf, type Site } from './page.ts';
import { phoneBankKey } from './phone-bank-key.ts';
import { phoneBankOf } from './phone-sheets.ts';
import { pdfOf, sendPdf } from './send-pdf.ts';
import { chambersWanted, targetingIn } from './targeting.ts';
import { allOf, firstOf, visitHref } from './visit.ts';

/** Most sheets that are made at once: the largest chamber but New Hampshire's has 203 members. */
const MOST_SHEETS = 210;
/** Most sheets of a page: the file is made aside, a page is made while others wait. */
const MOST_ON_PAGE = 60;

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
    const count = targetingIn(page, picked).targets.length;
    const is_page = count <= MOST_ON_PAGE;
    const most = MOST_ON_PAGE;
    const no_pdf = is_page ? t('phone_bank.no_pdf') : t('phone_bank.no_pdf_of_many', { most });
    drawPage(page, res, 'phone-bank', {
      heading: t('phone_bank.title'),
      bank: is_page ? phoneBankOf(page, picked) : undefined,
      how: is_page ? t('phone_bank.how') : t('phone_bank.file_alone', { count, most }),
      boxes: BOXES,
      file: visitHref({ ...visit, lang: visit.page_language }, `${path}.pdf`, pairsOf(req)),
      again: visitHref(visit, path),
      notice: firstOf(req.query, 'pdf') === 'none' ? no_pdf : undefined,
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
    const bytes = await pdfOf(page, phoneBankKey(page, pairsOf(req)), () => ({
      kind: 'phone-bank',
      bank: phoneBankOf(page, picked),
      now: site.parts.now(),
    }));
    if (!bytes) return back([...pairsOf(req), ['pdf', 'none']]);
    const name = [campaign.slug, 'phone-bank', firstOf(req.query, 'chamber'), messageLanguageOf(page)];
    sendPdf(page, res, name, bytes);
  };
}

/** What of a query picks the sheets: its chamber, else its districts. */
function pairsOf(req: Request): [string, string][] {
  const chamber = firstOf(req.query, 'chamber');
  if (chamber !== '') return [['chamber', chamber]];
  return [...new Set(allOf(req.query, 'division'))].map((value) => ['division', value]);
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
