import { noteReply } from '../actions/office-replies.ts';
import { readCompleted, readTotals, slugsOf } from '../actions/totals.ts';
import { readCorrectionsSince } from '../reports/corrections-since.ts';
import { listFigures, readFigure } from '../reports/frozen-queries.ts';
import { readPublished } from '../reports/published-tables.ts';
import { readReport } from '../reports/report.ts';
import { isReportLinkKept } from '../reports/report-link-queries.ts';
import type { Store } from '../store/open-store.ts';
import type { Parts } from '../web/parts.ts';

/** What pages ask of the store, and tell it, without knowing of it. */
export function askingStore(
  store: Store,
  now: () => Date,
): Pick<
  Parts,
  | 'noteReply'
  | 'readTotals'
  | 'readCompleted'
  | 'readPublished'
  | 'isReportLinkKept'
  | 'readReport'
  | 'readFigure'
  | 'listFigures'
  | 'readCorrectionsSince'
  | 'pingStore'
> {
  return {
    noteReply: (entry) => noteReply(store, entry, now()),
    readTotals: (campaign, is_sample) => readTotals(store, campaign, { is_sample, now: now() }),
    readCompleted: (campaign, is_sample) => readCompleted(store, campaign, is_sample),
    readPublished: (campaign, is_sample) => readPublished(store, campaign, is_sample),
    isReportLinkKept: (link) => isReportLinkKept(store, link),
    readReport: (campaign, scope) => readReport(store, campaign, { ...scope, now: now() }),
    readFigure: (id) => readFigure(store, id),
    listFigures: (campaign) => listFigures(store, slugsOf(campaign)),
    readCorrectionsSince: (figure, campaign) => readCorrectionsSince(store, figure, { campaign, now: now() }),
    pingStore: store.ping,
  };
}
