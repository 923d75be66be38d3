import type { RequestHandler } from 'express';
import type { Campaign, NextStep } from '../campaigns/campaign.ts';
import { closedNotice } from './campaign.ts';
import { missingChambers } from './missing-chambers.ts';
import { askedReply, REPLY_NOTICES } from './office-reply.ts';
import { type CampaignPage, drawPage, openCampaignPage, publicUrl, type Site } from './page.ts';
import { shareLinks } from './share.ts';
import { isReached, isWaiting, type Standing, standingOf, standingPairs, waitingMark } from './standing.ts';
import { targetingIn } from './targeting.ts';
import { firstOf, visitHref } from './visit.ts';

/** How many of the legislators who were to be reached here have been: where that can be checked, as an address may claim any. */
function reached(page: CampaignPage, standing: Standing): number {
  if (!page.place) {
    const marks = standing.done.filter((mark) => !mark.startsWith(waitingMark('')));
    return new Set(marks.map((mark) => mark.replace(/^\w+:/, ''))).size;
  }
  return targetIds(page, standing).filter((id) => isReached(standing, id)).length;
}

/** To how many of them a letter waits to be confirmed. */
function waiting(page: CampaignPage, standing: Standing): number {
  return page.place ? targetIds(page, standing).filter((id) => isWaiting(standing, id)).length : 0;
}

function targetIds(page: CampaignPage, { divisions }: Standing): string[] {
  const known = divisions.flatMap((id) => page.place?.roster.representation(id) ?? []);
  return targetingIn(page, known).targets.map(({ legislator }) => legislator.id);
}

/** What else helps those who came by a partner's link, its own steps first; of other partners' none. */
function stepsFor({ partners, next_steps }: Campaign, partner: string): NextStep[] {
  const own = partners.find(({ code }) => code === partner)?.next_steps ?? [];
  return [
    ...own,
    ...next_steps.filter((step) => step.partner !== undefined && step.partner === partner),
    ...next_steps.filter((step) => step.partner === undefined),
  ];
}

/** What was counted, how to pass it on, and what else helps: the crediting partner's own steps first. */
export function showThanks(site: Site): RequestHandler {
  return async (req, res) => {
    const page = openCampaignPage(site, req);
    const { campaign, visit, t } = page;
    const standing = standingOf(req.query);
    const has_districts = standing.divisions.length > 0;
    const path = `/campaigns/${campaign.slug}`;
    const replied = REPLY_NOTICES.get(firstOf(req.query, 'noted'));
    drawPage(page, res, 'thanks', {
      heading: t('thanks.title'),
      done_count: reached(page, standing),
      waiting: waiting(page, standing),
      notice: replied && t(replied),
      asked: closedNotice(page) ? undefined : askedReply(page, req.query),
      divisions: standing.divisions,
      done: standing.done,
      completed_actions: await site.readProgress(campaign, page.is_sample),
      next_steps: stepsFor(campaign, visit.partner),
      share: shareLinks(page, publicUrl(page, req, '')),
      // Neither without a roster nor after the end is there a list to find them in.
      missing: page.place && has_districts && !closedNotice(page) ? missingChambers(page, standing) : [],
      back: has_districts ? visitHref(visit, `${path}/act`, standingPairs(standing)) : undefined,
    });
  };
}
