import { describeError, type Log } from '../log.ts';
import type { MailWorker } from './mail-worker.ts';

/** How often to look for what is due while nothing is. */
const LOOK_EVERY_MS = 2000;
const SWEEP_EVERY_MS = 5 * 60_000;

/** What goes on until it is stopped. */
export interface Mailing {
  /** Resolves once what a stopped process left behind is swept. */
  begun: Promise<void>;
  /** Looks at once: something was put into the outbox. */
  hurry: () => void;
  /** Waits for what is on its way. */
  stop: () => Promise<void>;
}

/** Sends what is due, now and then again and again, and sweeps now and then. What fails is logged, and tried again. */
export function keepMailing({
  worker,
  sweep,
  log,
  look_every_ms = LOOK_EVERY_MS,
  sweep_every_ms = SWEEP_EVERY_MS,
}: {
  worker: MailWorker;
  sweep: () => Promise<void>;
  log: Log;
  look_every_ms?: number;
  sweep_every_ms?: number;
}): Mailing {
  let is_stopped = false;
  let swept_at = 0;
  let wake: () => void = () => undefined;
  let is_hurried = false;
  const { promise: begun, resolve: hasBegun } = Promise.withResolvers<void>();
  const nap = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, is_hurried ? 0 : look_every_ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async () => {
    while (!is_stopped) {
      is_hurried = false;
      let sent = 0;
      if (performance.now() - swept_at > sweep_every_ms || swept_at === 0) {
        swept_at = performance.now();
        await sweep().catch((error) => log('error', 'sweep_failed', describeError(error)));
        hasBegun();
      }
      try {
        sent = await worker.look(() => is_stopped);
      } catch (error) {
        log('error', 'mailing_failed', describeError(error));
      }
      if (sent === 0 && !is_stopped) await nap();
    }
  };
  const running = run();
  return {
    begun,
    hurry: () => {
      is_hurried = true;
      wake();
    },
    stop: async () => {
      is_stopped = true;
      wake();
      await running;
    },
  };
}
