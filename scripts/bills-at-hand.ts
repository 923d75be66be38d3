// What is kept of a campaign's bills, for commands.
import { keepBills } from '../server/bills/bills-keeper.ts';
import type { KnownBills } from '../server/bills/known-bills.ts';
import { seeBills } from '../server/bills/see-bills.ts';
import type { Campaign } from '../server/campaigns/campaign.ts';
import type { Roster } from '../server/legislators/legislator.ts';

/** What is at hand of a campaign's bills, seen with a roster on a day of the state. A damaged file is told on standard error. */
export async function billsAtHand(
  campaign: Campaign,
  { data_dir, roster, today }: { data_dir: string; roster: Roster; today: string },
): Promise<KnownBills> {
  const log = (_level: string, _event: string, { message }: { message?: unknown } = {}) =>
    void process.stderr.write(`${message}\n`);
  const keeper = await keepBills({ campaigns: [campaign], data_dir, log });
  keeper.stop();
  return seeBills(keeper.records(campaign), { bills: campaign.bills, roster, today });
}
