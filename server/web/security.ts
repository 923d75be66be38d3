import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { PageError } from './page-error.ts';

/** Headers of every answer: nothing from third parties, no inline script or style, no framing. */
export function securityHeaders(isHttps: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // 'no-referrer' would make browsers send 'Origin: null' with our own forms.
    referrerPolicy: { policy: 'same-origin' },
    // For this host alone: its owner may have others.
    strictTransportSecurity: isHttps && { includeSubDomains: false },
  });
}

/** No cache keeps an answer unless its route says otherwise: redirects name districts, others answer for one moment. */
export const keptByNone: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};

/** Takes a POST only from our own pages: by Sec-Fetch-Site or, where that is absent, by Origin's host. */
export const sameOriginPosts: RequestHandler = (req, _res, next) => {
  if (req.method !== 'POST') return next();
  const site = req.get('sec-fetch-site');
  const own = site === undefined ? namesHost(req.get('origin'), req.get('host')) : site === 'same-origin';
  if (!own) throw new PageError(403, 'foreign_post');
  next();
};

/** Whether an address, of an Origin or a Referer header, is of this host; a port that goes without saying may stand in either. */
export function namesHost(address: string | undefined, host: string | undefined): boolean {
  const named = URL.parse(address ?? '');
  return named !== null && named.host !== '' && named.host === URL.parse(`${named.protocol}//${host}`)?.host;
}
