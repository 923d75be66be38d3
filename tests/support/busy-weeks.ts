import { writeActions } from '../../server/actions/action-queries.ts';
import { calendarDay } from '../../server/calendar.ts';
import { logEntry } from './temp-store.ts';
import type { TestApp } from './test-app.ts';

const DAY_MS = 86_400_000;
const DAYS = 24;

/** What 24 days of a busy campaign leave, the same each time: made-up actions on sample legislators, up to `last`. */
export async function logBusyWeeks({ store, parts }: TestApp, last: Date): Promise<void> {
  const { legislators } = parts.rosters.get('fl')!.roster;
  const random = seeded(7);
  const pick = <T>(list: readonly T[], nearFirst = 1) =>
    list[Math.floor(random() ** nearFirst * list.length)]!;
  const batch = Array.from({ length: 1400 }, (_, nth) => {
    // More of them as the vote comes near.
    const moment = new Date(last.getTime() - Math.floor(random() ** 2 * DAYS) * DAY_MS);
    const legislator = pick(legislators, 2);
    const type = pick(['phone', 'phone', 'email'] as const);
    const { context, status_code, expires_at } = logEntry({
      nonce: `busy ${nth}`,
      is_sample: true,
      type,
      status_code: pick(
        type === 'phone'
          ? (['contact', 'contact', 'voicemail', 'unavailable'] as const)
          : (['sent', 'sent', 'started'] as const),
      ),
      legislator_id: legislator.id,
      division_id: legislator.current_role.division_id,
      partner: pick(['jira', 'l4a', '']),
      page_language: pick(['en', 'es', 'ht'], 1.5),
      message_language: pick(['en', 'es'], 2),
    });
    const action_date = `${moment.toISOString().slice(0, 13)}:00:00.000Z`;
    return {
      action: { ...context, status_code, origin: 'web' as const, action_date },
      day: calendarDay(moment, 'America/New_York'),
      nonce: `busy ${nth}`,
      expires_at,
    };
  });
  await store.transaction((trx) => writeActions(trx, batch));
}

/** Numbers from 0 up to 1, the same for the same seed: the generator of Park and Miller (1988). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
