import { isDeepStrictEqual } from 'node:util';
import { formMarkId, isCompletionSpent, takeCompletion } from '../actions/action-queries.ts';
import { calendarDay } from '../calendar.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import { stateFacts } from '../legislators/states.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/open-store.ts';
import type { FindAddressee } from './addressee.ts';
import { noteLetterAnswer } from './answer-queries.ts';
import { deliverBy, whyOutdated } from './deliver-by.ts';
import { domainKey, expectedAt, targetKey } from './drip.ts';
import { endUntold, pickUp } from './end-letter.ts';
import type { Expected, HandedIn, HandInOutcome, Letters, MailMode, MoveOutcome, NotSent } from './letter.ts';
import {
  findLetter,
  insertLetter,
  type KeptLetter,
  lockLetter,
  lockLettersOfForm,
  lockUnconfirmed,
  moveLetter,
} from './letter-queries.ts';
import { isOver, TIME_LIMITS } from './letter-states.ts';
import { readMailAddress } from './mail-address.ts';
import { dequeue, enqueue, queueAt } from './outbox-queries.ts';
import type { Seal } from './sealed.ts';
import { senderHash } from './sender-hash.ts';
import { countSender, noteRefusal, refusesMail, setAside } from './sender-queries.ts';

/** From this share of what one address may hand in a day on, the organizer looks at its letters first. */
const MANY_FROM_SENDER = 0.5;
/** How long the mail to confirm a letter waits that came amid many and proved no work. */
const UNPROVEN_DELAY_MS = 10 * 60_000;

/** What letters are kept with. */
export interface LetterParts {
  store: Store;
  seal: Seal;
  findAddressee: FindAddressee;
  /** Whether a campaign is under way now. */
  isOpen: (campaign: Campaign) => boolean;
  /** Newest first. */
  secrets: string[];
  settings: {
    sends_mail: boolean;
    is_production: boolean;
    letters_per_hour: number;
    letters_per_domain_per_hour: number;
    letters_per_sender_per_day: number;
  };
  /** Told when a mail was put into the outbox that may go at once. */
  onQueued: () => void;
  now: () => Date;
  /** Random and unguessable; a new one each time. */
  newId: () => string;
  log: Log;
}

type Trx = Parameters<Parameters<Store['transaction']>[0]>[0];

/** Thrown to undo a transaction whose outcome is known. */
class Undone extends Error {
  readonly outcome: HandInOutcome;
  constructor(outcome: HandInOutcome) {
    super(outcome.outcome);
    this.outcome = outcome;
  }
}

/** The supporters' letters, kept in the database and sealed. */
export function createLetters(parts: LetterParts): Letters {
  const { store, now } = parts;
  return {
    modeOf: (campaign, is_sample) => modeOf(parts, campaign, is_sample),
    expected: (campaign, targets) => expectedFor(parts, campaign, targets),
    handIn: (handed_in) => handIn(parts, handed_in),
    see: async (id) => {
      const letter = await findLetter(store.read, id);
      if (!letter) return undefined;
      const content = await parts.seal.open(id, letter.sealed);
      const { form_id: _form, sealed: _sealed, sender, ...told } = letter;
      return { letter: told, content, sender };
    },
    confirm: (id) => confirm(parts, id),
    withdraw: (id) => withdraw(parts, id),
    disown: (id, sender) => disown(parts, id, sender),
    noteAnswer: (answer) => noteLetterAnswer(store, answer, now()),
  };
}

function modeOf(
  { isOpen, settings }: LetterParts,
  campaign: Campaign,
  is_sample: boolean,
): MailMode | undefined {
  if (!campaign.email.send || !isOpen(campaign)) return undefined;
  // Made-up legislators have made-up addresses: nothing ever goes out to them.
  if (settings.sends_mail) return is_sample ? undefined : 'live';
  return settings.is_production ? undefined : 'preview';
}

/** Whether a mail can be written to an address: sources have some that no server takes. */
function isWritable(address: string): boolean {
  return readMailAddress(address)?.address === address;
}

async function expectedFor(
  { store, settings, now }: LetterParts,
  campaign: Campaign,
  targets: { legislator_id: string; email: string }[],
): Promise<Map<string, Expected | NotSent>> {
  const written = targets.filter(({ email }) => isWritable(email));
  const keys = written.flatMap(({ legislator_id, email }) => [targetKey(legislator_id), domainKey(email)]);
  const [queue, aside] = await Promise.all([
    queueAt(store.read, [...new Set(keys)]),
    setAside(
      store.read,
      written.map(({ email }) => email),
    ),
  ]);
  const offices = { hours: campaign.office_hours, time_zone: stateFacts(campaign.state).time_zone };
  const last = deliverBy(campaign);
  const moment = now();
  const at = (key: string, per_hour: number) => {
    const { waiting, next_at } = queue.get(key)!;
    const free_at = next_at === '' ? moment : new Date(next_at);
    return expectedAt({ now: moment, free_at, waiting, per_hour }, offices).getTime();
  };
  return new Map(
    targets.map(({ legislator_id, email }): [string, Expected | NotSent] => {
      if (!isWritable(email)) return [legislator_id, 'no_address'];
      if (aside.has(email.toLowerCase())) return [legislator_id, 'set_aside'];
      const goes_at = new Date(
        Math.max(
          at(targetKey(legislator_id), settings.letters_per_hour),
          at(domainKey(email), settings.letters_per_domain_per_hour),
        ),
      );
      return [legislator_id, { goes_at, is_in_time: last === undefined || goes_at < last }];
    }),
  );
}

async function handIn(parts: LetterParts, handed_in: HandedIn): Promise<HandInOutcome> {
  const { store, seal, now, newId, log } = parts;
  const { campaign, context, content } = handed_in;
  const mode = modeOf(parts, campaign, context.is_sample);
  if (!isWritable(handed_in.to) || !mode) return { outcome: 'not_sent', why: 'no_address' };
  const form_id = formMarkId(handed_in.nonce);
  const id = newId();
  const moment = now();
  const letter: KeptLetter = {
    ...context,
    id,
    form_id,
    mode,
    state: 'confirming',
    reason: '',
    held: handed_in.held,
    handed_in_at: moment.toISOString(),
    confirmed_at: '',
    changed_at: moment.toISOString(),
    deliver_by: deliverBy(campaign)?.toISOString() ?? '',
    sender: senderHash(parts.secrets[0]!, content.email),
    // Its key is on disk before its row is: one without the other is swept away.
    sealed: await seal.seal(id, content),
  };
  let replaced: string[] = [];
  try {
    replaced = await store.transaction((trx) => take(trx, parts, handed_in, letter));
  } catch (error) {
    await seal.erase(id);
    if (error instanceof Undone) return error.outcome;
    throw error;
  }
  await Promise.all(replaced.map(seal.erase));
  log('info', 'letter_handed_in', { letter: id, slug: campaign.slug, mode, held: letter.held });
  parts.onQueued();
  return { outcome: 'taken' };
}

/** Writes a letter down in one transaction with the mail that asks to confirm it; gives back the ids of those it replaces. */
async function take(
  trx: Trx,
  { seal, secrets, settings, now }: LetterParts,
  { campaign, content, to, is_proven }: HandedIn,
  letter: KeptLetter,
): Promise<string[]> {
  const moment = now();
  const undo = (outcome: HandInOutcome): never => {
    throw new Undone(outcome);
  };
  const hashes = secrets.map((secret) => senderHash(secret, content.email));
  if (await refusesMail(trx, hashes, moment)) undo({ outcome: 'address_refuses' });
  if ((await setAside(trx, [to])).size > 0) undo({ outcome: 'not_sent', why: 'set_aside' });
  // The first write: whoever hands in the same at the same moment waits here for the other.
  const day = calendarDay(moment, stateFacts(campaign.state).time_zone);
  const count = await countSender(trx, senderHash(secrets[0]!, content.email, day), moment);
  const earlier = await lockLettersOfForm(trx, letter.form_id);
  if (earlier.some(({ state }) => ['confirmed', 'sending', 'accepted', 'bounced'].includes(state)))
    undo({ outcome: 'under_way' });
  if (await isCompletionSpent(trx, letter.form_id)) undo({ outcome: 'sent_already' });
  const replaced = earlier.filter(({ state }) => state === 'confirming');
  for (const one of replaced) {
    // A button that was pressed twice.
    if (isDeepStrictEqual(await seal.open(one.id, one.sealed), content)) undo({ outcome: 'taken' });
  }
  if (count > settings.letters_per_sender_per_day) undo({ outcome: 'too_many_from_sender' });
  for (const one of replaced)
    if (!(await endUntold(trx, one, { to: 'withdrawn', reason: 'written_anew', now: moment })))
      undo({ outcome: 'under_way' });
  const is_many = count > Math.max(1, settings.letters_per_sender_per_day * MANY_FROM_SENDER);
  await insertLetter(trx, { ...letter, held: is_many ? [...letter.held, 'many_from_sender'] : letter.held });
  const due = new Date(moment.getTime() + (is_proven ? 0 : UNPROVEN_DELAY_MS));
  await enqueue(trx, { letter_id: letter.id, kind: 'confirmation', due_at: due.toISOString() });
  return replaced.map(({ id }) => id);
}

async function confirm(parts: LetterParts, id: string): Promise<MoveOutcome> {
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

async function withdraw(parts: LetterParts, id: string): Promise<MoveOutcome> {
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
async function disown(parts: LetterParts, id: string, sender_of_link: string): Promise<MoveOutcome> {
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
