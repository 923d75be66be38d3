import type { District, Legislator, OrgClassification } from '../legislators/legislator.ts';
import { chamberName, stateFacts } from '../legislators/states.ts';
import { isAtLarge } from '../legislators/undrawn-districts.ts';
import type { Translate } from './locale.ts';

/** A district that is known by its number or letter alone: '5', '64A', 'K'. */
export function isNumbered({ district }: Pick<District, 'district'>): boolean {
  return /^(\d+[A-Z]?|[A-Z])$/i.test(district);
}

// The locales hold what a language calls these; where one says nothing, their English names stand.

/** 'Florida', 'Carolina del Norte'. */
export function stateIn(t: Translate, state: string): string {
  return t(`names.states.${state}`, { defaultValue: stateFacts(state).name });
}

/** 'Senate', 'Cámara de Representantes'. */
export function chamberIn(t: Translate, state: string, chamber: OrgClassification): string {
  const name = chamberName(state, chamber);
  return t(`names.chambers.${name}`, { defaultValue: name });
}

/** The same as it stands in a sentence: 'the Senate', 'la Cámara de Representantes'. */
export function theChamberIn(t: Translate, state: string, chamber: OrgClassification): string {
  const name = chamberName(state, chamber);
  return t(`names.the_chambers.${name}`, { defaultValue: `the ${name}` });
}

/** 'State Senate District 5', as the Census names it, or the same in the language; 'Senate, at large'. */
export function districtIn(t: Translate, district: District): string {
  const chamber = chamberIn(t, district.state, district.org_classification);
  if (isAtLarge(district)) return t('names.at_large', { defaultValue: `${chamber}, at large`, chamber });
  if (!isNumbered(district)) return district.name;
  return t('names.district', { defaultValue: district.name, chamber, district: district.district });
}

/** 'Senator', 'Rep.'. */
export function titleIn(t: Translate, { current_role }: { current_role: { title: string } }): string {
  return t(`names.titles.${current_role.title}`, { defaultValue: current_role.title });
}

/** 'Republican', 'Demócrata'; of someone whom several nominated each of them: 'Demócrata/Progresista'. '' stays ''. */
export function partyIn(t: Translate, party: string): string {
  return party
    .split('/')
    .map((one) => t(`names.parties.${one}`, { defaultValue: one }))
    .join('/');
}

/** Title and whole name. */
export function nameIn(t: Translate, legislator: { name: string; current_role: { title: string } }): string {
  return `${titleIn(t, legislator)} ${legislator.name}`;
}

/** Title and family name, for buttons. */
export function shortNameIn(t: Translate, legislator: Legislator): string {
  return `${titleIn(t, legislator)} ${legislator.family_name || legislator.name}`;
}

// Making one is slow, and a page asks for many names; there are few languages: each is kept.
const languageNames = new Map<string, Intl.DisplayNames>();

/** What a language calls another, or itself: 'Spanish', 'español'; '', of which nobody said which it was, 'not said'. */
export function languageIn(t: Translate, named: string): string {
  if (named === '') return t('totals.not_said');
  // Not every language has its names here: English, then, rather than whatever the server speaks.
  const names =
    languageNames.get(t.language) ?? new Intl.DisplayNames([t.language, 'en'], { type: 'language' });
  languageNames.set(t.language, names);
  return t(`names.languages.${named}`, { defaultValue: names.of(named) ?? named });
}

const lists = new Map<string, Intl.ListFormat>();

/** Names one after the other: 'the Senate and the House', 'Ada, Ben y Cleo'; '' for none. */
export function listIn(t: Translate, names: string[]): string {
  const format = lists.get(t.language) ?? new Intl.ListFormat([t.language, 'en']);
  lists.set(t.language, format);
  const usual = format.format(names);
  if (names.length < 2) return usual;
  const parts = { others: names.slice(0, -1).join(', '), last: names.at(-1)! };
  return t('names.and', { ...parts, defaultValue: usual });
}
