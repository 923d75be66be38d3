import type { RequestHandler } from 'express';
import type { LiveCampaigns } from '../campaigns/live-campaigns.ts';
import type { Log } from '../log.ts';

/** Asked every few seconds by each open preview. */
const OFTEN_ASKED = '/campaigns/:slug/preview/version';

/** One line a request: method, route pattern, status, milliseconds. Never the address asked for, nor who asked. */
export function logRequests(log: Log, campaigns: LiveCampaigns): RequestHandler {
  return (req, res, next) => {
    const started = process.hrtime.bigint();
    res.on('finish', () => {
      const ms = Number((process.hrtime.bigint() - started) / 1_000_000n);
      const route: unknown = req.route?.path ?? null;
      const { slug } = req.params ?? {};
      log(route === OFTEN_ASKED ? 'debug' : 'info', 'request', {
        method: req.method,
        route,
        // A campaign's, or nothing: what else stands in the path may be anything that somebody typed.
        slug: typeof slug === 'string' ? campaigns.get(slug)?.slug : undefined,
        status: res.statusCode,
        ms,
      });
    });
    next();
  };
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
