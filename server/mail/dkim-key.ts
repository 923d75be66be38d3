import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { OperationalError } from '../errors.ts';
import type { DkimKey } from './transport.ts';

/** The shortest key that is used, in bits: RFC 8301, section 3.2, asks for no less of those who sign. */
const SHORTEST_BITS = 2048;
const HOW = 'Make one with: openssl genrsa -out dkim.pem 2048';

/**
 * Reads the key that signs mail, and sees that it can. Throws OperationalError `dkim_key_unreadable` or `dkim_key_unusable`;
 * nothing of the key is in either.
 */
export function readDkimKey({ key_file, selector }: { key_file: string; selector: string }): DkimKey {
  const pem = readKeyFile(key_file);
  const key = keyIn(pem, key_file);
  const { modulusLength: bits = 0 } = key.asymmetricKeyDetails ?? {};
  if (bits < SHORTEST_BITS)
    throw unusable(
      `The key in ${key_file}, which DKIM_KEY_FILE names, has ${bits} bits: mail servers want ${SHORTEST_BITS}. ${HOW}`,
    );
  return { selector, private_key: pem };
}

function readKeyFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const why = (cause as Error).message;
    throw new OperationalError(
      'dkim_key_unreadable',
      `${file}, which DKIM_KEY_FILE names, can't be read (${why}). The app's own user must be let to read it.`,
      { cause },
    );
  }
}

function keyIn(pem: string, key_file: string): KeyObject {
  const fault = (cause?: unknown) =>
    unusable(`${key_file}, which DKIM_KEY_FILE names, holds no RSA key as PEM. ${HOW}`, cause);
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch (cause) {
    throw fault(cause);
  }
  if (key.asymmetricKeyType !== 'rsa') throw fault();
  return key;
}

function unusable(message: string, cause?: unknown): OperationalError {
  return new OperationalError('dkim_key_unusable', message, { cause });
}
