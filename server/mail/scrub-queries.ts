import type { Reader } from './letter-queries.ts';
import type { LetterState } from './letter-states.ts';

/** A letter that holds something of its writer still. */
export interface SealedLetter {
  id: string;
  state: LetterState;
  handed_in_at: string;
  changed_at: string;
  /** Whether a mail of it is in the outbox. */
  has_mail: boolean;
}

/** All such letters. */
export async function sealedLetters(reader: Reader): Promise<SealedLetter[]> {
  const rows = await reader
    .selectFrom('letters')
    .where('sealed', '<>', '')
    .orderBy('handed_in_at')
    .select((eb) => [
      'id',
      'state',
      'handed_in_at',
      'changed_at',
      eb
        .selectFrom('outbox')
        .whereRef('outbox.letter_id', '=', 'letters.id')
        .select(eb.fn.countAll().as('mails'))
        .as('mails'),
    ])
    .execute();
  return rows.map(({ mails, state, ...row }) => ({
    ...row,
    state: state as LetterState,
    has_mail: Number(mails) > 0,
  }));
}

/** How many keyed hashes of e-mail addresses are kept, and of what. */
export async function countHashes(reader: Reader): Promise<{ senders: number; refusing: number }> {
  const count = async (table: 'sender_counts' | 'refusing_addresses') => {
    const row = await reader
      .selectFrom(table)
      .select((eb) => eb.fn.countAll().as('rows'))
      .executeTakeFirstOrThrow();
    return Number(row.rows);
  };
  return { senders: await count('sender_counts'), refusing: await count('refusing_addresses') };
}
