import type { Request } from 'express';
import type { Campaign } from '../campaigns/campaign.ts';

/** What lives on through every link, form and redirect of a visit, without a cookie. */
export interface Visit {
  /** Code of the partner whose link began the visit, '' for none. */
  partner: string;
  /** The language the supporter asked for, '' where the browser's own choice stands. */
  lang: string;
  /** The language of messages that the supporter asked for, '' where the campaign's own choice stands. */
  message_language: string;
  /** The token of the preview link that began the visit, '' where it is none. */
  preview: string;
  /** The variants that were drawn for the visit, the one that goes first before others: names of files after @. */
  variants: string[];
  /** The language of the page. */
  page_language: string;
}

/** What can be the code of some partner. */
export const PARTNER_CODE = /^[a-z0-9-]{1,50}$/;

/** All values of a field that a query or a form may repeat. */
export function allOf(fields: unknown, name: string): string[] {
  const value = (fields as Record<string, unknown> | undefined)?.[name];
  const list = Array.isArray(value) ? value : [value];
  return list.flatMap((item) => (typeof item === 'string' && item !== '' ? [item.toWellFormed()] : []));
}

/** The first value of a field, '' where there is none. */
export function firstOf(fields: unknown, name: string): string {
  return allOf(fields, name)[0] ?? '';
}

/** The languages that a page can be had in: those of the campaign, where there is one, that the interface has too. */
export function availableLanguages(campaign: Campaign | undefined, interface_languages: string[]): string[] {
  return (campaign?.languages ?? interface_languages).filter((language) =>
    interface_languages.includes(language),
  );
}

/**
 * Reads the visit from the form, then the query, then the page before. A partner that the campaign does not name counts as
 * none. A language that the campaign lacks is still carried on, to pages that have it. A browser that names none of the
 * campaign's languages gets the first of those that the partner's people read.
 */
export function visitOf(
  req: Request,
  campaign: Campaign | undefined,
  { interface_languages, preview }: { interface_languages: string[]; preview: string },
): Visit {
  const field = (name: string) => carriedField(req, name);
  const partner = partnerOf(field('partner').trim().toLowerCase(), campaign);
  const available = availableLanguages(campaign, interface_languages);
  // 'ES' and 'es-MX' too: flyers are typed off by hand.
  const asked = field('lang').trim().toLowerCase().split('-')[0]!;
  const lang = interface_languages.includes(asked) ? asked : '';
  const ordered = readFirst(available, campaign?.partners.find(({ code }) => code === partner)?.languages);
  // Express takes an empty list for 'any', and gives back all that the browser named.
  const preferred = ordered.length > 0 && req.acceptsLanguages(ordered);
  return {
    partner,
    lang,
    message_language: messageLanguageOf(field('message_language'), campaign),
    preview,
    variants: variantsOf(
      [req.body, req.query, pageBefore(req)].map((fields) => allOf(fields, 'variant')).find(isFilled) ?? [],
      campaign,
    ),
    page_language: (available.includes(lang) && lang) || preferred || ordered[0] || 'en',
  };
}

/** Languages, those that a partner's people read before the others: a browser that names none of them gets the first. */
function readFirst(available: string[], first: string[] = []): string[] {
  return [...new Set([...first.filter((language) => available.includes(language)), ...available])];
}

/** A field of the visit: from the form, then the query, then the page before. */
export function carriedField(req: Request, name: string): string {
  return firstOf(req.body, name) || firstOf(req.query, name) || firstOf(pageBefore(req), name);
}

/** The query of our page that a form came from, where the form itself could not be read: it was too long, say. */
function pageBefore(req: Request): Record<string, string> {
  const before = req.method === 'POST' && req.body === undefined && URL.parse(req.get('referer') ?? '');
  return before && before.host === req.get('host') ? Object.fromEntries(before.searchParams) : {};
}

/** Pages of no campaign carry a code on as it is: whether it counts is for the campaign that they lead to. */
function partnerOf(code: string, campaign: Campaign | undefined): string {
  const is_known = campaign
    ? campaign.partners.some((known) => known.code === code)
    : PARTNER_CODE.test(code);
  return is_known ? code : '';
}

/** As with partners, a page of no campaign carries it on as it is. */
function messageLanguageOf(language: string, campaign: Campaign | undefined): string {
  const is_known = campaign ? campaign.message_languages.includes(language) : /^[a-z]{2,3}$/.test(language);
  return is_known ? language : '';
}

/** In an address, the file that has no name after @: no other can be called so. */
const UNNAMED = '_';
/** More variants than anyone writes. */
const MOST_VARIANTS = 10;

function isFilled(list: string[]): boolean {
  return list.length > 0;
}

/** As with partners, a page of no campaign carries them on as they are. */
function variantsOf(names: string[], campaign: Campaign | undefined): string[] {
  const variants = names.map((name) => (name === UNNAMED ? '' : name));
  const isKnown = (variant: string) =>
    campaign
      ? campaign.templates.some((template) => template.variant === variant)
      : /^[a-z0-9-]{0,50}$/.test(variant);
  return variants.filter(isKnown).slice(0, MOST_VARIANTS);
}

/** A query string of pairs, those with an empty value left out. OCD ids stay legible: '/' and ':' need no escape. */
export function queryOf(pairs: [string, string][]): string {
  const query = pairs
    .filter(([, value]) => value !== '')
    .map(
      ([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2F', '/').replaceAll('%3A', ':')}`,
    )
    .join('&');
  return query === '' ? '' : `?${query}`;
}

/** What of a visit goes along in a query or a form. */
export function visitPairs({
  partner,
  lang,
  message_language,
  variants,
  preview,
}: Visit): [string, string][] {
  return [
    ['partner', partner],
    ['lang', lang],
    ['message_language', message_language],
    ...variants.map((variant): [string, string] => ['variant', variant || UNNAMED]),
    ['preview', preview],
  ];
}

/** An address of ours that carries the visit on. */
export function visitHref(visit: Visit, path: string, pairs: [string, string][] = []): string {
  return `${path}${queryOf([...pairs, ...visitPairs(visit)])}`;
}
