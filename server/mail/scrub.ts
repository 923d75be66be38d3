import type { Store } from '../store/open-store.ts';
import { endUntold, pickUp } from './end-letter.ts';
import { eraseRows, lockLetter, type Reader } from './letter-queries.ts';
import { type EndReason, isOver, type LetterState, TIME_LIMITS } from './letter-states.ts';
import { loneKeys } from './lone-keys.ts';
import { dequeue } from './outbox-queries.ts';
import { countHashes, type SealedLetter, sealedLetters } from './scrub-queries.ts';
import type { Seal } from './sealed.ts';

/** Why something of a person is still kept. */
export const KEPT_FOR = ['confirming', 'waiting', 'sending', 'mail_to_writer', 'nothing'] as const;
/** One of these: 'nothing' is what has had its time. */
export type KeptFor = (typeof KEPT_FOR)[number];

/** What tells of people here, and what of it is to be erased. */
export interface ScrubPlan {
  letters: (SealedLetter & { kept_for: KeptFor; goes: boolean })[];
  /** Keys that belong to no letter any more: all of them go. */
  lone_keys: string[];
  /** Keyed hashes of e-mail addresses: they go by themselves. */
  hashes: { senders: number; refusing: number };
}

/** Looks what is kept, and what goes: what has had its time, and with `all` whatever no worker has in hand. */
export async function planScrub(
  { read, seal }: { read: Reader; seal: Seal },
  { all, now }: { all: boolean; now: Date },
): Promise<ScrubPlan> {
  const letters = (await sealedLetters(read, now)).map((letter) => {
    const kept_for = keptFor(letter, now);
    return { ...letter, kept_for, goes: kept_for === 'nothing' || (all && kept_for !== 'sending') };
  });
  return {
    letters,
    lone_keys: await loneKeys(read, seal, now),
    hashes: await countHashes(read),
  };
}

function keptFor(
  { state, handed_in_at, changed_at, has_mail, is_in_hand }: SealedLetter,
  now: Date,
): KeptFor {
  const isPast = (iso: string, ms: number) => now.getTime() - Date.parse(iso) > ms;
  if (state === 'sending' && is_in_hand) return 'sending';
  if (isPast(handed_in_at, TIME_LIMITS.keep_ms)) return 'nothing';
  if (state === 'confirming') return isPast(handed_in_at, TIME_LIMITS.confirm_ms) ? 'nothing' : 'confirming';
  if (!isOver(state)) return 'waiting';
  return has_mail && !isPast(changed_at, TIME_LIMITS.notice_ms) ? 'mail_to_writer' : 'nothing';
}

/**
 * Erases what a plan says, each letter by itself: first its row, then its key, after which no copy of it can be read. Letters that
 * had not gone yet end; their writers are not told. Gives back how many letters were erased: one that a worker took in hand
 * meanwhile is left.
 */
export async function scrub(
  { store, seal }: { store: Store; seal: Seal },
  { letters, lone_keys }: ScrubPlan,
  now: Date,
): Promise<number> {
  let erased = 0;
  for (const { id } of letters.filter(({ goes }) => goes)) {
    if (!(await eraseOne(store, id, now))) continue;
    await seal.erase(id);
    erased += 1;
  }
  for (const id of lone_keys) await seal.erase(id);
  return erased;
}

async function eraseOne(store: Store, id: string, now: Date): Promise<boolean> {
  return store.transaction(async (trx) => {
    const letter = await lockLetter(trx, id);
    if (!letter) return false;
    if (!isOver(letter.state)) {
      const free = await pickUp(trx, letter, now);
      return (
        free !== undefined &&
        (await endUntold(trx, free, { to: 'expired', reason: reasonOf(free, now), now }))
      );
    }
    await eraseRows(trx, [id]);
    await dequeue(trx, id);
    return true;
  });
}

/** For whoever looks later by the link in their mail: what is so, and no more. */
function reasonOf(
  { state, handed_in_at }: { state: LetterState; handed_in_at: string },
  now: Date,
): EndReason {
  const age = now.getTime() - Date.parse(handed_in_at);
  if (state === 'confirming' && age > TIME_LIMITS.confirm_ms) return 'not_confirmed';
  return age > TIME_LIMITS.keep_ms ? 'kept_too_long' : 'erased_by_organizer';
}
