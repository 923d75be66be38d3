import { type ActionLog, createActionLog } from '../../server/actions/action-log.ts';
import { readTotals } from '../../server/actions/totals.ts';
import type { Store } from '../../server/store/open-store.ts';
import { logEntry } from './temp-store.ts';

const now = () => new Date('2026-11-24T15:30:00Z');

/** A log whose clock stands still. */
export function openLog(store: Store): ActionLog {
  return createActionLog({ store, now });
}

/** Logs an action for each nonce, all at once, through a log of its own; gives back what became of each. */
export async function logAll(
  store: Store,
  nonces: string[],
): Promise<PromiseSettledResult<{ counted: boolean }>[]> {
  const log = openLog(store);
  const results = await Promise.allSettled(nonces.map((nonce) => log.log(logEntry({ nonce }))));
  await log.close();
  return results;
}

/** What became of an action that is on disk now and was not before. */
export const COUNTED = { status: 'fulfilled', value: { counted: true } };

/** How many actions are completed. */
export async function countCompleted(store: Store): Promise<number> {
  const campaign = { slug: 'visible-act', goal: 1 };
  return (await readTotals(store, campaign, { is_sample: false, now: now() })).completed_actions;
}

/** As many nonces. */
export function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${index}`);
}
