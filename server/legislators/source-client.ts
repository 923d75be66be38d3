import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { OperationalError } from '../errors.ts';
import type { VersionMark } from './roster-schema.ts';

/** A file to be fetched. */
export interface SourceRequest {
  url: string;
  /** The version that is at hand: where the server still has the same, its content is not fetched. */
  known?: VersionMark | undefined;
  /** Bytes: what is larger is not read to its end. */
  largest: number;
  /** Ends the fetching whatever it is doing. */
  stopped?: AbortSignal | undefined;
  /** Bytes so far, and of how many where the server says so. */
  onProgress?: ((bytes: number, total: number | undefined) => void) | undefined;
}

/** What came: the version that is at hand is still the newest; there is no such file; or what was read of it. */
export type SourceAnswer<Value> =
  | { kind: 'unchanged' }
  | { kind: 'missing' }
  | { kind: 'fetched'; value: Value; mark: VersionMark };

/**
 * Fetches a file and hands its body to `read` as a stream; after a break, which a truncated body is too, `read` is called
 * anew. Throws OperationalError `source_unavailable` after some tries, `source_busy` where the server asks for a longer
 * wait, `source_refused`, `source_too_large`, `source_stopped`, and what `read` throws of a body that came whole.
 */
export type FetchSource = <Value>(
  request: SourceRequest,
  read: (body: Readable) => Promise<Value>,
) => Promise<SourceAnswer<Value>>;

/** The waits of a client, in milliseconds; for tests to shorten. */
export interface SourceWaits {
  /** Before the second try; doubled each time. */
  first_pause_ms?: number;
  /** A wait that a server asks for is kept up to this long. */
  longest_pause_ms?: number;
  /** Without a sign of life from the other side. */
  silence_ms?: number;
  /** For a whole file, however it drips. */
  longest_fetch_ms?: number;
}

const TRIES = 5;
/** Statuses that may pass by themselves. */
const PASSING = [408, 425, 429, 500, 502, 503, 504];

/** What no second try mends: a circle of redirects, or a file that did not come in all the time that there is. */
const LASTING = ['ERR_TOO_MANY_REDIRECTS', 'ERR_UNSUPPORTED_PROTOCOL'];

/** Why a try failed, and how long the server asks to wait. */
interface Failure {
  because: string;
  wait_ms?: number;
}

/**
 * A client of the servers that rosters are pulled from: one connection a host, patient where it is asked to wait. A host that
 * asked for a longer wait is not asked again before; one that has failed all tries gets one at a time until it answers.
 */
export function createSourceClient({
  now,
  first_pause_ms = 2000,
  longest_pause_ms = 120_000,
  silence_ms = 60_000,
  longest_fetch_ms = 1_800_000,
}: SourceWaits & { now: () => Date }): FetchSource {
  const kept = { keepAlive: true, maxSockets: 1 };
  // Not imported: an import of node:http loads undici as well, and a start would wait for it.
  const { Agent: HttpAgent } = process.getBuiltinModule('node:http');
  const { Agent: HttpsAgent } = process.getBuiltinModule('node:https');
  const agent = { http: new HttpAgent(kept), https: new HttpsAgent(kept) };
  /** By host: from when to when it asked to be left alone, in milliseconds since 1970. */
  const busy_hosts = new Map<string, { since: number; until: number }>();
  const failing = new Set<string>();

  const tryOnce = async <Value>(
    { url, known, largest, stopped, onProgress }: SourceRequest,
    read: (body: Readable) => Promise<Value>,
  ): Promise<SourceAnswer<Value> | Failure> => {
    const { default: got } = await import('got');
    const stream = got.stream(url, {
      agent,
      headers: { 'user-agent': 'Statehouse', ...conditions(url, known) },
      timeout: { connect: silence_ms, response: silence_ms, socket: silence_ms, request: longest_fetch_ms },
      maxRedirects: 5,
      retry: { limit: 0 },
      throwHttpErrors: false,
      // What is fetched is packed by itself, and is to be read as it is.
      decompress: false,
      ...(stopped ? { signal: stopped } : {}),
    });
    let broken: Error | undefined;
    let is_content = false;
    stream.on('error', (error) => {
      broken ??= error;
    });
    stream.on('downloadProgress', ({ transferred, total }) => {
      if (transferred > largest) stream.destroy(tooLarge(url));
      else if (is_content) onProgress?.(transferred, total);
    });
    try {
      const [response] = (await once(stream, 'response')) as [IncomingMessage];
      const status = response.statusCode!;
      if (status !== 200) {
        stream.destroy();
        // One that nobody asked for says nothing: a fault of a cache between.
        if (status === 304)
          return isConditional(url, known) ? { kind: 'unchanged' } : { because: 'HTTP 304 unasked' };
        if (status === 404 || status === 410) return { kind: 'missing' };
        if (!PASSING.includes(status)) throw refused(url, status);
        return { because: `HTTP ${status}`, ...askedWait(response) };
      }
      is_content = true;
      const value = await read(stream);
      return { kind: 'fetched', value, mark: markOf(url, response) };
    } catch (error) {
      if (stopped?.aborted) throw new OperationalError('source_stopped', 'It was stopped.');
      if (broken instanceof OperationalError) throw broken;
      if (!broken) throw error;
      const code = codeOf(broken);
      if (LASTING.includes(code)) throw unavailable(url, code);
      return { because: code };
    }
  };

  return async (request, read) => {
    const host = hostOf(request.url);
    const resting = busy_hosts.get(host);
    const at = now().getTime();
    // A clock that was set back says nothing of how long it rests already.
    if (resting && at >= resting.since && at < resting.until) throw busy(request.url, resting.until - at);
    let pause_ms = first_pause_ms;
    for (let tries = failing.has(host) ? TRIES : 1; ; tries += 1) {
      const answer = await tryOnce(request, read);
      if ('kind' in answer) {
        failing.delete(host);
        return answer;
      }
      const { because, wait_ms = pause_ms } = answer;
      if (wait_ms > longest_pause_ms) {
        const since = now().getTime();
        busy_hosts.set(host, { since, until: since + wait_ms });
        throw busy(request.url, wait_ms);
      }
      if (tries === TRIES) {
        failing.add(host);
        throw unavailable(request.url, because);
      }
      await pause(wait_ms, undefined, { signal: request.stopped }).catch(() => undefined);
      pause_ms *= 2;
    }
  };
}

const isConditional = (url: string, known: VersionMark | undefined) =>
  Object.keys(conditions(url, known)).length > 0;

/** Headers by which a server tells only whether there is another version than the one at hand. */
function conditions(url: string, known: VersionMark | undefined): Record<string, string> {
  if (!known || known.url !== url) return {};
  if (known.etag) return { 'if-none-match': known.etag };
  return known.last_modified ? { 'if-modified-since': known.last_modified } : {};
}

function markOf(url: string, { headers }: IncomingMessage): VersionMark {
  const { etag } = headers;
  const last_modified = headers['last-modified'];
  return { url, ...(etag ? { etag } : {}), ...(last_modified ? { last_modified } : {}) };
}

/** No server means more than a day. */
const LONGEST_WAIT_MS = 86_400_000;

/** Retry-After: seconds, or a date by the server's own clock; without one of its own, nothing that can be reckoned with. */
function askedWait({ headers }: IncomingMessage): { wait_ms?: number } {
  const asked = headers['retry-after'];
  if (asked === undefined) return {};
  const wait_ms = /^\d+$/.test(asked)
    ? Number(asked) * 1000
    : Date.parse(asked) - Date.parse(headers.date ?? '');
  return wait_ms > 0 ? { wait_ms: Math.min(wait_ms, LONGEST_WAIT_MS) } : {};
}

/** The code of an error of the network, or of what lies behind it. */
function codeOf(error: Error): string {
  const code = 'code' in error ? String(error.code) : '';
  return code || error.name;
}

const hostOf = (url: string) => new URL(url).host;

function unavailable(url: string, because: string): OperationalError {
  const message = `${hostOf(url)} does not send what it should (${because}). Try again later; what is at hand stays.`;
  return new OperationalError('source_unavailable', message);
}

function busy(url: string, wait_ms: number): OperationalError {
  const minutes = Math.ceil(wait_ms / 60_000);
  const message = `${hostOf(url)} asks to be left alone for ${minutes} minutes. Try again then; what is at hand stays.`;
  return new OperationalError('source_busy', message);
}

function refused(url: string, status: number): OperationalError {
  const message = `${hostOf(url)} refuses ${url} (HTTP ${status}). Look at PEOPLE_URL, BOUNDARIES_URL and ZIP_DISTRICTS_URL, if you have set them.`;
  return new OperationalError('source_refused', message);
}

function tooLarge(url: string): OperationalError {
  return new OperationalError(
    'source_too_large',
    `${url} is larger than such a file can be: it was not read.`,
  );
}
