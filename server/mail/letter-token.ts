import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { deriveKey } from '../keys.ts';
import type { AnswerNoted } from './letter.ts';

/** What the holder of a link in a mail may do with a letter. */
export const LETTER_RIGHTS = ['confirm', 'withdraw', 'not-me'] as const;
/** One of these rights; a link gives one alone. */
export type LetterRight = (typeof LETTER_RIGHTS)[number];

/** Signs and checks the tokens of links in mails. A token that is not ours, or was cut short, gives undefined. */
export interface LetterTokens {
  /** `sender` is the keyed hash of the writer's address: by it 'this was not me' works long after the letter is erased. */
  issue: (right: LetterRight, letter_id: string, sender?: string) => string;
  /** That hash; '' where the token has none. */
  senderOf: (token: string) => string;
  /** The id of the letter that a token gives this right to: what became of the letter says whether it can still be used. */
  check: (right: LetterRight, token: string) => string | undefined;
  /** A link by which it is told that an office answered: nothing in it leads to a letter or a person. */
  issueAnswer: (answer: AnswerNoted) => string;
  checkAnswer: (token: string, now: Date) => { state: 'good' | 'expired'; answer: AnswerNoted } | undefined;
}

/** Longest token that is looked at; ours are far shorter. */
const LONGEST = 1000;

const answerSchema = z.tuple([
  z.string(), // nonce
  z.number(), // seconds since 1970 at which it expires
  z.string(), // campaign_slug
  z.string(), // legislator_id
  z.string(), // division_id
  z.string(), // partner
  z.boolean(), // is_sample
]);

/** Tokens `<payload>.<HMAC-SHA256>`, signed with the first secret; those of the other secrets are good too. */
export function createLetterTokens({ secrets }: { secrets: string[] }): LetterTokens {
  const links = signedWith(secrets.map((secret) => deriveKey(secret, 'letter-link')));
  const answers = signedWith(secrets.map((secret) => deriveKey(secret, 'answer-link')));
  return {
    issue: (right, letter_id, sender = '') =>
      links.sign([right, letter_id, sender].filter((part) => part !== '').join(':')),
    senderOf: (token) => links.verify(token)?.split(':')[2] ?? '',
    check: (right, token) => {
      const [given, letter_id] = links.verify(token)?.split(':') ?? [];
      return given === right ? letter_id : undefined;
    },
    issueAnswer: ({ nonce, expires_at, campaign_slug, legislator_id, division_id, partner, is_sample }) => {
      const seconds = Math.floor(Date.parse(expires_at) / 1000);
      const payload: z.infer<typeof answerSchema> = [
        nonce,
        seconds,
        campaign_slug,
        legislator_id,
        division_id,
        partner,
        is_sample,
      ];
      return answers.sign(JSON.stringify(payload));
    },
    checkAnswer: (token, now) => {
      const text = answers.verify(token);
      if (text === undefined) return undefined;
      const [nonce, seconds, campaign_slug, legislator_id, division_id, partner, is_sample] =
        answerSchema.parse(JSON.parse(text));
      const expires_at = new Date(seconds * 1000).toISOString();
      return {
        state: now.getTime() < seconds * 1000 ? 'good' : 'expired',
        answer: { nonce, expires_at, campaign_slug, legislator_id, division_id, partner, is_sample },
      };
    },
  };
}

function signedWith(keys: Buffer[]) {
  const [newest] = keys;
  if (!newest) throw new Error('no secret to sign with');
  const signature = (key: Buffer, text: string) =>
    Buffer.from(createHmac('sha256', key).update(text).digest('base64url'));
  return {
    sign: (text: string): string => {
      const payload = Buffer.from(text).toString('base64url');
      return `${payload}.${signature(newest, payload)}`;
    },
    verify: (token: string): string | undefined => {
      const [payload = '', signed = '', ...rest] = token.slice(0, LONGEST).split('.');
      const given = Buffer.from(signed);
      const isOurs = keys.some((key) => {
        const ours = signature(key, payload);
        return ours.length === given.length && timingSafeEqual(ours, given);
      });
      return rest.length === 0 && isOurs ? Buffer.from(payload, 'base64url').toString() : undefined;
    },
  };
}
