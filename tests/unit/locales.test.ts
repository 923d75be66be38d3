import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { momentInWords } from '../../server/calendar.ts';
import { openLocales } from '../../server/web/locale.ts';

const FILES = readdirSync('views/locales');
const [EN, ...OTHERS] = ['en.json', ...FILES.filter((file) => file !== 'en.json')].map((file) => ({
  file,
  strings: JSON.parse(readFileSync(`views/locales/${file}`, 'utf8')),
}));

/** Every string's key: 'act.errors.text_empty'. A list counts as one. */
function keysOf(tree: Record<string, unknown>, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([name, inner]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? keysOf(inner as Record<string, unknown>, `${prefix}${name}.`)
      : [`${prefix}${name}`],
  );
}

/** All of the code that may ask for a string. */
const source = ['views', 'server/web']
  .flatMap((folder) => readdirSync(folder, { recursive: true }).map((file) => join(folder, String(file))))
  .filter((file) => /\.(pug|ts)$/.test(file))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

test('numbers and plurals are those of the language as it is written in the United States', async () => {
  const { translate, languages } = await openLocales('views/locales');
  expect(languages).toEqual(['en', 'es']);
  const progress = (language: string, count: number) =>
    translate(language)('campaign.progress', { count, goal: 12_345 });
  expect(progress('en', 1)).toBe('1 action of 12,345 hoped for');
  expect(progress('es', 1)).toBe('1 acción de las 12,345 que esperamos');
  expect(progress('es', 2_000_000)).toBe('2,000,000 acciones de las 12,345 que esperamos');
  expect(momentInWords(new Date('2026-11-24T15:00:00Z'), 'es', 'America/New_York')).toMatch(
    /^24 de noviembre de 2026.*10:00:00 a\.\s?m\. EST$/,
  );
});

test('a string that no language has is a bug, unless a name of its own stands in', async () => {
  const { translate } = await openLocales('views/locales');
  expect(() => translate('es')('names.states.fl')).toThrow("no string 'names.states.fl'");
  expect(translate('es')('names.states.fl', { defaultValue: 'Florida' })).toBe('Florida');
  expect(translate('es')('names.states.ny', { defaultValue: 'New York' })).toBe('Nueva York');
  expect(translate('tlh')('site.home')).toBe('All campaigns');
});

test('every string of the locale is asked for somewhere', () => {
  const literal = new Set([...source.matchAll(/'([a-z_]+(?:\.[a-z_-]+)+)'/g)].map((match) => match[1]!));
  // Keys put together of a fixed beginning and a value: `act.position.${name}`.
  const begun = [...source.matchAll(/`([a-z_]+(?:\.[a-z_]+)*\.)\$\{/g)].map((match) => match[1]!);
  const unused = keysOf(EN!.strings)
    .map((key) => key.replace(/_(one|other)$/, ''))
    .filter((key) => !literal.has(key) && !begun.some((beginning) => key.startsWith(beginning)));
  expect(unused).toEqual([]);
});

test.each([EN!, ...OTHERS])('no string of $file blames, shouts or uses the word voter', ({ strings }) => {
  const text = JSON.stringify(strings);
  expect(text).not.toMatch(/!|¡|voter|votante|elector|oops|invalid|inválid/i);
});

/** What a key is called whatever its plural. */
const base = (key: string) => key.replace(/_(one|many|other)$/, '');

/** The string of a key; lists are written out. */
function stringAt(tree: unknown, key: string): unknown {
  return key.split('.').reduce((inner, part) => (inner as Record<string, unknown>)?.[part], tree);
}

describe.each(OTHERS)('$file', ({ file, strings }) => {
  test('has every string that English has, and beyond them only names of its own', () => {
    const own = new Set(keysOf(strings).map(base));
    const english = new Set(keysOf(EN!.strings).map(base));
    expect([...english].filter((key) => !own.has(key))).toEqual([]);
    expect([...own].filter((key) => !english.has(key) && !key.startsWith('names.'))).toEqual([]);
  });

  test('puts in the same names as English, and as many texts', () => {
    const shapeOf = (value: unknown) => ({
      names: [...new Set(JSON.stringify(value).match(/{{\w+/g) ?? [])].toSorted(),
      lists: JSON.stringify(value).match(/[[\]]/g)?.join('') ?? '',
    });
    for (const key of keysOf(strings).filter((one) => !one.startsWith('names.'))) {
      const english = stringAt(EN!.strings, key) ?? stringAt(EN!.strings, key.replace(/_many$/, '_other'));
      expect([key, shapeOf(stringAt(strings, key)).names]).toEqual([key, shapeOf(english).names]);
    }
    expect(shapeOf(strings.privacy).lists).toBe(shapeOf(EN!.strings.privacy).lists);
  });

  test('has a form for every plural of its language', () => {
    const language = new Intl.PluralRules(file.slice(0, 2)).resolvedOptions().pluralCategories.toSorted();
    const plurals = Map.groupBy(
      keysOf(strings).filter((key) => key !== base(key)),
      base,
    );
    for (const [key, forms] of plurals) {
      // Not every key that ends so is a plural: 'totals.meaning_other' is a meaning.
      if (!forms.some((form) => form.endsWith('_one'))) continue;
      expect([key, forms.map((form) => form.slice(key.length + 1)).toSorted()]).toEqual([key, language]);
    }
  });
});
