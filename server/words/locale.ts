import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance, type i18n } from 'i18next';
import { LRUCache } from 'lru-cache';
import { numberFormat } from '../calendar.ts';

/** Which way a language is written. */
export type Direction = 'ltr' | 'rtl';

/** Gives the string of a key in one language, names put in place. A key that no file has gives `defaultValue`, or throws. */
export interface Translate {
  (key: string, names?: Record<string, unknown>): string;
  /** Its code: 'en'. */
  language: string;
  direction: Direction;
}

/** The languages that `views/locales` has. */
export interface Locales {
  languages: string[];
  translate(language: string): Translate;
}

/** What a locale file says of its language, beside its strings: docs/languages.md tells of each. */
interface LanguageFacts {
  /** Where Node does not know it, or knows it otherwise. */
  direction?: Direction;
  /** A language that has as many forms for numbers as this one, where Node does not know it. */
  plurals_as?: string;
}

interface LocaleFile {
  language?: LanguageFacts;
  names?: { languages?: Record<string, string> };
  [group: string]: unknown;
}

/** Strings of a language that are kept as they were told last: a locale file has a few hundred, and names of districts beside. */
const MOST_KEPT = 4000;

/** The language whose strings stand in for what another lacks. */
const FALLBACK = 'en';

/** Reads every `<language>.json` of a folder. Strings hold plain text: views escape them. */
export async function openLocales(folder: string): Promise<Locales> {
  const files = readLocaleFiles(folder);
  const instance = createInstance();
  await instance.init({
    resources: Object.fromEntries([...files].map(([language, translation]) => [language, { translation }])),
    fallbackLng: FALLBACK,
    interpolation: { escapeValue: false, skipOnVariables: true },
    returnObjects: true,
    parseMissingKeyHandler: (key: string, default_value: string | undefined) => {
      if (default_value !== undefined) return default_value;
      throw new Error(`no string '${key}' in views/locales`);
    },
  });
  instance.services.formatter?.addCached('number', (language, options) => {
    const format = numberFormat(language ?? FALLBACK, options);
    return (value) => format.format(value);
  });
  countAsTold(instance, files);
  const translators = new Map<string, Translate>();
  return {
    languages: [...files.keys()],
    translate: (language) => {
      const known = translators.get(language);
      if (known) return known;
      const t = translatorOf(instance, language, files.get(language)?.language);
      // Whatever a visitor asks for, no more than the languages that there are is kept.
      if (files.has(language)) translators.set(language, t);
      return t;
    },
  };
}

/** The files by their languages; a mark that a file needs a review is none of its strings. */
function readLocaleFiles(folder: string): Map<string, LocaleFile> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const files = new Map(
    names.map((name): [string, LocaleFile] => {
      const { needs_review: _, ...strings } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
      return [name.slice(0, -'.json'.length), strings];
    }),
  );
  nameInAll(files);
  return files;
}

/** A language that Node has no name for is called by its own, in all others. */
function nameInAll(files: Map<string, LocaleFile>): void {
  const known = new Intl.DisplayNames([FALLBACK], { type: 'language', fallback: 'none' });
  const fallback = files.get(FALLBACK);
  for (const [language, { names }] of files) {
    const own = names?.languages?.[language];
    if (!fallback || own === undefined || known.of(language) !== undefined) continue;
    fallback.names = { ...fallback.names, languages: { ...fallback.names?.languages, [language]: own } };
  }
}

/** Forms for numbers follow the file where Node does not know its language: else they would be those of the server's own. */
function countAsTold({ services }: i18n, files: Map<string, LocaleFile>): void {
  const resolver = services.pluralResolver as { getRule(code: string, options?: object): Intl.PluralRules };
  const rulesOf = resolver.getRule.bind(resolver);
  resolver.getRule = (code, options) => {
    const is_known = Intl.PluralRules.supportedLocalesOf([code]).length > 0;
    return rulesOf(is_known ? code : (files.get(code)?.language?.plurals_as ?? FALLBACK), options);
  };
}

function translatorOf(instance: i18n, language: string, facts: LanguageFacts = {}): Translate {
  const direction = facts.direction ?? directionOf(language);
  const fixed = instance.getFixedT(language) as unknown as (key: string, names?: object) => string;
  const t =
    direction === 'ltr'
      ? fixed
      : (key: string, names?: Record<string, unknown>) => fixed(key, names && isolated(names));
  // A page says the same few hundred again and again.
  const plain = new LRUCache<string, string>({ max: MOST_KEPT });
  const told = (key: string, names?: Record<string, unknown>) => {
    const asked = askedAlike(key, names);
    if (asked === undefined) return t(key, names);
    const known = plain.get(asked) ?? t(key, names);
    // What is a group of strings is left as it comes: whoever has it may change it.
    if (typeof known === 'string') plain.set(asked, known);
    return known;
  };
  return Object.assign(told, { language, direction });
}

const NONE: Record<string, unknown> = {};

/** A key with what stands in for it; undefined where names are put in, for those differ from call to call. */
function askedAlike(key: string, names = NONE): string | undefined {
  const { defaultValue, skipInterpolation, ...others } = names;
  for (const _ in others) return undefined;
  return names === NONE ? key : JSON.stringify([key, skipInterpolation, defaultValue]);
}

/** Which way a language is written, as far as Node knows. */
export function directionOf(language: string): Direction {
  const locale = new Intl.Locale(language) as Intl.Locale & { getTextInfo(): { direction?: Direction } };
  return locale.getTextInfo().direction ?? 'ltr';
}

/**
 * Names that are put into a text written from right to left may be written the other way, as people and bills here are.
 * Each is set apart by the marks FSI and PDI (Unicode Standard Annex 9), so that it changes the order of nothing around it.
 */
function isolated(names: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(names).map(([name, value]) => [
    name,
    typeof value === 'string' && value !== '' && name !== 'defaultValue' ? `\u2068${value}\u2069` : value,
  ]);
  return Object.fromEntries(entries);
}
