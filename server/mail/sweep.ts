import type { Log } from '../log.ts';
import type { Store } from '../store/open-store.ts';
import type { FindAddressee } from './addressee.ts';
import type { MailMode } from './letter.ts';
import { eraseRows, type KeptLetter, moveLetter } from './letter-queries.ts';
import type { EndReason } from './letter-states.ts';
import { loneKeys } from './lone-keys.ts';
import { endConfirmed } from './mail-worker.ts';
import { dequeue } from './outbox-queries.ts';
import type { Seal } from './sealed.ts';
import { forgetOld, outdated, unconfirmed, unerased } from './sweep-queries.ts';

/** What is swept, and with what. */
export interface SweepParts {
  store: Store;
  seal: Seal;
  findAddressee: FindAddressee;
  /** The site's: letters of the other end. */
  mode: MailMode;
  now: () => Date;
  log: Log;
}

/**
 * Ends what has had its time and erases what is left of it: letters that nobody confirmed, that came too late or are too old,
 * what a killed process left behind, and keys without a letter.
 */
export async function sweep(parts: SweepParts): Promise<void> {
  const { store, mode, now, log } = parts;
  for (const letter of await unconfirmed(store.read, now())) await expireUnconfirmed(parts, letter);
  for (const letter of await outdated(store.read, now(), mode)) await expireConfirmed(parts, letter);
  await erase(parts, await unerased(store.read, now()));
  for (const id of await loneKeys(store.read, parts.seal, now())) await parts.seal.erase(id);
  const gone = await store.transaction((trx) => forgetOld(trx, now()));
  if (gone > 0) log('info', 'letters_forgotten', { letters: gone });
}

/** Erases letters from the database and then their keys: every copy of them is unreadable from then on. */
export async function erase(
  { store, seal }: Pick<SweepParts, 'store' | 'seal'>,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await store.transaction(async (trx) => {
    for (const id of ids) await dequeue(trx, id);
    await eraseRows(trx, ids);
  });
  for (const id of ids) await seal.erase(id);
}

async function expireUnconfirmed({ store, seal, now, log }: SweepParts, letter: KeptLetter): Promise<void> {
  const reason = 'not_confirmed';
  const is_done = await store.transaction(async (trx) => {
    if (!(await moveLetter(trx, letter, 'expired', { now: now(), reason }))) return false;
    await dequeue(trx, letter.id);
    await eraseRows(trx, [letter.id]);
    return true;
  });
  if (!is_done) return;
  await seal.erase(letter.id);
  log('info', 'letter_moved', { letter: letter.id, from: 'confirming', to: 'expired', why: reason });
}

/** Its writer is told, but for one that was only a trial, or has been kept for as long as may be. */
async function expireConfirmed(
  { store, seal, findAddressee, mode, now, log }: SweepParts,
  letter: KeptLetter,
): Promise<void> {
  const moment = now();
  const is_readable = (await seal.open(letter.id, letter.sealed)) !== undefined;
  const reason = reasonOf(letter, { mode, moment, is_readable });
  const has_reader = reason === 'too_late' && is_readable && findAddressee(letter).addressee !== undefined;
  const is_done = await store.transaction((trx) =>
    endConfirmed(trx, letter, { to: 'expired', reason, now: moment, has_reader }),
  );
  if (is_done)
    log('info', 'letter_moved', { letter: letter.id, from: 'confirmed', to: 'expired', why: reason });
}

function reasonOf(
  letter: KeptLetter,
  { mode, moment, is_readable }: { mode: MailMode; moment: Date; is_readable: boolean },
): EndReason {
  if (letter.mode !== mode) return 'mode_changed';
  if (!is_readable) return 'key_gone';
  const is_late = letter.deliver_by !== '' && letter.deliver_by <= moment.toISOString();
  return is_late ? 'too_late' : 'kept_too_long';
}
