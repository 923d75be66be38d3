import { createHash } from 'node:crypto';
import { z } from 'zod';

/** The first entry of an archive: what it is. */
export const ABOUT = 'about.json';
/** The last one: what was in it, so that one that is cut short is known by its want. */
export const CONTENTS = 'contents.json';
/** The key that was made for a start without settings, where it was asked for. */
export const SECRET_KEY = 'secret-key';
/** Before the names of the campaigns' files, which any program that opens archives can take out. */
export const CAMPAIGNS = 'campaigns/';
/** The form of the archives that are written here; a later form has a higher number. */
export const FORMAT_VERSION = 1;
/** Rows that one entry holds at most: some megabytes. */
export const ROWS_AN_ENTRY = 10_000;

/** What an archive says of itself: a gzipped tar file whose tables are files of JSON lines. */
export const aboutSchema = z.object({
  format: z.literal('statehouse-backup'),
  format_version: z.int(),
  /** When it was begun, in UTC: all that had been counted by then is in it. */
  made_at: z.iso.datetime(),
  /** The version of Statehouse that made it. */
  made_by: z.string(),
  /** The changes that had been made to the tables. */
  migrations: z.array(z.string()).min(1),
  /** The names of each table's columns. */
  tables: z.record(z.string(), z.array(z.string()).min(1)),
});
/** The same as a type. */
export type About = z.infer<typeof aboutSchema>;

/** What an archive holds: each entry's length and SHA-256, in order, and how many rows of each table. */
export const contentsSchema = z.object({
  entries: z.array(z.object({ name: z.string(), bytes: z.int(), sha256: z.string() })),
  rows: z.record(z.string(), z.int()),
});
/** The same as a type. */
export type Contents = z.infer<typeof contentsSchema>;

/** A list of one table's rows, as it must be. */
export function rowsSchema(columns: readonly string[]) {
  const value = z.union([z.string(), z.int()]);
  return z.array(z.strictObject(Object.fromEntries(columns.map((name) => [name, value]))));
}

/** What tells an entry from every other: its length and SHA-256. */
export function entryOf(name: string, bytes: Buffer): Contents['entries'][number] {
  return { name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** The name of an entry of rows: `tables/actions/000001.jsonl`. */
export function rowsName(table: string, part: number): string {
  return `tables/${table}/${String(part).padStart(6, '0')}.jsonl`;
}

/** The table whose rows an entry holds, by its name; undefined where it holds none. */
export function tableOf(name: string): string | undefined {
  return /^tables\/([a-z_]+)\/\d{6,}\.jsonl$/.exec(name)?.[1];
}

/** The path below CAMPAIGNS_DIR that an entry's name tells of; undefined where it is no campaign's. Is it safe: `pathFault`. */
export function campaignPath(name: string): string | undefined {
  return name.startsWith(CAMPAIGNS) ? name.slice(CAMPAIGNS.length) : undefined;
}
