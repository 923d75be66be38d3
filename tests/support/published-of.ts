import type { DayCounts } from '../../server/reports/day-counts.ts';
import {
  type HidingRules,
  newStanding,
  type Slice,
  type Standing,
  takeInDay,
} from '../../server/reports/slices.ts';

/** All that is published of these days, one after the other. */
export function publishedOf(days: DayCounts[], rules?: HidingRules): { slices: Slice[]; standing: Standing } {
  let standing = newStanding();
  const slices: Slice[] = [];
  for (const day of days) {
    const after = takeInDay(standing, day, rules);
    standing = after.standing;
    slices.push(...after.slices);
  }
  return { slices, standing };
}
