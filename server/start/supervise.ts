import cluster, { type Worker } from 'node:cluster';
import { OperationalError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Order } from './orders.ts';

/** Before a process is put in the place of one that died; doubled while they die at once, up to the longest. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
/** One that has listened for so long did not die of its start. */
const STEADY_MS = 2000;
/** So many in a row that die while none listens: there is no use in more. */
const MOST_FALLS = 5;

/** How one ends that can't start. */
const GAVE_UP = 'code 1';

/** A process that serves pages. */
interface Hand {
  worker: Worker;
  /** When it began to listen, by the clock of this process; undefined before. */
  listens_since: number | undefined;
  /** It was told to stop, and is missed by nobody. */
  is_leaving: boolean;
  /** Resolves once it is there no more. */
  gone: Promise<void>;
}

/** The processes of this machine that serve pages. */
export interface Supervision {
  /** Replaces one after the other: a new one listens before the old one is told to stop. */
  restart: () => Promise<void>;
  /** Resolves once all have answered what was under way and have ended. */
  stop: () => Promise<void>;
}

/**
 * Forks so many processes, the first alone, so that it makes the tables and tells what is wrong; puts another in the place of
 * one that dies, and has one of them do what one is enough for. All take connections from the same socket. Rejects with
 * OperationalError `processes_fall` where the first does not come to listen, `told_already` where that one said why; `giveUp` is told where later none does any more,
 * and at once where all die on a socket that was lent: once nobody here listens it is closed, and can't be opened again.
 * What they tell this process (their numbers, say) comes by `cluster.on('message')`.
 */
export async function supervise({
  processes,
  is_socket_lent,
  log,
  pause,
  giveUp,
}: {
  processes: number;
  /** Whether another program holds the socket, and starts this process again where it ends. */
  is_socket_lent: boolean;
  log: Log;
  /** Resolves after so many milliseconds. */
  pause: (ms: number) => Promise<unknown>;
  giveUp: (error: Error) => void;
}): Promise<Supervision> {
  // Each takes connections off the socket by itself. Handed out by this process, one that is on its way to a process that
  // is killed would wait for ever (seen); and those that wait on the socket belong to nobody yet.
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  const hands = new Set<Hand>();
  /** The one that has the duties. */
  let chief: Hand | undefined;
  let is_stopping = false;
  let falls = 0;

  const tell = ({ worker }: Hand, order: Order) => {
    // One that has just died is no longer connected: its exit is on the way here.
    if (worker.isConnected()) worker.send(order, () => undefined);
  };
  const appoint = () => {
    if (is_stopping || (chief && hands.has(chief))) return;
    chief = [...hands].find(({ listens_since, is_leaving }) => listens_since !== undefined && !is_leaving);
    if (!chief) return;
    log('info', 'duties', { pid: chief.worker.process.pid });
    tell(chief, 'take duties');
  };
  /** Forks one; gives it back once it listens, or how it ended. */
  const begin = (): Promise<Hand | { ended: string }> => {
    const { promise, resolve } = Promise.withResolvers<Hand | { ended: string }>();
    const worker = fork();
    if ('ended' in worker) return Promise.resolve(worker);
    const gone = Promise.withResolvers<void>();
    const hand: Hand = { worker, listens_since: undefined, is_leaving: false, gone: gone.promise };
    hands.add(hand);
    const miss = (ended: string) => {
      hands.delete(hand);
      gone.resolve();
      resolve({ ended });
      appoint();
    };
    worker.once('listening', () => {
      hand.listens_since = performance.now();
      appoint();
      resolve(hand);
    });
    worker.on('error', (error) => {
      const { pid } = worker.process;
      // One that never was there does not exit. Else something was sent to one that has just died: its exit is on the way here.
      if (pid === undefined) miss(codeOf(error));
      else log('warn', 'process_unreached', { pid, code: codeOf(error) });
    });
    worker.once('exit', (code, signal) => {
      miss(signal ?? `code ${code}`);
      if (is_stopping || hand.is_leaving || hand.listens_since === undefined) return;
      log('error', 'process_died', { pid: worker.process.pid, code, signal });
      const is_last = ![...hands].some(({ listens_since }) => listens_since !== undefined);
      if (is_socket_lent && is_last) return giveUp(allDied());
      falls = performance.now() - hand.listens_since < STEADY_MS ? falls + 1 : 0;
      void replace();
    });
    return promise;
  };
  const replace = async (): Promise<void> => {
    while (!is_stopping) {
      await pause(Math.min(FIRST_PAUSE_MS * 2 ** falls, LONGEST_PAUSE_MS));
      if (is_stopping) return;
      const begun = await begin();
      if (!('ended' in begun) || is_stopping) return;
      falls += 1;
      log('error', 'process_not_started', { ended: begun.ended });
      if (falls >= MOST_FALLS && hands.size === 0) return giveUp(neverListens(begun.ended));
    }
  };
  const end = async (hand: Hand) => {
    if (!hands.has(hand)) return;
    hand.is_leaving = true;
    tell(hand, 'stop');
    await hand.gone;
  };
  const restart = async () => {
    for (const old of [...hands]) {
      if (is_stopping || !hands.has(old)) continue;
      old.is_leaving = true;
      const begun = await begin();
      if ('ended' in begun) {
        log('error', 'restart_failed', { ended: begun.ended });
        old.is_leaving = false;
        if (!hands.has(old)) void replace();
        return;
      }
      await end(old);
    }
    log('info', 'restarted', { processes: hands.size });
  };

  const first = await begin();
  if ('ended' in first) throw neverListens(first.ended);
  const others = await Promise.all(Array.from({ length: processes - 1 }, begin));
  for (const other of others) if ('ended' in other) void replace();
  log('info', 'supervising', { processes });

  let restarting: Promise<void> = Promise.resolve();
  return {
    restart: () => {
      restarting = restarting.then(restart);
      return restarting;
    },
    stop: async () => {
      is_stopping = true;
      log('info', 'stopping', { processes: hands.size });
      await Promise.all([...hands].map(end));
    },
  };
}

/** What the system refuses for want of memory or room it refuses at once, or by an 'error' a moment later: both were seen. */
function fork(): Worker | { ended: string } {
  try {
    return cluster.fork();
  } catch (error) {
    return { ended: codeOf(error) };
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

/** A process that gave up has said why itself; one that was ended by somebody has not. */
function neverListens(ended: string): OperationalError {
  return new OperationalError(
    ended === GAVE_UP ? 'told_already' : 'processes_fall',
    `A process that serves pages ended (${ended}) before it listened.`,
  );
}

function allDied(): OperationalError {
  return new OperationalError(
    'processes_fall',
    'All processes that served pages died at once: what holds their socket is to start them again.',
  );
}
