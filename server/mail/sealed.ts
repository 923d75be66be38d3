import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { OperationalError } from '../errors.ts';
import { deriveKey } from '../keys.ts';
import type { LetterContent } from './letter.ts';

// AES-256 in Galois/Counter Mode (NIST SP 800-38D): what was changed is not opened.
const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const contentSchema = z.object({
  name: z.string(),
  email: z.string(),
  street: z.string(),
  city: z.string(),
  zip: z.string(),
  subject: z.string(),
  text: z.string(),
});

/**
 * Seals what supporters hand over, each letter with a random key of its own. The keys lie beside the database, one file each,
 * encrypted with a key derived from SECRET_KEY, and are in no database, write-ahead log or back-up: once the file is erased,
 * no copy of the sealed text can be opened, not even with SECRET_KEY.
 */
export interface Seal {
  /** The sealed content; its key is on disk when this resolves. OperationalError `letter_key_unwritable`. */
  seal: (letter_id: string, content: LetterContent) => Promise<string>;
  /** Undefined where the key is gone, or not on this machine. */
  open: (letter_id: string, sealed: string) => Promise<LetterContent | undefined>;
  /** Erases the key: done when this resolves. One that is not there is no fault. */
  erase: (letter_id: string) => Promise<void>;
  /** The ids of the letters whose keys are here, those alone that were made before a moment. */
  madeBefore: (moment: Date) => Promise<string[]>;
}

/** Where the keys of letters are, below DATA_DIR. */
export function letterKeysFolder(data_dir: string): string {
  return join(data_dir, 'letter-keys');
}

/** Opens the keys in a folder, which is made with the first of them. Keys made under any of the secrets are good. */
export function createSeal({ folder, secrets }: { folder: string; secrets: string[] }): Seal {
  const wrapping = secrets.map((secret) => deriveKey(secret, 'letter-key'));
  const [newest] = wrapping;
  if (!newest) throw new Error('no secret to encrypt with');
  const fileOf = (letter_id: string) => {
    if (!/^[\w-]{8,64}$/.test(letter_id)) throw new Error('no id of a letter');
    return join(folder, letter_id);
  };
  const readKey = async (letter_id: string): Promise<Buffer | undefined> => {
    const wrapped = await readFile(fileOf(letter_id)).catch(ifMissing);
    if (!wrapped) return undefined;
    for (const key of wrapping) {
      const plain = decrypt(key, wrapped, letter_id);
      if (plain?.length === KEY_BYTES) return plain;
    }
    return undefined;
  };
  return {
    seal: async (letter_id, content) => {
      const key = randomBytes(KEY_BYTES);
      const file = fileOf(letter_id);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeDurably(file, encrypt(newest, key, letter_id), folder);
      } catch (cause) {
        throw new OperationalError('letter_key_unwritable', `${folder} can't be written to.`, { cause });
      }
      return encrypt(key, Buffer.from(JSON.stringify(content)), letter_id).toString('base64');
    },
    open: async (letter_id, sealed) => {
      const key = sealed === '' ? undefined : await readKey(letter_id);
      const plain = key && decrypt(key, Buffer.from(sealed, 'base64'), letter_id);
      return plain && contentSchema.parse(JSON.parse(plain.toString()));
    },
    erase: async (letter_id) => {
      const file = fileOf(letter_id);
      // Left by a process that ended while it wrote: no letter was ever sealed with it.
      await rm(`${file}.new`, { force: true });
      const handle = await open(file, 'r+').catch(ifMissing);
      if (!handle) return;
      try {
        // Written over first: a name that is taken away leaves its bytes on the disk.
        const { size } = await handle.stat();
        await handle.write(Buffer.alloc(size), 0, size, 0);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rm(file, { force: true });
    },
    madeBefore: async (moment) => {
      const names = (await readdir(folder).catch(ifMissing)) ?? [];
      const ids: string[] = [];
      for (const name of names) {
        const made = await stat(join(folder, name)).catch(ifMissing);
        if (made && made.mtimeMs < moment.getTime()) ids.push(name.replace(/\.new$/, ''));
      }
      return [...new Set(ids)].filter((id) => /^[\w-]{8,64}$/.test(id));
    },
  };
}

function encrypt(key: Buffer, plain: Buffer, letter_id: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  cipher.setAAD(Buffer.from(letter_id));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** Undefined where it was encrypted with another key, or changed. */
function decrypt(key: Buffer, sealed: Buffer, letter_id: string): Buffer | undefined {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(letter_id));
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch (error) {
    // Node has no name for it but this message.
    if (/unable to authenticate|unsupported state/i.test((error as Error).message)) return undefined;
    throw error;
  }
}

/** On disk when this resolves, whole or not at all, whatever ends the process; readable by its owner alone. */
async function writeDurably(file: string, bytes: Buffer, folder: string): Promise<void> {
  const aside = `${file}.new`;
  const handle = await open(aside, 'w', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, file);
  // Windows has no such thing as a folder to be synchronized.
  if (process.platform === 'win32') return;
  const names = await open(folder, 'r');
  try {
    await names.sync();
  } finally {
    await names.close();
  }
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
