import { type Selectable, sql, type Transaction } from 'kysely';
import type { StatusCode } from '../actions/action.ts';
import { actionDate } from '../actions/action-date.ts';
import { appendAction, giveBackCompletion } from '../actions/action-queries.ts';
import { calendarDay } from '../calendar.ts';
import { zoneOfDivision } from '../legislators/states.ts';
import { canSkipLocked } from '../store/skip-locked.ts';
import type { LettersTable, Tables } from '../store/tables.ts';
import type { HoldReason, Letter, MailMode } from './letter.ts';
import { type EndReason, type LetterState, mayMove } from './letter-states.ts';

type Trx = Transaction<Tables>;
/** Whatever can be read from: the store itself, or a transaction. */
export type Reader = Pick<Trx, 'selectFrom'>;

/** A letter with what only the rooms that keep it need. */
export interface KeptLetter extends Letter {
  /** Under which the marks of its form are kept; '' once it is erased. */
  form_id: string;
  /** The keyed hash of the writer's address; '' once it is erased. */
  sender: string;
  /** '' once it is erased. */
  sealed: string;
}

/** A row as the code speaks of it. */
export function letterOf({
  is_sample,
  held,
  mode,
  state,
  reason,
  ...row
}: Selectable<LettersTable>): KeptLetter {
  return {
    ...row,
    type: 'email',
    is_sample: is_sample === 1,
    held: held === '' ? [] : (held.split(',') as HoldReason[]),
    mode: mode as MailMode,
    state: state as LetterState,
    reason: reason as EndReason | '',
  };
}

/** Writes down a letter that was handed in; `held` and the rest as they are. */
export async function insertLetter(
  trx: Trx,
  { type: _email, held, is_sample, ...letter }: KeptLetter,
): Promise<void> {
  await trx
    .insertInto('letters')
    .values({ ...letter, held: held.join(','), is_sample: Number(is_sample) })
    .execute();
}

/** A letter by its id. */
export async function findLetter(reader: Reader, id: string): Promise<KeptLetter | undefined> {
  const row = await reader.selectFrom('letters').where('id', '=', id).selectAll().executeTakeFirst();
  return row && letterOf(row);
}

/** A letter by its id, which nobody else moves before the end of this transaction; with `skips`, undefined where somebody else has it. */
export async function lockLetter(
  trx: Trx,
  id: string,
  { skips = false }: { skips?: boolean } = {},
): Promise<KeptLetter | undefined> {
  const row = await trx
    .selectFrom('letters')
    .where('id', '=', id)
    .selectAll()
    .$if(canSkipLocked(trx), (query) => (skips ? query.forUpdate().skipLocked() : query.forUpdate()))
    .executeTakeFirst();
  return row && letterOf(row);
}

/** The letters with one writer's address that nobody has confirmed; locked as above. */
export async function lockUnconfirmed(trx: Trx, sender: string): Promise<KeptLetter[]> {
  const rows = await trx
    .selectFrom('letters')
    .where('sender', '=', sender)
    .where('state', '=', 'confirming')
    .orderBy('id')
    .selectAll()
    .$if(canSkipLocked(trx), (query) => query.forUpdate())
    .execute();
  return rows.map(letterOf);
}

/** The letters that came by one form, the latest first; nobody else moves them before the end of this transaction. */
export async function lockLettersOfForm(trx: Trx, form_id: string): Promise<KeptLetter[]> {
  const rows = await trx
    .selectFrom('letters')
    .where('form_id', '=', form_id)
    .orderBy('handed_in_at', 'desc')
    .selectAll()
    .$if(canSkipLocked(trx), (query) => query.forUpdate())
    .execute();
  return rows.map(letterOf);
}

/** Notes the last moment at which a letter is of use, where its campaign has changed that; '' for none. */
export async function setDeliverBy(trx: Trx, id: string, deliver_by: string): Promise<void> {
  await trx.updateTable('letters').set({ deliver_by }).where('id', '=', id).execute();
}

/** The actions that moves write, by where they lead. */
const COUNTED: Partial<Record<LetterState, StatusCode>> = {
  confirmed: 'confirmed',
  accepted: 'accepted',
  bounced: 'bounced',
  failed: 'failed',
};

/**
 * Moves a letter to another state, in the transaction `trx`: its row, the note of the move, and the action that it counts as,
 * where it is one. False where the letter is no longer in the state that it was read in: then nothing is done. A move that no
 * letter may make is a bug. What was taken from the form's completion is given back where the letter does not go out after all.
 */
export async function moveLetter(
  trx: Trx,
  letter: KeptLetter,
  to: LetterState,
  { now, reason = '' }: { now: Date; reason?: EndReason | '' },
): Promise<boolean> {
  const { id, state: from, form_id } = letter;
  if (!mayMove(from, to)) throw new Error(`a letter never moves from ${from} to ${to}`);
  const moment = now.toISOString();
  const was_confirmed = letter.confirmed_at !== '';
  const { numUpdatedRows } = await trx
    .updateTable('letters')
    .set({
      state: to,
      reason,
      changed_at: moment,
      ...(to === 'confirmed' && !was_confirmed ? { confirmed_at: moment } : {}),
    })
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await trx
    .insertInto('letter_moves')
    .values({ letter_id: id, moved_at: moment, from_state: from, to_state: to, reason })
    .execute();
  const is_lost = ['failed', 'withdrawn', 'expired'].includes(to);
  if (is_lost && was_confirmed && form_id !== '') await giveBackCompletion(trx, form_id);
  // A letter that waits for another try was confirmed long ago, and one that was never confirmed is nobody's action yet.
  const counts = to === 'confirmed' ? from === 'confirming' : from !== 'confirming';
  const status_code = COUNTED[to];
  if (counts && status_code) await count(trx, letter, status_code, now);
  return true;
}

/** What is only put into a folder is no action of anybody, but for samples, whose totals are samples too. */
async function count(trx: Trx, letter: KeptLetter, status_code: StatusCode, now: Date): Promise<void> {
  if (letter.mode === 'preview' && !letter.is_sample) return;
  const action_date = actionDate(now);
  const { campaign_slug, type, legislator_id, division_id, partner } = letter;
  const { page_language, message_language, variant, is_sample } = letter;
  const context = { campaign_slug, type, legislator_id, division_id, partner };
  const action = {
    ...context,
    page_language,
    message_language,
    variant,
    is_sample,
    status_code,
    action_date,
  };
  const day = calendarDay(new Date(action_date), zoneOfDivision(division_id));
  await appendAction(trx, { ...action, origin: 'web' }, day);
}

/**
 * Erases from the database whatever tells of the people who wrote these letters: the sealed text, the form, and the minutes
 * of what was done. The keys are the caller's to erase, once this is on disk.
 */
export async function eraseRows(trx: Trx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const hourOf = (column: string) =>
    sql<string>`case when ${sql.ref(column)} = '' then '' else substr(${sql.ref(column)}, 1, 13) || ':00:00.000Z' end`;
  await trx
    .updateTable('letters')
    .set({
      sealed: '',
      sender: '',
      form_id: '',
      handed_in_at: hourOf('handed_in_at'),
      confirmed_at: hourOf('confirmed_at'),
      changed_at: hourOf('changed_at'),
    })
    .where('id', 'in', ids)
    .execute();
  await trx
    .updateTable('letter_moves')
    .set({ moved_at: hourOf('moved_at') })
    .where('letter_id', 'in', ids)
    .execute();
}
