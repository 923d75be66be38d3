import { join } from 'node:path';
import type { BillRef } from '../../server/bills/bill-record.ts';
import { createOpenStates, type OpenStates } from '../../server/legislators/openstates-client.ts';
import { createRequestBudget } from '../../server/legislators/request-budget.ts';
import { STUB_KEY } from './stub-openstates.ts';

/** A bill of Florida's session of 2026, as a campaign names it. */
export const florida = (identifier: string, session = '2026'): BillRef => ({
  state: 'fl',
  session,
  identifier,
});

/** A client of a stub that gives up soon. */
export function clientOf(
  url: string,
  {
    data_dir,
    now,
    key = STUB_KEY,
    per_minute = 1000,
    per_day = 10_000,
  }: { data_dir: string; now: () => Date; key?: string; per_minute?: number; per_day?: number },
): OpenStates {
  const file = join(data_dir, 'openstates-requests.json');
  return createOpenStates({
    url,
    key,
    budget: createRequestBudget({ file, per_minute, per_day, now }),
    now,
    timeout_ms: 300,
  });
}
