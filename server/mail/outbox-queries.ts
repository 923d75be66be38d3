import type { Selectable, Transaction } from 'kysely';
import { canSkipLocked } from '../store/skip-locked.ts';
import type { OutboxTable, Tables } from '../store/tables.ts';
import type { MailKind } from './letter.ts';
import type { Reader } from './letter-queries.ts';

type Trx = Transaction<Tables>;

/** A mail that is to be handed over, as its row has it. */
export interface OutboxMail {
  letter_id: string;
  kind: MailKind;
  /** How often it was tried. */
  attempts: number;
}

/** A letter that is due, with the keys of the drips that it keeps to. */
export interface LetterDue extends OutboxMail {
  /** Since when the roster knows no address for it; '' while it does. */
  unknown_since: string;
  target_key: string;
  domain_key: string;
}

/** Who takes mails in hand, and until when: ISO moments. */
export interface Claim {
  claim: string;
  now: string;
  claimed_until: string;
}

/** Mails to supporters: they keep to no drip. */
const TO_SUPPORTERS: readonly MailKind[] = ['confirmation', 'receipt', 'notice'];

/** Puts a mail into the outbox, due at a moment; the keys name the drips that it keeps to, '' for none. */
export async function enqueue(
  trx: Trx,
  mail: { letter_id: string; kind: MailKind; due_at: string; target_key?: string; domain_key?: string },
): Promise<void> {
  const { target_key = '', domain_key = '' } = mail;
  await trx
    .insertInto('outbox')
    .values({
      ...mail,
      target_key,
      domain_key,
      attempts: 0,
      unknown_since: '',
      claim: '',
      claimed_until: '',
    })
    .execute();
  for (const key of [target_key, domain_key].filter((one) => one !== '').toSorted())
    await trx
      .insertInto('drips')
      .values({ key, next_at: '' })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute();
}

/** Takes mails of a letter out of the outbox: all of them, or those of some kinds. */
export async function dequeue(trx: Trx, letter_id: string, kinds?: readonly MailKind[]): Promise<void> {
  await trx
    .deleteFrom('outbox')
    .where('letter_id', '=', letter_id)
    .$if(kinds !== undefined, (query) => query.where('kind', 'in', kinds!))
    .execute();
}

/** Whether any mail to a supporter is due and in nobody's hand. */
export async function isAnyToSupporters(reader: Reader, now: string): Promise<boolean> {
  const row = await reader
    .selectFrom('outbox')
    .where('kind', 'in', TO_SUPPORTERS)
    .where('due_at', '<=', now)
    .where('claimed_until', '<=', now)
    .limit(1)
    .select('letter_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Claims mails to supporters that are due and in nobody's hand, those due longest first. */
export async function claimToSupporters(trx: Trx, claim: Claim, most: number): Promise<OutboxMail[]> {
  const rows = await trx
    .selectFrom('outbox')
    .where('kind', 'in', TO_SUPPORTERS)
    .where('due_at', '<=', claim.now)
    .where('claimed_until', '<=', claim.now)
    .orderBy('due_at')
    .limit(most)
    .selectAll()
    .$if(canSkipLocked(trx), (query) => query.forUpdate().skipLocked())
    .execute();
  for (const row of rows) await take(trx, row, claim);
  return rows.map(mailOf);
}

/** The letter that has waited longest for each target whose drip lets one go now; read without taking any in hand. */
export async function lettersDue(reader: Reader, now: string): Promise<LetterDue[]> {
  const open = await reader
    .selectFrom('drips')
    .where('key', 'like', 'domain %')
    .where('next_at', '<=', now)
    .select('key')
    .execute();
  // Most of the time the domains are shut: then nobody's queue is looked through.
  if (open.length === 0) return [];
  const domains = open.map(({ key }) => key);
  const rows = await reader
    .selectFrom('drips as target')
    .where('target.key', 'like', 'target %')
    .where('target.next_at', '<=', now)
    .select((eb) =>
      eb
        .selectFrom('outbox as waiting')
        .innerJoin('letters', 'letters.id', 'waiting.letter_id')
        .whereRef('waiting.target_key', '=', 'target.key')
        .where('waiting.due_at', '<=', now)
        .where('waiting.claimed_until', '<=', now)
        .where('letters.held', '=', '')
        .where('waiting.domain_key', 'in', domains)
        .orderBy('waiting.due_at')
        .limit(1)
        .select('waiting.letter_id')
        .as('letter_id'),
    )
    .execute();
  const ids = rows.flatMap(({ letter_id }) => (letter_id === null ? [] : [letter_id]));
  if (ids.length === 0) return [];
  const mails = await reader
    .selectFrom('outbox')
    .where('letter_id', 'in', ids)
    .where('kind', '=', 'letter')
    .selectAll()
    .execute();
  return mails
    .toSorted((a, b) => (a.due_at < b.due_at ? -1 : 1))
    .map(({ target_key, domain_key, unknown_since, ...row }) => {
      return { ...mailOf(row), target_key, domain_key, unknown_since };
    });
}

/** Claims one letter that is due; false where somebody else was quicker. */
export async function claimLetter(trx: Trx, letter_id: string, claim: Claim): Promise<boolean> {
  const row = await trx
    .selectFrom('outbox')
    .where('letter_id', '=', letter_id)
    .where('kind', '=', 'letter')
    .where('due_at', '<=', claim.now)
    .where('claimed_until', '<=', claim.now)
    .selectAll()
    .$if(canSkipLocked(trx), (query) => query.forUpdate().skipLocked())
    .executeTakeFirst();
  if (!row) return false;
  await take(trx, row, claim);
  return true;
}

/** Whether a mail is still in the hand that claimed it, and for a while yet: asked right before it is sent. */
export async function isStillClaimed(
  reader: Reader,
  { letter_id, kind }: Pick<OutboxMail, 'letter_id' | 'kind'>,
  { claim, until }: { claim: string; until: string },
): Promise<boolean> {
  const row = await reader
    .selectFrom('outbox')
    .where('letter_id', '=', letter_id)
    .where('kind', '=', kind)
    .where('claim', '=', claim)
    .where('claimed_until', '>', until)
    .select('letter_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether a letter is in somebody's hand now. */
export async function isInHand(reader: Reader, letter_id: string, now: string): Promise<boolean> {
  const row = await reader
    .selectFrom('outbox')
    .where('letter_id', '=', letter_id)
    .where('kind', '=', 'letter')
    .where('claimed_until', '>', now)
    .select('letter_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Notes since when the roster knows no address for a letter, '' where it does again. */
export async function noteUnknown(trx: Trx, letter_id: string, unknown_since: string): Promise<void> {
  await trx
    .updateTable('outbox')
    .set({ unknown_since })
    .where('letter_id', '=', letter_id)
    .where('kind', '=', 'letter')
    .execute();
}

/** Lets go of a mail, to be tried again at a moment; `tries` is how many more times it was tried. */
export async function putBack(
  trx: Trx,
  { letter_id, kind }: OutboxMail,
  { claim, due_at, tries }: { claim: string; due_at: string; tries: number },
): Promise<void> {
  await trx
    .updateTable('outbox')
    .set((eb) => ({ due_at, claim: '', claimed_until: '', attempts: eb('attempts', '+', tries) }))
    .where('letter_id', '=', letter_id)
    .where('kind', '=', kind)
    // Where it took so long that another has it in hand now, it is theirs.
    .where('claim', '=', claim)
    .execute();
}

/** Lets go of whatever is in somebody's hand: for a database that has one process alone, which has just begun. */
export async function forgetClaims(trx: Trx): Promise<void> {
  await trx.updateTable('outbox').set({ claim: '', claimed_until: '' }).where('claim', '<>', '').execute();
}

async function take(
  trx: Trx,
  { letter_id, kind }: Pick<OutboxTable, 'letter_id' | 'kind'>,
  { claim, claimed_until }: Claim,
): Promise<void> {
  await trx
    .updateTable('outbox')
    .set({ claim, claimed_until })
    .where('letter_id', '=', letter_id)
    .where('kind', '=', kind)
    .execute();
}

function mailOf({
  letter_id,
  kind,
  attempts,
}: Pick<Selectable<OutboxTable>, 'letter_id' | 'kind' | 'attempts'>): OutboxMail {
  return { letter_id, kind: kind as MailKind, attempts: Number(attempts) };
}
