import type { Campaign } from '../campaigns/campaign.ts';
import { OperationalError } from '../errors.ts';
import { createBreaker } from '../legislators/breaker.ts';
import { describeError } from '../log.ts';
import type { Parts } from './parts.ts';

/** How long a page waits for the number of its campaign, and for how long none does after three in a row did in vain. */
const PATIENCE_MS = 1500;
const REST_MS = 10_000;

/** Completed actions of a campaign; undefined where the store does not say so in time. */
export type ReadProgress = (campaign: Campaign, is_sample: boolean) => Promise<number | undefined>;

/** Reads how far campaigns have come, for pages that rather do without the number than wait for it or fail. */
export function createProgress({
  readCompleted,
  log,
  now,
}: Pick<Parts, 'readCompleted' | 'log' | 'now'>): ReadProgress {
  const breaker = createBreaker<number | undefined>({
    isOutage: (completed_actions) => completed_actions === undefined,
    now,
    within_ms: PATIENCE_MS,
    rest_ms: REST_MS,
    at_once: Number.POSITIVE_INFINITY,
  });
  return async (campaign, is_sample) => {
    const asked = await breaker.ask(() =>
      readCompleted(campaign, is_sample).catch((error: unknown) => {
        if (!(error instanceof OperationalError)) throw error;
        log('error', 'progress_unavailable', describeError(error));
        return undefined;
      }),
    );
    return 'answer' in asked ? asked.answer : undefined;
  };
}
