import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { momentInWords, numberFormat } from '../../server/calendar.ts';
import { dayIn, weekdayIn } from '../../server/words/dates.ts';
import { openLocales } from '../../server/words/locale.ts';

const FILES = readdirSync('views/locales');
const [EN, ...OTHERS] = ['en.json', ...FILES.filter((file) => file !== 'en.json')].map((file) => ({
  file,
  strings: stringsIn(readFileSync(`views/locales/${file}`, 'utf8')),
}));

/** A file's strings, without the mark that it needs a review. */
function stringsIn(json: string): Record<string, unknown> {
  const { needs_review: _, ...strings } = JSON.parse(json);
  return strings;
}

/** What a language may say of itself beyond the strings that all have. */
const OF_ITS_OWN = /^(names|dates|language)\./;

/** Every string's key: 'act.errors.text_empty'. A list counts as one. */
function keysOf(tree: Record<string, unknown>, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([name, inner]) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? keysOf(inner as Record<string, unknown>, `${prefix}${name}.`)
      : [`${prefix}${name}`],
  );
}

/** All of the code that may ask for a string. */
const source = ['views', 'server/web', 'server/words', 'server/print', 'server/mail']
  .flatMap((folder) => readdirSync(folder, { recursive: true }).map((file) => join(folder, String(file))))
  .filter((file) => /\.(pug|ts)$/.test(file))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

test('numbers and plurals are those of the language as it is written in the United States', async () => {
  const { translate, languages } = await openLocales('views/locales');
  expect(languages).toEqual(FILES.map((file) => basename(file, '.json')));
  const progress = (language: string, count: number) =>
    translate(language)('campaign.progress', { count, goal: 12_345 });
  expect(progress('en', 1)).toBe('1 action of 12,345 hoped for');
  expect(progress('es', 1)).toBe('1 acción de las 12,345 que esperamos');
  expect(progress('es', 2_000_000)).toBe('2,000,000 acciones de las 12,345 que esperamos');
  expect(momentInWords(new Date('2026-11-24T15:00:00Z'), 'es', 'America/New_York')).toMatch(
    /^24 de noviembre de 2026.*10:00:00 a\.\s?m\. EST$/,
  );
  expect(dayIn(translate('es'), '2027-01-04')).toBe('4 de enero de 2027');
  expect(weekdayIn(translate('es'), '2027-01-04', true)).toBe('lunes 4 de enero');
  expect(weekdayIn(translate('en'), '2027-01-04', true)).toBe('Monday, January 4');
});

test('a string that no language has is a bug, unless a name of its own stands in', async () => {
  const { translate } = await openLocales('views/locales');
  expect(() => translate('es')('names.states.fl')).toThrow("no string 'names.states.fl'");
  expect(translate('es')('names.states.fl', { defaultValue: 'Florida' })).toBe('Florida');
  expect(translate('es')('names.states.ny', { defaultValue: 'New York' })).toBe('Nueva York');
  expect(translate('tlh')('site.home')).toBe('All campaigns');
});

test('what is told again is the same, whatever stood in or was put in before', async () => {
  const t = (await openLocales('views/locales')).translate('es');
  for (const _ of ['first', 'again']) {
    expect(t('names.states.fl', { defaultValue: 'Florida' })).toBe('Florida');
    expect(t('names.states.fl', { defaultValue: 'undefined' })).toBe('undefined');
    expect(() => t('names.states.fl')).toThrow("no string 'names.states.fl'");
    expect(t('totals.sample', { skipInterpolation: true })).toBe(t('totals.sample'));
    for (const count of [1, 2]) expect(t('charts.actions', { count })).toMatch(new RegExp(`^${count} acci`));
    expect(t('charts.actions', { count: 3, skipInterpolation: true })).toContain('{{count');
    expect(numberFormat('es')).toBe(numberFormat('es'));
    expect(numberFormat('es', { style: 'percent' }).format(0.5)).not.toBe(numberFormat('es').format(0.5));
  }
});

test('a language that Node does not know says itself how it writes dates', () => {
  for (const { file, strings } of OTHERS) {
    const language = basename(file, '.json');
    if (Intl.DateTimeFormat.supportedLocalesOf([language]).length > 0) continue;
    const { months, weekdays, ...patterns } = strings.dates as Record<string, unknown>;
    expect([months, weekdays].map((list) => (list as string[]).length)).toEqual([12, 7]);
    expect(Object.keys(patterns).toSorted()).toEqual(
      expect.arrayContaining(['day', 'moment', 'short_day', 'time', 'weekday', 'weekday_day']),
    );
  }
});

test('pages ask for dates, lists and names of languages by their own language’s file alone', () => {
  const asking = readdirSync('server/web').filter((file) =>
    /(In|in)Words.*calendar|\bshortDay\b|new Intl\./.test(readFileSync(join('server/web', file), 'utf8')),
  );
  expect(asking).toEqual([]);
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
const base = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '');

/** The string of a key; lists are written out. */
function stringAt(tree: unknown, key: string): unknown {
  return key.split('.').reduce((inner, part) => (inner as Record<string, unknown>)?.[part], tree);
}

describe.each(OTHERS)('$file', ({ file, strings }) => {
  test('has every string that English has, and beyond them only names of its own', () => {
    const own = new Set(keysOf(strings).map(base));
    const english = new Set(keysOf(EN!.strings).map(base));
    expect([...english].filter((key) => !own.has(key))).toEqual([]);
    expect([...own].filter((key) => !english.has(key) && !OF_ITS_OWN.test(key))).toEqual([]);
  });

  test('puts in the same names as English, and as many texts', () => {
    const shapeOf = (value: unknown) => ({
      names: [...new Set(JSON.stringify(value).match(/{{\w+/g) ?? [])].toSorted(),
      lists: JSON.stringify(value).match(/[[\]]/g)?.join('') ?? '',
    });
    for (const key of keysOf(strings).filter((one) => !OF_ITS_OWN.test(one))) {
      const english =
        stringAt(EN!.strings, key) ?? stringAt(EN!.strings, key.replace(/_(zero|two|few|many)$/, '_other'));
      expect([key, shapeOf(stringAt(strings, key)).names]).toEqual([key, shapeOf(english).names]);
    }
    expect(shapeOf(strings.privacy).lists).toBe(shapeOf(EN!.strings.privacy).lists);
  });

  test('has a form for every plural of its language', () => {
    const own = basename(file, '.json');
    const { plurals_as } = (strings.language ?? {}) as { plurals_as?: string };
    const is_known = Intl.PluralRules.supportedLocalesOf([own]).length > 0;
    // Node must know how to count in it, or be told which language counts alike.
    expect(is_known || plurals_as !== undefined).toBe(true);
    const language = new Intl.PluralRules(is_known ? own : plurals_as)
      .resolvedOptions()
      .pluralCategories.toSorted();
    const plurals = Map.groupBy(
      keysOf(strings).filter((key) => key !== base(key)),
      base,
    );
    for (const [key, forms] of plurals) {
      // Not every key that ends so is a plural: 'totals.meaning_other' is a meaning.
      if (stringAt(EN!.strings, `${key}_one`) === undefined) continue;
      expect([key, forms.map((form) => form.slice(key.length + 1)).toSorted()]).toEqual([key, language]);
    }
  });
});
