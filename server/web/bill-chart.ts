import { STANCES, type Stance } from '../campaigns/campaign.ts';

/** One stance's part of a bar, in the units of its viewBox. */
export interface BarPart {
  stance: Stance;
  x: number;
  width: number;
}

/** A bar of a chamber: all of its length is all of the members counted. */
export interface StanceBar {
  width: number;
  height: number;
  /** In the order of STANCES; a stance that nobody has has no part. */
  parts: BarPart[];
}

const WIDTH = 640;
const HEIGHT = 48;

/** Stacks how many members have each stance into one bar; one without parts where there are no members. */
export function stanceBar(counts: Record<Stance, number>): StanceBar {
  const members = STANCES.reduce((sum, stance) => sum + counts[stance], 0);
  const at = (count: number) => Math.round((WIDTH * count * 100) / members) / 100;
  let before = 0;
  const parts: BarPart[] = [];
  for (const stance of STANCES) {
    if (counts[stance] === 0) continue;
    const x = at(before);
    before += counts[stance];
    parts.push({ stance, x, width: Math.round((at(before) - x) * 100) / 100 });
  }
  return { width: WIDTH, height: HEIGHT, parts };
}
