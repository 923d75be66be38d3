import { takeCompletion } from '../actions/action-queries.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import type { Store } from '../store/open-store.ts';
import { whyOutdated } from './deliver-by.ts';
import { domainKey, targetKey } from './drip.ts';
import { endUntold, pickUp } from './end-letter.ts';
import type { MoveOutcome } from './letter.ts';
import type { LetterParts } from './letter-parts.ts';
import { type KeptLetter, lockLetter, lockUnconfirmed, moveLetter } from './letter-queries.ts';
import { isOver, TIME_LIMITS } from './letter-states.ts';
import { dequeue, enqueue } from './outbox-queries.ts';
import { noteRefusal, refusesMail } from './sender-queries.ts';

type Trx = Parameters<Parameters<Store['transaction']>[0]>[0];

/** Confirms a letter, once: it takes its turn from then on, and the completion of its form with it. */
export async function confirm(parts: LetterParts, id: string): Promise<MoveOutcome> {
  const { store, seal, findAddressee, now, log } = parts;
  let is_erased = false;
  const outcome = await store.transaction(async (trx): Promise<MoveOutcome> => {
    is_erased = false;
    const letter = await lockLetter(trx, id);
    if (!letter) return 'gone';
    if (letter.state !== 'confirming') return letter.confirmed_at === '' ? 'too_late' : 'done_before';
    const moment = now();
    const { state, addressee } = findAddressee(letter);
    if (isTooLate(letter, addressee?.campaign, moment) || state === 'over' || !addressee?.address)
      return 'too_late';
    const keep_until = new Date(moment.getTime() + TIME_LIMITS.keep_ms).toISOString();
    if (!(await takeCompletion(trx, letter.form_id, keep_until))) {
      is_erased = await endUntold(trx, letter, { to: 'withdrawn', reason: 'by_supporter', now: moment });
      return 'sent_already';
    }
    await moveLetter(trx, letter, 'confirmed', { now: moment });
    await dequeue(trx, id, ['confirmation']);
    await enqueue(trx, {
      letter_id: id,
      kind: 'letter',
      due_at: moment.toISOString(),
      target_key: targetKey(letter.legislator_id),
      domain_key: domainKey(addressee.address),
    });
    return 'moved';
  });
  if (is_erased) await seal.erase(id);
  if (outcome === 'moved') {
    log('info', 'letter_moved', { letter: id, from: 'confirming', to: 'confirmed' });
    parts.onQueued();
  }
  return outcome;
}

/** Whether it is too late to confirm a letter. */
function isTooLate(letter: KeptLetter, campaign: Campaign | undefined, now: Date): boolean {
  const is_old = now.getTime() - Date.parse(letter.handed_in_at) > TIME_LIMITS.confirm_ms;
  return is_old || whyOutdated(letter, campaign, now) !== undefined;
}

/** Takes a letter back that has not left. */
export async function withdraw(parts: LetterParts, id: string): Promise<MoveOutcome> {
  const { store, seal, now, log } = parts;
  let from = '';
  const outcome = await store.transaction(async (trx): Promise<MoveOutcome> => {
    const letter = await lockLetter(trx, id);
    if (!letter) return 'gone';
    if (letter.state === 'withdrawn') return 'done_before';
    from = letter.state;
    return (await takeBack(trx, letter, { reason: 'by_supporter', now: now() })) ? 'moved' : 'too_late';
  });
  if (outcome === 'moved') {
    await seal.erase(id);
    log('info', 'letter_moved', { letter: id, from, to: 'withdrawn', why: 'by_supporter' });
  }
  return outcome;
}

/** Takes a locked letter back that has not left, and erases its row; false where it has, or is on its way. */
async function takeBack(
  trx: Trx,
  letter: KeptLetter,
  { reason, now }: { reason: 'by_supporter' | 'not_me'; now: Date },
): Promise<boolean> {
  if (isOver(letter.state)) return false;
  const free = await pickUp(trx, letter, now);
  return free !== undefined && (await endUntold(trx, free, { to: 'withdrawn', reason, now }));
}

/** The owner of an address wants nothing from here: what nobody has confirmed with it is taken back, and this letter. */
export async function disown(parts: LetterParts, id: string, sender_of_link: string): Promise<MoveOutcome> {
  const { store, seal, now, log } = parts;
  let taken: string[] = [];
  const outcome = await store.transaction(async (trx): Promise<MoveOutcome> => {
    taken = [];
    const letter = await lockLetter(trx, id);
    if (!letter) return 'gone';
    const moment = now();
    const sender = sender_of_link || letter.sender;
    if (sender === '') return 'too_late';
    const is_new = !(await refusesMail(trx, [sender], moment));
    await noteRefusal(trx, sender, moment);
    const others = (await lockUnconfirmed(trx, sender)).filter((other) => other.id !== id);
    for (const one of [letter, ...others])
      if (await takeBack(trx, one, { reason: 'not_me', now: moment })) taken.push(one.id);
    return is_new || taken.length > 0 ? 'moved' : 'done_before';
  });
  for (const one of taken) {
    await seal.erase(one);
    log('info', 'letter_moved', { letter: one, to: 'withdrawn', why: 'not_me' });
  }
  return outcome;
}
