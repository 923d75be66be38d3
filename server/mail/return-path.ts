import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '../keys.ts';
import { MAIL_KINDS, type MailKind } from './letter.ts';
import type { MailAddress } from './mail-address.ts';

/** Which mail it was that came back. */
export interface ReturnedMail {
  letter_id: string;
  kind: MailKind;
}

/** The longest that stands before an @, in signs (RFC 5321, section 4.5.3.1.1). */
const LONGEST_LOCAL = 64;
/** How much of the signature is kept, in bytes: 80 bits can't be guessed by mail. */
const SIGNED_BYTES = 10;
/** How many signs of BOUNCE_ADDRESS may stand before its @: a + and the token of an id of 16 bytes, in 44 signs, come after. */
export const LONGEST_BOUNCE_NAME = LONGEST_LOCAL - 1 - 44;
/** Added to the number of the kind where an id is not written as the bytes that it stands for. */
const AS_TEXT = 128;

/**
 * The address that a mail comes back to where it can't be delivered: `bounces+<token>@example.org`. Upper and lower case are one
 * to it, since some servers fold them. Throws where it would be longer than mail servers take.
 */
export function writeReturnPath(
  { letter_id, kind }: ReturnedMail,
  { bounce_address, secrets }: { bounce_address: MailAddress; secrets: string[] },
): string {
  const [newest] = secrets;
  if (newest === undefined) throw new Error('no secret to sign with');
  const bytes = Buffer.from(letter_id, 'base64url');
  const is_short = bytes.toString('base64url') === letter_id;
  const first = MAIL_KINDS.indexOf(kind) + (is_short ? 0 : AS_TEXT);
  const payload = Buffer.concat([Buffer.from([first]), is_short ? bytes : Buffer.from(letter_id)]);
  const token = toBase32(Buffer.concat([signature(newest, payload), payload]));
  const at = bounce_address.address.lastIndexOf('@');
  const local = `${bounce_address.address.slice(0, at)}+${token}`;
  if (local.length > LONGEST_LOCAL) throw new Error('an address for what comes back that is too long');
  return `${local}${bounce_address.address.slice(at)}`;
}

/** What a token in such an address says; undefined where it is not ours, by none of the secrets. */
export function readReturnPath(token: string, { secrets }: { secrets: string[] }): ReturnedMail | undefined {
  if (!/^[a-z2-7]{16,64}$/i.test(token)) return undefined;
  const bytes = fromBase32(token.toLowerCase());
  // Signs that stand for no whole byte are dropped: only the spelling that we write is ours.
  if (toBase32(bytes) !== token.toLowerCase()) return undefined;
  const signed = bytes.subarray(0, SIGNED_BYTES);
  const payload = bytes.subarray(SIGNED_BYTES);
  const is_ours = secrets.some((secret) => timingSafeEqual(signature(secret, payload), signed));
  const [first = 0] = payload;
  const kind = MAIL_KINDS[first % AS_TEXT];
  if (!is_ours || kind === undefined) return undefined;
  return { letter_id: payload.subarray(1).toString(first < AS_TEXT ? 'base64url' : 'utf8'), kind };
}

function signature(secret: string, payload: Buffer): Buffer {
  const whole = createHmac('sha256', deriveKey(secret, 'return-path')).update(payload).digest();
  return whole.subarray(0, SIGNED_BYTES);
}

// Base 32 of RFC 4648 in lower case, without the signs that fill it up: Node has none.
const SIGNS = 'abcdefghijklmnopqrstuvwxyz234567';

function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return bits.replace(/.{1,5}/g, (five) => SIGNS[Number.parseInt(five.padEnd(5, '0'), 2)]!);
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((sign) => SIGNS.indexOf(sign).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}
