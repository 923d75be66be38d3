import { keepFiles } from './kept-files.ts';
import type { PrintJob } from './print-job.ts';
import { openPrintThread } from './print-thread.ts';

/** What comes of a job: the PDF, or why there is none. */
export type Printed = Buffer | 'unprintable' | 'busy';

/** Makes PDFs, one at a time. */
export interface Press {
  /**
   * The PDF of a job; `key` names all that goes into it. The same one, asked for again soon or at the same time, is made
   * once. 'busy' at once where too many wait, 'unprintable' where letters are lacking.
   */
  print: (key: string, job: () => PrintJob) => Promise<Printed>;
}

/** Limits of a press. */
export interface PressLimits {
  /** How many jobs may wait beside the one that is made. */
  most_waiting: number;
  /** How long a PDF is kept. */
  kept_ms: number;
  /** How many bytes are kept in all. */
  kept_bytes: number;
  /** After how long without a job its thread ends. */
  idle_ms: number;
}

/** A chamber of 120 takes a second: nobody waits much longer than ten. */
const LIMITS: PressLimits = {
  most_waiting: 10,
  kept_ms: 5 * 60_000,
  kept_bytes: 16 * 1024 * 1024,
  idle_ms: 30_000,
};

/** Opens a press; its thread begins with the first job. */
export function openPress(now: () => Date, limits: PressLimits = LIMITS): Press {
  const kept = keepFiles({ ...limits, now });
  const run = openPrintThread(limits.idle_ms);
  const under_way = new Map<string, Promise<Printed>>();
  let before: Promise<unknown> = Promise.resolve();
  return {
    print: async (key, job) => {
      const known = kept.get(key) ?? under_way.get(key);
      if (known) return known;
      if (under_way.size > limits.most_waiting) return 'busy';
      const make = async (): Promise<Printed> => {
        const bytes = await run(job());
        if (bytes) kept.put(key, bytes);
        return bytes ?? 'unprintable';
      };
      const made = before.then(make).finally(() => under_way.delete(key));
      under_way.set(key, made);
      // The next one's turn comes however this one ends.
      before = Promise.allSettled([made]);
      return made;
    },
  };
}
