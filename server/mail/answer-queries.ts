import { sql } from 'kysely';
import { formMarkId } from '../actions/action-queries.ts';
import { calendarDay } from '../calendar.ts';
import { zoneOfDivision } from '../legislators/states.ts';
import type { Store } from '../store/open-store.ts';
import type { AnswerNoted } from './letter.ts';

/** Counts that an office answered a letter, once a link, on the state's day. Nothing of it leads to the letter. */
export function noteLetterAnswer(
  store: Pick<Store, 'transaction'>,
  { campaign_slug, legislator_id, division_id, partner, is_sample, nonce, expires_at }: AnswerNoted,
  now: Date,
): Promise<'noted' | 'noted_before'> {
  const day = calendarDay(now, zoneOfDivision(division_id));
  return store.transaction(async (trx) => {
    const fresh = await trx
      .insertInto('spent_action_ids')
      .values({
        id: formMarkId(nonce),
        mark: 'answer',
        expires_at: `${expires_at.slice(0, 10)}T23:59:59.999Z`,
      })
      .onConflict((conflict) => conflict.columns(['id', 'mark']).doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!fresh) return 'noted_before';
    await trx
      .insertInto('letter_answers')
      .values({ campaign_slug, legislator_id, partner, is_sample: Number(is_sample), day, answers: 1 })
      .onConflict((conflict) =>
        conflict
          .columns(['campaign_slug', 'is_sample', 'partner', 'legislator_id', 'day'])
          .doUpdateSet({ answers: sql<number>`letter_answers.answers + 1` }),
      )
      .execute();
    return 'noted';
  });
}
