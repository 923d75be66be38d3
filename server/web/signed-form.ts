import type { Request } from 'express';
import type { ActionContext } from '../actions/action.ts';
import type { VerifiedActionId } from '../actions/action-id.ts';
import type { CampaignPage, Site } from './page.ts';
import { type Standing, standingOf } from './standing.ts';

/** What the id of a form turns out to be: that of an action, or of one in a preview, which is never counted. */
export function verifyForm(
  { parts }: Site,
  action_id: string,
): { is_preview: boolean; action: VerifiedActionId } {
  const action = parts.action_ids.verify(action_id, parts.now());
  if (action.state !== 'forged') return { is_preview: false, action };
  return { is_preview: true, action: parts.preview_ids.verify(action_id, parts.now()) };
}

/** Where the supporter stands: in the form's districts that are still known, or else in the one that was signed as theirs. */
export function standingAfter(page: CampaignPage, req: Request, context: ActionContext): Standing {
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
