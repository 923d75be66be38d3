import type { Request, RequestHandler, RequestParamHandler } from 'express';
import type { LiveCampaigns } from '../campaigns/live-campaigns.ts';
import type { Site } from './page.ts';
import { PageError } from './page-error.ts';
import { firstOf, queryOf } from './visit.ts';

/**
 * Leads from the slug that a campaign had before to the one that it has now: what asks for a page is sent on, with all that
 * stands in its address; a form is taken as the campaign's own, so that nothing of it is lost.
 */
export function leadFromFormerSlug(campaigns: LiveCampaigns): RequestParamHandler {
  return (req, res, next, slug: string) => {
    // Links to reports are good under every slug: what they sign is the one of their day.
    if (campaigns.get(slug) || req.path.startsWith('/reports/')) return next();
    const campaign = campaigns.byName(slug);
    if (!campaign?.former_slugs.includes(slug) || campaign.status === 'draft') return next();
    req.params.slug = campaign.slug;
    if (req.method === 'POST') return next();
    const [, rest] = /^\/campaigns\/[^/?]+(.*)$/is.exec(req.originalUrl) ?? [];
    res.redirect(301, `/campaigns/${campaign.slug}${rest ?? ''}`);
  };
}

/** Follows a short link, as flyers carry it: `/v/water`, and `/v/water/jira` for a partner's. The language goes along. */
export function followShortLink(site: Site): RequestHandler {
  return (req, res) => {
    const campaign = site.parts.campaigns.byName(typedName(req, 'short'));
    if (!campaign || campaign.status === 'draft') throw new PageError(404, 'not_found');
    const query = queryOf([
      ['partner', typedName(req, 'partner') || firstOf(req.query, 'partner')],
      ['lang', firstOf(req.query, 'lang')],
    ]);
    res.redirect(302, `/campaigns/${campaign.slug}${query}`);
  };
}

/** A name in the path, as it may be typed off from paper. */
function typedName(req: Request, name: string): string {
  const value = req.params[name];
  return typeof value === 'string' ? value.trim().toLowerCase() : '';
}
