import { createDecipheriv } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { deriveKey } from '../../server/keys.ts';
import { readSettings } from '../../server/settings.ts';
import { openStore, type Store } from '../../server/store/open-store.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { keepPostgres } from '../support/keep-postgres.ts';
import { DESK_SECRETS, openDesk } from '../support/letter-desk.ts';
import { createDatabase } from '../support/postgres-databases.ts';
import { startSmtpStub } from '../support/smtp-stub.ts';

const WRITER = {
  name: 'Zephyrine Quillfeather',
  email: 'zephyrine@quillfeather.example.org',
  street: '4711 Marmalade Crescent',
  city: 'Xanadu Springs',
  zip: '99887',
  subject: 'Marmalade jars for every schoolhouse',
  text: 'Dear Senator,\n\nthe unmistakable marmalade of Xanadu Springs is in danger.\n\nZephyrine',
};
const TRACES = ['Zephyrine', 'Quillfeather', '4711 Marm', 'Xanadu', '99887', 'schoolhouse', 'unmistakable'];

/** What of her stands in the files of a folder. */
function tracesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.flatMap((name) => {
    const file = join(folder, name);
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return [];
    const bytes = readFileSync(file);
    const found = TRACES.filter(
      (trace) => bytes.includes(trace) || bytes.includes(Buffer.from(trace, 'utf16le')),
    );
    return found.map((trace) => `${name}: ${trace}`);
  });
}

/** The files that hold these bytes, as they are, in hexadecimal or in base 64. */
function filesWith(folder: string, bytes: Buffer): string[] {
  const spellings = [bytes, Buffer.from(bytes.toString('hex')), Buffer.from(bytes.toString('base64'))];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => {
    const file = join(folder, name);
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return false;
    const content = readFileSync(file);
    return spellings.some((spelling) => content.includes(spelling));
  });
}

/** Opens what AES-256-GCM has sealed, or gives nothing: as whoever holds the secret and knows the code would try. */
function tryToOpen(key: Buffer, sealed: Buffer, id: string): Buffer | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
  decipher.setAAD(Buffer.from(id));
  decipher.setAuthTag(sealed.subarray(12, 28));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
  } catch {
    return undefined;
  }
}

interface Place {
  name: string;
  /** A database, and the folder of all its files, the write-ahead log included. */
  open: () => Promise<{
    store: Store;
    folder: string;

    drop: () => Promise<void>;
  }>;
}

const PLACES: Place[] = [
  {
    name: 'SQLite',
    open: async () => {
      const folder = folderOf({});
      const store = await openStore(readSettings({ DATA_DIR: folder }).database_url);
      return { store, folder, drop: () => store.close() };
    },
  },
  {
    name: 'PostgreSQL',
    open: async () => {
      const postgres = await keepPostgres();
      const store = await openStore(await createDatabase({ server_url: postgres.url }));
      return {
        store,
        folder: postgres.folder,

        drop: async () => {
          await store.close();
          await postgres.remove();
        },
      };
    },
  },
];

test.each(PLACES)(
  'on $name nothing of who wrote a letter can be read while it is under way, and nothing at all be opened once it is told of',
  async ({ open }) => {
    const { store, folder, drop } = await open();
    const smtp = await startSmtpStub();
    const now = new Date('2026-11-30T15:30:00Z');
    const desk = openDesk({ store, now: () => now, smtp_port: smtp.port });
    await desk.letters.handIn(desk.handedIn({ content: WRITER }));
    await desk.lookAll();
    const [id = ''] = await desk.ids();
    await desk.letters.confirm(id);
    // What a thief of the database, of its log or of a back-up has got by now; and of the keys, were it quick enough.
    const row = await store.read.selectFrom('letters').selectAll().executeTakeFirstOrThrow();
    const captured = Buffer.from(row.sealed, 'base64');
    const wrapped = readFileSync(join(desk.folder, id));
    const wrapping = deriveKey(DESK_SECRETS[0]!, 'letter-key');
    const key = tryToOpen(wrapping, wrapped, id)!;
    expect(tryToOpen(key, captured, id)?.toString()).toContain('unmistakable');
    expect(tracesIn(folder)).toEqual([]);
    expect(tracesIn(desk.folder)).toEqual([]);

    await desk.lookAll();
    expect(smtp.received.map(({ mail }) => mail.messageId?.split('.').at(1)?.split('@')[0])).toEqual([
      'confirmation',
      'letter',
      'receipt',
    ]);
    expect(smtp.received[1]!.mail.text).toContain('unmistakable');
    expect(tracesIn(folder)).toEqual([]);
    expect(desk.lines.filter((line) => TRACES.some((trace) => line.includes(trace)))).toEqual([]);
    // The key was never anywhere but in its file, and that is gone.
    expect(readdirSync(desk.folder)).toEqual([]);
    for (const bytes of [key, wrapped]) expect(filesWith(folder, bytes)).toEqual([]);
    // With the ciphertext, the secret, and every key that the code derives from it: nothing.
    expect(await desk.seal.open(id, row.sealed)).toBeUndefined();
    expect(tryToOpen(wrapping, captured, id)).toBeUndefined();
    const after = await store.read.selectFrom('letters').selectAll().executeTakeFirstOrThrow();
    expect(after).toMatchObject({ sealed: '', form_id: '', state: 'accepted' });
    // But the ciphertext may well stand in the log still: the search would have found it.
    expect(filesWith(folder, Buffer.from('ocd-person/1')).length).toBeGreaterThan(0);
    desk.drop();
    await smtp.close();
    await drop();
  },
);
