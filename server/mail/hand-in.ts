import { isDeepStrictEqual } from 'node:util';
import { formMarkId, isCompletionSpent } from '../actions/action-queries.ts';
import { calendarDay } from '../calendar.ts';
import { stateFacts } from '../legislators/states.ts';
import type { Store } from '../store/open-store.ts';
import { deliverBy } from './deliver-by.ts';
import { endUntold } from './end-letter.ts';
import { modeOf } from './expected-letters.ts';
import type { HandedIn, HandInOutcome } from './letter.ts';
import type { LetterParts } from './letter-parts.ts';
import { insertLetter, type KeptLetter, lockLettersOfForm } from './letter-queries.ts';
import { isWritable } from './mail-address.ts';
import { enqueue } from './outbox-queries.ts';
import { senderHash } from './sender-hash.ts';
import { countSender, refusesMail, setAside } from './sender-queries.ts';

/** From this share of what one address may hand in a day on, the organizer looks at its letters first. */
const MANY_FROM_SENDER = 0.5;
/** How long the mail to confirm a letter waits that came amid many and proved no work. */
const UNPROVEN_DELAY_MS = 10 * 60_000;

type Trx = Parameters<Parameters<Store['transaction']>[0]>[0];

/** Thrown to undo a transaction whose outcome is known. */
class Undone extends Error {
  readonly outcome: HandInOutcome;
  constructor(outcome: HandInOutcome) {
    super(outcome.outcome);
    this.outcome = outcome;
  }
}

/** Takes a letter: its key, its row and the mail that asks to confirm it; once however often the same is handed in. */
export async function handIn(parts: LetterParts, handed_in: HandedIn): Promise<HandInOutcome> {
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
