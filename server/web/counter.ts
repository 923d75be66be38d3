import type { RequestHandler, Response } from 'express';
import { openToAll } from './open-to-all.ts';
import { type CampaignPage, openCampaignPage, publicUrl, type Site, sayOn } from './page.ts';
import { visitHref } from './visit.ts';

/** How long what shows the count may keep it. */
const COUNT_SECONDS = 60;
/** When to ask again for a count that could not be had. */
const AGAIN_SECONDS = 10;

/**
 * How far a campaign has come, for other sites. Field names are those of OSDI's advocacy campaign where it has them
 * (https://opensupporter.github.io/osdi-docs/advocacy_campaigns.html), and those of the totals for the rest.
 */
export interface Counter {
  schema_version: 1;
  campaign_slug: string;
  /** In the language that was asked for, or in the first that the campaign has. */
  title: string;
  /** The page of the campaign; credits the partner, and keeps the language, that the counter was asked with. */
  browser_url: string;
  /** ISO date and time in UTC. */
  as_of: string;
  /** True for numbers made on sample pages. */
  is_sample: boolean;
  goal: number;
  /** As the totals have it. */
  completed_actions: number;
  /** The same number under OSDI's name for it. */
  total_outreaches: number;
}

/** The count as JSON, which any site may read; 503 where the store does not say it in time. */
export function counterJson(site: Site): RequestHandler {
  return async (req, res) => {
    const page = openCampaignPage(site, req);
    const { campaign, is_sample, visit } = page;
    // Before it is counted: what is told is at least as new as this.
    const as_of = site.parts.now().toISOString();
    const completed_actions = await site.readProgress(campaign, is_sample);
    openCount(page, res, completed_actions);
    if (completed_actions === undefined) {
      res.set('Retry-After', String(AGAIN_SECONDS));
      return void res.status(503).json({ code: 'unavailable' });
    }
    const counter: Counter = {
      schema_version: 1,
      campaign_slug: campaign.slug,
      title: sayOn(page, campaign.title),
      browser_url: publicUrl(page, req, visitHref(visit, `/campaigns/${campaign.slug}`)),
      as_of,
      is_sample,
      goal: campaign.goal,
      completed_actions,
      total_outreaches: completed_actions,
    };
    res.json(counter);
  };
}

/**
 * Opens an answer with the count to any site, for a minute. A fault passes and is kept by none; what a preview link shows is
 * for its holder alone.
 */
export function openCount(
  page: CampaignPage,
  res: Response,
  completed_actions: number | undefined,
): Response {
  if (page.is_preview) res.set('X-Robots-Tag', 'noindex');
  const is_kept = !page.is_preview && completed_actions !== undefined;
  return openToAll(res.vary('Accept-Language'), is_kept ? `public, max-age=${COUNT_SECONDS}` : 'no-store');
}
