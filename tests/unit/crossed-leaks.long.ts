import { madeUpCounts, SHAPES } from '../support/made-up-counts.ts';
import { publishedOf } from '../support/published-of.ts';
import { leaks } from '../support/worked-out.ts';

const MORE = {
  ...SHAPES,
  'many districts, few actions': { partners: 4, districts: 8, days: 16, actions: 12 },
  'two districts': { partners: 2, districts: 2, days: 8, actions: 12 },
  'weeks of a lone district': { partners: 3, districts: 4, days: 20, actions: 9, lone_district: true },
};

test.each(Object.entries(MORE))(
  '%s: no reader works out a small number in any of forty campaigns',
  (_, shape) => {
    let published = 0;
    for (let seed = 100; seed < 140; seed++) {
      const days = madeUpCounts(shape, seed);
      const { slices } = publishedOf(days);
      published += slices.length;
      for (const reader of ['late', 'nightly'] as const)
        expect([seed, reader, ...leaks({ days, slices, reader })]).toEqual([seed, reader]);
    }
    expect(published).toBeGreaterThan(20);
  },
);
