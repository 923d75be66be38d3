import { calendarDay } from '../calendar.ts';
import { OperationalError } from '../errors.ts';
import type { KeptTask } from '../legislators/keeper.ts';
import type { OpenStates } from '../legislators/openstates-client.ts';
import { stateFacts } from '../legislators/states.ts';
import type { Log } from '../log.ts';
import type { BillRecord, BillRef } from './bill-record.ts';
import type { BillsKeeper, CampaignBills } from './bills-keeper.ts';
import { createBillSync, type SyncedBill } from './sync-bills.ts';

/** What bills are kept young with. */
export interface KeptBillsOptions {
  campaigns: readonly (CampaignBills & { slug: string })[];
  client: OpenStates;
  bills_keeper: Pick<BillsKeeper, 'look'>;
  data_dir: string;
  now: () => Date;
  log: Log;
}

/** What stays as it is until somebody changes the campaign, or OpenStates gets the bill: not asked again on that day. */
const LASTING = ['openstates_not_found', 'openstates_other_bill', 'openstates_unreadable_bill'];

/**
 * What the running app keeps of bills: those of each campaign fetched once on each of the state's days, whoever fetched them
 * last. What can't be fetched is the event `sync_failed`, and leaves in place what is at hand; a companion that can't is
 * asked for again the next day.
 */
export function keptBills(options: KeptBillsOptions): KeptTask[] {
  return options.campaigns.map((campaign) => keptBillsOf(campaign, options));
}

function keptBillsOf(
  { slug, state, bills }: CampaignBills & { slug: string },
  { client, bills_keeper, data_dir, now, log }: KeptBillsOptions,
): KeptTask {
  const { time_zone } = stateFacts(state);
  const today = () => calendarDay(now(), time_zone);
  /** The day on which a bill was asked for in vain. */
  const in_vain = new Map<string, string>();
  const nameOf = ({ session, identifier }: BillRef) => JSON.stringify([session, identifier]);
  // One of a day to come was fetched when the clock was ahead: it would never look old.
  const isWanted = (ref: BillRef, at_hand: BillRecord | undefined) =>
    in_vain.get(nameOf(ref)) !== today() &&
    (!at_hand || calendarDay(new Date(at_hand.fetched_at), time_zone) !== today());
  const syncBills = createBillSync({ client, data_dir, now, isWanted });
  const refs = bills.map(({ session, identifier }) => ({ state, session, identifier }));

  const step = async (stopped: AbortSignal): Promise<OperationalError | undefined> => {
    let synced: SyncedBill[];
    try {
      synced = await syncBills(refs, stopped);
    } catch (error) {
      if (error instanceof OperationalError) return error;
      throw error;
    }
    const failed = synced.filter(({ result }) => result === 'failed');
    for (const { ref, is_companion, error } of failed)
      if (is_companion || LASTING.includes(error!.code)) in_vain.set(nameOf(ref), today());
    if (synced.some(({ result }) => result === 'fetched')) {
      await bills_keeper.look();
      tellOf(log, slug, synced);
    }
    return failureOf(failed.filter(({ is_companion }) => !is_companion));
  };
  return { event: 'sync_failed', of: { campaign: slug }, step };
}

function tellOf(log: Log, slug: string, synced: SyncedBill[]): void {
  const fetched = synced.filter(({ result }) => result === 'fetched').map(({ ref }) => ref.identifier);
  const notes = synced.flatMap((one) => [
    ...one.notes,
    ...(one.is_companion && one.error ? [one.error.message] : []),
  ]);
  log('info', 'bills_fetched', {
    campaign: slug,
    bills: fetched.join(', '),
    ...(notes.length > 0 ? { notes: [...new Set(notes)] } : {}),
  });
}

/** One failure for all that failed: the first one's code, and what each says once. */
function failureOf(failed: SyncedBill[]): OperationalError | undefined {
  const [first] = failed;
  if (!first) return undefined;
  const messages = new Set(failed.map(({ error }) => error!.message));
  return new OperationalError(first.error!.code, [...messages].join(' '));
}
