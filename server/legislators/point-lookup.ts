import { OperationalError } from '../errors.ts';
import type { Log } from '../log.ts';
import { createBreaker } from './breaker.ts';
import type { Point } from './legislator.ts';
import type { OpenStates } from './openstates-client.ts';
import type { ApiSeat } from './openstates-replies.ts';

/** Asks OpenStates who represents a point; undefined where it can't be asked or does not answer. */
export type PointLookup = (point: Point) => Promise<ApiSeat[] | undefined>;

/** What our own count refuses costs nothing, and says nothing of the other side. */
const OURS = ['openstates_minute_spent', 'openstates_day_spent'];

/** Half a second beyond what the client itself gives one question: 10 s of the geocoder and this are the longest lookup. */
const WITHIN_MS = 4500;

/** Who sits there, or why it is not known. */
type Found = { seats: ApiSeat[] } | { fault: OperationalError };

/**
 * Looks points up for visitors: once, as a second try would cost the key twice, and never while OpenStates is down.
 * The point is in no log; why it can't is told once, and again only when the reason has changed.
 */
export function createPointLookup(parts: {
  client: OpenStates;
  now: () => Date;
  log: Log;
  /** Told why the client was not even asked. */
  onUnasked?: (why: 'busy' | 'resting') => void;
}): PointLookup {
  const breaker = createBreaker<Found>({
    isOutage: (found) => 'fault' in found && !OURS.includes(found.fault.code),
    now: parts.now,
    within_ms: WITHIN_MS,
  });
  let told: string | undefined;
  const tell = (code: string, message: string) => {
    if (code !== told) parts.log('warn', 'openstates_unavailable', { code, message });
    told = code;
  };
  return async (point) => {
    const asked = await breaker.ask(async (deadline) => {
      try {
        return { seats: await parts.client.seatsAt(point, deadline) };
      } catch (error) {
        if (error instanceof OperationalError) return { fault: error };
        throw error;
      }
    });
    if ('missed' in asked) {
      if (asked.missed === 'late') tell('openstates_unavailable', 'OpenStates did not answer in time.');
      else parts.onUnasked?.(asked.missed);
      return undefined;
    }
    if ('fault' in asked.answer) {
      tell(asked.answer.fault.code, asked.answer.fault.message);
      return undefined;
    }
    told = undefined;
    return asked.answer.seats;
  };
}
