import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { isFromHere } from './own-machine.ts';
import type { Site } from './page.ts';
import { PageError } from './page-error.ts';

/** As Prometheus asks for it: its text format. */
const TEXT_FORMAT = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * What was counted, for the operator alone: for whoever asks on the machine itself, or has the token. Nobody else is told that
 * there is anything.
 */
export function showMetrics({ parts }: Site): RequestHandler {
  return async (req, res) => {
    if (!isFromHere(req) && !hasToken(req, parts.settings.metrics_token))
      throw new PageError(404, 'not_found');
    res.set('Content-Type', TEXT_FORMAT).send(await parts.readMetrics());
  };
}

/** Whether `Authorization: Bearer …` names the token; how long that takes to tell says nothing of how much of it is right. */
function hasToken(req: Request, token: string | undefined): boolean {
  if (token === undefined) return false;
  const given = /^Bearer (\S+)$/i.exec(req.get('authorization') ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
