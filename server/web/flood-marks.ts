import { createHmac } from 'node:crypto';
import type { ActionLog, LogEntry } from '../actions/action-log.ts';
import { keepForDay } from './day-value.ts';
import { addressKeys } from './rate-limits.ts';

/** So many actions of one block of addresses for one campaign on one day leave nothing of where they came from: a hall, a campus. */
export const UNMARKED = 50;
/** Most blocks that are counted at once. */
const MOST_BLOCKS = 20_000;

/** Writes actions down, those of a flood with its mark. */
export interface MarkedLog {
  /** As `ActionLog.log`; `ip` is the address that it came from. */
  log: (entry: LogEntry, ip: string) => Promise<{ counted: boolean }>;
}

/**
 * A log that counts, for the day and in memory alone, how many actions each block of addresses sends to each campaign through
 * this process. From the one after UNMARKED on an action carries a name for its block: an HMAC of it under a random key that is
 * forgotten with the day, so that nobody can tell afterwards which addresses it was. `dayKey` gives it, random and unguessable:
 * the same in every process, so that a block has one name whichever it reaches.
 */
export function markFloods({
  action_log,
  now,
  dayKey,
  most_blocks = MOST_BLOCKS,
}: {
  action_log: ActionLog;
  now: () => Date;
  dayKey: () => Promise<string>;
  most_blocks?: number;
}): MarkedLog {
  const counted_today = keepForDay(now, () => new Map<string, number>());
  return {
    log: async (entry, ip) => {
      const counts = counted_today.today();
      const sender = `${entry.context.campaign_slug} ${addressKeys(ip).block}`;
      const earlier = counts.get(sender) ?? 0;
      // Counted before it is written: of a hundred that come at once all would else be the first.
      add(counts, sender, 1);
      let counted = false;
      try {
        if (earlier < UNMARKED) ({ counted } = await action_log.log(entry));
        // Asked for each time: one that stands in while the database is away must not stay for the day.
        else ({ counted } = await action_log.log({ ...entry, block: nameOf(sender, await dayKey()) }));
      } finally {
        if (!counted) add(counts, sender, -1);
        if (counts.size > most_blocks) forgetQuietest(counts);
      }
      return { counted };
    },
  };
}

function add(counts: Map<string, number>, sender: string, by: number): void {
  const count = (counts.get(sender) ?? 0) + by;
  if (count > 0) counts.set(sender, count);
  else counts.delete(sender);
}

/** Half of them at once, so that this is seldom done; the loud ones stay. */
function forgetQuietest(counts: Map<string, number>): void {
  const quietest = [...counts].toSorted(([, a], [, b]) => a - b).slice(0, Math.ceil(counts.size / 2));
  for (const [sender] of quietest) counts.delete(sender);
}

/** 12 letters of base64url; none of them is '-', with which an option of a command begins. */
function nameOf(sender: string, key: string): string {
  return createHmac('sha256', key).update(sender).digest('base64url').slice(0, 12).replaceAll('-', '_');
}
