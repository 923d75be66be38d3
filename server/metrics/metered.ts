import type { ActionLog } from '../actions/action-log.ts';
import { OperationalError } from '../errors.ts';
import type { Finder } from '../legislators/finder.ts';
import type { Geocoder } from '../legislators/geocoder.ts';
import type { OpenStates } from '../legislators/openstates-client.ts';
import type { Log } from '../log.ts';
import type { Sender } from '../mail/sender.ts';
import type { Metrics, Upstream } from './metrics.ts';

// Each takes a part of the app and gives one that does the same, and counts: the parts themselves know nothing of metrics.

/** Why nothing was asked: the breaker's words. */
const NOT_ASKED = ['resting', 'busy'];
/** What our own count of requests refuses: nothing was asked either. */
const SPENT = ['openstates_minute_spent', 'openstates_day_spent'];

/** Seconds since a moment of `performance.now()`. */
const secondsSince = (started: number) => (performance.now() - started) / 1000;

/** A finder that counts lookups by what became of them. */
export function meterFinder(finder: Finder, metrics: Metrics): Finder {
  return {
    ...finder,
    find: async (...given) => {
      const outcome = await finder.find(...given);
      const [, request] = given;
      metrics.noteLookup(request.kind, outcome.kind, 'reason' in outcome ? outcome.reason : '');
      return outcome;
    },
  };
}

/** A geocoder whose answers, outages and rests are counted. */
export function meterGeocoder(geocoder: Geocoder, metrics: Metrics): Geocoder {
  return {
    geocode: async (address) => {
      const started = performance.now();
      const outcome = await geocoder.geocode(address);
      const code = outcome.kind === 'unavailable' ? outcome.code : outcome.kind;
      const is_asked = !NOT_ASKED.includes(code);
      metrics.noteUpstream('geocoder', bounded(code), is_asked ? secondsSince(started) : undefined);
      return outcome;
    },
  };
}

/** A client of OpenStates whose answers and faults are counted. */
export function meterOpenStates(client: OpenStates, metrics: Metrics): OpenStates {
  const metered =
    <Given extends unknown[], Value>(ask: (...given: Given) => Promise<Value>) =>
    (...given: Given) =>
      counted('openstates', metrics, () => ask(...given));
  return {
    jurisdiction: metered(client.jurisdiction),
    people: metered(client.people),
    seatsAt: metered(client.seatsAt),
    bill: metered(client.bill),
    committees: metered(client.committees),
    committee: metered(client.committee),
    sessions: metered(client.sessions),
  };
}

/** A sender whose mails are counted; one that puts them into a folder asks nothing outside. */
export function meterSender(sender: Sender, metrics: Metrics): Sender {
  if (sender.mode !== 'live') return sender;
  return {
    ...sender,
    send: async (message) => {
      const started = performance.now();
      const sent = await sender.send(message);
      metrics.noteUpstream('smtp', sent.outcome, secondsSince(started));
      return sent;
    },
  };
}

/** A log of actions that counts them by how they ended. */
export function meterActionLog(log: ActionLog, metrics: Metrics): ActionLog {
  return {
    ...log,
    log: async (entry) => {
      const started = performance.now();
      const note = (result: string) =>
        metrics.noteAction(entry.context.type, entry.status_code, result, secondsSince(started));
      metrics.addWaitingActions(1);
      try {
        const written = await log.log(entry);
        note(written.counted ? 'counted' : 'duplicate');
        return written;
      } catch (error) {
        note(error instanceof OperationalError ? error.code : 'fault');
        throw error;
      } finally {
        metrics.addWaitingActions(-1);
      }
    },
  };
}

/** A log that counts the lines which somebody should look at. */
export function meterLog(log: Log, metrics: Metrics): Log {
  return (level, event, fields) => {
    if (level === 'warn' || level === 'error') metrics.noteLine(level, event);
    log(level, event, fields);
  };
}

async function counted<Value>(
  upstream: Upstream,
  metrics: Metrics,
  ask: () => Promise<Value>,
): Promise<Value> {
  const started = performance.now();
  try {
    const value = await ask();
    metrics.noteUpstream(upstream, 'answered', secondsSince(started));
    return value;
  } catch (error) {
    const code = error instanceof OperationalError ? error.code : 'fault';
    metrics.noteUpstream(upstream, code, SPENT.includes(code) ? undefined : secondsSince(started));
    throw error;
  }
}

/** A status may be any of a thousand numbers: they are counted by class. */
function bounded(code: string): string {
  return code.replace(/^HTTP_(\d)\d*$/, 'HTTP_$1xx');
}
