import type { Request } from 'express';
import type { Campaign } from '../campaigns/campaign.ts';
import { nameIn } from '../words/names.ts';
import { closedNotice } from './campaign.ts';
import { openPage, type Page, type Site } from './page.ts';
import { availableLanguages, visitHref, visitOf } from './visit.ts';

/** What is known of the letter that a link in a mail belongs to. */
export interface LinkSubject {
  campaign_slug: string;
  partner: string;
  is_sample: boolean;
  /** The language of the page on which the letter was written; '' where nobody knows. */
  page_language: string;
  /** The state of the legislator, where it is known without the campaign. */
  state: string | undefined;
}

/**
 * Opens a page behind a link in a mail. It belongs to a letter and not to a visit: the letter's partner and language live on
 * in it, unless its address asks for another language. A campaign that is gone, or put back to a draft, is left out.
 */
export function openLinkPage(site: Site, req: Request, subject: LinkSubject | undefined): Page {
  const opened = openPage(site, req);
  if (!subject) return opened;
  const named = campaignOf(site, subject.campaign_slug);
  const campaign = named?.status === 'draft' ? undefined : named;
  const interface_languages = site.locales.languages;
  const asked = visitOf(req, campaign, { interface_languages, preview: '' });
  const available = availableLanguages(campaign, interface_languages);
  const page_language =
    [asked.lang, subject.page_language].find((language) => available.includes(language)) ??
    asked.page_language;
  const state = named?.state ?? subject.state;
  return {
    ...opened,
    campaign,
    place: state === undefined ? undefined : site.parts.rosters.get(state),
    visit: { ...asked, partner: subject.partner, lang: asked.lang || page_language, page_language },
    t: site.locales.translate(page_language),
    is_sample: subject.is_sample,
    is_preview: false,
  };
}

/** By the slug that it has now or had before. A short link of another campaign is not its name. */
function campaignOf({ parts: { campaigns } }: Site, slug: string): Campaign | undefined {
  return campaigns.get(slug) ?? campaigns.all().find(({ former_slugs }) => former_slugs.includes(slug));
}

/** Title and name of a legislator; of one whom the roster does not know any more, words that fit anyone. */
export function whoIs({ place, t }: Page, legislator_id: string): string {
  const legislator = place?.roster.legislator(legislator_id);
  return legislator ? nameIn(t, legislator) : t('letter_link.your_legislator');
}

/** A way on from the page. */
export interface WayOn {
  href: string;
  label: string;
}

/** To the campaign's page, where there is one. */
export function wayToCampaign({ campaign, t, visit }: Page): WayOn[] {
  if (!campaign) return [];
  return [{ href: visitHref(visit, `/campaigns/${campaign.slug}`), label: t('letter_link.to_campaign') }];
}

/** To the legislators of a district while the campaign asks for anything, and to its page. */
export function waysOn(page: Page, division_id: string): WayOn[] {
  const { campaign, place, t, visit } = page;
  if (!campaign) return [];
  const asks = closedNotice({ ...page, campaign }) === undefined && place?.roster.representation(division_id);
  const href = visitHref(visit, `/campaigns/${campaign.slug}/act`, [['division', division_id]]);
  return [...(asks ? [{ href, label: t('letter_link.to_legislators') }] : []), ...wayToCampaign(page)];
}
