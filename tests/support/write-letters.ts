import type { Store } from '../../server/store/open-store.ts';
import type { LettersTable, OutboxTable } from '../../server/store/tables.ts';

/** A made-up letter as the database has it: confirmed, and waiting its turn. */
export function letterRow(changes: Partial<LettersTable> & { id: string }): LettersTable {
  return {
    form_id: `form-${changes.id}`,
    campaign_slug: 'visible-act',
    legislator_id: 'ocd-person/1',
    division_id: 'ocd-division/country:us/state:fl/sldu:5',
    partner: '',
    page_language: 'en',
    message_language: 'en',
    variant: '',
    is_sample: 0,
    mode: 'live',
    state: 'confirmed',
    reason: '',
    held: '',
    deliver_by: '',
    handed_in_at: '2026-11-24T14:05:00.000Z',
    confirmed_at: changes.state === 'confirming' ? '' : '2026-11-24T15:10:00.000Z',
    changed_at: '2026-11-24T15:10:00.000Z',
    sender: '',
    sealed: '',
    ...changes,
  };
}

/** A mail of such a letter, waiting in the outbox. */
export function outboxRow(changes: Partial<OutboxTable> & { letter_id: string }): OutboxTable {
  return {
    kind: 'letter',
    target_key: 'target ocd-person/1',
    domain_key: 'domain example.org',
    due_at: '2026-11-24T16:00:00.000Z',
    attempts: 0,
    unknown_since: '',
    claim: '',
    claimed_until: '',
    ...changes,
  };
}

/** Writes such rows. */
export async function writeLetters(
  store: Pick<Store, 'transaction'>,
  letters: readonly LettersTable[],
  outbox: readonly OutboxTable[] = [],
): Promise<void> {
  await store.transaction(async (trx) => {
    if (letters.length > 0) await trx.insertInto('letters').values(letters).execute();
    if (outbox.length > 0) await trx.insertInto('outbox').values(outbox).execute();
  });
}
