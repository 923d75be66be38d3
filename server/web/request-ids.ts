import type { RequestHandler, Response } from 'express';

/** Digits and letters that nobody mistakes for one another when they are said on the phone (Crockford's base 32). */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 12;
/** What a proxy's own id looks like: a UUID, a trace's number. */
const LOOKS_LIKE_AN_ID = /^[\w-]{8,64}$/;

/** Random ids of twelve letters: `fill` makes bytes random, and is asked once for many of them. */
export function createRequestIds(fill: (bytes: Uint8Array) => void): () => string {
  const pool = new Uint8Array(LENGTH * 256);
  let at = pool.length;
  return () => {
    if (at === pool.length) {
      fill(pool);
      at = 0;
    }
    let id = '';
    for (const end = at + LENGTH; at < end; at += 1) id += LETTERS[pool[at]! & 31];
    return id;
  };
}

/**
 * Gives each request an id, which its answer, its line in the log and the lines of its faults carry: X-Request-Id. One that a
 * trusted proxy has given is kept; what anybody else sends is not, as it would stand in the log.
 */
export function identifyRequests(newRequestId: () => string): RequestHandler {
  return (req, res, next) => {
    const given = req.headers['x-request-id'];
    const is_kept = typeof given === 'string' && LOOKS_LIKE_AN_ID.test(given) && isFromProxy(req);
    const id = is_kept ? given : newRequestId();
    res.locals.request_id = id;
    res.setHeader('X-Request-Id', id);
    next();
  };
}

/** The id of the request that an answer is for. */
export function requestIdOf(res: Response): string {
  return res.locals.request_id;
}

/** Whether a proxy that is trusted handed the request over. */
function isFromProxy(req: Parameters<RequestHandler>[0]): boolean {
  const isTrusted: (address: string, hop: number) => boolean = req.app.get('trust proxy fn');
  return isTrusted(req.socket.remoteAddress ?? '', 0);
}
