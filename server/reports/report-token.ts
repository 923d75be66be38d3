import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '../keys.ts';

/** How long a link to a report is good where nobody says otherwise, in days. */
export const REPORT_DAYS = 90;

/** A link to a report: whose it is, and until when it is good. */
export interface ReportLink {
  /** Random: by it the link is listed and revoked. */
  id: string;
  campaign_slug: string;
  /** Code of the partner whose figures it shows; '' for the organizer's, which shows all. */
  partner: string;
  /** ISO date and time in UTC, whole seconds. */
  expires_at: string;
}

/** What the token of a link turns out to be, before it is asked whether it was revoked. */
export type CheckedToken = { state: 'good' | 'expired'; link: ReportLink } | { state: 'forged' };

/** Signs and checks the tokens of links to reports. */
export interface ReportTokens {
  issue: (link: ReportLink) => string;
  check: (token: string, slugs: readonly string[], now: Date) => CheckedToken;
}

const FORM = /^([\w-]{8,32})\.([1-9]\d{0,11})\.([a-z0-9-]{0,50})\.([\w-]{22})$/;

/**
 * Tokens `<id>.<seconds since 1970 at which it expires>.<partner>.<HMAC-SHA256>` for one campaign each, signed with the first
 * secret; those of the other secrets are good too. All of them end at once when the secret is replaced. `check` takes those
 * of the campaign under any of its slugs.
 */
export function createReportTokens({ secrets }: { secrets: string[] }): ReportTokens {
  const keys = secrets.map((secret) => deriveKey(secret, 'report-link'));
  const [newest] = keys;
  if (!newest) throw new Error('no secret to sign with');
  return {
    issue: (link) => {
      const seconds = Math.floor(Date.parse(link.expires_at) / 1000);
      return `${link.id}.${seconds}.${link.partner}.${signature(newest, link)}`;
    },
    check: (token, slugs, now) => {
      const [, id, seconds, partner, signed] = FORM.exec(token) ?? [];
      if (id === undefined || seconds === undefined || partner === undefined || signed === undefined)
        return { state: 'forged' };
      const given = Buffer.from(signed);
      const expires_at = new Date(Number(seconds) * 1000).toISOString();
      const link = slugs
        .map((campaign_slug): ReportLink => ({ id, campaign_slug, partner, expires_at }))
        .find((one) => keys.some((key) => timingSafeEqual(Buffer.from(signature(key, one)), given)));
      if (!link) return { state: 'forged' };
      return { state: now.getTime() < Number(seconds) * 1000 ? 'good' : 'expired', link };
    },
  };
}

/** 128 bits of it: short enough for a link, and beyond guessing. */
function signature(key: Buffer, { id, campaign_slug, partner, expires_at }: ReportLink): string {
  const seconds = Math.floor(Date.parse(expires_at) / 1000);
  return createHmac('sha256', key)
    .update(JSON.stringify([id, campaign_slug, partner, seconds]))
    .digest('base64url')
    .slice(0, 22);
}
