import { randomUUID } from 'node:crypto';
import { createActionIds } from '../server/actions/action-id.ts';
import { FLORIDA_MEMBERS } from './made-up-states.ts';
import { SECRET_KEY } from './processes.ts';

/** The campaign that visits are of. */
export const SLUG = 'visible-act';

const action_ids = createActionIds({ secrets: [SECRET_KEY] });
const OUTCOMES = [
  ['phone', 'contact'],
  ['phone', 'voicemail'],
  ['email', 'sent'],
] as const;

/** The form of a completed action as the act page has it: signed, of a visit of its own, the members of Florida in turn. */
export function actionForm(nth: number): Record<string, string> {
  const { id, current_role } = FLORIDA_MEMBERS[nth % FLORIDA_MEMBERS.length]!;
  const [type, status_code] = OUTCOMES[nth % OUTCOMES.length]!;
  const context = {
    campaign_slug: SLUG,
    type,
    legislator_id: id,
    division_id: current_role.division_id,
    partner: nth % 5 === 0 ? 'jira' : '',
    page_language: nth % 4 === 0 ? 'es' : 'en',
    message_language: 'en',
    variant: '',
    is_sample: false,
  };
  return {
    type,
    status_code,
    action_id: action_ids.issue(context, { now: new Date(), nonce: randomUUID() }),
  };
}

/** As a proxy tells where a visit comes from: from another place each, of those that are kept for examples (RFC 3849). */
export function fromPlace(nth: number): Record<string, string> {
  return { 'x-forwarded-for': `2001:db8:${(nth >> 16).toString(16)}:${(nth & 0xffff).toString(16)}::1` };
}
