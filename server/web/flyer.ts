import type { Request, RequestHandler } from 'express';
import type { Partner } from '../campaigns/campaign.ts';
import { type Flyer, flyerOf } from '../print/flyer.ts';
import { FLYER_SIZES } from '../print/flyer-sizes.ts';
import { flyerWords } from '../print/flyer-words.ts';
import { shortLink } from '../print/short-link.ts';
import { languageIn } from '../words/names.ts';
import { isPageOver } from './campaign-phase.ts';
import { leadsToOwnMachine } from './own-machine.ts';
import { type CampaignPage, drawPage, openCampaignPage, publicUrl, type Site } from './page.ts';
import { pdfOf, sendPdf } from './send-pdf.ts';
import { firstOf, visitHref } from './visit.ts';

/** The flyer as a page that can be printed, with the ways to its PDF and to the flyers of partners. */
export function showFlyer(site: Site): RequestHandler {
  return (req, res) => {
    const page = openCampaignPage(site, req);
    const { campaign, visit, t } = page;
    const path = `/campaigns/${campaign.slug}/flyer`;
    if (isPageOver(page)) return res.redirect(303, visitHref(visit, `/campaigns/${campaign.slug}`));
    const flyer = flyerFor(page, req);
    drawPage(page, res, 'flyer', {
      heading: t('flyer.title'),
      flyer,
      notices: noticesOf(page, flyer, firstOf(req.query, 'pdf') === 'none'),
      files: FLYER_SIZES.filter(() => !leadsToOwnMachine(flyer.link.url)).map((size) => ({
        label: t(`flyer.pdf.${size}`),
        href: visitHref({ ...visit, lang: visit.page_language }, `${path}.pdf`, [['size', size]]),
      })),
      partners: campaign.partners.length === 0 ? [] : partnersOn(page, path),
    });
  };
}

/** Whose flyers there are: for everyone, and each partner's, in the languages that its people read where these are known. */
function partnersOn({ campaign, visit, t, site }: CampaignPage, path: string) {
  const all: Partner[] = [{ code: '', name: t('flyer.for_all') }, ...campaign.partners];
  return all.map(({ code, name, languages = [] }) => {
    const is_current = code === visit.partner;
    const spoken = languages.filter((language) => site.locales.languages.includes(language));
    return {
      name,
      is_current,
      href: visitHref({ ...visit, partner: code }, path),
      languages: spoken.map((language) => ({
        name: languageIn(t, language),
        is_current: is_current && language === visit.page_language,
        href: visitHref({ ...visit, partner: code, lang: language }, path),
      })),
    };
  });
}

/** The flyer as a PDF, by `size`; back to the page where its letters can't be printed here or its code leads nowhere. */
export function flyerPdfFile(site: Site): RequestHandler {
  return async (req, res) => {
    const page = openCampaignPage(site, req);
    const { campaign, visit } = page;
    const path = `/campaigns/${campaign.slug}/flyer`;
    if (isPageOver(page)) return res.redirect(303, visitHref(visit, `/campaigns/${campaign.slug}`));
    const flyer = flyerFor(page, req);
    if (leadsToOwnMachine(flyer.link.url)) return res.redirect(303, visitHref(visit, path));
    const size = FLYER_SIZES.find((known) => known === firstOf(req.query, 'size')) ?? 'letter';
    const bytes = await pdfOf(page, `flyer ${size} ${JSON.stringify(flyer)}`, () => ({
      kind: 'flyer',
      flyer,
      size,
      now: site.parts.now(),
    }));
    if (!bytes) return res.redirect(303, visitHref(visit, path, [['pdf', 'none']]));
    const name = [campaign.slug, 'flyer', visit.partner, flyer.language, size === 'four' ? 'four' : ''];
    sendPdf(page, res, name, bytes);
  };
}

/** What is to be known before a flyer is printed. */
function noticesOf({ t, campaign }: CampaignPage, { link }: Flyer, lacks_letters: boolean): string[] {
  return [
    ...(leadsToOwnMachine(link.url) ? [t('flyer.local')] : []),
    ...(campaign.status === 'draft' ? [t('flyer.draft')] : []),
    ...(lacks_letters ? [t('flyer.no_pdf')] : []),
  ];
}

function flyerFor(page: CampaignPage, req: Request): Flyer {
  const { campaign, visit } = page;
  const language = visit.page_language;
  const link = shortLink(campaign, { site: publicUrl(page, req, ''), partner: visit.partner, language });
  const partner = campaign.partners.find((one) => one.code === visit.partner);
  const words = flyerWords(page.t, campaign, {
    partner_name: partner?.name ?? '',
    url: link.to_type,
    is_preview: page.is_preview,
  });
  return flyerOf(campaign, { language, words, link });
}
