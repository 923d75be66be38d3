/** Stands before something outside that may be down: spares visitors the wait, and the other side the crowd. */
export interface Breaker {
  /** Why nothing may be asked now; undefined where it may. */
  refusal: () => 'busy' | 'resting' | undefined;
  /** Counts a question that is under way; the function it gives is told how it ended. */
  enter: () => (is_outage: boolean) => void;
}

/**
 * Rests for `rest_ms` after `outages` in a row, then lets one question through: what becomes of it decides for the others.
 * At most `at_once` are under way.
 */
export function createBreaker({
  now,
  outages = 3,
  rest_ms = 30_000,
  at_once = 30,
}: {
  now: () => Date;
  outages?: number;
  rest_ms?: number;
  at_once?: number;
}): Breaker {
  let in_a_row = 0;
  let resting_until = 0;
  let under_way = 0;
  return {
    refusal: () => {
      const is_trial_under_way = in_a_row >= outages && under_way > 0;
      if (now().getTime() < resting_until || is_trial_under_way) return 'resting';
      return under_way >= at_once ? 'busy' : undefined;
    },
    enter: () => {
      under_way += 1;
      return (is_outage) => {
        under_way -= 1;
        in_a_row = is_outage ? in_a_row + 1 : 0;
        // After a rest the first outage is enough for the next one.
        if (in_a_row >= outages) resting_until = now().getTime() + rest_ms;
      };
    },
  };
}
