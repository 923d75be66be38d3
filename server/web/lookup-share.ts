import { addressKeys } from './rate-limits.ts';

/** A third of the places that the geocoder's client has (30 questions under way). */
const PLACES_FOR_ONE_BLOCK = 10;

/** Keeps one block of addresses from taking all places at something that answers slowly. */
export interface LookupShare {
  /**
   * Takes a place for a block; the function gives it back. Undefined where all that one block may have are taken: others
   * still find room.
   */
  enter: (ip: string) => (() => void) | undefined;
}

/** Counts lookups under way by block, in memory alone and no longer than they last. */
export function createLookupShare(places = PLACES_FOR_ONE_BLOCK): LookupShare {
  const under_way = new Map<string, number>();
  return {
    enter: (ip) => {
      const { block } = addressKeys(ip);
      const taken = under_way.get(block) ?? 0;
      if (taken >= places) return undefined;
      under_way.set(block, taken + 1);
      return () => {
        const left = under_way.get(block)! - 1;
        if (left > 0) under_way.set(block, left);
        else under_way.delete(block);
      };
    },
  };
}
