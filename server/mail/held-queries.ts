import type { Transaction } from 'kysely';
import type { Tables } from '../store/tables.ts';
import { findLetter, type KeptLetter, letterOf, type Reader } from './letter-queries.ts';

type Trx = Transaction<Tables>;

/** The letters that wait for the organizer, those that wait longest first: of one campaign, by every name that it has or had, or of all. */
export async function heldLetters(reader: Reader, slugs?: readonly string[]): Promise<KeptLetter[]> {
  const rows = await reader
    .selectFrom('letters')
    .where('state', '=', 'confirmed')
    .where('held', '<>', '')
    .$if(slugs !== undefined, (query) => query.where('campaign_slug', 'in', slugs!))
    .orderBy('confirmed_at')
    .orderBy('id')
    .selectAll()
    .execute();
  return rows.map(letterOf);
}

/** A letter that waits for the organizer; undefined where there is none of that id, or it waits no more. */
export async function heldLetter(reader: Reader, id: string): Promise<KeptLetter | undefined> {
  const letter = await findLetter(reader, id);
  return letter?.state === 'confirmed' && letter.held.length > 0 ? letter : undefined;
}

/** Lets a held letter wait its turn like all others; false where it is not held. */
export async function releaseLetter(trx: Trx, id: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('letters')
    .set({ held: '' })
    .where('id', '=', id)
    .where('state', '=', 'confirmed')
    .where('held', '<>', '')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
