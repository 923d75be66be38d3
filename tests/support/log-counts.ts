import type { DayCounts } from '../../server/reports/day-counts.ts';
import type { Store } from '../../server/store/open-store.ts';
import { logEntry } from './temp-store.ts';

/** Writes actions of some days into the log, as they stand there once they were counted; at noon by UTC. */
export async function logCounts(
  store: Store,
  days: DayCounts[],
  changes: Partial<{ is_sample: number; status_code: string; campaign_slug: string }> = {},
): Promise<void> {
  const { context } = logEntry({ nonce: '' });
  const rows = days.flatMap(({ day, counts }) =>
    counts.flatMap(({ completed_actions, ...cell }) =>
      Array.from({ length: completed_actions }, () => ({
        ...context,
        status_code: 'contact',
        origin: 'web',
        is_sample: 0,
        ...cell,
        action_date: `${day}T17:00:00.000Z`,
        ...changes,
      })),
    ),
  );
  await store.transaction(async (trx) => {
    for (let start = 0; start < rows.length; start += 500)
      await trx
        .insertInto('actions')
        .values(rows.slice(start, start + 500).map((row) => ({ ...row, is_sample: Number(row.is_sample) })))
        .execute();
  });
}
