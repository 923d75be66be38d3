import { createReadStream, createWriteStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { extract, pack } from 'tar-stream';
import { type Contents, entryOf } from '../../server/backup/archive-format.ts';

/** The entries of an archive by name, in their order, as text. */
export async function unpack(file: string): Promise<Map<string, string>> {
  const tar = extract();
  const reading = pipeline(createReadStream(file), createGunzip(), tar);
  const entries = new Map<string, string>();
  for await (const entry of tar) entries.set(entry.header.name, (await buffer(entry)).toString('utf8'));
  await reading;
  return entries;
}

/** Rows of an entry. */
export function rowsIn(text: string | undefined): Record<string, string | number>[] {
  return (text ?? '').split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}

/** Writes an archive anew after `change`, with lengths and checksums to match, as a program that makes such archives would. */
export async function repack(file: string, to: string, change: (entries: Map<string, string>) => void) {
  const entries = await unpack(file);
  entries.delete('contents.json');
  change(entries);
  const contents: Contents = { entries: [], rows: {} };
  const tar = pack();
  const written = pipeline(tar, createGzip(), createWriteStream(to));
  for (const [name, text] of entries) {
    contents.entries.push(entryOf(name, Buffer.from(text)));
    const table = name.split('/')[1]!;
    if (name.startsWith('tables/')) contents.rows[table] = (contents.rows[table] ?? 0) + rowsIn(text).length;
    tar.entry({ name }, text);
  }
  for (const table of Object.keys(JSON.parse(entries.get('about.json') ?? '{}').tables ?? {}))
    contents.rows[table] ??= 0;
  tar.entry({ name: 'contents.json' }, JSON.stringify(contents));
  tar.finalize();
  await written;
}
