import type { RequestHandler } from 'express';
import { COUNTER_ADDRESSES } from './api-counter.ts';
import { openApiDocument } from './api-document.ts';
import { FIGURE_ADDRESSES } from './api-figures.ts';
import { REPORT_ADDRESSES } from './api-reports.ts';
import { TABLES_ADDRESSES } from './api-tables.ts';
import { TOTALS_ADDRESSES } from './api-totals.ts';
import { openToAll } from './open-to-all.ts';
import { openPage, publicUrl, type Site } from './page.ts';

/** Every address that answers with data, a file a subject. */
const ADDRESSES = [
  ...TOTALS_ADDRESSES,
  ...TABLES_ADDRESSES,
  ...FIGURE_ADDRESSES,
  ...COUNTER_ADDRESSES,
  ...REPORT_ADDRESSES,
];

/** What programs can read here, as an OpenAPI document; any site may read it. */
export function openApiJson(site: Site): RequestHandler {
  return (req, res) => {
    const document = openApiDocument(ADDRESSES, publicUrl(openPage(site, req), req, ''));
    openToAll(res, 'no-cache').json(document);
  };
}
