import { readFileSync } from 'node:fs';
import { dayChart } from '../../server/web/day-chart.ts';
import { directionOf, openLocales } from '../../server/words/locale.ts';
import { MADE_UP, withMadeUpLanguage } from '../fixtures/locales/made-up-language.ts';

let folders: ReturnType<typeof withMadeUpLanguage>;
beforeAll(() => {
  folders = withMadeUpLanguage();
});
afterAll(() => folders.drop());

test('the style sheet names the sides of a page by where lines begin and end, not by left and right', () => {
  const css = readFileSync('views/assets/style.css', 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
  expect(css.match(/^.*\b(left|right)\b.*$/gm)).toBeNull();
  const shorthands = [...css.matchAll(/^ *(?:margin|padding|inset|border-width): ([^;]+);/gm)];
  expect(shorthands.length).toBeGreaterThan(5);
  for (const [line, values] of shorthands) {
    const [, end, , start] = values!.split(/ +(?![^(]*\))/);
    expect([line, start ?? end]).toEqual([line, end]);
  }
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
  expect(other!.labels.map(({ x }) => x)).toEqual([640, 640, 0]);
  expect(other!.labels.map(({ text }) => text)).toEqual(['10', '20 شهر11', '23 شهر11']);
});
