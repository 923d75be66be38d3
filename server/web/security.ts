import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';
import { PageError } from './page-error.ts';

/** The word for nobody, and the header that says the same to browsers of before CSP (RFC 7034). */
const NOBODY = "'none'";
const POLICY = 'Content-Security-Policy';
const OLD_HEADER = 'X-Frame-Options';

/** What pages may ask a browser for: where it is, when its button is pressed. Who got a script into one would get no more. */
const PERMISSIONS = 'geolocation=(self), camera=(), microphone=(), payment=(), usb=()';

/**
 * Headers of every answer: nothing from third parties, no inline script or style, no framing. All that the HTTP Observatory of
 * MDN asks for, its extra credit among it.
 */
export function securityHeaders(isHttps: boolean): RequestHandler {
  const setOthers = helmet({
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
        frameAncestors: [NOBODY],
      },
    },
    xFrameOptions: { action: 'deny' },
    // 'no-referrer' would make browsers send 'Origin: null' with our own forms.
    referrerPolicy: { policy: 'same-origin' },
    // For this host alone: its owner may have others.
    strictTransportSecurity: isHttps && { includeSubDomains: false },
    // For browsers and plug-ins of long ago: every answer would carry 120 bytes for them.
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  });
  return (req, res, next) => {
    // Sheets and scripts ask for nothing by themselves.
    if (!req.path.startsWith('/assets/')) res.setHeader('Permissions-Policy', PERMISSIONS);
    setOthers(req, res, next);
  };
}

/** Lets pages of these origins show the answer in a frame, and no others; no page at all where there are none. */
export function allowFraming(res: Response, origins: string[]): void {
  if (origins.length === 0) return;
  setAncestors(res, origins.join(' '));
  // It knows no list: with it, browsers of before CSP would show nothing to anyone.
  res.removeHeader(OLD_HEADER);
}

/** Lets nobody show the answer in a frame, whatever was said before: for what takes the place of a page that broke. */
export function forbidFraming(res: Response): void {
  setAncestors(res, NOBODY);
  res.set(OLD_HEADER, 'DENY');
}

/** Which pages may hold the answer in a frame (Content Security Policy Level 3, section 6.4.2). */
function setAncestors(res: Response, ancestors: string): void {
  const policy = String(res.get(POLICY) ?? '');
  res.set(POLICY, policy.replace(/frame-ancestors [^;]*/, `frame-ancestors ${ancestors}`));
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
