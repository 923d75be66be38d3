import { OFFICE_REPLIES } from '../actions/office-reply.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import { shortNameIn } from '../words/names.ts';
import type { CampaignPage } from './page.ts';
import { verifyForm } from './signed-form.ts';
import { firstOf } from './visit.ts';

/** Words for what became of a reply, by the query's `noted`. */
export const REPLY_NOTICES: ReadonlyMap<string, string> = new Map([
  ['replied', 'reply.noted'],
  ['replied_before', 'reply.noted_before'],
  ['reply_too_late', 'reply.too_late'],
]);

/** The one question after a conversation: what the office said of the bill. */
export interface AskedReply {
  /** The signed id of the call: it says who was called, and counts one reply. */
  action_id: string;
  /** The legislator who was called: 'Senator Davis'. */
  who: string;
  answers: typeof OFFICE_REPLIES;
}

/**
 * The question that a page's address asks for; undefined where the campaign asks none, and where the id is none of a call of
 * its own, has expired, or names someone who is no legislator now. Whether it was answered before is seen when it is answered.
 */
export function askedReply(page: CampaignPage, query: unknown): AskedReply | undefined {
  const { campaign, place, site, t } = page;
  const action_id = firstOf(query, 'action_id');
  if (action_id === '' || !campaign.asks_reply) return undefined;
  const { action, is_preview } = verifyForm(site, action_id);
  if (action.state !== 'good' || is_preview !== page.is_preview || !isCallFor(campaign, action.context))
    return undefined;
  const legislator = place?.roster.legislator(action.context.legislator_id);
  return legislator && { action_id, who: shortNameIn(t, legislator), answers: OFFICE_REPLIES };
}

/** Whether a form was one for a call in this campaign, whatever its name was then. */
export function isCallFor(
  { slug, former_slugs }: Pick<Campaign, 'slug' | 'former_slugs'>,
  { campaign_slug, type }: { campaign_slug: string; type: string },
): boolean {
  return type === 'phone' && [slug, ...former_slugs].includes(campaign_slug);
}
