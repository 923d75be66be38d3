import type { Legislator } from '../legislators/legislator.ts';

/** Whom a name means: one member, none that is known, or several whom it fits alike. */
export type NameMatch = { kind: 'one'; person_id: string } | { kind: 'none' } | { kind: 'several' };

/** Whom of these members a name means that a legislature wrote down. */
export function matchName(name: string, members: readonly Legislator[]): NameMatch {
  const fitting = members.filter((member) => member.name === name);
  if (fitting.length > 1) return { kind: 'several' };
  return fitting[0] ? { kind: 'one', person_id: fitting[0].id } : { kind: 'none' };
}
