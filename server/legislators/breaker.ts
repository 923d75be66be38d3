import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleType,
  TaskCancelledError,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';

/**
 * What came of a question: its answer, or why there is none. `busy`: too many are under way. `resting`: it was down when it
 * was asked last. `late`: the time was up.
 */
export type Asked<Answer> = { answer: Answer } | { missed: 'busy' | 'resting' | 'late' };

/** Stands before something outside that may be down: spares visitors the wait, and the other side the crowd. */
export interface Breaker<Answer> {
  /** Asks, unless that is in vain just now. The signal ends what is still going on when the time is up. */
  ask: (question: (deadline: AbortSignal) => Promise<Answer>) => Promise<Asked<Answer>>;
}

/**
 * Rests for `rest_ms` after `outages` in a row, then lets one question through: what becomes of it decides for the others.
 * At most `at_once` are under way, and nobody waits longer than `within_ms`, whatever the question does: that it took longer
 * is an outage. What a question throws is for its caller, and no outage.
 */
export function createBreaker<Answer>({
  isOutage,
  now,
  within_ms,
  outages = 3,
  rest_ms = 30_000,
  at_once = 30,
}: {
  /** Whether an answer says that the other side is down. */
  isOutage: (answer: Answer) => boolean;
  now: () => Date;
  within_ms: number;
  outages?: number;
  rest_ms?: number;
  at_once?: number;
}): Breaker<Answer> {
  const outage = handleType(TaskCancelledError).orWhenResult((answer) => isOutage(answer as Answer));
  const circuit = circuitBreaker(outage, {
    breaker: new ConsecutiveBreaker(outages),
    halfOpenAfter: restOf(rest_ms, now),
  });
  // From the outside in: those that are turned away by the first are unknown to the others.
  const policy = wrap(bulkhead(at_once), circuit, timeout(within_ms, TimeoutStrategy.Aggressive));

  return {
    ask: async (question) => {
      // The library would let the others wait until the trial is over.
      if (circuit.state === CircuitState.HalfOpen) return { missed: 'resting' };
      try {
        return { answer: await policy.execute(({ signal }) => question(signal)) };
      } catch (error) {
        if (error instanceof BulkheadRejectedError) return { missed: 'busy' };
        if (error instanceof BrokenCircuitError) return { missed: 'resting' };
        if (error instanceof TaskCancelledError) return { missed: 'late' };
        throw error;
      }
    },
  };
}

/** A rest by the clock that is handed in, which may be set back: the library's own would then rest for that much longer. */
function restOf(rest_ms: number, now: () => Date) {
  const next = () => {
    const since = now().getTime();
    return {
      next,
      get duration() {
        const passed = now().getTime() - since;
        return passed >= 0 && passed < rest_ms ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
      },
    };
  };
  return { next };
}
