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
import { drawAct, representationsOf } from './act-page.ts';
import { canBeReached } from './office-contacts.ts';
import { type CampaignPage, openCampaignPage, type Site } from './page.ts';
import { PageError } from './page-error.ts';
import { doneMark, isReached, type Standing, standingOf, standingPairs } from './standing.ts';
import { targetingIn } from './targeting.ts';
import { firstOf, visitHref } from './visit.ts';

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
    const { is_preview, action } = verify(site, firstOf(req.body, 'action_id'));
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
    res.redirect(303, nextHref(page, standingAfter(page, req, context), context, status_code));
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

/** What the id of a form turns out to be: that of an action, or of one in a preview, which is never counted. */
function verify({ parts }: Site, action_id: string): { is_preview: boolean; action: VerifiedActionId } {
  const action = parts.action_ids.verify(action_id, parts.now());
  if (action.state !== 'forged') return { is_preview: false, action };
  return { is_preview: true, action: parts.preview_ids.verify(action_id, parts.now()) };
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

/** Where the supporter stands: in the form's districts that are still known, or else in the one that was signed as theirs. */
function standingAfter(page: CampaignPage, req: Request, context: ActionContext): Standing {
  const { divisions, done } = standingOf(req.body);
  const known = (division_id: string) => page.place?.roster.representation(division_id) !== undefined;
  const kept = divisions.filter(known);
  const { extra, fallback } = page.campaign.targets;
  // Whoever the campaign names may speak for people elsewhere.
  const is_named = [...extra, ...(fallback ? [fallback] : [])].some(
    ({ person_id }) => person_id === context.legislator_id,
  );
  const signed = is_named ? [] : [context.division_id];
  return { divisions: kept.length > 0 ? kept : signed.filter(known), done };
}

/** Where to go on: the next target who was not reached yet, or the thanks; the same card where nothing is completed. */
function nextHref(
  page: CampaignPage,
  standing: Standing,
  context: ActionContext,
  status_code: StatusCode,
): string {
  const path = `/campaigns/${page.campaign.slug}`;
  const is_completed = COMPLETED.includes(status_code);
  const mark = doneMark(context.type, context.legislator_id);
  const after = is_completed ? { ...standing, done: [...new Set([...standing.done, mark])] } : standing;
  const pairs = standingPairs(after);
  // The legislators may have gone since: what was done is counted all the same.
  const targets = page.place ? targetingIn(page, representationsOf(page, standing.divisions)).targets : [];
  const next = is_completed
    ? targets.findIndex(({ legislator }) => canBeReached(legislator) && !isReached(after, legislator.id))
    : targets.findIndex((target) => target.legislator.id === context.legislator_id);
  const target = targets[next];
  if (!target) return visitHref(page.visit, `${path}/thanks`, pairs);
  const noted: [string, string][] = [
    ['target', target.legislator.id],
    ['noted', is_completed ? 'done' : status_code],
  ];
  return `${visitHref(page.visit, `${path}/act`, [...pairs, ...noted])}#target-${next + 1}`;
}

/** The page anew, with the outcome that came too late ready to be confirmed: under the same number, so as to count once. */
function askAgain(
  page: CampaignPage,
  { req, res }: { req: Request; res: Response },
  { context, nonce, is_preview }: { context: ActionContext; nonce: string; is_preview: boolean },
  status_code: StatusCode,
): void {
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
  drawAct(page, res, standing, { confirm });
}
