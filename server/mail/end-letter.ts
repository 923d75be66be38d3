import type { Store } from '../store/open-store.ts';
import { eraseRows, type KeptLetter, moveLetter } from './letter-queries.ts';
import type { EndReason } from './letter-states.ts';
import { dequeue, enqueue, isInHand } from './outbox-queries.ts';

type Trx = Parameters<Parameters<Store['transaction']>[0]>[0];

/**
 * A letter that a worker took in hand and let fall (its process ended, or the clock jumped) is one that waits, as it was before.
 * Undefined where it is in somebody's hand now.
 */
export async function pickUp(trx: Trx, letter: KeptLetter, now: Date): Promise<KeptLetter | undefined> {
  if (letter.state !== 'sending') return letter;
  if (await isInHand(trx, letter.id, now.toISOString())) return undefined;
  if (!(await moveLetter(trx, letter, 'confirmed', { now }))) return undefined;
  return { ...letter, state: 'confirmed' };
}

/** Ends a letter of which its writer need not be told, and erases its row; its key is the caller's to erase once this is on disk. */
export async function endUntold(
  trx: Trx,
  letter: KeptLetter,
  { to, reason, now }: { to: 'failed' | 'withdrawn' | 'expired'; reason: EndReason; now: Date },
): Promise<boolean> {
  if (!(await moveLetter(trx, letter, to, { now, reason }))) return false;
  await dequeue(trx, letter.id);
  await eraseRows(trx, [letter.id]);
  return true;
}

/**
 * Ends a confirmed letter that does not go out after all; its writer is told where `is_told`. False where it has moved meanwhile.
 * Erased by the sweep: once the notice has gone, or with the next one where there is none.
 */
export async function endConfirmed(
  trx: Trx,
  letter: KeptLetter,
  { to, reason, now, is_told }: { to: 'failed' | 'expired'; reason: EndReason; now: Date; is_told: boolean },
): Promise<boolean> {
  if (!(await moveLetter(trx, letter, to, { now, reason }))) return false;
  await dequeue(trx, letter.id);
  if (is_told) await enqueue(trx, { letter_id: letter.id, kind: 'notice', due_at: now.toISOString() });
  return true;
}
