import { type Soak, wrongIn } from '../../bench/soak.ts';

const GOOD: Soak = {
  capacity: 50,
  rate: 40,
  seconds: 120,
  visits: 4800,
  held_back: 0,
  errors: {},
  acknowledged: 9600,
  counted: 9600,
  early_mb: 200,
  late_mb: 201,
  growth: { slope: 0.2, error: 0.1 },
};

test.each<[string, Partial<Soak>, string[]]>([
  ['nothing where all is well', {}, []],
  ['nothing where its memory comes and goes', { growth: { slope: 5, error: 2 } }, []],
  ['a memory that grows', { growth: { slope: 5, error: 0.5 } }, ['memory grew by 5.00 ± 0.50 MB a minute']],
  [
    'a server that grew slow',
    { visits: 3800, held_back: 1000 },
    ['3800 of 4800 visits served, 1000 held back'],
  ],
  [
    'over ten minutes also a memory that grows by little',
    { seconds: 600, visits: 24_000, growth: { slope: 1, error: 0.1 } },
    ['memory grew by 1.00 ± 0.10 MB a minute'],
  ],
  ['errors, with how often each came', { errors: { 'HTTP 500': 2 } }, ['2 times HTTP 500']],
  ['an action that is not counted', { counted: 9599 }, ['9600 actions acknowledged, 9599 counted']],
])('what is wrong in a soak: %s', (_what, soaked, wrong) => {
  expect(wrongIn({ ...GOOD, ...soaked })).toEqual(wrong);
});
