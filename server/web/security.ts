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

/** Takes a POST only from our own pages: by Sec-Fetch-Site or, where that is absent, by Origin's host. */
export const sameOriginPosts: RequestHandler = (req, _res, next) => {
  if (req.method !== 'POST') return next();
  const site = req.get('sec-fetch-site');
  const own = site === undefined ? originHost(req.get('origin')) === req.get('host') : site === 'same-origin';
  if (!own) throw new PageError(403, 'foreign_post');
  next();
};

/** Host of an Origin header, null where it names none: never equal to a Host. */
function originHost(origin: string | undefined): string | null {
  return origin !== undefined && URL.canParse(origin) ? new URL(origin).host : null;
}
