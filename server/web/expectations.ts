import { setTimeout as pause } from 'node:timers/promises';
import type { Campaign } from '../campaigns/campaign.ts';
import { OperationalError } from '../errors.ts';
import { describeError } from '../log.ts';
import type { Expected, NotSent } from '../mail/letter.ts';
import type { Parts } from './parts.ts';

/** How long an answer is good for the next pages: a full evening then asks the database as often as a quiet one. */
const KEPT_MS = 10_000;
/** How long a page waits for it. */
const PATIENCE_MS = 1500;
/** Most answers that are kept: more than all legislators of several states. */
const MOST_KEPT = 5000;

/** A target as the queue knows it. */
export interface Addressed {
  legislator_id: string;
  email: string;
}

/** When a letter to each of these targets would go; a target of whom the store does not say so in time is left out. */
export type ExpectLetters = (
  campaign: Campaign,
  targets: Addressed[],
) => Promise<Map<string, Expected | NotSent>>;

interface Kept {
  at: number;
  answer: Promise<Expected | NotSent | undefined>;
}

/** Asks when letters would go, for pages that rather offer none than wait long or fail. */
export function createExpectations({
  letters,
  log,
  now,
}: Pick<Parts, 'letters' | 'log' | 'now'>): ExpectLetters {
  const kept = new Map<string, Kept>();

  const ask = (campaign: Campaign, targets: Addressed[]) =>
    letters.expected(campaign, targets).catch((error: unknown) => {
      if (!(error instanceof OperationalError)) throw error;
      log('error', 'letters_unavailable', describeError(error));
      return new Map<string, Expected | NotSent>();
    });

  return async (campaign, targets) => {
    const time = now().getTime();
    const keyOf = ({ legislator_id, email }: Addressed) => `${campaign.slug} ${legislator_id} ${email}`;
    const isFresh = ({ at }: Pick<Kept, 'at'>) => time >= at && time < at + KEPT_MS;
    const unknown = targets.filter((target) => !isFresh(kept.get(keyOf(target)) ?? { at: Number.NaN }));
    if (unknown.length > 0) {
      if (kept.size > MOST_KEPT) kept.clear();
      const asked = ask(campaign, unknown);
      // An answer that fails is a bug, and is told by the page that waits for it: no other gets it.
      asked.catch(() => unknown.forEach((target) => void kept.delete(keyOf(target))));
      for (const target of unknown) {
        const answer = asked.then((answers) => answers.get(target.legislator_id));
        answer.catch(() => undefined);
        kept.set(keyOf(target), { at: time, answer });
      }
    }
    const answers = targets.map(
      async (target) => [target.legislator_id, await kept.get(keyOf(target))?.answer] as const,
    );
    const waiting = new AbortController();
    const late = pause(PATIENCE_MS, undefined, { signal: waiting.signal }).catch(() => undefined);
    const told = await Promise.race([Promise.all(answers), late]).finally(() => waiting.abort());
    return new Map((told ?? []).flatMap(([id, answer]) => (answer ? [[id, answer] as const] : [])));
  };
}
