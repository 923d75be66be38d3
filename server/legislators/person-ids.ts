import { nearest } from '../yaml/nearest.ts';
import type { Legislator } from './legislator.ts';

/** Whether two OpenStates ids are one: capitals and small letters are the same in them. */
export function isSameId(one: string | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}

/** Whom an id means that someone typed; undefined where nobody has it. */
export function ofId(legislators: Legislator[], id: string): Legislator | undefined {
  return legislators.find((one) => isSameId(one.id, id));
}

/**
 * Whose id a typed one was meant to be, where it is nearly theirs. Ids of OpenStates are drawn by chance (RFC 9562, version
 * 4): two whole ones are never as near as that, so one who has left is taken for nobody else.
 */
export function nearlyOfId(legislators: Legislator[], id: string): Legislator | undefined {
  const meant = nearest(
    id,
    legislators.map((one) => one.id),
  );
  return legislators.find((one) => one.id === meant);
}
