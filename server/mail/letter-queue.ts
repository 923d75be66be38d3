import type { HoldReason } from './letter.ts';
import { type EndReason, isOver, LETTER_STATES } from './letter-states.ts';
import type { CountedLetters } from './queue-queries.ts';

/** Where letters stand, as organizers see it: 'held' are those that are confirmed and wait for them. */
export const QUEUE_STATES = LETTER_STATES.flatMap((state) =>
  state === 'confirmed' ? (['held', state] as const) : [state],
);
/** One of these. */
export type QueueState = (typeof QUEUE_STATES)[number];

/** Letters of a campaign that are alike. */
export interface QueueRow {
  state: QueueState;
  /** Why they are held, or did not go; '' for others. */
  reason: EndReason | HoldReason | '';
  letters: number;
  /** ISO moment, of the whole hour, since which the first of them waits; '' where they are over. */
  oldest_at: string;
}

const HOUR_MS = 3_600_000;

/** What was counted, as a queue: in the order of the way, then by reason. A letter that is held for two reasons is told by the first. */
export function queueOf(counted: readonly CountedLetters[]): QueueRow[] {
  const rows = new Map<string, QueueRow>();
  for (const one of counted) {
    const is_held = one.state === 'confirmed' && one.held.length > 0;
    const state: QueueState = is_held ? 'held' : one.state;
    const reason = is_held ? one.held[0]! : one.reason;
    const oldest_at = isOver(one.state) ? '' : wholeHour(one.oldest_at);
    const row = rows.get(`${state} ${reason}`) ?? { state, reason, letters: 0, oldest_at };
    rows.set(`${state} ${reason}`, {
      ...row,
      letters: row.letters + one.letters,
      oldest_at: [oldest_at, row.oldest_at].toSorted()[0]!,
    });
  }
  return [...rows.values()].toSorted(
    (a, b) => QUEUE_STATES.indexOf(a.state) - QUEUE_STATES.indexOf(b.state) || (a.reason < b.reason ? -1 : 1),
  );
}

/** A moment tells less of a person when its minutes are left out. */
function wholeHour(iso: string): string {
  const time = Date.parse(iso);
  return new Date(time - (time % HOUR_MS)).toISOString();
}
