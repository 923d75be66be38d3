import type { RequestHandler } from 'express';
import { OFFICE_REPLIES, type ReplyOutcome } from '../actions/office-reply.ts';
import { stateFacts } from '../legislators/states.ts';
import { isCallFor } from './office-reply.ts';
import { onwardHref } from './onward.ts';
import { openCampaignPage, type Site } from './page.ts';
import { PageError } from './page-error.ts';
import { standingAfter, verifyForm } from './signed-form.ts';
import { firstOf } from './visit.ts';

/** What the next page says of it, as its query has it. */
const NOTED: Record<Exclude<ReplyOutcome, 'no_contact'>, string> = {
  noted: 'replied',
  noted_before: 'replied_before',
};

/**
 * Counts what an office said in a call that was counted, once a call, then leads on. What comes after the form has expired, or
 * after the campaign has stopped asking, is not counted, and that is said.
 */
export function takeReply(site: Site): RequestHandler {
  return async (req, res) => {
    const { is_preview, action } = verifyForm(site, firstOf(req.body, 'action_id'));
    const page = openCampaignPage(site, req);
    const { campaign } = page;
    const reply = OFFICE_REPLIES.find((known) => known === firstOf(req.body, 'office_reply'));
    if (action.state === 'forged' || !reply || !isCallFor(campaign, action.context))
      throw new PageError(400, 'forged');
    const wantsJson = req.accepts(['html', 'json']) === 'json';
    const goOn = (noted: string) =>
      res.redirect(303, onwardHref(page, standingAfter(page, req, action.context), { noted }));
    if (action.state === 'expired' || !campaign.asks_reply)
      return wantsJson ? void res.status(409).json({ code: 'too_late' }) : goOn('reply_too_late');
    const { nonce, expires_at } = action;
    // Under its name of now, whatever it was called when the form was drawn.
    const context = { ...action.context, campaign_slug: campaign.slug };
    const { time_zone } = stateFacts(campaign.state);
    const outcome = is_preview
      ? 'noted'
      : await site.parts.noteReply({ context, reply, nonce, expires_at, time_zone });
    if (outcome === 'no_contact') throw new PageError(400, 'forged');
    if (wantsJson) return void res.status(204).end();
    goOn(NOTED[outcome]);
  };
}
