import { setTimeout as pause } from 'node:timers/promises';
import { OperationalError } from '../errors.ts';
import { describeError, type Log } from '../log.ts';

/** Runs tasks of the same key one after the other, those of different keys side by side. */
export type Turns = <T>(key: string, task: () => Promise<T>) => Promise<T>;

/** Turns for tasks. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return (key, task) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(task);
    last.set(
      key,
      mine.catch(() => undefined),
    );
    return mine;
  };
}

/** One look at what is kept: fetches it where that is wanted, and gives back what went wrong. */
export type Step = (stopped: AbortSignal) => Promise<OperationalError | undefined>;

/** Something to be kept at hand and young. */
export interface KeptTask {
  /** The event by which the log tells that it can't be had. */
  event: string;
  /** Of what, as the log tells it: `{ states: 'fl,ga' }`. */
  of: Record<string, string>;
  step: Step;
  /** How often to take it, where that is oftener than the others. */
  look_every_ms?: number;
}

/** What a keeper keeps; the times are for tests to shorten. */
export interface KeeperOptions {
  tasks: KeptTask[];
  log: Log;
  /** Before the second try; doubled each time, up to the longest. */
  first_pause_ms?: number;
  longest_pause_ms?: number;
  /** When all that may be asked in a minute was asked. */
  minute_pause_ms?: number;
  /** How often to see whether something has become old, or was put in its place by a command. */
  look_every_ms?: number;
}

/** Fetches in the background what is wanted and not at hand, or old. */
export interface Keeper {
  /** Ends what is under way; nothing of it is left behind. */
  stop: () => Promise<void>;
}

/**
 * Keeps things at hand and young: each task takes its step at once and then again and again, those of one event one
 * after the other. What is at hand serves until something new is whole. A failure is told once, and again only when the reason changes.
 */
export function startKeeper(options: KeeperOptions): Keeper {
  const {
    first_pause_ms = 15_000,
    longest_pause_ms = 1_800_000,
    minute_pause_ms = 10_000,
    look_every_ms = 600_000,
  } = options;
  const stopping = new AbortController();
  const { signal } = stopping;

  const rest = (ms: number) => pause(ms, undefined, { signal }).catch(() => undefined);
  // Side by side those of one kind would take from one allowance, and each wait for its pages in vain.
  const inTurn = createTurns();
  /** Takes a step and, where something is fetched minute after minute, goes on until it is whole. */
  const finish = async (step: Step): Promise<OperationalError | undefined> => {
    for (;;) {
      const failure = signal.aborted ? undefined : await step(signal);
      if (failure?.code !== 'openstates_minute_spent') return failure;
      await rest(minute_pause_ms);
    }
  };

  const keep = async (task: KeptTask): Promise<void> => {
    let told: string | undefined;
    let pause_ms = first_pause_ms;
    while (!signal.aborted) {
      const failure = await inTurn(task.event, () => finish(task.step)).catch((error: unknown) =>
        unexpected(options.log, task, error),
      );
      if (signal.aborted) return;
      if (failure && failure.code !== told) tellOf(options.log, task, failure);
      told = failure?.code;
      await rest(failure ? pause_ms : Math.min(look_every_ms, task.look_every_ms ?? look_every_ms));
      pause_ms = failure ? Math.min(pause_ms * 2, longest_pause_ms) : first_pause_ms;
    }
  };

  const keeping = Promise.all(options.tasks.map(keep));
  return {
    stop: async () => {
      stopping.abort();
      await keeping;
    },
  };
}

/** A keeper whose tasks may become others while it runs. */
export interface RenewableKeeper extends Keeper {
  /** Takes up these tasks in place of those before, which end first. */
  renew: (tasks: KeptTask[]) => Promise<void>;
}

/** Starts a keeper without a task. */
export function startRenewableKeeper(options: Omit<KeeperOptions, 'tasks'>): RenewableKeeper {
  let keeper = startKeeper({ ...options, tasks: [] });
  let is_stopped = false;
  // One after the other: two renewals at once would leave a keeper that nobody can stop.
  let last: Promise<void> = Promise.resolve();
  const inTurn = (step: () => Promise<void>): Promise<void> => {
    last = last.then(step);
    return last;
  };
  return {
    renew: (tasks) =>
      inTurn(async () => {
        await keeper.stop();
        if (!is_stopped) keeper = startKeeper({ ...options, tasks });
      }),
    stop: () => {
      is_stopped = true;
      return inTurn(() => keeper.stop());
    },
  };
}

/** A bug of ours in the background: told with its stack, and no reason to stop serving what is at hand. */
function unexpected(log: Log, { event, of }: KeptTask, cause: unknown): OperationalError {
  log('error', 'keeper_fault', { task: event, ...of, ...describeError(cause) });
  return new OperationalError('keeper_fault', 'A fault of ours, told as keeper_fault.', { cause });
}

function tellOf(log: Log, { event, of }: KeptTask, failure: OperationalError): void {
  const { code, message } = describeError(failure);
  log(code === 'openstates_bad_key' ? 'error' : 'warn', event, { ...of, code, message });
}
