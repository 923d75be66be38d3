import type { Request, Response } from 'express';
import type { Campaign } from '../campaigns/campaign.ts';
import { inLanguage, type LocalText } from '../campaigns/local-text.ts';
import type { CorrectedRoster } from '../legislators/correct-roster.ts';
import type { Press } from '../print/press.ts';
import type { Direction, Locales, Translate } from '../words/locale.ts';
import { languageIn } from '../words/names.ts';
import { countVisit } from './count-visits.ts';
import type { ExpectLetters } from './expectations.ts';
import type { MarkedLog } from './flood-marks.ts';
import type { KeptPages } from './kept-pages.ts';
import { languageSwitch, type PageAddress } from './language-switch.ts';
import { PageError } from './page-error.ts';
import type { Parts } from './parts.ts';
import type { IssuedId } from './pieced-page.ts';
import type { ReadProgress } from './progress.ts';
import { linkPreview } from './share.ts';
import { carriedField, type Visit, visitHref, visitOf, visitPairs } from './visit.ts';

/** The app's parts with what its pages need: strings and the addresses of its assets. */
export interface Site {
  parts: Parts;
  locales: Locales;
  readProgress: ReadProgress;
  /** When letters that are sent from here would go, kept for some seconds. */
  expectLetters: ExpectLetters;
  /** Where pages write actions down. */
  marked_log: MarkedLog;
  /** Pages that were drawn a moment ago. */
  kept_pages: KeptPages;
  /** Makes the PDFs, one at a time. */
  press: Press;
  /** Address of a file in views/assets, changed when its content changes. */
  asset: (name: string) => string;
}

/** One request for one page: what every view is drawn with. */
export interface Page {
  site: Site;
  campaign: Campaign | undefined;
  /** The roster of the campaign's state; undefined where none is at hand. */
  place: CorrectedRoster | undefined;
  visit: Visit;
  t: Translate;
  is_sample: boolean;
  /** Whether a preview link began the visit: nothing that is done in it is counted. */
  is_preview: boolean;
  /** The ids that were signed for its forms: each is for this one answer. */
  issued: IssuedId[];
}

/** A page of one campaign. */
export interface CampaignPage extends Page {
  campaign: Campaign;
}

/** Opens a page of the site, or of the campaign that the address names where there is one. */
export function openPage(site: Site, req: Request): Page {
  const { preview, is_good } = previewOf(site, req);
  const named = namedCampaign(site, req);
  // A draft is not there for whoever has no link to it.
  const campaign = named?.status === 'draft' && !is_good ? undefined : named;
  const interface_languages = site.locales.languages;
  const visit = visitOf(req, campaign, { interface_languages, preview: is_good ? preview : '' });
  const place = campaign && site.parts.rosters.get(campaign.state);
  return {
    site,
    campaign,
    place,
    visit,
    t: site.locales.translate(visit.page_language),
    is_sample: campaign ? (place?.roster.is_sample ?? false) : publicCampaigns(site).some(isOnSample(site)),
    is_preview: is_good,
    issued: [],
  };
}

/** The campaign that the address names, draft or not. */
function namedCampaign(site: Site, req: Request): Campaign | undefined {
  const { slug } = req.params;
  return typeof slug === 'string' ? site.parts.campaigns.get(slug) : undefined;
}

/** The campaigns that anyone may see. */
export function publicCampaigns(site: Site): Campaign[] {
  return site.parts.campaigns.all().filter(({ status }) => status !== 'draft');
}

/** The token of a preview link that a request carries, '' for none, and what it turns out to be. */
function previewOf(site: Site, req: Request) {
  const preview = carriedField(req, 'preview');
  const named = namedCampaign(site, req);
  const state =
    named && preview ? site.parts.preview_tokens.check(preview, named.slug, site.parts.now()) : 'forged';
  return { preview, state, is_good: state === 'good' };
}

/** Whether a campaign stands on made-up legislators: then the pages of the site do too. */
function isOnSample(site: Site): (campaign: Campaign) => boolean {
  return ({ state }) => site.parts.rosters.get(state)?.roster.is_sample ?? false;
}

/**
 * Opens a page of a campaign; 404 where there is no such campaign. A preview link that is no longer good leads nowhere: what
 * its page did would be counted without its holder's knowing.
 */
export function openCampaignPage(site: Site, req: Request): CampaignPage {
  const page = openPage(site, req);
  const { preview, state } = previewOf(site, req);
  if (state === 'expired' || (page.campaign && preview && state === 'forged'))
    throw new PageError(404, 'preview_over');
  if (!page.campaign) throw new PageError(404, 'not_found');
  return { ...page, campaign: page.campaign };
}

/** When to come back for legislators that are being fetched. */
const NOT_READY_SECONDS = 60;

/** The roster of a campaign's state; 503 where none is at hand. */
export function placeOf(page: CampaignPage): CorrectedRoster {
  if (!page.place) throw new PageError(503, 'not_ready', NOT_READY_SECONDS);
  return page.place;
}

/** A campaign's text in the language of the page, or in the first that it has. */
export function sayOn(page: Page, text: LocalText): string {
  return inLanguage(text, page.visit.page_language).text;
}

/** A page's own values: a heading, and whatever its view draws. */
export interface PageValues {
  heading: string;
  has_errors?: boolean;
  /** For whoever has its link alone: kept by no cache, shown by no search engine, passed on by nobody's program. */
  is_private?: boolean;
  /** Something on it could not be said in time: whoever asks next may have it. */
  is_passing?: boolean;
  /** Where a page that answers a form can be had without one: it holds nothing that was typed, and may be kept for Back. */
  address?: PageAddress;
  /** Id of the form on the page that makes it anew, where it answers one. */
  form?: string | undefined;
  /** Given the page as it is sent. */
  onDrawn?: (html: string) => void;
  description?: string;
  [name: string]: unknown;
}

/**
 * Draws a view. Pages follow the browser's language where none is asked for, and are kept by no shared cache;
 * what answers a form may hold what was typed, and is kept by none; a fault passes, and is kept by none either.
 */
export function drawPage(page: Page, res: Response, view: string, values: PageValues, status = 200): void {
  const answers_a_get = values.address ? status < 500 : res.req.method !== 'POST' && status === 200;
  const may_be_kept = answers_a_get && !page.is_preview && !values.is_private;
  const caching = may_be_kept ? 'private, no-cache' : 'no-store';
  const { page_language } = page.visit;
  res.status(status).vary('Accept-Language').set('Cache-Control', caching);
  // What is put away is no news: search engines need not show it any more.
  if (page.is_preview || values.is_private || page.campaign?.status === 'archived')
    res.set('X-Robots-Tag', 'noindex');
  if (status === 200 && res.req.method === 'GET') countVisit(page, res.req);
  const drawn = {
    campaign: page.campaign,
    link_preview: values.is_private ? undefined : linkPreviewOf(page, res, { view, heading: values.heading }),
    carried: visitPairs(page.visit).filter(([, value]) => value !== ''),
    page_language,
    language_switch: languageSwitch(page, page.site.locales, {
      req: res.req,
      is_error: view === 'error',
      address: values.address,
      form: values.form,
    }),
    say: (text: LocalText) => sayOn(page, text),
    // For an attribute `lang`: undefined where the words are in the page's own language.
    langOf: (text: LocalText) => foreign(inLanguage(text, page_language).language, page_language),
    foreign: (language: string) => foreign(language, page_language),
    direction: page.t.direction,
    // For an attribute `dir`, likewise: words of another direction stand in their own.
    dirOf: (language: string) => otherDirection(page, language),
    dirOfText: (text: LocalText) => otherDirection(page, inLanguage(text, page_language).language),
    languageName: (language: string) => languageIn(page.t, language),
    is_sample: page.is_sample,
    is_preview: page.is_preview,
    t: page.t,
    asset: page.site.asset,
    href: (path: string, pairs: [string, string][] = []) => visitHref(page.visit, path, pairs),
    errors: [],
    ...values,
  };
  res.render(view, drawn, (error, html) => {
    if (error) return res.req.next?.(error);
    values.onDrawn?.(html);
    res.send(html);
    page.site.kept_pages.keep(page, res, { view, html, values });
  });
}

function foreign(language: string, page_language: string): string | undefined {
  return language === page_language ? undefined : language;
}

/** What a page of a campaign says of itself to programs that show links; undefined for one of the site. */
function linkPreviewOf(page: Page, { req }: Response, drawn: { view: string; heading: string }) {
  const { campaign, site, is_preview } = page;
  if (!campaign || is_preview || drawn.view === 'error') return undefined;
  const at = { site: publicUrl(page, req, ''), spoken: site.locales.languages };
  return linkPreview({ ...page, campaign }, { ...at, ...drawn });
}

/** The direction of a language that is not the page's; undefined where the two are the same. */
function otherDirection({ site, t }: Page, language: string): Direction | undefined {
  const { direction } = site.locales.translate(language);
  return direction === t.direction ? undefined : direction;
}

/** A host by name or number, with or without a port (RFC 1123, section 2.1; the _ is of private networks). */
const HOST = /^([\w-]{1,63}(\.[\w-]{1,63})*\.?|\[[\da-f:.]+\])(:\d{1,5})?$/i;
const LONGEST_HOST = 260;

/**
 * The public address of a path: from BASE_URL or, where that is not set, from the request; 400 where that names no host, or a
 * proxy that is trusted hands on another protocol than those of the web.
 */
export function publicUrl(page: Page, req: Request, path: string): string {
  const { base_url } = page.site.parts.settings;
  if (base_url !== undefined) return `${base_url}${path}`;
  const host = req.get('host') ?? '';
  const is_web = req.protocol === 'http' || req.protocol === 'https';
  if (!is_web || host.length > LONGEST_HOST || !HOST.test(host)) throw new PageError(400, 'bad_request');
  return `${req.protocol}://${host}${path}`;
}
