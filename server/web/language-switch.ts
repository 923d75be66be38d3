import type { Request } from 'express';
import type { Campaign } from '../campaigns/campaign.ts';
import type { Locales } from '../words/locale.ts';
import { languageIn } from '../words/names.ts';
import { availableLanguages, type Visit, visitHref, visitPairs } from './visit.ts';

/** How a page is had in another language. */
export interface LanguageSwitch {
  /** In their own words: 'English', 'español'. `href` is '' where the page answers a form. */
  languages: { language: string; name: string; named_in: string; is_current: boolean; href: string }[];
  /** What a page that answers a form was drawn from: sent once more, it is the same page in the other language. */
  fields: [name: string, value: string][];
  /** Where the form goes, '' where there is none of its own. */
  action: string;
  /** Id of another form on the page, which its buttons send. */
  form: string | undefined;
}

/** Where a page can be had. */
export interface PageAddress {
  path: string;
  pairs: [name: string, value: string][];
  /** Whether its pairs go in a form, and not in the address, which a browser keeps. */
  is_form?: boolean;
}

/** The languages of a page; undefined where there is no choice. */
export function languageSwitch(
  { campaign, visit }: { campaign: Campaign | undefined; visit: Visit },
  locales: Locales,
  {
    req,
    is_error,
    address,
    form,
  }: {
    req: Request;
    is_error: boolean;
    /** Where the page can be had without the form that it answers. */
    address: PageAddress | undefined;
    /** Id of the form on the page that makes it anew. */
    form: string | undefined;
  },
): LanguageSwitch | undefined {
  const available = availableLanguages(campaign, locales.languages);
  if (available.length < 2) return undefined;
  const again = address ? address.is_form : req.method === 'POST' && !is_error;
  const carried = visitPairs(visit).filter(([name, value]) => name !== 'lang' && value !== '');
  const fields = address ? [...address.pairs, ...carried] : anew(req.body);
  const back = campaign ? `/campaigns/${campaign.slug}` : '/';
  const hrefIn = (lang: string) => {
    if (address) return visitHref({ ...visit, lang }, address.path, address.pairs);
    // A page that is not there, or that a form could not be drawn on, has no other language: the way back has.
    return is_error && !isPage(req)
      ? visitHref({ ...visit, lang }, back)
      : sameAddress(req, { ...visit, lang });
  };
  return {
    languages: available.map((language) => ({
      language,
      name: capitalized(languageIn(locales.translate(language), language), language),
      named_in: language,
      is_current: language === visit.page_language,
      href: again ? '' : hrefIn(language),
    })),
    fields: again && !form ? fields : [],
    action: again && !form ? (address?.path ?? req.path) : '',
    form: again ? form : undefined,
  };
}

/** Whether a request asks for one of our pages, if only for a fault of it. */
function isPage(req: Request): boolean {
  return req.method === 'GET' && req.route !== undefined;
}

/** What our own addresses hold beside the visit: whatever else stands in one is not carried on. */
const CARRIED = ['division', 'done', 'target', 'way', 'noted', 'link', 'action_id'];

/** A choice that stands alone: 'Español', though its own rules write it small. */
function capitalized(name: string, language: string): string {
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** The address that a page of ours was asked for by, with another visit in it and with pairs of its own. */
export function sameAddress(req: Request, visit: Visit, pairs: [string, string][] = []): string {
  const known = anew(req.query).filter(([name]) => CARRIED.includes(name));
  return visitHref(visit, req.path, [...known, ...pairs]);
}

/** The fields of a form or a query, as they are sent anew: in another language, and beginning no visit. */
function anew(fields: unknown): [string, string][] {
  return Object.entries((fields ?? {}) as Record<string, unknown>).flatMap(([key, value]) =>
    key === 'lang' || key === 'begun'
      ? []
      : [value]
          .flat()
          .flatMap((one): [string, string][] => (typeof one === 'string' ? [[key, one.toWellFormed()]] : [])),
  );
}
