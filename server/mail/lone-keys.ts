import type { Reader } from './letter-queries.ts';
import type { Seal } from './sealed.ts';
import { stillSealed } from './sweep-queries.ts';

/** A key is on disk before its letter is in the database: one this young may still wait for it. */
const YOUNGEST_LONE_KEY_MS = 60 * 60_000;
/** Ids that one query asks about. */
const IDS_A_QUERY = 500;

/** The ids of keys whose letters are erased already, or were never written down: a process was killed in between. */
export async function loneKeys(read: Reader, seal: Seal, now: Date): Promise<string[]> {
  const ids = await seal.madeBefore(new Date(now.getTime() - YOUNGEST_LONE_KEY_MS));
  const lone: string[] = [];
  for (let at = 0; at < ids.length; at += IDS_A_QUERY) {
    const part = ids.slice(at, at + IDS_A_QUERY);
    const kept = await stillSealed(read, part);
    lone.push(...part.filter((id) => !kept.has(id)));
  }
  return lone;
}
