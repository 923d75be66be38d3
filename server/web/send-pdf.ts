import type { Response } from 'express';
import type { PrintJob } from '../print/print-job.ts';
import type { CampaignPage } from './page.ts';
import { PageError } from './page-error.ts';

/** When to come back where too many PDFs are being made: by then most of them are done. */
const BUSY_SECONDS = 15;

/**
 * The PDF of a job, made by the site's press; `key` names all that goes into it. Undefined where its letters can't be printed
 * here; 503 at once where too many wait.
 */
export async function pdfOf(
  { site }: CampaignPage,
  key: string,
  job: () => PrintJob,
): Promise<Buffer | undefined> {
  const printed = await site.press.print(key, job);
  if (printed === 'busy') throw new PageError(503, 'printing', BUSY_SECONDS);
  return printed === 'unprintable' ? undefined : printed;
}

/** Answers with a PDF to be saved, under a name of these parts, empty ones left out. Kept as pages are. */
export function sendPdf({ is_preview }: CampaignPage, res: Response, name: string[], bytes: Buffer): void {
  const file = `${name.filter((part) => part !== '').join('-')}.pdf`;
  if (is_preview) res.set('X-Robots-Tag', 'noindex');
  res
    .vary('Accept-Language')
    .set('Cache-Control', is_preview ? 'no-store' : 'private, no-cache')
    .type('application/pdf')
    .attachment(file)
    .send(bytes);
}
