import { OperationalError } from '../errors.ts';
import { describeError } from '../log.ts';
import type { Store } from '../store/open-store.ts';
import { endConfirmed, endUntold } from './end-letter.ts';
import { eraseRows, type KeptLetter, moveLetter } from './letter-queries.ts';
import { TIME_LIMITS } from './letter-states.ts';
import { dequeue, enqueue, isStillClaimed, type OutboxMail, putBack } from './outbox-queries.ts';
import type { SendOutcome } from './sender.ts';
import { senderHash } from './sender-hash.ts';
import { noteHardBounce, refusesMail } from './sender-queries.ts';
import type { InHand, WorkerParts } from './worker-parts.ts';

const MINUTE_MS = 60_000;
/** The first pause before another try, and the longest; each is twice the one before. */
const FIRST_PAUSE_MS = MINUTE_MS;
const LONGEST_PAUSE_MS = 60 * MINUTE_MS;
/** While the database can't be written to, what became of a mail is noted again after this, then twice as long. */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;

type Trx = Parameters<Parameters<Store['transaction']>[0]>[0];

/** Sends one mail and notes what became of it. A fault of ours with one mail stops no other. */
export async function handOver(parts: WorkerParts, in_hand: InHand): Promise<void> {
  const { letter_id, kind } = in_hand.mail;
  try {
    await deliver(parts, in_hand);
  } catch (error) {
    // What is not noted is in hand until the claim ends, and is then tried again.
    parts.log('error', 'mail_not_noted', { letter: letter_id, kind, ...describeError(error) });
  }
}

/** Lets go of a mail that was not sent: another process takes it in hand. */
export async function letGo({ store, now }: WorkerParts, { mail, letter, claim }: InHand): Promise<void> {
  const moment = now();
  await store.transaction(async (trx) => {
    if (letter.state === 'sending') await moveLetter(trx, letter, 'confirmed', { now: moment });
    await putBack(trx, mail, { claim, due_at: moment.toISOString(), tries: 0 });
  });
}

async function deliver(parts: WorkerParts, in_hand: InHand): Promise<void> {
  const { store, now, log } = parts;
  const { mail, letter } = in_hand;
  const started = now();
  // It may have lain here for long: a machine that slept, a clock that was set. Then it is somebody else's by now.
  const until = new Date(started.getTime() + TIME_LIMITS.send_ms).toISOString();
  if (!(await isStillClaimed(store.read, mail, { claim: in_hand.claim, until }))) return;
  if (mail.kind === 'confirmation' && (await isRefused(parts, in_hand))) return;
  const outcome = await send(parts, in_hand);
  const ms = now().getTime() - started.getTime();
  const why = 'why' in outcome ? outcome.why : undefined;
  log('info', 'mail', { letter: letter.id, kind: mail.kind, outcome: outcome.outcome, why, ms });
  await noteAtLast(parts, () => note(parts, in_hand, outcome));
}

/** Whether the owner of the address has said meanwhile that they want no mail from here: then the letter ends. */
async function isRefused(
  { store, seal, secrets, now }: WorkerParts,
  { letter, content }: InHand,
): Promise<boolean> {
  const moment = now();
  const senders = secrets.map((secret) => senderHash(secret, content.email));
  if (!(await refusesMail(store.read, senders, moment))) return false;
  const is_over = await store.transaction((trx) =>
    endUntold(trx, letter, { to: 'withdrawn', reason: 'not_me', now: moment }),
  );
  if (is_over) await seal.erase(letter.id);
  return true;
}

/** A fault of ours in writing or sending is one that may be mended: it is tried again, as what a mail server puts off. */
async function send(
  { sender, write, log }: WorkerParts,
  { mail, letter, content, addressee }: InHand,
): Promise<SendOutcome> {
  const { form_id: _form, sealed: _sealed, sender: _sender, ...told } = letter;
  const { campaign, legislator, address } = addressee;
  const about = { letter: told, content, campaign, legislator, to: { name: '', address } };
  try {
    return await sender.send(write(mail.kind, about));
  } catch (error) {
    // Its message may repeat what it stumbled over.
    const words = Object.values(content).filter((word) => word !== '');
    log('error', 'mail_fault', { letter: letter.id, kind: mail.kind, ...describeError(error, words) });
    return { outcome: 'later', why: 'fault' };
  }
}

/** Notes it once the database can be written to, however long that takes: until then the mail would be sent again by whoever claims it. */
async function noteAtLast({ wait, log }: WorkerParts, noteIt: () => Promise<void>): Promise<void> {
  let waited = 0;
  for (let pause = FIRST_WAIT_MS; ; pause = Math.min(pause * 2, LONGEST_WAIT_MS)) {
    try {
      return await noteIt();
    } catch (error) {
      if (!(error instanceof OperationalError) || waited > TIME_LIMITS.claim_ms) throw error;
      log('warn', 'mail_not_noted_yet', describeError(error));
      await wait(pause);
      waited += pause;
    }
  }
}

/** Notes what became of one try. */
async function note(parts: WorkerParts, in_hand: InHand, outcome: SendOutcome): Promise<void> {
  const { store, seal, now, log } = parts;
  const { mail, letter } = in_hand;
  const moment = now();
  const is_erased = await store.transaction((trx) => {
    const noted = { ...in_hand, outcome, moment };
    if (mail.kind === 'letter') return noteLetter(trx, parts, noted);
    return mail.kind === 'confirmation' ? noteConfirmation(trx, parts, noted) : noteLast(trx, parts, noted);
  });
  if (is_erased) await seal.erase(letter.id);
  if (mail.kind !== 'letter') return;
  const to = { accepted: 'accepted', later: 'confirmed', refused: 'failed' }[outcome.outcome];
  log('info', 'letter_moved', { letter: letter.id, from: 'sending', to });
}

interface Noted extends InHand {
  outcome: SendOutcome;
  moment: Date;
}

/** True where everything that tells of the writer is erased by it; so are those below. */
async function noteConfirmation(trx: Trx, parts: WorkerParts, noted: Noted): Promise<boolean> {
  const { letter, outcome, moment } = noted;
  if (outcome.outcome === 'later' && moment < givenUpAt(noted.mail, letter)) return putOff(trx, parts, noted);
  if (outcome.outcome === 'accepted') {
    await dequeue(trx, letter.id, ['confirmation']);
    return false;
  }
  // It may have been confirmed all the same, by a mail that had gone before.
  if (await endUntold(trx, letter, { to: 'failed', reason: 'unreachable_sender', now: moment })) return true;
  await dequeue(trx, letter.id, ['confirmation']);
  return false;
}

/** A receipt, or word of a failure: nothing more is sent to its reader. */
async function noteLast(trx: Trx, parts: WorkerParts, noted: Noted): Promise<boolean> {
  const { mail, letter, outcome, moment } = noted;
  if (outcome.outcome === 'later' && moment < givenUpAt(mail, letter)) return putOff(trx, parts, noted);
  await eraseRows(trx, [letter.id]);
  await dequeue(trx, letter.id, [mail.kind]);
  return true;
}

/** When a mail to a supporter is given up. */
function givenUpAt({ kind }: OutboxMail, { handed_in_at, changed_at }: KeptLetter): Date {
  const from = kind === 'confirmation' ? handed_in_at : changed_at;
  return new Date(Date.parse(from) + TIME_LIMITS.notice_ms);
}

async function noteLetter(trx: Trx, parts: WorkerParts, noted: Noted): Promise<boolean> {
  const { letter, outcome, addressee, moment } = noted;
  if (outcome.outcome === 'accepted') {
    if (!(await moveLetter(trx, letter, 'accepted', { now: moment }))) return false;
    await dequeue(trx, letter.id);
    await enqueue(trx, { letter_id: letter.id, kind: 'receipt', due_at: moment.toISOString() });
    return false;
  }
  if (outcome.outcome === 'later') {
    if (!(await moveLetter(trx, letter, 'confirmed', { now: moment }))) return false;
    return putOff(trx, parts, noted);
  }
  const reason = 'refused_by_server';
  const is_over = await endConfirmed(trx, letter, { to: 'failed', reason, now: moment, is_told: true });
  if (is_over && outcome.is_address && (await noteHardBounce(trx, addressee.address, moment)))
    parts.log('warn', 'address_set_aside', {
      legislator: letter.legislator_id,
      message: 'Its letters came back again and again: npm run mail -- status',
    });
  return false;
}

/** Puts a mail back for another try: each pause is twice the one before, more or less. */
async function putOff(
  trx: Trx,
  { random }: WorkerParts,
  { mail, claim, moment }: Pick<Noted, 'mail' | 'claim' | 'moment'>,
): Promise<false> {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(mail.attempts, 20));
  const due_at = new Date(moment.getTime() + pause * (0.5 + random())).toISOString();
  await putBack(trx, mail, { claim, due_at, tries: 1 });
  return false;
}
