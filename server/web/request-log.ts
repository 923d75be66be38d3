import type { Request, RequestHandler } from 'express';
import type { LiveCampaigns } from '../campaigns/live-campaigns.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { requestIdOf } from './request-ids.ts';

/** Asked every few seconds by each open preview, and by whoever watches the site. */
const OFTEN_ASKED = ['/campaigns/:slug/preview/version', '/metrics'];

/**
 * One line a request, and one count: method, route pattern, status, milliseconds, id; `aborted` where the other side went away
 * before the answer's end. Never the address asked for, nor who asked.
 */
export function logRequests({
  log,
  campaigns,
  metrics,
}: {
  log: Log;
  campaigns: LiveCampaigns;
  metrics: Metrics;
}): RequestHandler {
  const { requests, under_way } = metrics;
  return (req, res, next) => {
    const started = performance.now();
    under_way.requests += 1;
    // It follows 'finish', and comes alone where the other side goes away.
    res.on('close', () => {
      under_way.requests -= 1;
      const ms = performance.now() - started;
      const is_aborted = !res.writableFinished;
      const route = routeOf(req);
      const { method } = req;
      const status = res.statusCode;
      requests.note(route ?? 'none', { method, status, seconds: ms / 1000, is_aborted });
      const slug = req.params?.slug;
      log(route !== null && OFTEN_ASKED.includes(route) ? 'debug' : 'info', 'request', {
        method,
        route,
        // A campaign's, or nothing: what else stands in the path may be anything that somebody typed.
        slug: typeof slug === 'string' ? campaigns.get(slug)?.slug : undefined,
        status,
        ms: Math.floor(ms),
        aborted: is_aborted || undefined,
        request_id: requestIdOf(res),
      });
    });
    next();
  };
}

/** The pattern of the route that answered, the first where it has several; null where none did. */
function routeOf(req: Request): string | null {
  const path: unknown = req.route?.path;
  const first: unknown = Array.isArray(path) ? path[0] : path;
  return typeof first === 'string' ? first : null;
}

/** Warns once where a proxy announces itself and TRUST_PROXY is unset: all visitors would then share one limit. */
export function warnOfProxy(log: Log, isTrusted: boolean): RequestHandler {
  let isWarned = isTrusted;
  return (req, _res, next) => {
    if (!isWarned && req.get('x-forwarded-for') !== undefined) {
      isWarned = true;
      log('warn', 'untrusted_proxy', {
        message:
          'X-Forwarded-For was seen while TRUST_PROXY is unset: set it, or every visitor counts as the proxy.',
      });
    }
    next();
  };
}
