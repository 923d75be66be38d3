import type { Response } from 'express';

/** Answers with a PDF to be saved, under a name of these parts, empty ones left out. Kept as pages are. */
export function sendPdf(res: Response, name: string[], bytes: Buffer): void {
  const file = `${name.filter((part) => part !== '').join('-')}.pdf`;
  res
    .vary('Accept-Language')
    .set('Cache-Control', 'private, no-cache')
    .type('application/pdf')
    .attachment(file)
    .send(bytes);
}
