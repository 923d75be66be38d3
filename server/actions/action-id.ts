import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { deriveKey } from '../keys.ts';
import { ACTION_TYPES, type ActionContext } from './action.ts';

/** How long a form stays good. */
export const GOOD_FOR_MS = 14 * 86_400_000;
/** Longest id that is looked at; ours are far shorter. */
const LONGEST = 2000;

const payloadSchema = z.tuple([
  z.string(), // nonce
  z.number(), // seconds since 1970 at which the id expires
  z.string(), // campaign_slug
  z.enum(ACTION_TYPES),
  z.string(), // legislator_id
  z.string(), // division_id
  z.string(), // partner
  z.string(), // page_language
  z.string(), // message_language
  z.string(), // variant
  z.boolean(), // is_sample
]);

/** What an id turns out to be. */
export type VerifiedActionId =
  | { state: 'good' | 'expired'; context: ActionContext; nonce: string; expires_at: string }
  | { state: 'forged' };

/** Signs and checks the ids of forms that log actions. */
export interface ActionIds {
  /** An id for one visit, target and type; `nonce` is random and makes it count once. */
  issue: (context: ActionContext, options: { now: Date; nonce: string }) => string;
  verify: (action_id: string, now: Date) => VerifiedActionId;
}

/** Base64 of the first 24 bytes of a payload: `["`, and a nonce of 22 letters. */
const NONCE_LENGTH = 32;

/**
 * An id of ours in three parts: what differs from others of the same context and second is in the first, which holds the
 * nonce, and in the last, the signature.
 */
export function partsOfId(action_id: string): [first: string, same: string, last: string] {
  const dot = action_id.indexOf('.') + 1;
  return [action_id.slice(0, NONCE_LENGTH), action_id.slice(NONCE_LENGTH, dot), action_id.slice(dot)];
}

/**
 * Ids signed by HMAC-SHA256 with the first secret; those of the other secrets are accepted too, so that keys can be rotated.
 * Those of a preview have a key of their own, so that none of them can ever be counted.
 */
export function createActionIds({
  secrets,
  purpose = 'action-id',
}: {
  secrets: string[];
  purpose?: 'action-id' | 'preview-action-id';
}): ActionIds {
  const keys = secrets.map((secret) => deriveKey(secret, purpose));
  const [newest] = keys;
  if (!newest) throw new Error('no secret to sign with');
  return {
    issue: (context, { now, nonce }) => {
      const expires = Math.floor((now.getTime() + GOOD_FOR_MS) / 1000);
      const payload: z.infer<typeof payloadSchema> = [
        nonce,
        expires,
        context.campaign_slug,
        context.type,
        context.legislator_id,
        context.division_id,
        context.partner,
        context.page_language,
        context.message_language,
        context.variant,
        context.is_sample,
      ];
      const text = Buffer.from(JSON.stringify(payload)).toString('base64url');
      return `${text}.${signature(newest, text).toString('base64url')}`;
    },
    verify: (action_id, now) => {
      const [text = '', signed = '', ...rest] = action_id.slice(0, LONGEST).split('.');
      const given = Buffer.from(signed, 'base64url');
      // Base64 has several spellings of the same bytes: only the one that we write is ours.
      const isWhole = rest.length === 0 && given.toString('base64url') === signed;
      const isOurs = isWhole && keys.some((key) => isEqual(signature(key, text), given));
      return isOurs ? read(text, now) : { state: 'forged' };
    },
  };
}

/** Reads a payload whose signature holds. */
function read(text: string, now: Date): VerifiedActionId {
  const payload = payloadSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  const [
    nonce,
    expires,
    campaign_slug,
    type,
    legislator_id,
    division_id,
    partner,
    page_language,
    message_language,
    variant,
    is_sample,
  ] = payload;
  return {
    state: now.getTime() < expires * 1000 ? 'good' : 'expired',
    nonce,
    expires_at: new Date(expires * 1000).toISOString(),
    context: {
      campaign_slug,
      type,
      legislator_id,
      division_id,
      partner,
      page_language,
      message_language,
      variant,
      is_sample,
    },
  };
}

function signature(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function isEqual(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
