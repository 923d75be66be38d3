import { ORG_CLASSIFICATIONS, type OrgClassification, type Roster } from '../legislators/legislator.ts';
import type { KnownBills } from './known-bills.ts';
import { createNameFinder, type NameMatch } from './match-names.ts';
import { seenFrom } from './members-then.ts';

/** Finds whom a name of a chamber means on a day, an ISO date. */
export type NamesThen = (name: string, chamber: OrgClassification, day: string) => NameMatch;

/** The legislators of today, and who is found by name among them. */
export interface PeopleSight {
  roster: Roster;
  namesThen: NamesThen;
}

type Unmatched = KnownBills['unmatched'][number];
/** Takes note of a name that can't be told. */
export type Tell = (name: string, did: Unmatched['did'], why: Unmatched['why']) => void;

/**
 * Who is found by name among those who sat in a chamber on a day, as far as the roster knows. Whoever only may have sat there then makes a name
 * doubtful, and is never found by it. Days on which the same members sat share one list, and each name of it is read once.
 */
export function createPeopleSight(roster: Roster): PeopleSight {
  type Find = (name: string) => NameMatch;
  const by_day = new Map(ORG_CLASSIFICATIONS.map((chamber) => [chamber, new Map<string, Find>()]));
  const by_members = new Map<string, Find>();

  function listOf(chamber: OrgClassification, day: string): Find {
    const { sat, may_have_sat } = seenFrom(roster, chamber, day);
    const idsOf = (members: { id: string }[]) => members.map(({ id }) => id).join(' ');
    const key = JSON.stringify([chamber, idsOf(sat), idsOf(may_have_sat)]);
    const same = by_members.get(key);
    if (same) return same;
    const find = createNameFinder([...sat, ...may_have_sat]);
    const doubtful = new Set(may_have_sat.map(({ id }) => id));
    const list = (name: string): NameMatch => {
      const match = find(name);
      return match.kind === 'one' && doubtful.has(match.person_id)
        ? { kind: 'none', may_be: [match.person_id] }
        : match;
    };
    by_members.set(key, list);
    return list;
  }

  const namesThen: NamesThen = (name, chamber, day) => {
    const days = by_day.get(chamber)!;
    const list = days.get(day) ?? listOf(chamber, day);
    days.set(day, list);
    return list(name);
  };
  return { roster, namesThen };
}
