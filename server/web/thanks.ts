import type { RequestHandler } from 'express';
import { closedNotice } from './campaign.ts';
import { missingChambers } from './missing-chambers.ts';
import { askedReply, REPLY_NOTICES } from './office-reply.ts';
import { type CampaignPage, drawPage, openCampaignPage, publicUrl, type Site } from './page.ts';
import { shareLinks } from './share.ts';
import { isReached, type Standing, standingOf, standingPairs } from './standing.ts';
import { targetingIn } from './targeting.ts';
import { firstOf, visitHref } from './visit.ts';

/** How many of the legislators who were to be reached here have been: where that can be checked, as an address may claim any. */
function reached(page: CampaignPage, standing: Standing): number {
  if (!page.place) return new Set(standing.done.map((mark) => mark.replace(/^\w+:/, ''))).size;
  const known = standing.divisions.flatMap((id) => page.place?.roster.representation(id) ?? []);
  const { targets } = targetingIn(page, known);
  return targets.filter(({ legislator }) => isReached(standing, legislator.id)).length;
}

/** What was counted, how to pass it on, and what else helps: the crediting partner's own steps first. */
export function showThanks(site: Site): RequestHandler {
  return async (req, res) => {
    const page = openCampaignPage(site, req);
    const { campaign, visit, t } = page;
    const standing = standingOf(req.query);
    const has_districts = standing.divisions.length > 0;
    const path = `/campaigns/${campaign.slug}`;
    const steps = campaign.next_steps.filter((step) => !step.partner || step.partner === visit.partner);
    const replied = REPLY_NOTICES.get(firstOf(req.query, 'noted'));
    drawPage(page, res, 'thanks', {
      heading: t('thanks.title'),
      done_count: reached(page, standing),
      notice: replied && t(replied),
      asked: closedNotice(page) ? undefined : askedReply(page, req.query),
      divisions: standing.divisions,
      done: standing.done,
      completed_actions: await site.readProgress(campaign, page.is_sample),
      next_steps: steps.toSorted((a, b) => Number(b.partner !== undefined) - Number(a.partner !== undefined)),
      share: shareLinks(page, publicUrl(page, req, '')),
      // Neither without a roster nor after the end is there a list to find them in.
      missing: page.place && has_districts && !closedNotice(page) ? missingChambers(page, standing) : [],
      back: has_districts ? visitHref(visit, `${path}/act`, standingPairs(standing)) : undefined,
    });
  };
}
