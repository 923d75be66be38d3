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
  /** Whether a worker has it in hand now. */
  is_in_hand: boolean;
}

/** All such letters, as they are at a moment. */
export async function sealedLetters(reader: Reader, now: Date): Promise<SealedLetter[]> {
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
      eb
        .selectFrom('outbox')
        .whereRef('outbox.letter_id', '=', 'letters.id')
        .where('outbox.kind', '=', 'letter')
        .where('outbox.claimed_until', '>', now.toISOString())
        .select(eb.fn.countAll().as('hands'))
        .as('hands'),
    ])
    .execute();
  return rows.map(({ mails, hands, state, ...row }) => ({
    ...row,
    state: state as LetterState,
    has_mail: Number(mails) > 0,
    is_in_hand: Number(hands) > 0,
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
