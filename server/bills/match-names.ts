import type { Legislator } from '../legislators/legislator.ts';
import { agreementOf, type Fit, type NameSplit } from './given-names.ts';
import {
  plainDistrict,
  plainWords,
  readWrittenName,
  type WrittenName,
  withoutSuffix,
} from './written-name.ts';

/** Whom a name means: one member, none that is known, or several whom it fits alike. Ids of OpenStates. */
export type NameMatch =
  | { kind: 'one'; person_id: string }
  /** `may_be`: those whom it might mean all the same; of `none` they are no more than possible. */
  | { kind: 'none' | 'several'; may_be: string[] };

/** The ways to name a member. */
interface Names {
  /** Each family name that their name may end in, with the first names before it. */
  splits: NameSplit[];
  /** Parts of a family name of several words by which they may go, but hardly alone. */
  parts: string[];
  suffix: string | undefined;
  district: string;
}

// A member stands in the lists of many days.
const known = new WeakMap<Legislator, Names>();

function namesOf(member: Legislator): Names {
  const found = known.get(member) ?? readNames(member);
  known.set(member, found);
  return found;
}

function readNames({ name, given_name, family_name, current_role }: Legislator): Names {
  // A short name stands in quotes or brackets: Robert "Bob" Smith.
  const short = [...name.matchAll(/["“(]([^"”)]+)["”)]/g)].flatMap(([, inside]) => plainWords(inside!));
  const { words, suffix } = withoutSuffix(plainWords(name.replaceAll(/["“(][^"”)]*["”)]/g, ' ')));
  const called = plainWords(given_name ?? '');
  const others = { goes_by: [...short, ...called.slice(0, 1)], further: called.slice(1) };
  const family = withoutSuffix(plainWords(family_name ?? '')).words;
  const starts = words.length === 1 ? [0] : words.map((_, index) => index).slice(1);
  const splits: NameSplit[] = starts.map((start) => ({
    family: words.slice(start).join(''),
    given: words.slice(0, start),
    ...others,
  }));
  if (family.length > 0) {
    const given = words.filter((word) => !family.includes(word));
    splits.push({ family: family.join(''), given, ...others });
  }
  const parts = family.length > 0 ? family.slice(0, -1) : words.slice(1, -1);
  return { splits, parts, suffix, district: plainDistrict(current_role.district) };
}

/** Whether a name fits a member, or only might. */
function fitOf(written: WrittenName, member: Legislator): Fit {
  const names = namesOf(member);
  if (written.district !== undefined && written.district !== names.district) return 'no';
  // A father or a son may have sat there before: only 'Jr.' is Jr.
  if (written.suffix && written.suffix !== names.suffix) return 'no';
  const { org_classification } = member.current_role;
  // Those of the only chamber that Nebraska has are senators.
  if (written.chamber && written.chamber !== (org_classification === 'lower' ? 'lower' : 'upper'))
    return 'no';
  const fits = readings(written).flatMap(({ family, given }) =>
    names.splits.filter((split) => split.family === family).map((split) => agreementOf(given, split)),
  );
  if (fits.includes('yes')) return 'yes';
  const alone = written.words.length === 1 && names.parts.includes(written.words[0]!);
  const agrees = () => names.splits.some((split) => agreementOf(written.given ?? [], split) !== 'no');
  return fits.includes('perhaps') || (alone && agrees()) ? 'perhaps' : 'no';
}

/** Where in a name the family name may begin: 'Guillermo Smith' may be one, or have a first name; so may 'Smith C'. */
function readings({ words, given }: WrittenName): { family: string; given: string[] }[] {
  if (given) return [{ family: words.join(''), given }];
  const found = words.map((_, start) => ({
    family: words.slice(start).join(''),
    given: words.slice(0, start),
  }));
  const last = words.at(-1)!;
  return words.length > 1 && last.length === 1
    ? [...found, { family: words.slice(0, -1).join(''), given: [last] }]
    : found;
}

/** Whether a letter can be neither the member's initial nor their party's. A party that is not told may be any. */
function contradicts(letter: string, member: Legislator): boolean {
  const party = /^(republican|democrat|independent)/.exec(member.party.toLowerCase());
  if (!party || party[0].startsWith(letter)) return false;
  return !namesOf(member).splits.some((split) => agreementOf([letter], split) === 'yes');
}

/**
 * Finds whom of these members a name means that a legislature wrote down, be it 'Smith', 'SMITH, C.', 'Rep. Carlos Smith' or
 * 'Smith (17)'. Accents, case, hyphens and apostrophes do not count. A first name, an initial, 'Jr.', a district or the
 * title of another chamber that contradicts excludes; short names (Bob for Robert) are not guessed; the R in 'Smith, R' may
 * be a party, so that it tells nobody from another. Members are those who are known to have sat in the chamber then
 * (`membersThen`). Each name is read once: a long list asked of one finder costs little.
 */
export function createNameFinder(members: readonly Legislator[]): (name: string) => NameMatch {
  const by_family = new Map<string, Set<Legislator>>();
  const put = (key: string, member: Legislator) =>
    by_family.set(key, (by_family.get(key) ?? new Set()).add(member));
  for (const member of members) {
    const { splits, parts } = namesOf(member);
    for (const key of [...splits.map(({ family }) => family), ...parts]) put(key, member);
  }
  const found = new Map<string, NameMatch>();
  return (name) => {
    const match = found.get(name) ?? find(name);
    found.set(name, match);
    return match;
  };

  function find(name: string): NameMatch {
    const written = readWrittenName(name);
    if (!written) return { kind: 'none', may_be: [] };
    const families = readings(written).map(({ family }) => family);
    const candidates = new Set(families.flatMap((family) => [...(by_family.get(family) ?? [])]));
    const fitting = [...candidates]
      .map((member) => ({ member, fit: fitOf(written, member) }))
      .filter(({ fit }) => fit !== 'no');
    const may_be = fitting.map(({ member }) => member.id);
    const [one] = fitting;
    if (!one || fitting.length > 1) return { kind: one ? 'several' : 'none', may_be };
    if (written.party_or_initial && contradicts(written.party_or_initial, one.member))
      return { kind: 'none', may_be: [] };
    return one.fit === 'yes' ? { kind: 'one', person_id: one.member.id } : { kind: 'none', may_be };
  }
}
