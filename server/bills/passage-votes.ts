import type { RollCall } from './bill-record.ts';

/** Whether a roll call says who is for the bill: a vote on its passage, or one that the organizer names by identifier or id. */
export function setsPositions({ id, identifier }: RollCall, named: readonly string[]): boolean {
  return named.includes(id) || named.includes(identifier);
}
