import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '../keys.ts';

/** How long a preview link is good where nobody says otherwise, in days. */
export const PREVIEW_DAYS = 30;

/** What a token of a preview link turns out to be. */
export type PreviewState = 'good' | 'expired' | 'forged';

/** Signs and checks the tokens of preview links: who has one sees a campaign before it is public, and counts nothing. */
export interface PreviewTokens {
  issue: (slug: string, options: { now: Date; days?: number }) => string;
  check: (token: string, slug: string, now: Date) => PreviewState;
}

/**
 * Tokens `<seconds since 1970 at which it expires>.<HMAC-SHA256>` for one campaign each, signed with the first secret; those
 * of the other secrets are good too. All of them end at once when the secret is replaced.
 */
export function createPreviewTokens({ secrets }: { secrets: string[] }): PreviewTokens {
  const keys = secrets.map((secret) => deriveKey(secret, 'preview'));
  const [newest] = keys;
  if (!newest) throw new Error('no secret to sign with');
  return {
    issue: (slug, { now, days = PREVIEW_DAYS }) => {
      const expires = Math.floor(now.getTime() / 1000) + days * 86_400;
      return `${expires}.${signature(newest, expires, slug)}`;
    },
    check: (token, slug, now) => {
      const [, seconds, signed] = /^([1-9]\d{0,11})\.([\w-]{22})$/.exec(token) ?? [];
      if (!seconds || !signed) return 'forged';
      const expires = Number(seconds);
      const given = Buffer.from(signed);
      if (!keys.some((key) => timingSafeEqual(Buffer.from(signature(key, expires, slug)), given)))
        return 'forged';
      return now.getTime() < expires * 1000 ? 'good' : 'expired';
    },
  };
}

/** 128 bits of it: short enough for a link, and beyond guessing. */
function signature(key: Buffer, expires: number, slug: string): string {
  return createHmac('sha256', key).update(`${expires}/${slug}`).digest('base64url').slice(0, 22);
}
