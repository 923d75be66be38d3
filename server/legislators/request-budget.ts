import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { OperationalError } from '../errors.ts';

/** What a request is for: a state's members, without which no page works, or one visitor's point. */
export type Purpose = 'roster' | 'point';

/** Keeps within what a key may ask, whatever happens to the process. */
export interface RequestBudget {
  /** Takes one request; which allowance is used up where none may be made now. Throws OperationalError `budget_unusable`. */
  spend: (purpose: Purpose) => 'spent' | 'minute' | 'day';
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Requests that left a minute apart may arrive a little closer. */
const ARRIVAL_MS = 1_000;
/** Points leave a fifth to rosters: two of ten a minute, and fifty of 250 a day, which is a state's members five times over. */
const KEPT_FOR_ROSTERS = 0.2;

const fileSchema = z.record(z.iso.datetime({ precision: -1 }), z.int().positive());

/** The minute of a moment, '2026-11-25T00:18Z'. */
const minuteOf = (ms: number) => `${new Date(ms).toISOString().slice(0, 16)}Z`;

/**
 * Allows so many requests in any minute and in any day, however the other side cuts its own. Each is written down before
 * it is made, so that a process that falls and starts again does not begin a new allowance.
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
  // Read when the first request is to be made: a start without one leaves DATA_DIR alone.
  let by_minute: Record<string, number> | undefined;
  let in_a_minute: number[] = [];

  const open = (ms: number): Record<string, number> => {
    const kept = readKept(file);
    // Within its minute nobody knows when a request before this start was made: just now, at the worst.
    const recent = [minuteOf(ms), minuteOf(ms - MINUTE_MS)];
    in_a_minute = recent.flatMap((minute) => Array<number>(kept[minute] ?? 0).fill(ms));
    return kept;
  };

  return {
    spend: (purpose) => {
      const ms = now().getTime();
      by_minute ??= open(ms);
      in_a_minute = in_a_minute.filter((at) => at > ms - MINUTE_MS - ARRIVAL_MS);
      // A minute counts until its last moment is a day old.
      const first = minuteOf(ms - DAY_MS - ARRIVAL_MS);
      const kept = Object.fromEntries(Object.entries(by_minute).filter(([minute]) => minute >= first));
      const today = Object.values(kept).reduce((sum, count) => sum + count, 0);
      const share = purpose === 'point' ? 1 - KEPT_FOR_ROSTERS : 1;
      // Rounded up, so that a budget of one is not none.
      if (today >= Math.ceil(per_day * share)) return 'day';
      if (in_a_minute.length >= Math.ceil(per_minute * share)) return 'minute';
      const minute = minuteOf(ms);
      by_minute = { ...kept, [minute]: (kept[minute] ?? 0) + 1 };
      in_a_minute.push(ms);
      writeKept(file, by_minute);
      return 'spent';
    },
  };
}

function readKept(file: string): Record<string, number> {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return {};
    const message = `${file} counts the requests made to OpenStates and can’t be read. Delete it: the count begins anew.`;
    throw new OperationalError('budget_unusable', message, { cause });
  }
}

function writeKept(file: string, by_minute: Record<string, number>): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}-new`, JSON.stringify(by_minute));
    renameSync(`${file}-new`, file);
  } catch (cause) {
    const message = `${file} counts the requests made to OpenStates and can’t be written, so none is made (${(cause as Error).message}). Check that the disk has room and that DATA_DIR may be written to.`;
    throw new OperationalError('budget_unusable', message, { cause });
  }
}
