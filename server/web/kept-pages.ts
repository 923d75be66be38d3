import type { OutgoingHttpHeaders } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import { LRUCache } from 'lru-cache';
import type { Campaign } from '../campaigns/campaign.ts';
import { countVisit, type VisitedPage } from './count-visits.ts';
import { type KeptBody, keepBody } from './kept-body.ts';
import type { Parts } from './parts.ts';
import type { IssuedId } from './pieced-page.ts';
import type { ReadProgress } from './progress.ts';

/** The pages of a campaign that very many ask for; all others are drawn for each. */
const KEPT_VIEWS = ['campaign', 'closing', 'act', 'thanks', 'embed'];
const KEPT_PATH = /^\/campaigns\/([a-z0-9-]+)(?:\/(?:act|thanks|embed))?\/?(?:\?|$)/;
/** Hours, dates and phases turn at whole minutes, and so do these: no page outlasts the one that it was drawn in. */
const KEPT_MS = 10_000;
/** Thousands of pages: beyond, those that nobody has asked for longest go. */
const MOST_BYTES = 64 * 1024 * 1024;
/** What nobody asks for again goes, and with it the roster that it was drawn from and the districts in its address. */
const FORGOTTEN_AFTER_MS = 60_000;
/** What an entry takes beside its texts, at most. */
const ENTRY_BYTES = 4096;
const LONGEST_ADDRESS = 2000;
/** All that an address says to these pages. What else stands in it, as the mark of a click on another site, changes nothing. */
const READ_NAMES = [
  ...['partner', 'lang', 'message_language', 'variant'],
  ...['division', 'done', 'target', 'way', 'noted', 'link'],
];
/** Said to whoever counts visits alone. */
const COUNTED_NAME = 'begun';
/** Nobody else has an address with one of these. */
const OWN_NAMES = ['preview', 'action_id'];

type Query = Request['query'];

/** When and from what a page was drawn: objects that are made anew when they change. */
interface Source {
  key: string;
  slot: number;
  made_of: readonly unknown[];
  /** Headers that were there before: they are of that one request. */
  before: readonly string[];
}

/** What was drawn for one request. */
interface DrawnPage extends VisitedPage {
  issued: IssuedId[];
}

interface KeptPage extends Source {
  page: VisitedPage;
  /** What it says of the progress; undefined where it says nothing. */
  completed_actions: number | undefined;
  headers: OutgoingHttpHeaders;
  has_ids: boolean;
  body: KeptBody;
  /** For the log. */
  route: Request['route'];
  params: Request['params'];
}

/** Pages that were drawn a moment ago, for whoever asks for the same. */
export interface KeptPages {
  /** Answers by a kept page where there is one that would be drawn alike now; counts the visit as drawing it would. */
  answer: RequestHandler;
  /** Keeps a page that was just sent, where others may be given it too. */
  keep: (
    page: DrawnPage,
    res: Response,
    drawn: { view: string; html: string; values: Record<string, unknown> },
  ) => void;
}

/**
 * Keeps drawn pages by all that an answer depends on: what the address says, the languages and packings that a browser takes,
 * and the host, where links name it. Whoever draws one is shown no more of the address than that. One is given again while its
 * campaign, its roster, what is known of its bills and its progress are what they were, for KEPT_MS at most. Signed ids are
 * new in every answer: what is kept has gaps in their places.
 */
export function keepPages({
  parts,
  readProgress,
  most_bytes = MOST_BYTES,
  forgotten_after_ms = FORGOTTEN_AFTER_MS,
}: {
  parts: Pick<Parts, 'campaigns' | 'rosters' | 'knownBills' | 'settings' | 'action_ids' | 'now' | 'newId'>;
  readProgress: ReadProgress;
  most_bytes?: number;
  forgotten_after_ms?: number;
}): KeptPages {
  const { campaigns, rosters, knownBills, settings, action_ids, now, newId } = parts;
  const pages = new LRUCache<string, KeptPage>({
    maxSize: most_bytes,
    ttl: forgotten_after_ms,
    ttlAutopurge: true,
    sizeCalculation: ({ body }, key) => ENTRY_BYTES + 2 * key.length + body.size,
  });
  const asked = new WeakMap<Response, Source>();

  const sourceOf = (
    campaign: Campaign,
    { req, res, query }: { req: Request; res: Response; query: Query },
  ): Source => {
    const { headers } = req;
    const at = settings.base_url === undefined ? `${req.protocol} ${headers.host}` : '';
    const place = rosters.get(campaign.state);
    return {
      key: JSON.stringify([
        ...[req.path, ...READ_NAMES.map((name) => query[name])],
        ...[headers['accept-language'], headers['accept-encoding'], at],
      ]),
      slot: Math.floor(now().getTime() / KEPT_MS),
      made_of: [campaign, place, place && knownBills(campaign, place.roster)],
      before: res.getHeaderNames(),
    };
  };
  /** Whether the progress is still what a page says: what the store does not say in time has not changed. */
  const isProgressOf = async ({ page, completed_actions }: KeptPage) => {
    if (completed_actions === undefined) return true;
    const completed = await readProgress(page.campaign!, page.is_sample);
    return completed === undefined || completed === completed_actions;
  };
  const send = async (kept: KeptPage, req: Request, res: Response) => {
    const { page, route, params } = kept;
    Object.assign(req, { route, params });
    countVisit(page, req);
    // One that differs in every answer is never what somebody has already.
    const own = kept.has_ids ? { etag: `W/"${newId()}"` } : {};
    const headers = { ...kept.headers, ...own };
    if (isKnown(req, res, headers)) {
      res.end();
      return;
    }
    const body = await kept.body.make();
    res.writeHead(200, { ...headers, 'content-length': body.length }).end(body);
  };

  return {
    answer: async (req, res, next) => {
      const campaign = askedCampaign(req, campaigns.get);
      const { query } = req;
      if (!campaign || OWN_NAMES.some((name) => name in query)) return next();
      const source = sourceOf(campaign, { req, res, query });
      const kept = pages.get(source.key);
      if (kept && isMadeAlike(kept, source) && (await isProgressOf(kept))) await send(kept, req, res);
      else {
        asked.set(res, source);
        showOnly(req, [...READ_NAMES, COUNTED_NAME], query);
        next();
      }
    },
    keep: (page, res, { view, html, values }) => {
      const source = asked.get(res);
      if (!source || res.statusCode !== 200 || !KEPT_VIEWS.includes(view)) return;
      if (page.is_preview || values.is_private || values.is_passing) return;
      const completed_actions = values.completed_actions as number | undefined;
      // A number that the store could not say is waited for anew.
      if ('completed_actions' in values && completed_actions === undefined) return;
      const headers = headersOf(res, source.before);
      const encoding = headers['content-encoding'];
      if (!isPacking(encoding)) return;
      const { route, params } = res.req;
      const before = pages.peek(source.key)?.body;
      const body = keepBody(html, page.issued, { packing: encoding, action_ids, newId, before });
      const { site, campaign, visit, is_sample, is_preview } = page;
      const drawn = {
        page: { site, campaign, visit, is_sample, is_preview },
        completed_actions,
        headers,
        has_ids: page.issued.length > 0,
        body,
        route,
        params,
      };
      pages.set(source.key, { ...source, ...drawn });
    },
  };
}

/** The campaign whose page is asked for in a way that many ask alike; undefined else. */
function askedCampaign(req: Request, get: (slug: string) => Campaign | undefined): Campaign | undefined {
  const { method, originalUrl, headers } = req;
  if (method !== 'GET' || originalUrl.length > LONGEST_ADDRESS) return undefined;
  // A form in a body speaks for its visit, as one in the address does.
  if (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined) return undefined;
  const slug = KEPT_PATH.exec(originalUrl)?.[1];
  return slug === undefined ? undefined : get(slug);
}

/** Whoever draws the page finds nothing else in its address. */
function showOnly(req: Request, names: readonly string[], query: Query): void {
  const known = names.filter((name) => name in query).map((name) => [name, query[name]]);
  Object.defineProperty(req, 'query', { value: Object.fromEntries(known), configurable: true });
}

function isMadeAlike(one: Source, other: Source): boolean {
  return one.slot === other.slot && one.made_of.every((part, index) => part === other.made_of[index]);
}

function isPacking(encoding: unknown): encoding is 'br' | 'gzip' | undefined {
  return encoding === undefined || encoding === 'br' || encoding === 'gzip';
}

/** The headers of an answer as it was sent, without those of its request and its connection. */
function headersOf(res: Response, before: readonly string[]): OutgoingHttpHeaders {
  const names = res.getHeaderNames().filter((name) => !before.includes(name));
  return Object.fromEntries(names.map((name) => [name, res.getHeader(name)]));
}

/** Whether whoever asks has the page already: the answer then is 304, without what describes a body (RFC 9110, section 15.4.5). */
function isKnown(req: Request, res: Response, headers: OutgoingHttpHeaders): boolean {
  if (req.headers['if-none-match'] === undefined && req.headers['if-modified-since'] === undefined)
    return false;
  res.setHeaders(new Map(Object.entries(headers) as [string, string][]));
  if (!req.fresh) return false;
  for (const name of ['content-type', 'content-length', 'content-encoding']) res.removeHeader(name);
  res.status(304);
  return true;
}
