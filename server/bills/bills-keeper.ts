import type { Log } from '../log.ts';
import { billFile, billStamp, readBill } from './bill-files.ts';
import { type BillRecord, type BillRef, isSameBill } from './bill-record.ts';
import { companionsOf } from './sync-bills.ts';

/** The bills that a campaign names, and its state's postal code. */
export interface CampaignBills {
  state: string;
  /** The same object for as long as the campaign is the same. */
  bills: readonly Pick<BillRef, 'session' | 'identifier'>[];
}

/** What is at hand of campaigns' bills. */
export interface BillsKeeper {
  /**
   * The records of a campaign's bills in its order, then of their companions that it does not name, as far as they are at
   * hand. The same list until one of them is another. None of a campaign that is not kept.
   */
  records: (campaign: CampaignBills) => readonly BillRecord[];
  /** Keeps the bills of these campaigns from now on, and takes in at once what is at hand of them. */
  keep: (campaigns: readonly CampaignBills[]) => Promise<void>;
  /** Takes in at once what has changed on the disk. */
  look: () => Promise<void>;
  stop: () => void;
}

/**
 * Reads the records of campaigns' bills from the disk, and again whenever a file has changed: what a command beside the app
 * has fetched soon serves without a restart. A file that can't be used is told of in the log once; what it said before
 * still holds.
 */
export async function keepBills(options: {
  campaigns: readonly CampaignBills[];
  data_dir: string;
  log: Log;
  /** How often to see whether a file has changed; for tests to shorten. */
  look_every_ms?: number;
}): Promise<BillsKeeper> {
  const { data_dir, log, look_every_ms = 60_000 } = options;
  let { campaigns } = options;
  /** By file. */
  const at_hand = new Map<string, { stamp: string; record: BillRecord | undefined }>();
  const lists = new WeakMap<CampaignBills['bills'], readonly BillRecord[]>();

  /** What is at hand of a bill, read anew where its file is another. */
  const take = async (ref: BillRef): Promise<BillRecord | undefined> => {
    const file = billFile(data_dir, ref);
    const before = at_hand.get(file);
    const stamp = await billStamp(data_dir, ref);
    if (before?.stamp === stamp) return before.record;
    const found = await readBill(data_dir, ref);
    if (found.kind === 'damaged')
      log('warn', 'bill_unreadable', { bill: ref.identifier, message: found.message });
    const held = found.kind === 'damaged' ? before?.record : undefined;
    const record = found.kind === 'record' ? found.record : held;
    at_hand.set(file, { stamp, record });
    return record;
  };

  const takeAll = async () => {
    for (const { state, bills } of campaigns) {
      const own: BillRecord[] = [];
      for (const { session, identifier } of bills) {
        const record = await take({ state, session, identifier });
        if (record && !own.includes(record)) own.push(record);
      }
      const list = [...own];
      for (const ref of own.flatMap(companionsOf)) {
        // Named by the campaign, or by another of its bills.
        if (bills.some((bill) => isSameBill(bill, ref))) continue;
        const record = await take(ref);
        if (record && !list.includes(record)) list.push(record);
      }
      const before = lists.get(bills);
      const is_same = before?.length === list.length && list.every((one, index) => one === before[index]);
      if (!is_same) lists.set(bills, list);
    }
  };

  let looking: Promise<void> = Promise.resolve();
  const look = (): Promise<void> => {
    // One after the other, or an older reading could end last.
    looking = looking.then(takeAll);
    return looking;
  };
  await look();
  const timer = setInterval(() => void look(), look_every_ms);
  return {
    records: ({ bills }) => lists.get(bills) ?? NONE,
    keep: (wanted) => {
      campaigns = wanted;
      return look();
    },
    look,
    stop: () => clearInterval(timer),
  };
}

const NONE: readonly BillRecord[] = [];
