import { daysAfter } from '../../server/calendar.ts';
import type { CountedCell, DayCounts } from '../../server/reports/day-counts.ts';
import { numbersFrom } from './numbers-from.ts';

/** What a made-up campaign looks like. */
export interface Shape {
  partners: number;
  districts: number;
  days: number;
  /** Actions of a day, about. */
  actions: number;
  /** How much more the first partner does than the others; 1 for as much. */
  big_partner?: number;
  /** The last district is only ever acted on by the last partner. */
  lone_district?: boolean;
  /** Every so many days there is a single action. */
  single_every?: number;
  /** Two members in the first district. */
  two_members?: boolean;
}

/** A campaign's completed actions, day by day, as chance has it. */
export function madeUpCounts(shape: Shape, seed: number): DayCounts[] {
  const random = numbersFrom(seed);
  const below = (count: number) => Math.floor(random() * count);
  return Array.from({ length: shape.days }, (_, index) => {
    const is_single = shape.single_every !== undefined && index % shape.single_every === 1;
    const actions = is_single ? 1 : Math.round(shape.actions * (0.5 + random()));
    const cells = new Map<string, CountedCell>();
    for (let nth = 0; nth < actions; nth++) {
      const is_big = random() < ((shape.big_partner ?? 1) - 1) / (shape.big_partner ?? 1);
      // Some districts are acted on far more than others.
      const district = Math.floor(shape.districts * random() ** 2);
      const is_lone = shape.lone_district && district === shape.districts - 1;
      const partner = is_lone ? shape.partners - 1 : is_big ? 0 : below(shape.partners);
      const member = shape.two_members && district === 0 ? below(2) : 0;
      const cell = {
        partner: partner === 0 ? '' : `partner-${partner}`,
        legislator_id: `ocd-person/${district}-${member}`,
        division_id: `ocd-division/country:us/state:fl/sldl:${district + 1}`,
      };
      const key = JSON.stringify(cell);
      const completed_actions = (cells.get(key)?.completed_actions ?? 0) + 1;
      cells.set(key, { ...cell, completed_actions });
    }
    return { day: daysAfter('2026-11-02', index), counts: [...cells.values()] };
  });
}

/** Campaigns of every kind that has led to leaks in tables like these. */
export const SHAPES: Record<string, Shape> = {
  dense: { partners: 3, districts: 5, days: 5, actions: 90 },
  sparse: { partners: 3, districts: 5, days: 10, actions: 8 },
  'one big partner': { partners: 4, districts: 5, days: 5, actions: 70, big_partner: 8 },
  'a district with a single partner': {
    partners: 3,
    districts: 4,
    days: 5,
    actions: 60,
    lone_district: true,
  },
  'days with one action': { partners: 2, districts: 4, days: 6, actions: 50, single_every: 2 },
  'a district with two members': { partners: 2, districts: 3, days: 5, actions: 40, two_members: true },
  'one partner alone': { partners: 1, districts: 5, days: 6, actions: 40 },
  'two weeks of little': { partners: 2, districts: 4, days: 15, actions: 7, big_partner: 3 },
};
