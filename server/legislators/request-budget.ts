import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { OperationalError } from '../errors.ts';
import { parseJson } from './ask-once.ts';

/** What a request is for: a state's members, without which no page works, one visitor's point, or what happened to a bill. */
export type Purpose = 'roster' | 'point' | 'bill';

/** Keeps within what a key may ask, whatever happens to the process. */
export interface RequestBudget {
  /** Takes one request; which allowance is used up where none may be made now. Throws OperationalError `budget_unusable`. */
  spend: (purpose: Purpose) => 'spent' | 'minute' | 'day';
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Requests that left a minute apart may arrive a little closer. */
const ARRIVAL_MS = 1_000;
/**
 * How much of all each may take part in using up. Points and bills leave a fifth of a day to rosters: fifty of 250, which is a
 * state's members five times over. Points leave two of ten a minute too. A campaign's bills take some six requests, at
 * night or when somebody waits for them at the keyboard: they may use up a minute, and a visitor whose point can't be asked
 * for in it picks from the list.
 */
const SHARES: Record<Purpose, { minute: number; day: number }> = {
  roster: { minute: 1, day: 1 },
  point: { minute: 0.8, day: 0.8 },
  bill: { minute: 1, day: 0.8 },
};

/** Who holds the count for longer has fallen: nobody needs more than a moment. */
const LEFT_BEHIND_MS = 5_000;
/** How often to try for the count while another process has it, two milliseconds apart. */
const LOCK_TRIES = 100;

/** What is kept: requests by their minute, of a day; and the moments of those just made, in milliseconds since 1970. */
const fileSchema = z.object({
  by_minute: z.record(z.iso.datetime({ precision: -1 }), z.int().positive()),
  recent: z.array(z.int().nonnegative()),
});
type Kept = z.infer<typeof fileSchema>;

/** The minute of a moment, '2026-11-25T00:18Z'. */
const minuteOf = (ms: number) => `${new Date(ms).toISOString().slice(0, 16)}Z`;

/**
 * Allows so many requests in any minute and in any day, however the other side cuts its own. Each is written down before
 * it is made, in a file that all processes on one DATA_DIR share: neither a second one nor one that falls and starts again
 * begins a new allowance.
 */
export function createRequestBudget({
  file,
  per_minute,
  per_day,
  now,
}: {
  file: string;
  per_minute: number;
  per_day: number;
  now: () => Date;
}): RequestBudget {
  const spend = (purpose: Purpose): 'spent' | 'minute' | 'day' => {
    const ms = now().getTime();
    const read = readKept(file, ms, per_day);
    const { by_minute, recent } = current(read, ms);
    // Written down at once, or they would count as made now for as long as the other clock was ahead.
    if (isAhead(read, ms)) writeKept(file, { by_minute, recent });
    const today = Object.values(by_minute).reduce((sum, count) => sum + count, 0);
    const share = SHARES[purpose];
    // Rounded up, so that a budget of one is not none.
    if (today >= Math.ceil(per_day * share.day)) return 'day';
    if (recent.length >= Math.ceil(per_minute * share.minute)) return 'minute';
    const minute = minuteOf(ms);
    writeKept(file, {
      by_minute: { ...by_minute, [minute]: (by_minute[minute] ?? 0) + 1 },
      recent: [...recent, ms],
    });
    return 'spent';
  };
  return { spend: (purpose) => alone(file, () => spend(purpose)) };
}

/** What of the count still matters. Requests of a time to come were made by a clock that was ahead: now, at the latest. */
function current({ by_minute, recent }: Kept, ms: number): Kept {
  // A minute counts until its last moment is a day old.
  const [first, last] = [minuteOf(ms - DAY_MS - ARRIVAL_MS), minuteOf(ms)];
  const kept: Record<string, number> = {};
  for (const [minute, count] of Object.entries(by_minute)) {
    const [counted = minute] = [minute, last].toSorted();
    if (counted >= first) kept[counted] = (kept[counted] ?? 0) + count;
  }
  const in_a_minute = recent.map((at) => Math.min(at, ms)).filter((at) => at > ms - MINUTE_MS - ARRIVAL_MS);
  return { by_minute: kept, recent: in_a_minute };
}

function isAhead({ by_minute, recent }: Kept, ms: number): boolean {
  return recent.some((at) => at > ms) || Object.keys(by_minute).some((minute) => minute > minuteOf(ms));
}

/** Runs `spend` while no other process does; 'minute' where one holds the count all the while. */
function alone(file: string, spend: () => 'spent' | 'minute' | 'day'): 'spent' | 'minute' | 'day' {
  const lock = `${file}-lock`;
  for (let tries = 0; tries < LOCK_TRIES; tries += 1) {
    if (takeLock(file, lock)) {
      try {
        return spend();
      } finally {
        rmSync(lock, { force: true });
      }
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
  }
  return 'minute';
}

/** True where the lock was free, or left behind by a process that has fallen. */
function takeLock(file: string, lock: string): boolean {
  makeFolder(file);
  try {
    writeFileSync(lock, '', { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw unwritable(file, error);
    // By the clock of the files themselves, whatever this process takes the time to be.
    const found = statSync(lock, { throwIfNoEntry: false });
    if (found && Date.now() - found.mtimeMs > LEFT_BEHIND_MS) rmSync(lock, { force: true });
    return false;
  }
}

function makeFolder(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** The count as it was kept. One that can't be read, after a loss of power say, may have been full: so it is taken to be. */
function readKept(file: string, ms: number, per_day: number): Kept {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { by_minute: {}, recent: [] };
    throw unwritable(file, error);
  }
  const kept = fileSchema.safeParse(parseJson(text)).data;
  if (kept) return kept;
  const full = { by_minute: { [minuteOf(ms)]: per_day }, recent: [] };
  writeKept(file, full);
  return full;
}

function writeKept(file: string, kept: Kept): void {
  try {
    writeFileSync(`${file}-new`, JSON.stringify(kept), { flush: true });
    renameSync(`${file}-new`, file);
  } catch (error) {
    throw unwritable(file, error);
  }
}

function unwritable(file: string, cause: unknown): OperationalError {
  const message = `${file} counts the requests made to OpenStates and can’t be read or written, so none is made (${(cause as Error).message}). Check that the disk has room and that DATA_DIR may be written to.`;
  return new OperationalError('budget_unusable', message, { cause });
}
