import type { Request, RequestHandler, Response } from 'express';
import {
  ACTION_TYPES,
  type ActionContext,
  COMPLETED,
  SELF_REPORTED,
  STATUS_CODES,
  type StatusCode,
} from '../actions/action.ts';
import type { VerifiedActionId } from '../actions/action-id.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import { stateFacts } from '../legislators/states.ts';
import { nameIn } from '../words/names.ts';
import { drawAct } from './act-page.ts';
import { onwardHref, sameCardHref } from './onward.ts';
import { type CampaignPage, openCampaignPage, type Site } from './page.ts';
import { PageError } from './page-error.ts';
import { standingAfter, verifyForm } from './signed-form.ts';
import { doneMark, type Standing } from './standing.ts';
import { firstOf } from './visit.ts';

type GoodActionId = Exclude<VerifiedActionId, { state: 'forged' }>;

/** The words of a button, by the outcome that it reports. */
const OUTCOME_WORDS: Partial<Record<StatusCode, string>> = {
  contact: 'act.contact',
  voicemail: 'act.voicemail_left',
  unavailable: 'act.unavailable',
  started: 'act.open_mail',
  sent: 'act.sent',
};

/** Logs one action that a supporter reports, then leads on; answers only once it is written down. */
export function logAction(site: Site): RequestHandler {
  return async (req, res) => {
    const action_id = firstOf(req.body, 'action_id');
    const { is_preview, action } = verifyForm(site, action_id);
    const lost = action.state === 'good' && !is_preview ? lostCampaign(site, req) : undefined;
    if (lost && action.state === 'good') return logLast(site, lost, action, { req, res });
    const page = openCampaignPage(site, req);
    if (action.state === 'forged') throw new PageError(400, 'forged');
    const status_code = readOutcome(page.campaign, req, action.context);
    const wantsJson = req.accepts(['html', 'json']) === 'json';
    if (action.state === 'expired')
      return wantsJson
        ? void res.status(409).json({ code: 'expired' })
        : askAgain(page, { req, res }, { ...action, is_preview }, status_code);
    const { nonce, expires_at } = action;
    // Under its name of now, whatever it was called when the form was drawn.
    const context = { ...action.context, campaign_slug: page.campaign.slug };
    const { time_zone } = stateFacts(page.campaign.state);
    const entry = { context, status_code, nonce, expires_at, origin: 'web', time_zone } as const;
    if (!is_preview) await site.marked_log.log(entry, req.ip ?? '');
    if (wantsJson) return void res.status(204).end();
    res.redirect(303, nextHref(page, standingAfter(page, req, context), context, { status_code, action_id }));
  };
}

/** The campaign of a form that was drawn while it could be seen, and can't any more: its folder is gone, or it is a draft. */
function lostCampaign({ parts }: Site, req: Request): Campaign | undefined {
  const { slug } = req.params;
  if (typeof slug !== 'string') return undefined;
  const campaign = parts.campaigns.get(slug);
  return campaign?.status === 'draft' ? campaign : campaign ? undefined : parts.campaigns.gone(slug);
}

/** Counts what was done for a campaign that can't be seen any more: nothing of it could be shown. */
async function logLast(
  { marked_log }: Site,
  campaign: Campaign,
  { context, nonce, expires_at }: GoodActionId,
  { req, res }: { req: Request; res: Response },
): Promise<void> {
  const status_code = readOutcome(campaign, req, context);
  const { time_zone } = stateFacts(campaign.state);
  const entry = { context, status_code, nonce, expires_at, origin: 'web', time_zone } as const;
  await marked_log.log(entry, req.ip ?? '');
  if (req.accepts(['html', 'json']) === 'json') return void res.status(204).end();
  res.redirect(303, '/');
}

/** The outcome of a form that we signed; 400 where the form does not fit what was signed. */
function readOutcome({ slug, former_slugs }: Campaign, req: Request, context: ActionContext): StatusCode {
  const type = ACTION_TYPES.find((known) => known === firstOf(req.body, 'type'));
  const status_code = SELF_REPORTED.find((known) => known === firstOf(req.body, 'status_code'));
  const fits = [slug, ...former_slugs].includes(context.campaign_slug) && context.type === type;
  if (!fits || !type || !status_code || !(STATUS_CODES[type] as readonly string[]).includes(status_code)) {
    throw new PageError(400, 'forged');
  }
  return status_code;
}

/** Where to go on from a contact: to whoever comes next, or back to the same card where nothing is completed. */
function nextHref(
  page: CampaignPage,
  standing: Standing,
  { type, legislator_id }: ActionContext,
  { status_code, action_id }: { status_code: StatusCode; action_id: string },
): string {
  if (!COMPLETED.includes(status_code)) return sameCardHref(page, standing, legislator_id, status_code);
  const done = [...new Set([...standing.done, doneMark(type, legislator_id)])];
  const asks = status_code === 'contact' && page.campaign.asks_reply;
  return onwardHref(page, { ...standing, done }, { noted: 'done', ...(asks && { action_id }) });
}

/** The page anew, with the outcome that came too late ready to be confirmed: under the same number, so as to count once. */
function askAgain(
  page: CampaignPage,
  { req, res }: { req: Request; res: Response },
  { context, nonce, is_preview }: { context: ActionContext; nonce: string; is_preview: boolean },
  status_code: StatusCode,
): Promise<void> {
  const { now, action_ids, preview_ids } = page.site.parts;
  const standing = standingAfter(page, req, context);
  const legislator = page.place?.roster.legislator(context.legislator_id);
  const who = legislator
    ? nameIn(page.t, legislator)
    : page.t('totals.former', { id: context.legislator_id });
  const confirm = {
    type: context.type,
    // As it was: one of a preview stays one, whatever the form says.
    action_id: (is_preview ? preview_ids : action_ids).issue(context, { now: now(), nonce }),
    status_code,
    outcome: page.t(OUTCOME_WORDS[status_code]!),
    who,
  };
  return drawAct(page, res, standing, { confirm });
}
