import { createHmac } from 'node:crypto';
import { deriveKey } from '../keys.ts';
import { mailboxOf } from './mail-address.ts';

/** A mailbox as the limits know it: a keyed hash, of the day alone where `day` is said, so that no two days can be joined. */
export function senderHash(secret: string, email: string, day = ''): string {
  const key = deriveKey(secret, 'sender-address');
  return createHmac('sha256', key)
    .update(`${day} ${mailboxOf(email)}`)
    .digest('base64url');
}
