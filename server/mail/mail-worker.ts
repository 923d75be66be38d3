import { OperationalError } from '../errors.ts';
import { describeError, type Log } from '../log.ts';
import type { Store } from '../store/open-store.ts';
import type { Addressee, FindAddressee } from './addressee.ts';
import { gapAfter, openFrom } from './drip.ts';
import type { LetterContent, MailKind } from './letter.ts';
import type { MailSubject } from './letter-mails.ts';
import { eraseRows, findLetter, type KeptLetter, moveLetter } from './letter-queries.ts';
import { type EndReason, isOver, TIME_LIMITS } from './letter-states.ts';
import type { MailMessage } from './message.ts';
import {
  claimLetter,
  claimToSupporters,
  dequeue,
  enqueue,
  isAnyToSupporters,
  type LetterDue,
  lettersDue,
  type OutboxMail,
  passDrip,
  putBack,
} from './outbox-queries.ts';
import type { Seal } from './sealed.ts';
import type { Sender, SendOutcome } from './sender.ts';
import { noteHardBounce, setAside } from './sender-queries.ts';

const MINUTE_MS = 60_000;
/** Mails that are in hand at once. */
const AT_ONCE = 5;
/** Mails that one look takes in hand. */
const MOST_A_LOOK = 20;
/** The first pause before another try, and the longest; each is twice the one before. */
const FIRST_PAUSE_MS = MINUTE_MS;
const LONGEST_PAUSE_MS = 60 * MINUTE_MS;
/** While the database can't be written to, what became of a mail is noted again after this, then twice as long. */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;
/** What is put off since its campaign waits is looked at again after this. */
const WAITING_MS = 10 * MINUTE_MS;

/** What mails are sent with. */
export interface WorkerParts {
  store: Store;
  seal: Seal;
  sender: Sender;
  findAddressee: FindAddressee;
  /** Writes a mail. */
  write: (kind: MailKind, about: MailSubject) => MailMessage;
  settings: { letters_per_hour: number; letters_per_domain_per_hour: number };
  now: () => Date;
  newId: () => string;
  /** From 0 up to 1. */
  random: () => number;
  /** Resolves after so many milliseconds. */
  wait: (ms: number) => Promise<void>;
  log: Log;
}

/** Sends what is due. */
export interface MailWorker {
  /** Takes what is due in hand, sends it and notes what became of it; gives back how many mails that were. */
  look: () => Promise<number>;
}

/** A mail that is in hand: its letter, opened. */
interface InHand {
  mail: OutboxMail;
  claim: string;
  letter: KeptLetter;
}

type Trx = Parameters<Parameters<Store['transaction']>[0]>[0];

/**
 * A worker; several may look at once, in one process or in many: each mail is in one hand. The rule for the one instant that
 * no one can close, between the mail server's 'yes' and our note of it: when the process ends there, the mail counts as not
 * sent, and is handed over once more with the same Message-ID, by which servers and mail programs can drop the double. No
 * letter is ever lost for having been noted too early.
 */
export function createMailWorker(parts: WorkerParts): MailWorker {
  return {
    look: async () => {
      const mails = [...(await takeToSupporters(parts)), ...(await takeLetters(parts))];
      const queue = [...mails];
      const hand = async () => {
        for (let next = queue.shift(); next; next = queue.shift()) await handOver(parts, next);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, hand));
      return mails.length;
    },
  };
}

function claimNow({ now, newId }: WorkerParts) {
  const moment = now();
  const claimed_until = new Date(moment.getTime() + TIME_LIMITS.claim_ms).toISOString();
  return { claim: newId(), now: moment.toISOString(), claimed_until };
}

async function takeToSupporters(parts: WorkerParts): Promise<InHand[]> {
  const claim = claimNow(parts);
  if (!(await isAnyToSupporters(parts.store.read, claim.now))) return [];
  return parts.store.transaction(async (trx) => {
    const taken: InHand[] = [];
    for (const mail of await claimToSupporters(trx, claim, MOST_A_LOOK)) {
      const letter = await findLetter(trx, mail.letter_id);
      // What became of the letter meanwhile has taken its mails along; a row alone is swept away.
      if (letter) taken.push({ mail, claim: claim.claim, letter });
      else await dequeue(trx, mail.letter_id);
    }
    return taken;
  });
}

async function takeLetters(parts: WorkerParts): Promise<InHand[]> {
  const { store, now } = parts;
  const taken: InHand[] = [];
  // One for each receiving domain: the next of that would find its drip shut.
  const domains = new Set<string>();
  for (const due of await lettersDue(store.read, now().toISOString())) {
    if (domains.has(due.domain_key) || taken.length >= MOST_A_LOOK) continue;
    const letter = await takeLetter(parts, due);
    if (!letter) continue;
    taken.push(letter);
    domains.add(due.domain_key);
  }
  return taken;
}

/** Thrown to undo a transaction in which a drip turned out to be shut. */
class Shut extends Error {}

/** Takes one letter in hand where it may go now; else puts it off. */
async function takeLetter(
  parts: WorkerParts,
  { target_key, domain_key, ...mail }: LetterDue,
): Promise<InHand | undefined> {
  const { store, findAddressee, settings, random, log } = parts;
  const claim = claimNow(parts);
  const moment = new Date(claim.now);
  const after = (per_hour: number) => new Date(moment.getTime() + gapAfter(per_hour, random())).toISOString();
  try {
    return await store.transaction(async (trx): Promise<InHand | undefined> => {
      if (!(await claimLetter(trx, mail.letter_id, claim))) return undefined;
      const letter = await findLetter(trx, mail.letter_id);
      if (!letter || isOver(letter.state)) return undefined;
      const whereto = findAddressee(letter);
      if (whereto.state === 'over' || whereto.state === 'not_a_target')
        return { mail, claim: claim.claim, letter };
      const putOff = (due: Date, key?: string) =>
        key === undefined
          ? putBack(trx, mail, { claim: claim.claim, due_at: due.toISOString(), tries: 0 })
          : passDrip(trx, key, claim.now, due.toISOString()).then(() =>
              putBack(trx, mail, { claim: claim.claim, due_at: claim.now, tries: 0 }),
            );
      if (whereto.state === 'waits' || !whereto.addressee) {
        await putOff(new Date(moment.getTime() + WAITING_MS));
        return undefined;
      }
      // It waits until the address is corrected, or taken back: whatever else went there would come back too.
      if ((await setAside(trx, [whereto.addressee.address])).size > 0) {
        await putOff(new Date(moment.getTime() + WAITING_MS));
        return undefined;
      }
      const opens = openFrom(moment, whereto.addressee.offices, random());
      if (opens > moment) {
        await putOff(opens, target_key);
        return undefined;
      }
      const { letters_per_hour, letters_per_domain_per_hour } = settings;
      if (!(await passDrip(trx, target_key, claim.now, after(letters_per_hour)))) throw new Shut();
      if (!(await passDrip(trx, domain_key, claim.now, after(letters_per_domain_per_hour)))) throw new Shut();
      // Whoever had it in hand was stopped before it was noted what became of it: see the rule above.
      const free = letter.state === 'sending' ? await moved(trx, letter, 'confirmed', moment) : letter;
      return { mail, claim: claim.claim, letter: await moved(trx, free, 'sending', moment) };
    });
  } catch (error) {
    if (error instanceof Shut) return undefined;
    log('error', 'letter_not_taken', { letter: mail.letter_id, ...describeError(error) });
    throw error;
  }
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

/** Sends one mail and notes what became of it. A fault of ours with one mail stops no other. */
async function handOver(parts: WorkerParts, in_hand: InHand): Promise<void> {
  const { log } = parts;
  const { letter_id, kind } = in_hand.mail;
  try {
    await deliver(parts, in_hand);
  } catch (error) {
    // What is not noted is in hand until the claim ends, and is then tried again.
    log('error', 'mail_not_noted', { letter: letter_id, kind, ...describeError(error) });
  }
}

async function deliver(parts: WorkerParts, in_hand: InHand): Promise<void> {
  const { seal, sender, findAddressee, write, now, log } = parts;
  const { mail, letter } = in_hand;
  const whereto = findAddressee(letter);
  const { addressee } = whereto;
  if (mail.kind === 'letter' && whereto.state === 'over')
    return endUnsent(parts, letter, {
      to: 'expired',
      reason: 'campaign_over',
      has_reader: addressee !== undefined,
    });
  if (mail.kind === 'letter' && whereto.state === 'not_a_target')
    return endUnsent(parts, letter, { to: 'failed', reason: 'not_a_target', has_reader: false });
  const content = await seal.open(letter.id, letter.sealed);
  if (letter.mode !== sender.mode || !content || !addressee) return putOffUnread(parts, in_hand);
  const started = now();
  const about = subjectOf(letter, content, addressee);
  const outcome = await sender.send(write(mail.kind, about));
  const ms = now().getTime() - started.getTime();
  log('info', 'mail', {
    letter: letter.id,
    kind: mail.kind,
    outcome: outcome.outcome,
    why: 'why' in outcome ? outcome.why : undefined,
    ms,
  });
  await noteAtLast(parts, () => note(parts, in_hand, outcome, addressee));
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

function subjectOf(
  { form_id: _form, sealed: _sealed, ...letter }: KeptLetter,
  content: LetterContent,
  { campaign, legislator, address }: Addressee,
): MailSubject {
  return { letter, content, campaign, legislator, to: { name: '', address } };
}

/** A mail that can't be written now: its key may be on another machine, or the campaign's files have a fault. */
async function putOffUnread({ store, now }: WorkerParts, { mail, letter, claim }: InHand): Promise<void> {
  const moment = now();
  const due_at = new Date(moment.getTime() + WAITING_MS).toISOString();
  await store.transaction(async (trx) => {
    if (letter.state === 'sending') await moveLetter(trx, letter, 'confirmed', { now: moment });
    await putBack(trx, mail, { claim, due_at, tries: 0 });
  });
}

/** A letter that does not go out after all; its writer is told where they can be. */
async function endUnsent(
  { store, now, log }: WorkerParts,
  letter: KeptLetter,
  { to, reason, has_reader }: { to: 'failed' | 'expired'; reason: EndReason; has_reader: boolean },
): Promise<void> {
  const moment = now();
  const is_done = await store.transaction((trx) =>
    endConfirmed(trx, letter, { to, reason, now: moment, has_reader }),
  );
  if (is_done) log('info', 'letter_moved', { letter: letter.id, from: letter.state, to, why: reason });
}

/** Ends a confirmed letter that was not sent, in one transaction; false where it has moved meanwhile. */
export async function endConfirmed(
  trx: Trx,
  letter: KeptLetter,
  {
    to,
    reason,
    now,
    has_reader,
  }: { to: 'failed' | 'expired'; reason: EndReason; now: Date; has_reader: boolean },
): Promise<boolean> {
  const free =
    to === 'expired' && letter.state === 'sending' ? await moved(trx, letter, 'confirmed', now) : letter;
  if (!(await moveLetter(trx, free, to, { now, reason }))) return false;
  await dequeue(trx, letter.id);
  // Erased by the sweep once the notice has gone, or at once where nobody can be told.
  if (has_reader) await enqueue(trx, { letter_id: letter.id, kind: 'notice', due_at: now.toISOString() });
  return true;
}

/** Notes what became of one try. */
async function note(
  parts: WorkerParts,
  in_hand: InHand,
  outcome: SendOutcome,
  addressee: Addressee,
): Promise<void> {
  const { store, seal, now, log } = parts;
  const { mail, letter } = in_hand;
  const moment = now();
  const erased = await store.transaction((trx) =>
    noteIn(trx, parts, { ...in_hand, outcome, addressee, moment }),
  );
  if (erased) await seal.erase(letter.id);
  if (mail.kind !== 'letter') return;
  const to = { accepted: 'accepted', later: 'confirmed', refused: 'failed' }[outcome.outcome];
  log('info', 'letter_moved', { letter: letter.id, from: 'sending', to });
}

interface Noted extends InHand {
  outcome: SendOutcome;
  addressee: Addressee;
  moment: Date;
}

/** In one transaction; true where everything that tells of the writer is erased by it. */
async function noteIn(trx: Trx, parts: WorkerParts, noted: Noted): Promise<boolean> {
  const { mail, letter, outcome, moment } = noted;
  if (mail.kind === 'letter') return noteLetter(trx, parts, noted);
  if (outcome.outcome === 'later' && moment < givenUpAt(mail, letter)) {
    await later(trx, parts, noted);
    return false;
  }
  if (mail.kind === 'confirmation') {
    await dequeue(trx, letter.id, ['confirmation']);
    if (outcome.outcome === 'accepted') return false;
    // It may have been confirmed all the same, by a mail that had gone before.
    const is_over = await moveLetter(trx, letter, 'failed', { now: moment, reason: 'unreachable_sender' });
    if (is_over) await eraseRows(trx, [letter.id]);
    return is_over;
  }
  await dequeue(trx, letter.id, [mail.kind]);
  await eraseRows(trx, [letter.id]);
  return true;
}

/** When a mail to a supporter is given up. */
function givenUpAt({ kind }: OutboxMail, { handed_in_at, changed_at }: KeptLetter): Date {
  const from = kind === 'confirmation' ? handed_in_at : changed_at;
  return new Date(Date.parse(from) + TIME_LIMITS.notice_ms);
}

async function noteLetter(
  trx: Trx,
  parts: WorkerParts,
  { mail, letter, claim, outcome, addressee, moment }: Noted,
): Promise<boolean> {
  if (outcome.outcome === 'accepted') {
    if (!(await moveLetter(trx, letter, 'accepted', { now: moment }))) return false;
    await dequeue(trx, letter.id);
    await enqueue(trx, { letter_id: letter.id, kind: 'receipt', due_at: moment.toISOString() });
    return false;
  }
  if (outcome.outcome === 'later') {
    if (!(await moveLetter(trx, letter, 'confirmed', { now: moment }))) return false;
    await later(trx, parts, { mail, claim, moment });
    return false;
  }
  const reason = 'refused_by_server';
  const is_over = await endConfirmed(trx, letter, { to: 'failed', reason, now: moment, has_reader: true });
  if (is_over && outcome.is_address && (await noteHardBounce(trx, addressee.address, moment)))
    parts.log('warn', 'address_set_aside', {
      legislator: letter.legislator_id,
      message: 'Its letters came back again and again: npm run mail -- status',
    });
  return false;
}

/** Puts a mail back for another try: each pause is twice the one before, more or less. */
async function later(
  trx: Trx,
  { random }: WorkerParts,
  { mail, claim, moment }: Pick<Noted, 'mail' | 'claim' | 'moment'>,
): Promise<void> {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(mail.attempts, 20));
  const due_at = new Date(moment.getTime() + pause * (0.5 + random())).toISOString();
  await putBack(trx, mail, { claim, due_at, tries: 1 });
}
