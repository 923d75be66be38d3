import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { OperationalError } from '../errors.ts';
import type { Row } from '../store/snapshot.ts';
import {
  ABOUT,
  type About,
  aboutSchema,
  CONTENTS,
  type Contents,
  campaignPath,
  contentsSchema,
  FORMAT_VERSION,
  rowsSchema,
  SECRET_KEY,
  tableOf,
} from './archive-format.ts';
import type { CampaignFile } from './campaign-files.ts';
import { MOST_BYTES, onOneLine, type PassedOver, pathFault, sizeFaults } from './kept-files.ts';

/** What an archive gives, in this order; what it gave can be relied on once `contents` has come. */
export type ArchivePart =
  | { kind: 'about'; about: About }
  | { kind: 'rows'; table: string; rows: Row[] }
  | { kind: 'campaign_file'; file: CampaignFile }
  | { kind: 'passed_over'; passed_over: PassedOver }
  | { kind: 'secret_key'; secret_key: string }
  | { kind: 'contents'; contents: Contents };

/** Larger than any entry of ours, in bytes, but campaigns' files: a strange archive does not fill the memory. */
const LARGEST_ENTRY = 50_000_000;

/**
 * Reads an archive to its end, a part at a time. A campaign's file that could do harm, or with which all come to more
 * than `most_bytes`, is passed over, and costs nothing else. Fails with OperationalError: `backup_missing` where there is no such file,
 * `backup_foreign` where it is none of ours, `backup_newer` where a newer version made it in another form, `backup_damaged`
 * where it is cut short or anything in it is not as it was written.
 */
export async function* readArchive(path: string, most_bytes = MOST_BYTES): AsyncGenerator<ArchivePart> {
  const tar = extract();
  const reading = pipeline(createReadStream(path), createGunzip(), tar);
  reading.catch((error: Error) => tar.destroy(error));
  const read: Contents = { entries: [], rows: {} };
  const sizeFault = sizeFaults(most_bytes);
  let about: About | undefined;
  let is_whole = false;
  try {
    for await (const entry of tar) {
      const { name, size = 0, type } = entry.header;
      const campaign_path = about && campaignPath(name);
      const fault =
        campaign_path === undefined
          ? undefined
          : (pathFault(campaign_path) ?? (type === 'file' ? sizeFault(size) : 'it is no file'));
      if (campaign_path === undefined && size > LARGEST_ENTRY) throw new Error(`${name} is too large`);
      const { content, ...read_entry } = await readEntry(name, entry, fault === undefined);
      if (is_whole) throw new Error(`${name} comes after its end`);
      const part: ArchivePart =
        campaign_path === undefined
          ? partOf(name, content, about, path)
          : fault === undefined
            ? { kind: 'campaign_file', file: { path: campaign_path, bytes: content } }
            : { kind: 'passed_over', passed_over: { path: campaign_path, why: fault } };
      if (part.kind === 'about') about = part.about;
      if (part.kind === 'rows') read.rows[part.table] = (read.rows[part.table] ?? 0) + part.rows.length;
      if (part.kind === 'contents') {
        for (const table of Object.keys(about!.tables)) read.rows[table] ??= 0;
        requireSame(read, part.contents);
        is_whole = true;
      } else read.entries.push(read_entry);
      yield part;
    }
    await reading;
    if (!is_whole) throw new Error('its end is missing');
  } catch (error) {
    throw told(path, error, about !== undefined);
  } finally {
    tar.destroy();
  }
}

/** Reads an entry to its end; without its bytes where those are not kept. */
async function readEntry(
  name: string,
  entry: AsyncIterable<unknown>,
  is_kept: boolean,
): Promise<Contents['entries'][number] & { content: Buffer }> {
  const hash = createHash('sha256');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of entry as AsyncIterable<Buffer>) {
    hash.update(chunk);
    length += chunk.length;
    if (is_kept) chunks.push(chunk);
  }
  return { name, bytes: length, sha256: hash.digest('hex'), content: Buffer.concat(chunks) };
}

function partOf(name: string, bytes: Buffer, about: About | undefined, path: string): ArchivePart {
  if (!about) {
    if (name !== ABOUT) throw foreign(path);
    return { kind: 'about', about: readAbout(bytes, path) };
  }
  if (name === CONTENTS) return { kind: 'contents', contents: contentsSchema.parse(JSON.parse(`${bytes}`)) };
  if (name === SECRET_KEY) return { kind: 'secret_key', secret_key: bytes.toString('utf8').trim() };
  const table = tableOf(name);
  const columns = table === undefined ? undefined : about.tables[table];
  if (table === undefined || !columns) throw new Error(`nothing is known of ${name}`);
  const lines = bytes.toString('utf8').trimEnd().split('\n');
  return { kind: 'rows', table, rows: rowsSchema(columns).parse(lines.map((line) => JSON.parse(line))) };
}

function readAbout(bytes: Buffer, path: string): About {
  let about: unknown;
  try {
    about = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw foreign(path);
  }
  const parsed = aboutSchema.safeParse(about);
  if (!parsed.success) throw foreign(path);
  const { format_version, made_by } = parsed.data;
  if (format_version > FORMAT_VERSION)
    throw new OperationalError(
      'backup_newer',
      `${path} was made by version ${onOneLine(made_by)} of Statehouse, in a form that this version can't read. Install that version first.`,
    );
  return parsed.data;
}

function requireSame(read: Contents, said: Contents): void {
  const differs = said.entries.findIndex((entry, index) => {
    const found = read.entries[index];
    return found?.name !== entry.name || found.bytes !== entry.bytes || found.sha256 !== entry.sha256;
  });
  if (differs >= 0) throw new Error(`${said.entries[differs]!.name} is not as it was written`);
  const isSame = (table: string) => read.rows[table] === said.rows[table];
  const tables = Object.keys({ ...read.rows, ...said.rows });
  if (read.entries.length !== said.entries.length || !tables.every(isSame))
    throw new Error('it holds another number of rows or files than it says');
}

function foreign(path: string): OperationalError {
  return new OperationalError('backup_foreign', `${path} is no back-up of Statehouse. Nothing was changed.`);
}

/** What went wrong, for whoever wants the archive back. */
function told(path: string, error: unknown, is_ours: boolean): OperationalError {
  if (error instanceof OperationalError) return error;
  const { code, message, syscall } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new OperationalError('backup_missing', `There is no file ${path}.`);
  if (syscall !== undefined)
    return new OperationalError('backup_missing', `${path} can't be read: ${message}.`, { cause: error });
  // Without its first entry nothing tells whose it is, but one that begins as ours do may have been cut.
  if (!is_ours && code === 'Z_DATA_ERROR' && /incorrect header check/.test(message)) return foreign(path);
  return new OperationalError(
    'backup_damaged',
    `${path} is cut short or damaged (${onOneLine(message)}). Nothing was changed. Use another copy.`,
    { cause: error },
  );
}
