import { daysAfter, momentAt } from '../calendar.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import { stateFacts } from '../legislators/states.ts';
import type { Letter } from './letter.ts';
import { TIME_LIMITS } from './letter-states.ts';

/** The last moment at which a letter of a campaign is of use: the end of the day that its file names now; undefined without one. */
export function deliverBy({ email: { deliver_by }, state }: Campaign): Date | undefined {
  return deliver_by === undefined
    ? undefined
    : momentAt(daysAfter(deliver_by, 1), 0, stateFacts(state).time_zone);
}

/** Why a letter is no longer of use: by its campaign's file as it is now, or, where that can't be read, as it was. */
export function whyOutdated(
  letter: Pick<Letter, 'handed_in_at' | 'deliver_by'>,
  campaign: Campaign | undefined,
  now: Date,
): 'too_late' | 'kept_too_long' | undefined {
  const moment = now.toISOString();
  const last = campaign ? (deliverBy(campaign)?.toISOString() ?? '') : letter.deliver_by;
  if (last !== '' && moment >= last) return 'too_late';
  return now.getTime() - Date.parse(letter.handed_in_at) > TIME_LIMITS.wait_ms ? 'kept_too_long' : undefined;
}
