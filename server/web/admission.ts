/** How busy this process is just now. */
export interface Load {
  /**
   * Milliseconds that the quickest turn of the event loop took since the last look: so long waits everyone, whatever is
   * asked. One that took long among quick ones, for a collection of garbage or a template's first use, does not show in it.
   */
  delay_ms: number;
  /** How much of the memory that the process may take for its objects is taken, from 0 to 1. */
  heap_share: number;
}

/** Says which new lookups are taken on, so that those who are further on are served as quickly as ever. */
export interface Admission {
  /** Whether to take on the lookup that has just come. */
  admits: () => boolean;
  /** Takes in how busy the process is, and gives back why some are refused; undefined where none is. */
  note: (load: Load) => Overload | undefined;
}

/** Why new lookups are refused. */
export type Overload = 'delay' | 'memory';

/** One slow look may be chance. */
const SLOW_LOOKS = 2;
/** A share halved where it was too large and raised by little where it was not finds what can be served, and stays near it. */
const RAISE = 0.02;
/** So many still go through at the worst: by them it is seen that there is room again. */
const SMALLEST = 0.01;
/** Refused from the first on and until the second is reached again: what is left is needed by those who are further on. */
const HEAP = { full: 0.9, free: 0.8 };

/** Refuses part of the lookups while turns take longer than `delay_ms`, all while memory is short. */
export function createAdmission({ delay_ms }: { delay_ms: number }): Admission {
  let share = 1;
  /** What has been admitted less than the share allows: whole ones go through. */
  let due = 0;
  let slow_looks = 0;
  let is_short = false;
  return {
    admits: () => {
      if (is_short) return false;
      due += share;
      if (due < 1) return false;
      due -= 1;
      return true;
    },
    note: (load) => {
      is_short = load.heap_share >= (is_short ? HEAP.free : HEAP.full);
      slow_looks = load.delay_ms > delay_ms ? slow_looks + 1 : 0;
      if (slow_looks >= SLOW_LOOKS || (slow_looks > 0 && share < 1)) share = Math.max(share / 2, SMALLEST);
      else if (slow_looks === 0) share = Math.min(share + RAISE, 1);
      if (is_short) return 'memory';
      return share < 1 ? 'delay' : undefined;
    },
  };
}
