import { daysAfter } from '../../server/calendar.ts';
import { type CountedCell, type DayCounts, totalOf } from '../../server/reports/day-counts.ts';
import { shownPartnerCells } from '../../server/reports/partner-slices.ts';
import { madeUpCounts, SHAPES } from '../support/made-up-counts.ts';
import { publishedOf } from '../support/published-of.ts';

/** A day's actions from a table: a row for each partner, a column for each district. */
function dayOf(nth: number, table: number[][]): DayCounts {
  const counts = table.flatMap((row, partner) =>
    row.flatMap((completed_actions, district): CountedCell[] =>
      completed_actions === 0
        ? []
        : [
            {
              partner: `partner-${partner}`,
              legislator_id: `ocd-person/${district}`,
              division_id: `division-${district}`,
              completed_actions,
            },
          ],
    ),
  );
  return { day: daysAfter('2026-11-02', nth), counts };
}

const FIRST_DAY = [
  [9, 8, 7],
  [8, 9, 6],
];

test('no two slices of a table share a day, each number is 5 or more and exact, and the first days stay hidden', () => {
  for (const shape of Object.values(SHAPES)) {
    const days = madeUpCounts(shape, 7);
    const { slices, standing } = publishedOf(days);
    for (const name of ['legislator_by_day', 'partner_by_division']) {
      let last = standing.kept_back!.last_day;
      for (const { first_day, last_day } of slices.filter((slice) => slice.name === name)) {
        expect(first_day).toBe(daysAfter(last, 1));
        last = last_day;
      }
    }
    for (const { first_day, last_day, cells } of slices)
      for (const { completed_actions, ...of } of cells) {
        const counts = days
          .filter(({ day }) => first_day <= day && day <= last_day)
          .flatMap((day) => day.counts);
        const own = counts.filter((cell) =>
          Object.entries(of).every(([key, value]) => cell[key as keyof CountedCell] === value),
        );
        expect(completed_actions).toBe(totalOf(own));
        expect(completed_actions).toBeGreaterThanOrEqual(5);
      }
  }
});

test('nothing is told of a day of which less than half could be shown, until its slice is seven days long', () => {
  const little = [
    [2, 5, 1],
    [1, 1, 3],
  ];
  const days = [FIRST_DAY, ...Array.from({ length: 9 }, () => little)].map((table, nth) => dayOf(nth, table));
  const { slices } = publishedOf(days);
  const partners = slices.filter(({ name }) => name === 'partner_by_division');
  for (const { first_day, last_day, cells } of slices) {
    const total = totalOf(
      days.filter(({ day }) => first_day <= day && day <= last_day).flatMap((day) => day.counts),
    );
    const shown = cells.reduce((sum, { completed_actions }) => sum + completed_actions, 0);
    expect(shown * 2 >= total || last_day === daysAfter(first_day, 6)).toBe(true);
  }
  expect(partners.length).toBeGreaterThan(0);
  const opened = publishedOf(days.slice(0, 2));
  expect(opened.slices).toEqual([]);
});

test('a campaign with one district, or with less than five actions, publishes nothing', () => {
  expect(publishedOf(Array.from({ length: 9 }, (_, nth) => dayOf(nth, [[30], [20]]))).slices).toEqual([]);
  expect(publishedOf([dayOf(0, [[3, 1]])]).standing.kept_back).toMatchObject({ last_day: '2026-11-02' });
  expect(publishedOf([dayOf(0, [[3, 1]]), dayOf(1, [[40, 30]])]).slices).toEqual([]);
});

test('where all of some days is one partner’s or one district’s, and a number small, nothing of them is shown', () => {
  const slice = { kept_back: dayOf(0, FIRST_DAY).counts, columns: [], is_first: false };
  const shown = (table: number[][]) => shownPartnerCells({ ...slice, days: [dayOf(1, table)] }).length;
  // The totals of partners and of districts are these very numbers.
  expect(shown([[20, 15, 3]])).toBe(0);
  expect(shown([[20], [15], [3]])).toBe(0);
  const two = [
    [20, 15, 3],
    [30, 18, 12],
  ];
  expect(shown(two)).toBeGreaterThan(0);
});
