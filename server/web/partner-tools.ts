import type { Request } from 'express';
import type { Campaign, Partner } from '../campaigns/campaign.ts';
import { languageIn } from '../words/names.ts';
import { type CampaignPage, publicUrl, sayOn } from './page.ts';
import { availableLanguages, queryOf } from './visit.ts';

/** What a partner passes on: each address carries its code. */
export interface PartnerTools {
  /** The campaign's page, once in the language of whoever opens it, then in each of its languages. */
  links: { label: string; url: string }[];
  flyer: string;
  /** For the partner's own site; undefined while the campaign lets no site frame it. */
  embed: EmbedTools | undefined;
  badge: string;
}

/** Two lines of HTML, and on which sites they show more than a link. */
export interface EmbedTools {
  html: string;
  /** Those that the campaign names, with commas between. */
  origins: string;
  /** The partner's own site where it is none of these. */
  unnamed_site: string | undefined;
}

/** The addresses that count for a partner, to pass on. */
export function partnerTools(page: CampaignPage, req: Request, partner: Partner): PartnerTools {
  const { campaign, t, site, visit } = page;
  const { code } = partner;
  const path = `/campaigns/${campaign.slug}`;
  const url = (below: string, pairs: [string, string][] = []) =>
    publicUrl(page, req, `${path}${below}${queryOf([['partner', code], ...pairs])}`);
  const title = escaped(sayOn(page, campaign.title));
  // Their words are in the language of this page: what they lead to is too.
  const in_language: [string, string][] = [['lang', visit.page_language]];
  const link = escaped(url('', in_language));
  const html = `<a href="${link}">${title}</a>
<script src="${publicUrl(page, req, '/embed.js')}" data-campaign="${campaign.slug}" data-partner="${code}" data-lang="${visit.page_language}" async></script>`;
  const badge = publicUrl(page, req, `${path}/badge.svg${queryOf(in_language)}`);
  return {
    links: [
      { label: t('report.any_language'), url: url('') },
      ...availableLanguages(campaign, site.locales.languages).map((language) => ({
        label: languageIn(t, language),
        url: url('', [['lang', language]]),
      })),
    ],
    flyer: `${path}/flyer${queryOf([['partner', code]])}`,
    embed: campaign.embed_origins.length > 0 ? { html, ...sitesOf(campaign, partner) } : undefined,
    badge: `<a href="${link}"><img src="${escaped(badge)}" alt="${title}"></a>`,
  };
}

function sitesOf({ embed_origins }: Campaign, { url }: Partner): Omit<EmbedTools, 'html'> {
  const own = url === undefined ? undefined : new URL(url).origin;
  const unnamed_site = own === undefined || embed_origins.includes(own) ? undefined : own;
  return { origins: embed_origins.join(', '), unnamed_site };
}

/** As it stands in HTML, between tags or in an attribute. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
