import { readFileSync } from 'node:fs';
import type { RequestHandler } from 'express';
import { stateIn } from '../words/names.ts';
import { closedNotice } from './campaign.ts';
import { openToAll } from './open-to-all.ts';
import { drawPage, openCampaignPage, publicUrl, type Site, sayOn } from './page.ts';
import { allowFraming } from './security.ts';
import { visitHref } from './visit.ts';

/** Says of a visit that it began in a frame on a partner's site. */
const BEGUN: [string, string] = ['begun', 'embed'];

/**
 * The campaign as a small page for a frame on the sites that it names: the case in a sentence, the progress, and the one
 * question. All that leads on opens in place of the partner's page, so that nothing else is ever framed.
 */
export function showEmbed(site: Site): RequestHandler {
  return async (req, res) => {
    const page = openCampaignPage(site, req);
    const { campaign, visit, t, place } = page;
    const path = `/campaigns/${campaign.slug}`;
    const not_ready = place ? undefined : t('campaign.not_ready', { state: stateIn(t, campaign.state) });
    const completed_actions = await site.readProgress(campaign, page.is_sample);
    allowFraming(res, campaign.embed_origins);
    // Search engines find the campaign itself.
    res.set('X-Robots-Tag', 'noindex');
    drawPage(page, res, 'embed', {
      heading: sayOn(page, campaign.title),
      closed: closedNotice(page) ?? not_ready,
      completed_actions,
      begun: BEGUN,
      has_map: place?.boundaries !== undefined,
      sends_point: site.parts.finder.sendsPoint(campaign.state),
      campaign_href: visitHref(visit, path, [BEGUN]),
      districts_href: visitHref(visit, `${path}/districts`, [BEGUN]),
      site_name: new URL(publicUrl(page, req, '')).host,
    });
  };
}

/** How long browsers keep the script: long enough to be quick, short enough to be mended. */
const SCRIPT_CACHING = 'public, max-age=3600';

/** The script that partners name on their sites, read from a file once. Its address stays, whatever is in it. */
export function sendEmbedScript(file: string): RequestHandler {
  const script = readFileSync(file, 'utf8');
  return (_req, res) => {
    openToAll(res, SCRIPT_CACHING).type('text/javascript').send(script);
  };
}
