import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
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
  /** Issues many ids of one context and second. */
  signer: (context: ActionContext, now: Date) => Signer;
  verify: (action_id: string, now: Date) => VerifiedActionId;
}

/** So many letters of a nonce, and `["` before them, are whole letters of base64: what follows them is the same for every nonce. */
export const NONCE_LENGTH = 22;

/** Signs ids that differ in their nonces alone. */
export interface Signer {
  /** The middle of every id. */
  same: string;
  /** What stands before and after it in the id of a nonce of NONCE_LENGTH letters. */
  sign: (nonce: string) => [first: string, last: string];
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
  const keys = secrets.map((secret) => createSecretKey(deriveKey(secret, purpose)));
  const [newest] = keys;
  if (!newest) throw new Error('no secret to sign with');
  return {
    issue: (context, { now, nonce }) => {
      const text = payloadText(context, { now, nonce });
      return `${text}.${signature(newest, text)}`;
    },
    signer: (context, now) => {
      const text = payloadText(context, { now, nonce: 'n'.repeat(NONCE_LENGTH) });
      const same = text.slice(base64url(`["${'n'.repeat(NONCE_LENGTH)}`).length);
      return {
        same: `${same}.`,
        sign: (nonce) => {
          if (nonce.length !== NONCE_LENGTH) throw new Error(`a nonce of ${nonce.length} letters`);
          const first = base64url(`["${nonce}`);
          return [first, signature(newest, first + same)];
        },
      };
    },
    verify: (action_id, now) => {
      const [text = '', signed = '', ...rest] = action_id.slice(0, LONGEST).split('.');
      // As it is written, not the bytes: base64 has several spellings of the same, and only the one that we write is ours.
      const isOurs = rest.length === 0 && keys.some((key) => isEqual(signature(key, text), signed));
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

function payloadText(context: ActionContext, { now, nonce }: { now: Date; nonce: string }): string {
  const payload: z.infer<typeof payloadSchema> = [
    nonce,
    Math.floor((now.getTime() + GOOD_FOR_MS) / 1000),
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
  return base64url(JSON.stringify(payload));
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function signature(key: KeyObject, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}

function isEqual(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
