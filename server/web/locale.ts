import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInstance } from 'i18next';
import { regional } from '../calendar.ts';

/** Gives the string of a key in one language, names put in place. A key that no file has gives `defaultValue`, or throws. */
export type Translate = (key: string, names?: Record<string, unknown>) => string;

/** The languages that `views/locales` has. */
export interface Locales {
  languages: string[];
  translate(language: string): Translate;
}

/** Reads every `<language>.json` of a folder. Strings hold plain text: views escape them. */
export async function openLocales(folder: string): Promise<Locales> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const resources = Object.fromEntries(
    files.map((file) => [
      file.slice(0, -'.json'.length),
      { translation: JSON.parse(readFileSync(join(folder, file), 'utf8')) },
    ]),
  );
  const i18n = createInstance();
  await i18n.init({
    resources,
    fallbackLng: 'en',
    interpolation: { escapeValue: false, skipOnVariables: true },
    returnObjects: true,
    parseMissingKeyHandler: (key: string, default_value: string | undefined) => {
      if (default_value !== undefined) return default_value;
      throw new Error(`no string '${key}' in views/locales`);
    },
  });
  // Numbers are made by the hundred a page: each language's format is kept.
  i18n.services.formatter?.addCached('number', (language, options) => {
    const format = new Intl.NumberFormat(regional(language ?? 'en'), options);
    return (value) => format.format(value);
  });
  return {
    languages: Object.keys(resources),
    translate: (language) => i18n.getFixedT(language) as unknown as Translate,
  };
}
