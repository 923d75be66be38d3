import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayChart } from '../../server/web/day-chart.ts';
import { directionOf, openLocales } from '../../server/words/locale.ts';
import { MADE_UP, withMadeUpLanguage } from '../fixtures/locales/made-up-language.ts';

let folders: ReturnType<typeof withMadeUpLanguage>;
beforeAll(() => {
  folders = withMadeUpLanguage();
});
afterAll(() => folders.drop());

const SHEETS = readdirSync('views/assets').filter((name) => name.endsWith('.css'));

test.each(SHEETS)(
  '%s names the sides of a page by where lines begin and end, not by left and right',
  (name) => {
    const css = readFileSync(join('views/assets', name), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
    expect(css.match(/^.*\b(left|right)\b.*$/gm)).toBeNull();
    const shorthands = [...css.matchAll(/^ *(?:margin|padding|inset|border-width): ([^;]+);/gm)];
    expect(shorthands.length).toBeGreaterThan(0);
    for (const [line, values] of shorthands) {
      const [, end, , start] = values!.split(/ +(?![^(]*\))/);
      expect([line, start ?? end]).toEqual([line, end]);
    }
  },
);

test('the search for sides of a page finds what there is in the sheets', () => {
  const found = SHEETS.map((name) => {
    const css = readFileSync(join('views/assets', name), 'utf8');
    return [...css.matchAll(/^ *(?:margin|padding|inset|border-width): ([^;]+);/gm)].length;
  });
  expect(found.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(2 * SHEETS.length);
  expect(Math.min(...found)).toBeGreaterThan(0);
});

test('whatever a page marks as of another language it also gives the direction of that language', () => {
  const views = readdirSync('views', { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.pug'));
  const marked = views.flatMap((name) =>
    readFileSync(join('views', name), 'utf8')
      .split('\n')
      .filter((line) => /[( ]lang=/.test(line))
      .map((line) => `${name}: ${line.trim()}`),
  );
  expect(marked.length).toBeGreaterThan(20);
  expect(marked.filter((line) => !/[( ]dir(ection)?=/.test(line))).toEqual([]);
});

test('the direction of a language is the one that Node knows, or the one that its file says', async () => {
  expect(['en', 'ht', 'ar', 'fa', 'he', 'ur', 'yi', MADE_UP].map(directionOf)).toEqual(
    'ltr ltr rtl rtl rtl rtl rtl ltr'.split(' '),
  );
  const { translate } = await openLocales(folders.locales_dir);
  expect(['es', 'ar', MADE_UP].map((language) => translate(language).direction)).toEqual([
    'ltr',
    'rtl',
    'rtl',
  ]);
});

test('names that are put into a text from right to left are set apart, in a text from left to right they are not', async () => {
  const { translate } = await openLocales(folders.locales_dir);
  const names = { name: 'SB 316 (2026)', chamber: '' };
  expect(translate('en')('act.in_chamber', names)).toBe('SB 316 (2026) ()');
  expect(translate(MADE_UP)('act.in_chamber', names)).toBe('\u2068SB 316 (2026)\u2069 ()');
  expect(translate(MADE_UP)('names.states.fl', { defaultValue: 'Florida' })).toBe('Florida');
});

test('days run from right to left where text does, and stand as far apart', async () => {
  const { translate } = await openLocales(folders.locales_dir);
  const days = [
    { day: '2026-11-20', completed_actions: 10 },
    { day: '2026-11-23', completed_actions: 5 },
  ];
  const [usual, other] = ['en', MADE_UP].map((language) => dayChart(days, translate(language))!);
  expect(other!.bars[0]!.x).toBeGreaterThan(other!.bars[1]!.x);
  expect(other!.bars[0]!.x - other!.bars[1]!.x).toBeCloseTo(usual!.bars[1]!.x - usual!.bars[0]!.x);
  expect(other!.labels.map(({ x, anchor }) => [x, anchor])).toEqual([
    [100, 'start'],
    [0, 'end'],
  ]);
  expect(other!.labels.map(({ text }) => text)).toEqual(['20 شهر11', '23 شهر11']);
});
