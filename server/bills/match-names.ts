import type { Legislator } from '../legislators/legislator.ts';
import {
  plainDistrict,
  plainWords,
  readWrittenName,
  type WrittenName,
  withoutSuffix,
} from './written-name.ts';

/** Whom a name means: one member, none that is known, or several whom it fits alike. */
export type NameMatch =
  | { kind: 'one'; person_id: string }
  | { kind: 'none' }
  | { kind: 'several'; person_ids: string[] };

/** The ways to name a member. */
interface Names {
  /** Each family name that their name may end in, with the first names before it. */
  splits: { family: string; given: string[] }[];
  /** Parts of a family name of several words by which they may go, but hardly alone. */
  parts: string[];
  suffix: string | undefined;
  district: string;
}

// Each name of a long list is held against each member.
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
  const also_given = [...short, ...plainWords(given_name ?? '')];
  const family = withoutSuffix(plainWords(family_name ?? '')).words;
  const starts = words.length === 1 ? [0] : words.map((_, index) => index).slice(1);
  const splits = starts.map((start) => ({
    family: words.slice(start).join(''),
    given: [...words.slice(0, start), ...also_given],
  }));
  if (family.length > 0) {
    const rest = words.filter((word) => !family.includes(word));
    splits.push({ family: family.join(''), given: [...rest, ...also_given] });
  }
  const parts = family.length > 0 ? family.slice(0, -1) : words.slice(1, -1);
  return { splits, parts, suffix, district: plainDistrict(current_role.district) };
}

const firstOf = (word: string) => word[0];

/** Whether first names as they are written may be a member's: 'Carlos', 'C.', 'C. G.', or a middle name alone. */
function areGivenNames(written: string[], given: string[]): boolean {
  return written.every((word, index) => {
    // An initial is of the first name, unless others stand before it.
    if (word.length === 1) return given.slice(0, index + 1).some((name) => firstOf(name) === word);
    if (given.includes(word)) return true;
    // Who goes by an initial alone may have any name that begins so; with another name beside it they go by that.
    return index === 0 && new Set(given).size === 1 && given[0] === firstOf(word);
  });
}

/** Whether a name fits a member, or only might. */
function howItFits(written: WrittenName, member: Legislator): 'yes' | 'perhaps' | 'no' {
  const names = namesOf(member);
  const { org_classification } = member.current_role;
  if (written.chamber && org_classification !== 'legislature' && written.chamber !== org_classification)
    return 'no';
  if (written.district !== undefined && written.district !== names.district) return 'no';
  if (written.suffix && written.suffix !== names.suffix) return 'no';
  const fits = readings(written).some(({ family, given }) =>
    names.splits.some((split) => split.family === family && areGivenNames(given, split.given)),
  );
  if (fits) return 'yes';
  const alone = written.words.length === 1 && names.parts.includes(written.words[0]!);
  return alone && (!written.given || names.splits.some((split) => areGivenNames(written.given!, split.given)))
    ? 'perhaps'
    : 'no';
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

/** Tells whom of some members a name means. */
export type Matcher = (name: string) => NameMatch;

/**
 * What tells whom of these members a name means that a legislature wrote down, be it 'Smith', 'SMITH, C.', 'Rep. Carlos
 * Smith' or 'Smith (17)'. Accents, case, hyphens and apostrophes do not count. A first name, an initial, 'Jr.', a district or
 * the title of another chamber that contradicts excludes; 'Jr.' is only who has it in the roster; short names (Bob for
 * Robert) are not guessed; a letter that may be a party's tells nobody apart. Where more than one fits, `several`, with their
 * ids. Members are those who are known to have sat in the chamber then (`membersThen`). Each name is looked up once.
 */
export function createMatcher(members: readonly Legislator[]): Matcher {
  const byFamily = new Map<string, Legislator[]>();
  for (const member of members) {
    const { splits, parts } = namesOf(member);
    for (const family of new Set([...splits.map((split) => split.family), ...parts]))
      byFamily.set(family, [...(byFamily.get(family) ?? []), member]);
  }
  const found = new Map<string, NameMatch>();
  return (name) => {
    const match = found.get(name) ?? matchIn(byFamily, readWrittenName(name));
    found.set(name, match);
    return match;
  };
}

function matchIn(byFamily: Map<string, Legislator[]>, written: WrittenName | undefined): NameMatch {
  if (!written) return { kind: 'none' };
  if (written.party_or_initial !== undefined) return matchBeforeLetter(byFamily, written);
  const near = new Set(readings(written).flatMap(({ family }) => byFamily.get(family) ?? []));
  const judged = [...near].map((member) => ({ member, fits: howItFits(written, member) }));
  const fitting = judged.filter(({ fits }) => fits !== 'no');
  const [one] = fitting;
  if (!one || (fitting.length === 1 && one.fits === 'perhaps')) return { kind: 'none' };
  if (fitting.length === 1) return { kind: 'one', person_id: one.member.id };
  return { kind: 'several', person_ids: fitting.map(({ member }) => member.id) };
}

/** 'Smith, R' is the one Smith there is, where the letter may be of the party or of the first name; of two it tells none. */
function matchBeforeLetter(
  byFamily: Map<string, Legislator[]>,
  { party_or_initial: letter, ...written }: WrittenName,
): NameMatch {
  const without = written.given
    ? { ...written, given: undefined }
    : { ...written, words: written.words.slice(0, -1) };
  const match = matchIn(byFamily, { ...without, party_or_initial: undefined });
  if (match.kind !== 'one') return match;
  const member = [...byFamily.values()].flat().find(({ id }) => id === match.person_id)!;
  const is_party = member.party.toLowerCase().startsWith(letter!);
  const is_initial = namesOf(member).splits.some(({ given }) =>
    given.some((name) => firstOf(name) === letter),
  );
  return is_party || is_initial ? match : { kind: 'none' };
}

/** Whom of these members a name means: see `createMatcher`. */
export function matchName(name: string, members: readonly Legislator[]): NameMatch {
  return createMatcher(members)(name);
}
