import type { Request } from 'express';
import type { Partner } from '../campaigns/campaign.ts';
import { languageIn } from '../words/names.ts';
import { type CampaignPage, publicUrl, sayOn } from './page.ts';
import { availableLanguages, queryOf } from './visit.ts';

/** What a partner passes on: each address carries its code. */
export interface PartnerTools {
  /** The campaign's page, once in the language of whoever opens it, then in each of its languages. */
  links: { label: string; url: string }[];
  flyer: string;
  /** Two lines of HTML for the partner's own site; undefined while the campaign lets no site frame it. */
  embed: string | undefined;
  badge: string;
}

/** The addresses that count for a partner, to pass on. */
export function partnerTools(page: CampaignPage, req: Request, { code }: Partner): PartnerTools {
  const { campaign, t, site } = page;
  const path = `/campaigns/${campaign.slug}`;
  const url = (below: string, pairs: [string, string][] = []) =>
    publicUrl(page, req, `${path}${below}${queryOf([['partner', code], ...pairs])}`);
  const title = escaped(sayOn(page, campaign.title));
  const embed = `<a href="${escaped(url(''))}">${title}</a>
<script src="${publicUrl(page, req, '/embed.js')}" data-campaign="${campaign.slug}" data-partner="${code}" async></script>`;
  return {
    links: [
      { label: t('report.any_language'), url: url('') },
      ...availableLanguages(campaign, site.locales.languages).map((language) => ({
        label: languageIn(t, language),
        url: url('', [['lang', language]]),
      })),
    ],
    flyer: `${path}/flyer${queryOf([['partner', code]])}`,
    embed: campaign.embed_origins.length > 0 ? embed : undefined,
    badge: `<a href="${escaped(url(''))}"><img src="${publicUrl(page, req, `${path}/badge.svg`)}" alt="${title}"></a>`,
  };
}

/** As it stands in HTML, between tags or in an attribute. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
