import type { Request } from 'express';
import { isFromHere } from './own-machine.ts';
import { type Page, sayOn } from './page.ts';
import { queryOf } from './visit.ts';

/** A campaign that is not public, as whoever develops it finds it on the home page. */
export interface DraftHere {
  title: string;
  is_broken: boolean;
  /** The campaign's page in preview; undefined where nothing of it can be shown. */
  page_href: string | undefined;
  texts_href: string;
}

/**
 * Drafts, and campaigns whose files have faults, each with links to its preview: for a browser on the machine itself, and in
 * development alone. Where a proxy passes requests on, they all seem to come from here: none is answered so.
 */
export function draftsHere({ site, visit, ...page }: Page, req: Request): DraftHere[] {
  const { campaigns, preview_tokens, settings, now } = site.parts;
  // A site that has an address of its own is no longer one's own machine, whatever else is set.
  if (settings.is_production || settings.base_url !== undefined || !isFromHere(req)) return [];
  const broken = campaigns.broken().map(({ slug }) => slug);
  const drafts = campaigns.all().filter(({ status }) => status === 'draft');
  const slugs = new Set([...drafts.map(({ slug }) => slug), ...broken]);
  return [...slugs].toSorted().map((slug) => {
    const campaign = campaigns.get(slug);
    const preview = preview_tokens.issue(slug, { now: now(), days: 1 });
    const query = queryOf([
      ['lang', visit.lang],
      ['preview', preview],
    ]);
    return {
      title: campaign ? sayOn({ site, visit, ...page }, campaign.title) : slug,
      is_broken: broken.includes(slug),
      page_href: campaign && `/campaigns/${slug}${query}`,
      texts_href: `/campaigns/${slug}/preview${query}`,
    };
  });
}
