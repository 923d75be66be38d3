import type { RequestHandler } from 'express';
import type { Campaign } from '../campaigns/campaign.ts';
import { type CampaignPage, drawPage, openCampaignPage, type Site } from './page.ts';
import { forbidFraming } from './security.ts';
import { pickedIn } from './standing.ts';
import { visitHref } from './visit.ts';

/** After how long to try again. */
const AGAIN_SECONDS = 20;
/** Lookups that may wait for others' services or for the store at one time: beyond, each would wait for all before it. */
const MOST_UNDER_WAY = 200;
/** More kinds of visits to one campaign than there are, unless somebody makes them up. */
const MOST_KEPT = 200;

/**
 * Refuses new lookups while this process has more to do than it can: 503 with the way to the list of districts, which
 * looks nothing up. Districts picked by hand come from those who are further on: they go through, as all but lookups does.
 * The page is drawn once for each campaign, language and partner, and sent as it is from then on.
 */
export function refuseLookups(site: Site): RequestHandler {
  const { admission, metrics } = site.parts;
  const kept = new WeakMap<Campaign, Map<string, string>>();
  let under_way = 0;

  return (req, res, next) => {
    if (pickedIn(req.body).length > 0) return next();
    if (under_way < MOST_UNDER_WAY && admission.admits()) {
      under_way += 1;
      res.once('close', () => {
        under_way -= 1;
      });
      return next();
    }
    metrics.noteErrorPage('overloaded');
    const page = openCampaignPage(site, req);
    forbidFraming(res);
    res.set('Retry-After', String(AGAIN_SECONDS));
    if (req.accepts(['html', 'json']) === 'json') return void res.status(503).json({ code: 'overloaded' });
    const pages = kept.get(page.campaign) ?? new Map<string, string>();
    kept.set(page.campaign, pages);
    const key = keyOf(page);
    const drawn = pages.get(key);
    // Packing it anew each time would take as long as all the rest.
    if (drawn)
      return void res
        .status(503)
        .vary('Accept-Language')
        .set('Cache-Control', 'no-store, no-transform')
        .send(drawn);
    const values = {
      heading: page.t('errors.overloaded.title'),
      text: page.t('errors.overloaded.text', { count: AGAIN_SECONDS }),
      finders: [],
      list_href: visitHref(page.visit, `/campaigns/${page.campaign.slug}/districts`),
      onDrawn: (html: string) => {
        if (pages.size >= MOST_KEPT) pages.clear();
        pages.set(key, html);
      },
    };
    drawPage(page, res, 'error', values, 503);
  };
}

/** All that the page depends on but the campaign. */
function keyOf({ visit, campaign, is_sample }: CampaignPage): string {
  return `${visit.page_language} ${is_sample} ${visitHref(visit, campaign.slug)}`;
}
