import { describeError } from '../log.ts';
import { handOver, letGo } from './hand-over.ts';
import { takeLetters, takeToSupporters } from './take-mails.ts';
import type { InHand, WorkerParts } from './worker-parts.ts';

/** Mails that are on their way at once. */
const AT_ONCE = 5;

/** Sends what is due. */
export interface MailWorker {
  /**
   * Takes what is due in hand, sends it and notes what became of it; gives back how many mails that were. Once `isStopping`
   * says so, only what is on its way already is waited for, and the rest let go.
   */
  look: (isStopping?: () => boolean) => Promise<number>;
}

/**
 * A worker; several may look at once, in one process or in many: each mail is in one hand. The rule for the one instant that
 * no one can close, between the mail server's 'yes' and our note of it: when the process ends there, the mail counts as not
 * sent, and is handed over once more with the same Message-ID, by which servers and mail programs can drop the double. No
 * letter is ever lost for having been noted too early.
 */
export function createMailWorker(parts: WorkerParts): MailWorker {
  return {
    look: async (isStopping = () => false) => {
      // What is amiss with letters keeps no supporter waiting for their mail, nor the other way round.
      const taken = [await taking(parts, takeToSupporters), await taking(parts, takeLetters)].flat();
      const queue = [...taken];
      const hand = async () => {
        for (let next = queue.shift(); next; next = queue.shift())
          await (isStopping() ? letGo(parts, next) : handOver(parts, next));
      };
      await Promise.all(Array.from({ length: AT_ONCE }, hand));
      return taken.length;
    },
  };
}

async function taking(
  parts: WorkerParts,
  take: (parts: WorkerParts) => Promise<InHand[]>,
): Promise<InHand[]> {
  try {
    return await take(parts);
  } catch (error) {
    parts.log('error', 'mails_not_taken', describeError(error));
    return [];
  }
}
