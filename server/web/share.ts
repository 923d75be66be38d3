import type { Campaign } from '../campaigns/campaign.ts';
import { inLanguage } from '../campaigns/local-text.ts';
import type { Translate } from '../words/locale.ts';
import { availableLanguages, queryOf, type Visit } from './visit.ts';

/** A page of a campaign, as far as what is passed on depends on it. */
interface Shared {
  campaign: Campaign;
  visit: Visit;
  t: Translate;
}

/** What others may be told of a page: pages that hold districts or marks of what was done are told as the campaign's own. */
const PUBLIC_PAGES: Record<string, string> = { bill: '/bill', totals: '/totals' };

/** What a page says of itself to programs that show links: Open Graph, and where its other languages are. */
export interface LinkPreview {
  title: string;
  description: string;
  /** Public address that says nothing of who looks at it: of the page or, where that one does, of its campaign. */
  url: string;
  /** As Open Graph writes languages: 'es_US'. */
  locale: string;
  alternates: { language: string; locale: string; url: string }[];
}

/** Ways to pass a campaign on that need no script: links that open the supporter's own program. */
export interface ShareLinks {
  url: string;
  text: string;
  title: string;
  sms: string;
  whatsapp: string;
  email: string;
}

/** The path of a campaign's page as supporters pass it on: with its partner and the language asked for, nothing else. */
function sharedPath({ campaign, visit }: Shared, below = '', lang = visit.lang): string {
  return `/campaigns/${campaign.slug}${below}${queryOf([
    ['partner', visit.partner],
    ['lang', lang],
  ])}`;
}

/** The links by which a campaign is passed on, their words in the language of the page; `site` is the site's public address. */
export function shareLinks(page: Shared, site: string): ShareLinks {
  const url = `${site}${sharedPath(page)}`;
  const title = inLanguage(page.campaign.title, page.visit.page_language).text;
  const text = page.t('thanks.share_text', { title });
  const whole = encodeURIComponent(`${text} ${url}`);
  return {
    url,
    text,
    title,
    // '?&' is read by phones of both kinds.
    sms: `sms:?&body=${whole}`,
    whatsapp: `https://wa.me/?text=${whole}`,
    email: `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(`${text}\r\n\r\n${url}`)}`,
  };
}

/**
 * What a page of a campaign says of itself to programs that show links; `heading` is the page's own, `spoken` the
 * languages of the interface.
 */
export function linkPreview(
  page: Shared,
  { site, view, heading, spoken }: { site: string; view: string; heading: string; spoken: string[] },
): LinkPreview {
  const { campaign, visit } = page;
  const below = PUBLIC_PAGES[view];
  const title = inLanguage(campaign.title, visit.page_language).text;
  const languages = availableLanguages(campaign, spoken);
  return {
    title: below === undefined ? title : `${heading} – ${title}`,
    description: inLanguage(campaign.summary, visit.page_language).text,
    url: `${site}${sharedPath(page, below)}`,
    locale: localeOf(visit.page_language),
    alternates: languages.map((language) => ({
      language,
      locale: localeOf(language),
      url: `${site}${sharedPath(page, below, language)}`,
    })),
  };
}

/** What the page of a figure says of itself, whatever became of its campaign: it is the same in every language of the interface. */
export function figurePreview(
  { visit, title, description }: { visit: Visit; title: string; description: string },
  { url, spoken }: { url: string; spoken: string[] },
): LinkPreview {
  const in_language = (lang: string) => `${url}${queryOf([['lang', lang]])}`;
  return {
    title,
    description,
    url: in_language(visit.lang),
    locale: localeOf(visit.page_language),
    alternates: spoken.map((language) => ({
      language,
      locale: localeOf(language),
      url: in_language(language),
    })),
  };
}

/** Open Graph wants a country too: these pages are read in this one. */
function localeOf(language: string): string {
  return `${language}_US`;
}
