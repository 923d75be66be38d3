import { Worker } from 'node:worker_threads';
import { OperationalError } from '../errors.ts';
import type { PrintJob } from './print-job.ts';

/** Longer than the largest chamber takes on a slow machine. */
const MOST_MS = 60_000;
/** A chamber takes a quarter of this. */
const MEMORY_MB = 256;

/**
 * Makes PDFs in a thread of its own, one after the other: whoever calls waits for one before the next. The thread begins
 * with the first job and ends when it has had none for `idle_ms`. A job that takes too long, or too much memory, is
 * `press_unavailable`; the next one has a new thread.
 */
export function openPrintThread(idle_ms: number): (job: PrintJob) => Promise<Buffer | undefined> {
  let worker: Worker | undefined;
  let ending: NodeJS.Timeout | undefined;
  let in_hand:
    | { resolve: (bytes: Uint8Array | undefined) => void; reject: (error: Error) => void }
    | undefined;

  const start = () => {
    const begun = new Worker(new URL('./press-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    const end = (error: Error) => {
      if (worker !== begun) return;
      worker = undefined;
      in_hand?.reject(error);
    };
    begun.on('message', (bytes: Uint8Array | undefined) => in_hand?.resolve(bytes));
    begun.on('error', (error: Error & { code?: string }) =>
      end(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? unavailable(error) : error),
    );
    begun.on('exit', (code) => end(unavailable(new Error(`the thread ended with ${code}`))));
    // Nothing that is printed keeps the program from ending.
    begun.unref();
    return begun;
  };
  const stop = () => {
    const ended = worker;
    // At once: a thread that is about to end is given no further job.
    worker = undefined;
    in_hand?.reject(unavailable(new Error('it took too long')));
    void ended?.terminate();
  };
  const endAfter = (ms: number) => setTimeout(stop, ms).unref();

  return async (job) => {
    clearTimeout(ending);
    worker ??= start();
    ending = endAfter(MOST_MS);
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array | undefined>();
    in_hand = { resolve, reject };
    worker.postMessage(job);
    try {
      const bytes = await promise;
      return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    } finally {
      in_hand = undefined;
      clearTimeout(ending);
      ending = endAfter(idle_ms);
    }
  };
}

function unavailable(cause: Error): OperationalError {
  return new OperationalError('press_unavailable', 'A PDF could not be made.', { cause });
}
