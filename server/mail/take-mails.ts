import { describeError } from '../log.ts';
import type { Store } from '../store/open-store.ts';
import { whyOutdated } from './deliver-by.ts';
import { gapAfter, openFrom } from './drip.ts';
import { passDrip } from './drip-queries.ts';
import { endConfirmed } from './end-letter.ts';
import { findLetter, type KeptLetter, lockLetter, moveLetter } from './letter-queries.ts';
import { type EndReason, isOver, TIME_LIMITS } from './letter-states.ts';
import {
  claimLetter,
  claimToSupporters,
  dequeue,
  isAnyToSupporters,
  type LetterDue,
  lettersDue,
  noteUnknown,
  putBack,
} from './outbox-queries.ts';
import { setAside } from './sender-queries.ts';
import type { InHand, WorkerParts } from './worker-parts.ts';

const MINUTE_MS = 60_000;
/** Mails of each sort that one look takes in hand: all of them are handed over long before their claim ends. */
const MOST_A_LOOK = 20;
/** What is put off since it can't go for now is looked at again after this. */
const WAITING_MS = 10 * MINUTE_MS;
/** And what may well take longer, after this. */
const LONG_WAITING_MS = 60 * MINUTE_MS;

type Trx = Parameters<Parameters<Store['transaction']>[0]>[0];

/** Takes mails to supporters in hand that are due; what can't be written now is put off. */
export async function takeToSupporters(parts: WorkerParts): Promise<InHand[]> {
  const { store, seal, sender, findAddressee } = parts;
  const claim = claimNow(parts);
  if (!(await isAnyToSupporters(store.read, claim.now))) return [];
  const claimed = await store.transaction(async (trx) => {
    const mails = await claimToSupporters(trx, claim, MOST_A_LOOK);
    return Promise.all(mails.map(async (mail) => ({ mail, letter: await findLetter(trx, mail.letter_id) })));
  });
  const taken: InHand[] = [];
  for (const { mail, letter } of claimed) {
    const content = letter && (await seal.open(letter.id, letter.sealed));
    const addressee = letter && findAddressee(letter).addressee;
    if (letter && content && addressee && letter.mode === sender.mode)
      taken.push({ mail, claim: claim.claim, letter, content, addressee });
    else
      await store.transaction(async (trx) => {
        // What became of the letter has taken its mails along; a row alone leads nowhere.
        if (!letter) await dequeue(trx, mail.letter_id);
        else await putBack(trx, mail, { claim: claim.claim, due_at: later(claim.now, WAITING_MS), tries: 0 });
      });
  }
  return taken;
}

/** Takes letters in hand that may go now, each target's and each receiving domain's as their drips allow. */
export async function takeLetters(parts: WorkerParts): Promise<InHand[]> {
  const { store, now, log } = parts;
  const taken: InHand[] = [];
  // One for each receiving domain: the next of that would find its drip shut.
  const domains = new Set<string>();
  for (const due of await lettersDue(store.read, now().toISOString())) {
    if (domains.has(due.domain_key)) continue;
    if (taken.length >= MOST_A_LOOK) break;
    try {
      const letter = await takeLetter(parts, due);
      if (!letter) continue;
      taken.push(letter);
      domains.add(due.domain_key);
    } catch (error) {
      log('error', 'letter_not_taken', { letter: due.letter_id, ...describeError(error) });
      // It is out of the way of those behind it, unless the database itself is what fails.
      await store
        .transaction((trx) =>
          putBack(trx, due, { claim: '', due_at: later(now().toISOString(), LONG_WAITING_MS), tries: 0 }),
        )
        .catch((cause) =>
          log('error', 'letter_not_put_off', { letter: due.letter_id, ...describeError(cause) }),
        );
    }
  }
  return taken;
}

function claimNow({ now, newId }: WorkerParts) {
  const moment = now();
  const claimed_until = new Date(moment.getTime() + TIME_LIMITS.claim_ms).toISOString();
  return { claim: newId(), now: moment.toISOString(), claimed_until };
}

function later(iso: string, ms: number): string {
  return new Date(Date.parse(iso) + ms).toISOString();
}

/** Thrown to undo a transaction in which a drip turned out to be shut. */
class Shut extends Error {}

/** What a letter that is due may do now. */
type Turn =
  | { turn: 'goes' }
  /** With `key`, all that wait for that drip. */
  | { turn: 'waits'; until: string; key?: string }
  | { turn: 'ends'; to: 'failed' | 'expired'; reason: EndReason };

/** Takes one letter in hand where it may go now; else puts it off, or ends it. */
async function takeLetter(parts: WorkerParts, due: LetterDue): Promise<InHand | undefined> {
  const { store, seal, sender, findAddressee, log } = parts;
  const claim = claimNow(parts);
  const seen = await findLetter(store.read, due.letter_id);
  // Opened before its turn is used up: what can't be read holds up nobody.
  const content = seen?.mode === sender.mode ? await seal.open(seen.id, seen.sealed) : undefined;
  let ended: { from: string; to: string; why: string } | undefined;
  try {
    const taken = await store.transaction(async (trx): Promise<InHand | undefined> => {
      const locked = await lockLetter(trx, due.letter_id, { skips: true });
      if (!locked || isOver(locked.state)) return undefined;
      if (!(await claimLetter(trx, due.letter_id, claim))) return undefined;
      const moment = new Date(claim.now);
      // Whoever had it in hand was stopped before it was noted what became of it: see the rule of the worker.
      const letter = locked.state === 'sending' ? await moved(trx, locked, 'confirmed', moment) : locked;
      const turn = await turnOf(trx, parts, { letter, due, is_readable: content !== undefined, moment });
      if (turn.turn === 'ends') {
        const { to, reason } = turn;
        const is_told = content !== undefined && findAddressee(letter).addressee !== undefined;
        await endConfirmed(trx, letter, { to, reason, now: moment, is_told });
        ended = { from: letter.state, to, why: reason };
        return undefined;
      }
      if (turn.turn === 'waits') {
        const { until, key } = turn;
        if (key !== undefined) await passDrip(trx, key, claim.now, until);
        await putBack(trx, due, {
          claim: claim.claim,
          due_at: key === undefined ? until : claim.now,
          tries: 0,
        });
        return undefined;
      }
      const { addressee } = findAddressee(letter);
      await passDrips(trx, parts, due, moment);
      return {
        mail: due,
        claim: claim.claim,
        letter: await moved(trx, letter, 'sending', moment),
        content: content!,
        addressee: addressee!,
      };
    });
    if (ended) log('info', 'letter_moved', { letter: due.letter_id, ...ended });
    return taken;
  } catch (error) {
    if (error instanceof Shut) return undefined;
    throw error;
  }
}

async function turnOf(
  trx: Trx,
  { findAddressee, random }: WorkerParts,
  {
    letter,
    due: { letter_id, unknown_since, target_key },
    is_readable,
    moment,
  }: { letter: KeptLetter; due: LetterDue; is_readable: boolean; moment: Date },
): Promise<Turn> {
  const whereto = findAddressee(letter);
  const { addressee } = whereto;
  const now = moment.toISOString();
  const outdated = whyOutdated(letter, addressee?.campaign, moment);
  if (outdated) return { turn: 'ends', to: 'expired', reason: outdated };
  if (whereto.state === 'over') return { turn: 'ends', to: 'expired', reason: 'campaign_over' };
  if (whereto.state === 'not_a_target') {
    if (unknown_since === '') await noteUnknown(trx, letter_id, now);
    else if (moment.getTime() - Date.parse(unknown_since) > TIME_LIMITS.unknown_ms)
      return { turn: 'ends', to: 'failed', reason: 'not_a_target' };
    return { turn: 'waits', until: later(now, LONG_WAITING_MS) };
  }
  if (unknown_since !== '') await noteUnknown(trx, letter_id, '');
  if (whereto.state === 'waits' || !addressee) return { turn: 'waits', until: later(now, WAITING_MS) };
  // Another machine may have its key.
  if (!is_readable) return { turn: 'waits', until: later(now, LONG_WAITING_MS) };
  // It waits until the address is corrected, or taken back: whatever else went there would come back too.
  if ((await setAside(trx, [addressee.address])).size > 0)
    return { turn: 'waits', until: later(now, WAITING_MS) };
  const opens = openFrom(moment, addressee.offices, random());
  if (opens > moment) return { turn: 'waits', until: opens.toISOString(), key: target_key };
  return { turn: 'goes' };
}

/** Lets one letter through its two drips; Shut where another was quicker. */
async function passDrips(
  trx: Trx,
  { settings, random }: WorkerParts,
  { target_key, domain_key }: LetterDue,
  moment: Date,
): Promise<void> {
  const now = moment.toISOString();
  const { letters_per_hour, letters_per_domain_per_hour } = settings;
  for (const [key, per_hour] of [
    [target_key, letters_per_hour],
    [domain_key, letters_per_domain_per_hour],
  ] as const)
    if (!(await passDrip(trx, key, now, later(now, gapAfter(per_hour, random()))))) throw new Shut();
}

/** Moves a letter that nobody else can move now. */
async function moved(
  trx: Trx,
  letter: KeptLetter,
  to: 'confirmed' | 'sending',
  now: Date,
): Promise<KeptLetter> {
  if (!(await moveLetter(trx, letter, to, { now }))) throw new Shut();
  return { ...letter, state: to };
}
