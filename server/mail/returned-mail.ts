import type { Store } from '../store/open-store.ts';
import type { Letter, MailKind } from './letter.ts';
import { eraseRows, findLetter, moveLetter } from './letter-queries.ts';
import { dequeue } from './outbox-queries.ts';
import type { Seal } from './sealed.ts';
import { noteHardBounce } from './sender-queries.ts';

/** What a mail server said of a mail of ours that it could not deliver. */
export interface ReturnedMailReport {
  letter_id: string;
  kind: MailKind;
  /** Whether it has given up. */
  is_hard: boolean;
}

/** What comes of such a report. */
export type ReturnedOutcome =
  /** The letter counts as bounced; `is_set_aside` where nothing is sent to its address from now on. */
  | { outcome: 'bounced'; is_set_aside: boolean }
  /** The supporter can't be reached: the letter has failed, and is erased. */
  | { outcome: 'unreachable_sender' }
  /** The report came while the letter is still in the worker's hand: it is to be handed in again in a while. */
  | { outcome: 'too_early' }
  /** It changes nothing: a mere delay, a mail to a supporter that no longer matters, or what was told before. */
  | { outcome: 'nothing' };

/** Notes what came back. `addressOf` gives the address of the legislator as it is now, '' where nobody knows it. */
export async function noteReturned(
  {
    store,
    seal,
    addressOf,
    now,
  }: { store: Store; seal: Seal; addressOf: (letter: Letter) => string; now: Date },
  { letter_id, kind, is_hard }: ReturnedMailReport,
): Promise<ReturnedOutcome> {
  if (!is_hard || (kind !== 'letter' && kind !== 'confirmation')) return { outcome: 'nothing' };
  const done = await store.transaction(async (trx): Promise<ReturnedOutcome> => {
    const letter = await findLetter(trx, letter_id);
    if (!letter) return { outcome: 'nothing' };
    if (kind === 'confirmation') {
      if (letter.state !== 'confirming') return { outcome: 'nothing' };
      if (!(await moveLetter(trx, letter, 'failed', { now, reason: 'unreachable_sender' })))
        return { outcome: 'nothing' };
      await dequeue(trx, letter_id);
      await eraseRows(trx, [letter_id]);
      return { outcome: 'unreachable_sender' };
    }
    if (letter.state === 'sending') return { outcome: 'too_early' };
    if (letter.state !== 'accepted' || !(await moveLetter(trx, letter, 'bounced', { now })))
      return { outcome: 'nothing' };
    // Where its receipt has gone it was erased before: then the minute of this is not kept either.
    if (letter.sealed === '') await eraseRows(trx, [letter_id]);
    const address = addressOf(letter);
    const is_set_aside = address !== '' && (await noteHardBounce(trx, address, now));
    return { outcome: 'bounced', is_set_aside };
  });
  if (done.outcome === 'unreachable_sender') await seal.erase(letter_id);
  return done;
}
