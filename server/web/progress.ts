import type { Campaign } from '../campaigns/campaign.ts';
import { OperationalError } from '../errors.ts';
import { createBreaker } from '../legislators/breaker.ts';
import { describeError } from '../log.ts';
import type { MarkedLog } from './flood-marks.ts';
import type { Parts } from './parts.ts';

/** How long a page waits for the number of its campaign, and for how long none does after three in a row did in vain. */
const PATIENCE_MS = 1500;
const REST_MS = 10_000;
/** How long a number is good for the pages that follow: what other processes count shows within a second. */
const KEPT_MS = 1000;
/** How often in that time it is read anew at once for what was counted here: an evening of thousands a second waits for the next. */
const MOST_RAISED = 20;

/** Completed actions of a campaign; undefined where the store does not say so in time. */
export type ReadProgress = (campaign: Campaign, is_sample: boolean) => Promise<number | undefined>;

/** How far campaigns have come. */
export interface Progress {
  read: ReadProgress;
  /** Says that an action of the campaign was counted here: the next page of this process has it in the number, the others' within a second. */
  raise: (slug: string, is_sample: boolean) => void;
}

interface Kept {
  campaign: Campaign;
  /** When it was first asked for, in milliseconds since 1970. */
  from: number;
  /** How often it was read anew since. */
  raised: number;
  number: Promise<number | undefined> | undefined;
}

/** Reads how far campaigns have come, for pages that rather do without the number than wait for it or fail. */
export function createProgress({
  readCompleted,
  log,
  now,
}: Pick<Parts, 'readCompleted' | 'log' | 'now'>): Progress {
  const breaker = createBreaker<number | undefined>({
    isOutage: (completed_actions) => completed_actions === undefined,
    now,
    within_ms: PATIENCE_MS,
    rest_ms: REST_MS,
    at_once: Number.POSITIVE_INFINITY,
  });
  const ask: ReadProgress = async (campaign, is_sample) => {
    const asked = await breaker.ask(() =>
      readCompleted(campaign, is_sample).catch((error: unknown) => {
        if (!(error instanceof OperationalError)) throw error;
        log('error', 'progress_unavailable', describeError(error));
        return undefined;
      }),
    );
    return 'answer' in asked ? asked.answer : undefined;
  };
  return keepNumbers(ask, now);
}

/** Keeps each number for a moment; one that could not be had is asked for anew. */
function keepNumbers(ask: ReadProgress, now: () => Date): Progress {
  const kept = new Map<string, Kept>();
  const keyOf = (slug: string, is_sample: boolean) => `${slug} ${is_sample}`;
  return {
    read: (campaign, is_sample) => {
      const key = keyOf(campaign.slug, is_sample);
      const time = now().getTime();
      const before = kept.get(key);
      const isOfNow = before?.campaign === campaign && time >= before.from && time < before.from + KEPT_MS;
      if (isOfNow && before.number) return before.number;
      const number = ask(campaign, is_sample);
      const entry: Kept = { campaign, from: time, raised: 0, ...(isOfNow && before), number };
      kept.set(key, entry);
      const forget = () => {
        if (entry.number === number) entry.number = undefined;
      };
      number.then((known) => known ?? forget(), forget);
      return number;
    },
    raise: (slug, is_sample) => {
      const entry = kept.get(keyOf(slug, is_sample));
      if (!entry || entry.raised === MOST_RAISED) return;
      entry.raised += 1;
      entry.number = undefined;
    },
  };
}

/** The same log, after which the progress of the campaign is read anew. */
export function raising({ raise }: Progress, { log }: MarkedLog): MarkedLog {
  return {
    log: async (entry, ip) => {
      const result = await log(entry, ip);
      if (result.counted) raise(entry.context.campaign_slug, entry.context.is_sample);
      return result;
    },
  };
}
