import type { Legislator } from '../legislators/legislator.ts';
import {
  plainDistrict,
  plainWords,
  readWrittenName,
  type WrittenName,
  withoutSuffix,
} from './written-name.ts';

/** Whom a name means: one member, none that is known, or several whom it fits alike. */
export type NameMatch = { kind: 'one'; person_id: string } | { kind: 'none' } | { kind: 'several' };

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

const agrees = (word: string, name: string) =>
  word === name || ((word.length === 1 || name.length === 1) && word[0] === name[0]);

/** Whether a name fits a member, or only might. */
function fitOf(written: WrittenName, member: Legislator): 'yes' | 'perhaps' | 'no' {
  const names = namesOf(member);
  if (written.district !== undefined && written.district !== names.district) return 'no';
  if (written.suffix && names.suffix && written.suffix !== names.suffix) return 'no';
  const hasGiven = (asked: string[], given: string[]) =>
    asked.every((word) => given.some((name) => agrees(word, name)));
  const fits = readings(written).some(({ family, given }) =>
    names.splits.some((split) => split.family === family && hasGiven(given, split.given)),
  );
  if (fits) return 'yes';
  const alone = written.words.length === 1 && names.parts.includes(written.words[0]!);
  return alone && (!written.given || names.splits.some((split) => hasGiven(written.given!, split.given)))
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

/**
 * Whom of these members a name means that a legislature wrote down, be it 'Smith', 'SMITH, C.', 'Rep. Carlos Smith' or
 * 'Smith (17)'. Accents, case, hyphens and apostrophes do not count. A first name, an initial, 'Jr.' or a district that
 * contradicts excludes; short names (Bob for Robert) are not guessed. Where more than one fits, `several`. Members are those
 * who are known to have sat in the chamber then (`membersThen`).
 */
export function matchName(name: string, members: readonly Legislator[]): NameMatch {
  const written = readWrittenName(name);
  if (!written) return { kind: 'none' };
  const judged = members.map((member) => ({ member, fits: fitOf(written, member) }));
  const fitting = judged.filter(({ fits }) => fits !== 'no');
  const [one] = fitting;
  if (!one || (fitting.length === 1 && one.fits === 'perhaps')) return { kind: 'none' };
  return fitting.length > 1 ? { kind: 'several' } : { kind: 'one', person_id: one.member.id };
}
