import type { RequestHandler } from 'express';
import { askForProof, sayFull } from './challenge.ts';
import { openCampaignPage, type Site } from './page.ts';
import type { Parts } from './parts.ts';
import { addressKeys, secondsOf, waitAfter } from './rate-limits.ts';
import { firstOf } from './visit.ts';

/** One address may hand in a fifth of what its block may: behind one of a library there are many people. */
const ADDRESS_SHARE = 1 / 5;
/** What of each limit may be handed in unproven, once it is half used. */
const UNPROVEN_SHARE = 1 / 10;
/** From here on a challenge is asked for. */
const NEAR = 1 / 2;
const HOUR_S = 3600;

/** Fields that only the page of a challenge sends. */
const ANSWER = 'challenge_answer';
const WITHOUT = 'without_challenge';

/** What is counted of one letter, each in its own way: the campaign, the block of addresses and the address. */
type Keys = [campaign: string, block: string, address: string];

/** Limits an hour of a campaign, a block and an address; whom they count is known for an hour (`Sharing`). */
interface Lane {
  /** Whether any is half used, and how long until all of them have room: 0 where they have it now, in seconds. */
  see: (keys: Keys) => Promise<{ is_near: boolean; wait_s: number }>;
  /** Counts one letter on all three, or, where one of them is full, on none: then gives the seconds to wait. */
  take: (keys: Keys) => Promise<number>;
  giveBack: (keys: Keys) => Promise<void>;
}

/**
 * Lets letters pass, so many an hour from a block of addresses and for a campaign. From half of a limit on, a browser does a
 * sum first (ProofOfWork); without it `res.locals.letter_is_proven` is false, and a tenth may pass so. Beyond: 429 with when
 * to come back. What was typed stays on each of these pages. One that is not taken is not counted.
 */
export function limitLetters(site: Site): RequestHandler {
  const lane = openLane(site.parts, 1);
  const unproven = openLane(site.parts, UNPROVEN_SHARE);
  return async (req, res, next) => {
    const page = openCampaignPage(site, req);
    const { slug } = page.campaign;
    const { address, block } = addressKeys(req.ip ?? '');
    const keys: Keys = [slug, block, address];
    const answer = takeField(req.body, ANSWER);
    const goes_without = takeField(req.body, WITHOUT) !== '';

    const { is_near, wait_s } = await lane.see(keys);
    if (wait_s > 0) return sayFull(page, res, wait_s);
    const proof = is_near && answer !== '' ? await site.parts.proof_of_work.check(slug, answer) : undefined;
    const is_proven = !is_near || proof === 'good';
    if (!is_proven && !goes_without) return askForProof(page, res, proof ? { notice: 'again' } : {});
    if (!is_proven) {
      const wait = await unproven.take(keys);
      if (wait > 0) return askForProof(page, res, { notice: 'without_full', wait_s: wait });
      res.locals.letter_is_proven = false;
    }
    const wait = await lane.take(keys);
    if (wait > 0) {
      if (!is_proven) await unproven.giveBack(keys);
      return sayFull(page, res, wait);
    }
    res.once('finish', () => {
      if (res.statusCode < 400) return;
      void lane.giveBack(keys);
      if (!is_proven) void unproven.giveBack(keys);
    });
    next();
  };
}

/** A field of our own, taken out of the form: whoever reads it next sees what the supporter filled in. */
function takeField(fields: Record<string, unknown> | undefined, name: string): string {
  const value = firstOf(fields, name);
  if (fields) delete fields[name];
  return value;
}

function openLane({ settings, sharing }: Parts, share: number): Lane {
  const { letters_per_campaign_per_hour: campaign, letters_per_block_per_hour: block } = settings;
  const limiters = Object.entries({ campaign, block, address: block * ADDRESS_SHARE }).map(
    ([whose, most]) => {
      const points = Math.max(1, Math.floor(most * share));
      return sharing.counter(`letters ${share} ${whose}`, { points, duration: HOUR_S });
    },
  );
  return {
    see: async (keys) => {
      const seen = { is_near: false, wait_s: 0 };
      for (const [nth, limiter] of limiters.entries()) {
        const counted = await limiter.get(keys[nth]!);
        const used = counted?.consumedPoints ?? 0;
        if (used >= limiter.points * NEAR) seen.is_near = true;
        if (counted && used >= limiter.points) seen.wait_s = Math.max(seen.wait_s, secondsOf(counted));
      }
      return seen;
    },
    take: async (keys) => {
      for (const [nth, limiter] of limiters.entries()) {
        const wait_s = await waitAfter(limiter.consume(keys[nth]!));
        if (wait_s === 0) continue;
        // The full one has counted it too: what is refused here must not use up what others have.
        for (const [taken, full] of limiters.slice(0, nth + 1).entries()) await full.reward(keys[taken]!);
        return wait_s;
      }
      return 0;
    },
    giveBack: async (keys) => {
      for (const [nth, limiter] of limiters.entries()) await limiter.reward(keys[nth]!);
    },
  };
}
