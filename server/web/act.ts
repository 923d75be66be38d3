import { isDeepStrictEqual } from 'node:util';
import type { RequestHandler } from 'express';
import { drawVariants } from '../campaigns/variants.ts';
import { drawAct } from './act-page.ts';
import { closedNotice } from './campaign.ts';
import { begunPairs } from './count-visits.ts';
import { sameAddress } from './language-switch.ts';
import { askedReply, REPLY_NOTICES } from './office-reply.ts';
import { type CampaignPage, openCampaignPage, type Site } from './page.ts';
import { standingOf } from './standing.ts';
import { firstOf, visitHref } from './visit.ts';

/** Words for what was just noted, by the query's `noted`. */
const NOTICES = new Map([
  ['unavailable', 'act.recorded_unavailable'],
  ['started', 'act.recorded_started'],
  ['done', 'act.recorded_done'],
  ['under_way', 'act.send.under_way'],
  ['sent_already', 'act.send.sent_already'],
  ['preview', 'act.send.preview'],
]);

/** What was just noted, in words: of a reply also that the next legislator is here. */
function noticeOf({ t }: CampaignPage, noted: string): string | undefined {
  const words = NOTICES.get(noted);
  if (words) return t(words);
  const replied = REPLY_NOTICES.get(noted);
  return replied && `${t(replied)} ${t('reply.next')}`;
}

/** The supporter's legislators. Holds no personal data: can be reloaded, bookmarked, reached by Back. */
export function showAct(site: Site): RequestHandler {
  return async (req, res) => {
    const page = openCampaignPage(site, req);
    const standing = standingOf(req.query);
    if (standing.divisions.length === 0 || closedNotice(page)) {
      return res.redirect(303, visitHref(page.visit, `/campaigns/${page.campaign.slug}`, begunPairs(req)));
    }
    const { visit, campaign } = page;
    const variants = drawVariants(campaign, visit.variants, site.parts.random);
    // Drawn once, they stay in the address: a page that is loaded anew, or in another language, says the same.
    if (!isDeepStrictEqual(variants, visit.variants))
      return res.redirect(303, sameAddress(req, { ...visit, variants }, begunPairs(req)));
    const legislator_id = firstOf(req.query, 'target');
    const asked = askedReply(page, req.query);
    // The question says itself what was counted.
    const text = asked ? undefined : noticeOf(page, firstOf(req.query, 'noted'));
    await drawAct(page, res, standing, {
      open: legislator_id,
      ...(firstOf(req.query, 'way') === 'email' && { way: 'email' }),
      ...(text && { notice: { legislator_id, text } }),
      ...(asked && { asked }),
    });
  };
}
