import { type CountedCell, sumBy } from '../../server/reports/day-counts.ts';
import { shownLegislators } from '../../server/reports/legislator-columns.ts';
import { shownPartnerCells } from '../../server/reports/partner-slices.ts';
import type { HidingRules } from '../../server/reports/slices.ts';
import { madeUpCounts, SHAPES } from '../support/made-up-counts.ts';
import { publishedOf } from '../support/published-of.ts';
import { leaks, type Reader, workedOut } from '../support/worked-out.ts';

const READERS: Reader[] = ['late', 'nightly'];

/** Hides what is below 5 and nothing else. */
const NAIVE: HidingRules = {
  shownLegislators: ({ days }) => {
    const sums = sumBy(
      days.flatMap(({ counts }) => counts),
      ({ legislator_id }) => legislator_id,
    );
    return new Set([...sums].filter(([, count]) => count >= 5).map(([id]) => id));
  },
  shownPartnerCells: ({ days }) => {
    const keyOf = ({ partner, division_id }: CountedCell) => JSON.stringify([partner, division_id]);
    const sums = sumBy(
      days.flatMap(({ counts }) => counts),
      keyOf,
    );
    return [...sums].flatMap(([key, completed_actions]) => {
      const [partner, division_id] = JSON.parse(key) as [string, string];
      return completed_actions < 5 ? [] : [{ partner, division_id, completed_actions }];
    });
  },
};

/** What readers work out of campaigns of every shape, by the rules or by others; and how many slices there were. */
function attack(names: string[], seeds: number[], rules?: HidingRules) {
  const found = { slices: 0, late: 0, nightly: 0 };
  for (const name of names)
    for (const seed of seeds) {
      const days = madeUpCounts(SHAPES[name]!, seed);
      const { slices } = publishedOf(days, rules);
      found.slices += slices.length;
      for (const reader of READERS) found[reader] += leaks({ days, slices, reader }).length;
    }
  return found;
}

test('with all published tables no reader works out a small number that the live totals do not tell', () => {
  const { slices, ...told } = attack(Object.keys(SHAPES), [1, 2]);
  expect(told).toEqual({ late: 0, nightly: 0 });
  expect(slices).toBeGreaterThan(60);
});

test('where the live totals tell no small number, none is told with the tables either', () => {
  let asked = 0;
  for (const name of ['dense', 'one big partner', 'a district with two members'])
    for (const seed of [4]) {
      const days = madeUpCounts(SHAPES[name]!, seed);
      const { slices } = publishedOf(days);
      for (const reader of READERS) {
        if (workedOut({ days, slices, reader, has_seen: false }).size > 0) continue;
        asked++;
        expect([name, seed, ...workedOut({ days, slices, reader })]).toEqual([name, seed]);
      }
    }
  expect(asked).toBeGreaterThan(3);
});

test('without the numbers that are hidden beside small ones readers work out some: each of the two rules is needed', () => {
  const late = attack(['one partner alone'], [1], { ...NAIVE, shownPartnerCells }).late;
  expect(late).toBeGreaterThan(0);
  const nightly = attack(['one big partner'], [1], {
    shownLegislators,
    shownPartnerCells: NAIVE.shownPartnerCells,
  }).nightly;
  expect(nightly).toBeGreaterThan(0);
});
