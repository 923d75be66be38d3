import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { OperationalError } from '../errors.ts';
import { stateFacts } from './states.ts';

/** Whose roster is read, and what helps where its files are damaged. */
export interface RosterPlace {
  state: string;
  remedy: string;
}

/** The text of a roster's file; undefined where there is none. Throws OperationalError `roster_unreadable` where it can't be read. */
export async function readText(path: string, place: RosterPlace): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw unreadable(place, path, `can’t be opened (${(cause as Error).message})`, cause);
  }
}

/** What JSON out of a roster's file holds. Throws OperationalError `roster_unreadable` where it is none, or of another shape. */
export function parseAs<Value>(
  schema: z.ZodType<Value>,
  text: string,
  { path, place }: { path: string; place: RosterPlace },
): Value {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw unreadable(place, path, 'is cut short or not JSON', cause);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const where = issue.path.join('.') || 'the whole';
  throw unreadable(place, path, `has a fault in ${where}: ${issue.message}`, parsed.error);
}

/** Tells that a file of a roster can’t be used, and what helps: `roster_unreadable`. */
export function unreadable(
  { state, remedy }: RosterPlace,
  path: string,
  what: string,
  cause?: unknown,
): OperationalError {
  const message = `The roster of ${stateFacts(state).name} can’t be used: ${path} ${what}. ${remedy}`;
  return new OperationalError('roster_unreadable', message, { cause });
}
