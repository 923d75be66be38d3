import { calendarDay } from '../calendar.ts';
import { OperationalError } from '../errors.ts';
import type { Store } from '../store/open-store.ts';
import type { Action, ActionContext, StatusCode } from './action.ts';
import { actionDate } from './action-date.ts';
import { type ReportedAction, writeActions } from './action-queries.ts';

/** Most actions that one transaction holds. */
const LARGEST_BATCH = 500;
/** Most that may wait: seconds of a flood. Beyond, a visitor is told to try again. */
const LONGEST_QUEUE = 10_000;

/** One outcome of one form. */
export interface LogEntry {
  context: ActionContext;
  status_code: StatusCode;
  /** The random number of the form's id, and until when that is good. */
  nonce: string;
  expires_at: string;
  origin: Action['origin'];
  /** IANA zone of the state, whose days are counted. */
  time_zone: string;
  /** Name of the block of addresses that it came from: only where that has sent very many that day. */
  block?: string | undefined;
}

/** Writes actions down. */
export interface ActionLog {
  /**
   * Resolves once the action is on disk; `counted` is false where the same was counted before.
   * Rejects with OperationalError where it could not be written: `store_unavailable`, `store_busy`.
   */
  log: (entry: LogEntry) => Promise<{ counted: boolean }>;
  /** Writes what waits, then takes no more. */
  close: () => Promise<void>;
}

interface Waiting {
  reported: ReportedAction;
  resolve: (result: { counted: boolean }) => void;
  reject: (error: unknown) => void;
}

/** A log that commits together what arrives together: one batch at a time, the next gathers meanwhile. */
export function createActionLog({
  store,
  now,
  onBatch,
}: {
  store: Store;
  now: () => Date;
  /** Told how many actions go into a transaction. */
  onBatch?: (actions: number) => void;
}): ActionLog {
  let queue: Waiting[] = [];
  let running: Promise<void> | undefined;
  let isClosed = false;

  const run = async () => {
    while (queue.length > 0) {
      const batch = queue.slice(0, LARGEST_BATCH);
      queue = queue.slice(LARGEST_BATCH);
      onBatch?.(batch.length);
      const failure = await writeBatch(store, batch);
      if (!failure) continue;
      // Who came meanwhile has waited as long as the store took to fail: another batch each would take that long again.
      for (const { reject } of queue) reject(failure);
      queue = [];
    }
    running = undefined;
  };

  return {
    log: (entry) =>
      new Promise((resolve, reject) => {
        if (isClosed)
          return reject(new OperationalError('store_unavailable', 'The log of actions is closed.'));
        if (queue.length >= LONGEST_QUEUE)
          return reject(new OperationalError('store_busy', 'Too many actions wait to be written.'));
        queue.push({ reported: reportedAction(entry, now()), resolve, reject });
        running ??= Promise.resolve().then(run);
      }),
    close: async () => {
      isClosed = true;
      await running;
    },
  };
}

function reportedAction(
  { context, status_code, nonce, expires_at, origin, time_zone, block }: LogEntry,
  moment: Date,
): ReportedAction {
  const action_date = actionDate(moment);
  return {
    action: { ...context, status_code, origin, action_date },
    day: calendarDay(new Date(action_date), time_zone),
    nonce,
    expires_at,
    block,
  };
}

/**
 * Writes a batch; where one row of it can't be written, each row alone, so that one harms no other. Gives back what failed
 * where that is the store itself.
 */
async function writeBatch(store: Store, batch: Waiting[]): Promise<OperationalError | undefined> {
  try {
    const counted = await store.transaction((trx) =>
      writeActions(
        trx,
        batch.map(({ reported }) => reported),
      ),
    );
    for (const [index, { resolve }] of batch.entries()) resolve({ counted: counted[index] ?? false });
    return undefined;
  } catch (error) {
    const isStore = error instanceof OperationalError;
    if (batch.length === 1 || isStore) {
      for (const { reject } of batch) reject(error);
      return isStore ? error : undefined;
    }
  }
  for (const [index, waiting] of batch.entries()) {
    const failure = await writeBatch(store, [waiting]);
    if (!failure) continue;
    for (const { reject } of batch.slice(index + 1)) reject(failure);
    return failure;
  }
  return undefined;
}
