import type { OrgClassification, Roster } from '../legislators/legislator.ts';
import { createMatcher, type Matcher, type NameMatch } from './match-names.ts';
import { seenFrom } from './members-then.ts';

/** A name in a record, with the OpenStates id where OpenStates knows whose it is. */
export interface Named {
  name: string;
  person_id?: string | undefined;
}

/** Tells people by their names, as today's roster knows them. */
export interface NamesThen {
  /** Whom a name means among who sat in these chambers on a day (an ISO date); an id is taken as it is. */
  match: (named: Named, chambers: readonly OrgClassification[], day: string) => NameMatch;
  /** Whom it means among the members of a chamber today. */
  matchToday: (named: Named, chamber: OrgClassification) => NameMatch;
  /** Whether somebody is known to have sat in a chamber on a day. */
  sat: (person_id: string, chamber: OrgClassification, day: string) => boolean;
  /** The chamber in which somebody sits today; undefined for who does not. */
  chamberOf: (person_id: string | undefined) => OrgClassification | undefined;
}

/** What tells whom of a roster names mean. Each name is looked up once for all days on which the same members sat. */
export function namesThen(roster: Roster): NamesThen {
  const matchers = new Map<string, Matcher>();
  const seen = new Map<string, Matcher>();
  const indexOf = new Map(roster.legislators.map(({ id }, index) => [id, index]));
  const matcherOf = (chambers: readonly OrgClassification[], day: string): Matcher => {
    const key = `${chambers.join()} ${day}`;
    const found = seen.get(key) ?? makeMatcher(chambers, day);
    seen.set(key, found);
    return found;
  };
  const makeMatcher = (chambers: readonly OrgClassification[], day: string): Matcher => {
    const { sat, may_have_sat } = seenFrom(roster, chambers, day);
    const key = [sat, may_have_sat].map((list) => list.map(({ id }) => indexOf.get(id)).join()).join(' ');
    const doubted = new Set(may_have_sat.map(({ id }) => id));
    const match = matchers.get(key) ?? createMatcher([...sat, ...may_have_sat]);
    matchers.set(key, match);
    // Whoever may have sat there then makes a name doubtful, and is never found by it.
    return (name) => {
      const found = match(name);
      return found.kind === 'one' && doubted.has(found.person_id) ? { kind: 'none' } : found;
    };
  };
  const today = new Map<OrgClassification, Matcher>();
  const matchToday = (chamber: OrgClassification): Matcher => {
    const sitting = () =>
      roster.legislators.filter(({ current_role }) => current_role.org_classification === chamber);
    const found = today.get(chamber) ?? createMatcher(sitting());
    today.set(chamber, found);
    return found;
  };
  return {
    match: ({ name, person_id }, chambers, day) => {
      if (person_id !== undefined) return { kind: 'one', person_id };
      return chambers.length === 0 ? { kind: 'none' } : matcherOf(chambers, day)(name);
    },
    matchToday: ({ name, person_id }, chamber) =>
      person_id !== undefined ? { kind: 'one', person_id } : matchToday(chamber)(name),
    sat: (person_id, chamber, day) => seenFrom(roster, [chamber], day).sat.some(({ id }) => id === person_id),
    chamberOf: (person_id) =>
      person_id === undefined ? undefined : roster.legislator(person_id)?.current_role.org_classification,
  };
}
