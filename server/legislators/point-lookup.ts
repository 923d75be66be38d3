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

/**
 * Looks points up for visitors: once, as a second try would cost the key twice, and never while OpenStates is down.
 * The point is in no log; why it can't is told once, and again only when the reason has changed.
 */
export function createPointLookup(parts: { client: OpenStates; now: () => Date; log: Log }): PointLookup {
  const breaker = createBreaker({ now: parts.now });
  let told: string | undefined;
  return async (point) => {
    if (breaker.refusal()) return undefined;
    const leave = breaker.enter();
    let is_outage = false;
    try {
      const seats = await parts.client.seatsAt(point);
      told = undefined;
      return seats;
    } catch (error) {
      is_outage = !(error instanceof OperationalError && OURS.includes(error.code));
      if (!(error instanceof OperationalError)) throw error;
      if (error.code !== told) {
        told = error.code;
        parts.log('warn', 'openstates_unavailable', { code: error.code, message: error.message });
      }
      return undefined;
    } finally {
      leave(is_outage);
    }
  };
}
