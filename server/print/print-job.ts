import { type Flyer, unprintableOn } from './flyer.ts';
import { flyerPdf } from './flyer-pdf.ts';
import type { FlyerSize } from './flyer-sizes.ts';
import { phoneBankPdf } from './phone-bank-pdf.ts';
import { type PhoneBank, unprintableIn } from './phone-sheet.ts';

/** What is to become a PDF, as plain data: it goes to another thread. */
export type PrintJob =
  | { kind: 'flyer'; flyer: Flyer; size: FlyerSize; now: Date }
  | { kind: 'phone-bank'; bank: PhoneBank; now: Date };

/** Makes the PDF of a job; undefined where its letters can't be printed here. */
export async function printJob(job: PrintJob): Promise<Uint8Array | undefined> {
  if (job.kind === 'flyer')
    return unprintableOn(job.flyer).length > 0 ? undefined : flyerPdf(job.flyer, job.size, job.now);
  return unprintableIn(job.bank).length > 0 ? undefined : phoneBankPdf(job.bank, job.now);
}
