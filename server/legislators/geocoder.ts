import type { Log } from '../log.ts';
import { askOnce, parseJson } from './ask-once.ts';
import { createBreaker } from './breaker.ts';
import { type GeocoderMatch, matchesOf, refusalSchema, replySchema } from './geocoder-reply.ts';

/** What becomes of an address: a value, whatever happens. */
export type GeocoderOutcome =
  | { kind: 'matches'; matches: GeocoderMatch[] }
  | { kind: 'no_match' }
  /** The geocoder does not take the address as it is written. */
  | { kind: 'refused' }
  /** `code` says why, for the log: a code of the network, `HTTP_503`, `not_json`, `wrong_shape`, `too_large`, `busy`, `resting`. */
  | { kind: 'unavailable'; code: string };

/** Turns a street address into points. */
export interface Geocoder {
  geocode: (address: string) => Promise<GeocoderOutcome>;
}

/** What a geocoder's client is made of; the times are for tests to shorten. */
export interface GeocoderOptions {
  /** Without a slash at the end: https://geocoding.geo.census.gov/geocoder */
  url: string;
  now: () => Date;
  random: () => number;
  log: Log;
  /** Milliseconds that one try may take: 5 s. A visitor waits for twice as long at most, however many tries there are. */
  timeout_ms?: number;
  /** Milliseconds before the second try; doubled before the third. */
  backoff_ms?: number;
  /** How long to ask no more after three outages in a row. */
  rest_ms?: number;
}

const TRIES = 3;
/** All tries and the pauses between them end after the time of so many: 10 s. */
const WAIT_IN_TRIES = 2;
/** A reply with all layers of one match has some 20 kB; the longest list of matches stays far below this. */
const LARGEST_REPLY = 2_000_000;

/** What one try came to; an outage may be tried again. */
type Try = GeocoderOutcome & { retry?: boolean };

/**
 * A client of the U.S. Census geocoder (geographies/onelineaddress, current benchmark and vintage, all layers: the ids of
 * layers move with each vintage). The address is in no error and no log line: got's errors, which carry it, stop here.
 */
export function createGeocoder({
  url,
  now,
  random,
  log,
  timeout_ms = 5000,
  backoff_ms = 300,
  rest_ms = 30_000,
}: GeocoderOptions): Geocoder {
  const within_ms = timeout_ms * WAIT_IN_TRIES;
  const breaker = createBreaker<Try>({
    isOutage: ({ kind }) => kind === 'unavailable',
    now,
    within_ms,
    rest_ms,
  });

  const tryOnce = async (address: string, deadline: AbortSignal): Promise<Try> => {
    const query = Object.entries({
      address,
      benchmark: 'Public_AR_Current',
      vintage: 'Current_Current',
      layers: 'all',
      format: 'json',
    });
    const at = `${url}/geographies/onelineaddress`;
    const reply = await askOnce({ url: at, query, timeout_ms, deadline, largest: LARGEST_REPLY });
    if ('status' in reply) return readReply(reply);
    const is_final = reply.code === 'too_large' || deadline.aborted;
    return { kind: 'unavailable', code: reply.code, retry: !is_final };
  };

  const tryThrice = async (address: string, deadline: AbortSignal): Promise<Try> => {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await tryOnce(address, deadline);
      if (!outcome.retry || attempt === TRIES || deadline.aborted) return outcome;
      // Half to the whole of the pause, so that a crowd does not come back all at once.
      await pause(backoff_ms * 2 ** (attempt - 1) * (0.5 + random() / 2));
    }
  };

  return {
    geocode: async (address) => {
      const asked = await breaker.ask((deadline) => tryThrice(address, deadline));
      const was_asked = 'answer' in asked || asked.missed === 'late';
      const outcome: Try = 'answer' in asked ? asked.answer : { kind: 'unavailable', code: codeOf(asked) };
      if (was_asked && outcome.kind === 'unavailable')
        log('warn', 'geocoder_unavailable', { code: outcome.code });
      const { retry: _, ...result } = outcome;
      return result as GeocoderOutcome;
    },
  };
}

/** The time being up has the name that it has where a single try took too long. */
function codeOf({ missed }: { missed: 'busy' | 'resting' | 'late' }): string {
  return missed === 'late' ? 'ETIMEDOUT' : missed;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A 400 is an answer; 429 and 5xx may pass; any other status will not change. */
function readReply({ status, body }: { status: number; body: string }): Try {
  if (status > 400) {
    return { kind: 'unavailable', code: `HTTP_${status}`, retry: status === 429 || status >= 500 };
  }
  const json = parseJson(body);
  // HTML from a gateway, or a reply cut short: an outage, whatever its status.
  if (json === undefined) return { kind: 'unavailable', code: 'not_json', retry: true };
  if (status === 400) {
    // 'Address cannot be empty …' is about what was typed; 'Invalid benchmark in request' about what we ask.
    const isAboutAddress = refusalSchema.safeParse(json).data?.errors.some((error) => /address/i.test(error));
    return isAboutAddress ? { kind: 'refused' } : { kind: 'unavailable', code: 'HTTP_400' };
  }
  const reply = replySchema.safeParse(json);
  if (!reply.success) return { kind: 'unavailable', code: 'wrong_shape' };
  const matches = matchesOf(reply.data);
  return matches.length > 0 ? { kind: 'matches', matches } : { kind: 'no_match' };
}
