import { describeError, type Log } from '../log.ts';
import type { Store } from '../store/open-store.ts';
import type { FindAddressee } from './addressee.ts';
import { deliverBy, whyOutdated } from './deliver-by.ts';
import { LONGEST_PUT_OFF_MS } from './drip.ts';
import { bringBack } from './drip-queries.ts';
import { endConfirmed, endUntold, pickUp } from './end-letter.ts';
import type { MailMode } from './letter.ts';
import { eraseRows, type KeptLetter, lockLetter, setDeliverBy } from './letter-queries.ts';
import { type EndReason, TIME_LIMITS } from './letter-states.ts';
import { loneKeys } from './lone-keys.ts';
import { dequeue } from './outbox-queries.ts';
import type { Seal } from './sealed.ts';
import { forgetOld, onTheirWay, outdated, unconfirmed, unerased } from './sweep-queries.ts';

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
 * what a killed process left behind, and keys without a letter. What fails keeps nothing else from being swept.
 */
export async function sweep(parts: SweepParts): Promise<void> {
  const { store, seal, mode, now, log } = parts;
  const each = async <T>(read: () => Promise<T[]>, end: (one: T) => Promise<void>) => {
    for (const one of await attempt(parts, read, [])) await attempt(parts, () => end(one), undefined);
  };
  await attempt(parts, () => bringBackAll(parts), undefined);
  await each(
    () => onTheirWay(store.read),
    (id) => letFall(parts, id),
  );
  await each(
    () => unconfirmed(store.read, now()),
    (letter) => expireUnconfirmed(parts, letter),
  );
  await each(
    () => outdated(store.read, now(), mode),
    (letter) => expireConfirmed(parts, letter),
  );
  await attempt(parts, async () => erase(parts, await unerased(store.read, now())), undefined);
  await each(() => loneKeys(store.read, seal, now()), seal.erase);
  const gone = await attempt(parts, () => store.transaction((trx) => forgetOld(trx, now())), 0);
  if (gone > 0) log('info', 'letters_forgotten', { letters: gone });
}

async function attempt<T>({ log }: SweepParts, run: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await run();
  } catch (error) {
    log('error', 'sweep_failed', describeError(error));
    return otherwise;
  }
}

/** What a clock that jumped has put off for longer than anything is put off. */
async function bringBackAll({ store, now }: SweepParts): Promise<void> {
  const moment = now();
  const after = (ms: number) => new Date(moment.getTime() + ms).toISOString();
  const longest = after(LONGEST_PUT_OFF_MS);
  const claims_until = after(TIME_LIMITS.claim_ms);
  await store.transaction((trx) => bringBack(trx, { longest, claims_until, now: moment.toISOString() }));
}

/** A letter that nobody has in hand, though it is said to be on its way, waits again. */
async function letFall({ store, now, log }: SweepParts, id: string): Promise<void> {
  const is_free = await store.transaction(async (trx) => {
    const letter = await lockLetter(trx, id, { skips: true });
    return letter?.state === 'sending' && (await pickUp(trx, letter, now())) !== undefined;
  });
  if (is_free) log('warn', 'letter_moved', { letter: id, from: 'sending', to: 'confirmed' });
}

/** Erases letters from the database and then their keys: every copy of them is unreadable from then on. */
export async function erase(
  { store, seal }: Pick<SweepParts, 'store' | 'seal'>,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await store.transaction(async (trx) => {
    await eraseRows(trx, ids);
    for (const id of ids) await dequeue(trx, id);
  });
  for (const id of ids) await seal.erase(id);
}

async function expireUnconfirmed({ store, seal, now, log }: SweepParts, letter: KeptLetter): Promise<void> {
  const reason = 'not_confirmed';
  const is_done = await store.transaction((trx) =>
    endUntold(trx, letter, { to: 'expired', reason, now: now() }),
  );
  if (!is_done) return;
  await seal.erase(letter.id);
  log('info', 'letter_moved', { letter: letter.id, from: 'confirming', to: 'expired', why: reason });
}

/** Its writer is told, but for one that was only a trial; where the campaign has put its last day off, it waits on. */
async function expireConfirmed(
  { store, seal, findAddressee, mode, now, log }: SweepParts,
  letter: KeptLetter,
): Promise<void> {
  const moment = now();
  const { addressee } = findAddressee(letter);
  const is_readable = (await seal.open(letter.id, letter.sealed)) !== undefined;
  const outdated_by = whyOutdated(letter, addressee?.campaign, moment);
  const reason = reasonOf(letter, { mode, outdated_by, is_readable });
  if (reason === undefined) {
    const last = (addressee && deliverBy(addressee.campaign))?.toISOString() ?? '';
    await store.transaction((trx) => setDeliverBy(trx, letter.id, last));
    return;
  }
  const is_told = reason === outdated_by && addressee !== undefined;
  const is_done = await store.transaction((trx) =>
    endConfirmed(trx, letter, { to: 'expired', reason, now: moment, is_told }),
  );
  if (is_done)
    log('info', 'letter_moved', { letter: letter.id, from: 'confirmed', to: 'expired', why: reason });
}

function reasonOf(
  letter: KeptLetter,
  {
    mode,
    outdated_by,
    is_readable,
  }: { mode: MailMode; outdated_by: EndReason | undefined; is_readable: boolean },
): EndReason | undefined {
  if (letter.mode !== mode) return 'mode_changed';
  return outdated_by && !is_readable ? 'key_gone' : outdated_by;
}
