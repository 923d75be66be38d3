import { hkdfSync } from 'node:crypto';

/** What a derived key is for; each purpose has a key of its own, so that what is signed for one is nothing to another. */
export type KeyPurpose =
  | 'action-id'
  | 'preview-action-id'
  | 'preview'
  | 'report-link'
  | 'letter-key'
  | 'letter-link'
  | 'answer-link'
  | 'answer-nonce'
  | 'return-path'
  | 'sender-address'
  | 'challenge'
  | 'shared-counts';

/** A key of 32 bytes for one purpose, derived from a secret by HKDF-SHA256 (RFC 5869). */
export function deriveKey(secret: string, purpose: KeyPurpose): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `statehouse ${purpose}`, 32));
}
