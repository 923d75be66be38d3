import type { ErrorRequestHandler, RequestHandler } from 'express';
import { OperationalError } from '../errors.ts';
import { describeError } from '../log.ts';
import { officialFinders } from './official-finders.ts';
import { drawPage, openPage, type Site } from './page.ts';
import { PageError } from './page-error.ts';
import { requestIdOf } from './request-ids.ts';
import { forbidFraming } from './security.ts';
import { typedWords } from './typed-words.ts';

/** What can be expected to fail is often there again within a minute, as its page says. */
const UNAVAILABLE_SECONDS = 60;

/** Whatever no route answers. */
export const notFound: RequestHandler = () => {
  throw new PageError(404, 'not_found');
};

/** The last of the app: a page that says what to do next, and never what broke inside. */
export function showError(site: Site): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const { status, reason, retry_after } = pageErrorOf(error);
    const request_id = requestIdOf(res);
    site.parts.metrics.noteErrorPage(reason);
    // Pages of ours that say 'not yet' are no news: the start has told why.
    const is_news = status >= 500 && !(error instanceof PageError);
    if (is_news) site.parts.log('error', reason, { request_id, ...describeError(error, typedWords(req)) });
    if (res.headersSent) return next(error);
    // A route may have said otherwise before it broke.
    res.set('Cache-Control', 'no-store');
    forbidFraming(res);
    if (retry_after) res.set('Retry-After', String(retry_after));
    if (req.accepts(['html', 'json']) === 'json') return void res.status(status).json({ code: reason });
    // Faults before routing leave no params: the slug is read from the path so that the way back is to the campaign.
    req.params = { slug: /^\/campaigns\/([^/]+)/.exec(req.path)?.[1] ?? '' };
    const page = openPage(site, req);
    const values = {
      heading: page.t(`errors.${reason}.title`),
      text: page.t(`errors.${reason}.text`, { count: retry_after ?? 0 }),
      // By it the operator finds the line that tells of the fault.
      request_id: is_news ? request_id : undefined,
      // Without our list the chambers' own pages still say who speaks for whom.
      finders:
        reason === 'not_ready' && page.campaign ? officialFinders({ ...page, campaign: page.campaign }) : [],
    };
    drawPage(page, res, 'error', values, status);
  };
}

/**
 * Where even the page of a fault can't be drawn, or an answer broke off: a line of text, or the end of the connection.
 * Without this Express itself would write the error to the console, with whatever it holds of what was typed.
 */
export function lastResort(site: Site): ErrorRequestHandler {
  return (error: unknown, req, res, _next) => {
    // What broke off an answer that had begun was logged before.
    if (res.headersSent) return void res.destroy();
    forbidFraming(res);
    const request_id = requestIdOf(res);
    site.parts.log('error', 'broken_answer', { request_id, ...describeError(error, typedWords(req)) });
    const words = `Something on our side broke. Please try again. If you write to us about it, give this number: ${request_id}\n`;
    res.status(500).type('text/plain').send(words);
  };
}

/** Which page an error ends on: what is not expected is a fault of ours. */
function pageErrorOf(error: unknown): { status: number; reason: string; retry_after?: number | undefined } {
  if (error instanceof PageError) return error;
  if (error instanceof OperationalError)
    return { status: error.status, reason: 'unavailable', retry_after: UNAVAILABLE_SECONDS };
  // Errors of Express's own parsers carry a status: a body too large, a malformed address.
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  if (status === 413) return { status, reason: 'too_large' };
  return status >= 400 && status < 500 ? { status, reason: 'bad_request' } : { status: 500, reason: 'fault' };
}
