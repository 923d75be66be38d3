import { createChallenge, type Payload, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { z } from 'zod';
import { deriveKey as deriveSecret } from '../keys.ts';
import { parseJson } from '../legislators/ask-once.ts';
import { waitAfter } from './rate-limits.ts';
import type { Sharing } from './sharing.ts';

/** How long a challenge can be answered, in milliseconds. */
export const CHALLENGE_MS = 600_000;
/** Rounds of PBKDF2-HMAC-SHA-256 (RFC 8018, section 5.2) for one try; each takes two blocks of SHA-256. */
const ROUNDS = 2000;
/**
 * How many tries it takes, at least and at most: 400,000 blocks of SHA-256 as a rule and never more than 600,000, which a
 * phone of 2014 does in two seconds and today's in a tenth of one. To make one takes us a single try, to check one none.
 */
const TRIES = { least: 50, most: 150 };
/** Longest answer that is looked at, in signs; ours are far shorter. */
const LONGEST = 2000;

/** What an answer to a challenge turns out to be. 'forged': not of a challenge of ours for this campaign, or not solved. */
export type ProofOutcome = 'good' | 'spent' | 'expired' | 'forged';

/**
 * Challenges that a browser answers by working (altcha): no one else is asked, and nothing is kept of who answers. Each is for
 * one campaign, good once and for CHALLENGE_MS. Which are spent every process of the site knows, by a hash.
 */
export interface ProofOfWork {
  /** A new one, as JSON for the page's script. */
  ask: (campaign_slug: string) => Promise<string>;
  /** Looks at an answer, and spends the challenge where it is good. */
  check: (campaign_slug: string, answer: string) => Promise<ProofOutcome>;
}

/** What the page's script sends back; the signature covers every parameter, whatever they are. */
const answerSchema = z.object({
  challenge: z.object({
    parameters: z.looseObject({
      data: z.object({ campaign_slug: z.string(), expires_at: z.number() }),
    }),
    signature: z.string(),
  }),
  solution: z.object({ counter: z.number(), derivedKey: z.string() }),
});

/** `random` is unguessable, from 0 up to 1: who could tell it would be spared the work. The first secret signs, all are good. */
export function createProofOfWork({
  secrets,
  now,
  random,
  sharing,
}: {
  secrets: string[];
  now: () => Date;
  random: () => number;
  sharing: Sharing;
}): ProofOfWork {
  const keys = secrets.map(keysOf);
  const [newest] = keys;
  if (!newest) throw new Error('no secret to sign with');
  const once = { points: 1, duration: CHALLENGE_MS / 1000 };
  // Good once, also where midnight lies between.
  const spent = sharing.counter('challenge', once, { of_nobody: true });
  return {
    ask: async (campaign_slug) => {
      const challenge = await createChallenge({
        algorithm: 'PBKDF2/SHA-256',
        cost: ROUNDS,
        counter: TRIES.least + Math.floor(random() * (TRIES.most - TRIES.least + 1)),
        // The library's own time of expiry goes by the machine's clock: ours is handed in.
        data: { campaign_slug, expires_at: now().getTime() + CHALLENGE_MS },
        deriveKey,
        ...newest,
      });
      return JSON.stringify(challenge);
    },
    check: async (campaign_slug, answer) => {
      const read = readAnswer(answer);
      if (!read) return 'forged';
      const { signature, parameters } = read.challenge;
      if (!(await isSolved(read, keys)) || parameters.data.campaign_slug !== campaign_slug) return 'forged';
      if (parameters.data.expires_at <= now().getTime()) return 'expired';
      return (await waitAfter(spent.consume(signature))) > 0 ? 'spent' : 'good';
    },
  };
}

/** One key signs what is asked, the other what is to be found. */
function keysOf(secret: string) {
  const key = deriveSecret(secret, 'challenge').toString('hex');
  const half = key.length / 2;
  return { hmacSignatureSecret: key.slice(0, half), hmacKeySignatureSecret: key.slice(half) };
}

function readAnswer(answer: string): z.infer<typeof answerSchema> | undefined {
  if (answer.length > LONGEST) return undefined;
  return answerSchema.safeParse(parseJson(answer)).data;
}

async function isSolved(
  { challenge, solution }: z.infer<typeof answerSchema>,
  keys: ReturnType<typeof keysOf>[],
): Promise<boolean> {
  // Whether they have the shape that the library knows is told by their signature.
  const payload = { challenge, solution } as unknown as Payload;
  const results = await Promise.all(keys.map((key) => verifySolution({ ...payload, deriveKey, ...key })));
  return results.some(({ verified }) => verified);
}
