import { OperationalError } from '../errors.ts';
import type { OpenStates } from '../legislators/openstates-client.ts';
import { createAnswers } from './answers.ts';
import { readBill, writeBill } from './bill-files.ts';
import { type BillRecord, type BillRef, bareIdentifier } from './bill-record.ts';
import { committeesOf, mustWait } from './committees-of.ts';
import { recordOf } from './fetch-bill.ts';
import { sessionFactsOf } from './session-facts.ts';
import { withUnsentParts } from './unsent-parts.ts';

/** What came of one bill. */
export interface SyncedBill {
  /** As it was asked for. */
  ref: BillRef;
  /** Whether it is a companion that the campaign does not name. */
  is_companion: boolean;
  /** `fetched`: its record is new. `kept`: it was not wanted. `failed`: its record is the one of before, if there is any. */
  result: 'fetched' | 'kept' | 'failed';
  record: BillRecord | undefined;
  error?: OperationalError;
  /** Sentences on what could not be had, and fails nothing. */
  notes: string[];
}

/** What bills are fetched with, and where they are kept. */
export interface SyncOptions {
  client: OpenStates;
  data_dir: string;
  now: () => Date;
  /** Whether a bill is to be fetched, given what is at hand of it; each is, where this is not said. */
  isWanted?: (ref: BillRef, at_hand: BillRecord | undefined) => boolean;
  /** Told of each bill when its turn comes. */
  onBill?: (ref: BillRef) => void;
}

/** Fetches bills and writes them down. */
export type BillSync = (refs: readonly BillRef[], stopped?: AbortSignal) => Promise<SyncedBill[]>;

/** What was fetched so far is kept between tries for so long. */
const KEPT_MS = 3_600_000;

/** A bill has one companion or two; who names hundreds would use up the day. */
const MOST_COMPANIONS = 5;

/** One name for one bill, however it is spelled. */
const keyOf = ({ state, session, identifier }: BillRef) =>
  JSON.stringify([state, session, bareIdentifier(identifier)]);

/**
 * Makes what fetches a campaign's bills, then of their companions in the same session that the campaign does not name five at
 * most; each by itself, so that one that fails takes no other down and leaves in place what was at hand. Throws OperationalError
 * `openstates_minute_spent` where the allowance of a minute is used up: called again within an hour it goes on where it was.
 * So it does where what was fetched could not be written.
 */
export function createBillSync(options: SyncOptions): BillSync {
  const answers = createAnswers(options.now);
  let begun_at = Number.NEGATIVE_INFINITY;
  let done = new Map<string, SyncedBill>();

  const inTurn = async (ref: BillRef, is_companion: boolean, stopped: AbortSignal | undefined) => {
    const key = keyOf(ref);
    const before = done.get(key);
    if (before) return before;
    options.onBill?.(ref);
    const synced = await syncOne(ref, { ...options, answers, stopped });
    const one = { ref, is_companion, ...(is_companion ? asCompanion(ref, synced) : synced) };
    done.set(key, one);
    return one;
  };

  return async (refs, stopped) => {
    const ms = options.now().getTime();
    if (done.size === 0 || ms < begun_at || ms > begun_at + KEPT_MS) {
      begun_at = ms;
      done = new Map();
    }
    answers.freshen();
    const synced: SyncedBill[] = [];
    for (const ref of unlike(refs)) synced.push(await inTurn(ref, false, stopped));
    const named = new Set(refs.map(keyOf));
    const companions = unlike(synced.flatMap(({ record }) => companionsOf(record))).filter(
      (ref) => !named.has(keyOf(ref)),
    );
    const left_out = new Set(companions.slice(MOST_COMPANIONS).map(keyOf));
    const told = synced.map((one) => withLeftOut(one, left_out));
    for (const ref of companions.slice(0, MOST_COMPANIONS)) told.push(await inTurn(ref, true, stopped));
    done = new Map();
    // A disk that is full may be so for days: to try again takes no more than writing.
    if (!told.some(({ error }) => error?.code === 'bill_unwritable')) answers.forget();
    return told;
  };
}

/** Nobody can look in campaign.yaml for a bill that does not stand there. */
function asCompanion<Synced extends Pick<SyncedBill, 'error'>>(ref: BillRef, synced: Synced): Synced {
  if (synced.error?.code !== 'openstates_not_found') return synced;
  const message = `OpenStates names ${ref.identifier} as a companion, and does not have it.`;
  return { ...synced, error: new OperationalError(synced.error.code, message, { cause: synced.error }) };
}

/** The companions of a bill, of its own session. */
export function companionsOf(record: BillRecord | undefined): BillRef[] {
  if (!record) return [];
  const { state, session } = record;
  return record.companions
    .filter((companion) => companion.session === session)
    .map(({ identifier }) => ({ state, session, identifier }));
}

/** The same with a sentence on how many of its companions are left out. */
function withLeftOut(synced: SyncedBill, left_out: ReadonlySet<string>): SyncedBill {
  const count = companionsOf(synced.record).filter((ref) => left_out.has(keyOf(ref))).length;
  if (count === 0) return synced;
  const note = `${count} of its companions are not fetched: of those that the campaign does not name, five are at most. Name in campaign.yaml those that matter.`;
  return { ...synced, notes: [...synced.notes, note] };
}

/** Each bill once. */
function unlike(refs: readonly BillRef[]): BillRef[] {
  return [...new Map(refs.toReversed().map((ref) => [keyOf(ref), ref])).values()].toReversed();
}

type Asking = SyncOptions & {
  answers: ReturnType<typeof createAnswers>;
  stopped: AbortSignal | undefined;
};

async function syncOne(ref: BillRef, asking: Asking): Promise<Omit<SyncedBill, 'ref' | 'is_companion'>> {
  const { client, answers, stopped, data_dir, now } = asking;
  const at_hand = await readBill(data_dir, ref);
  const before = at_hand.kind === 'record' ? at_hand.record : undefined;
  const notes = at_hand.kind === 'damaged' ? [at_hand.message] : [];
  if (asking.isWanted && !asking.isWanted(ref, before)) return { result: 'kept', record: before, notes };
  try {
    const { reply, at } = await answers.ask(`bill ${keyOf(ref)}`, async () => {
      const bill = await client.bill(ref, stopped);
      return { reply: bill, at: now().toISOString() };
    });
    const fetched = withUnsentParts(recordOf(reply, ref, at), reply, before);
    const session = await sessionFactsOf(ref, before, asking);
    const told = { ...fetched.record, ...session.facts };
    const { chamber_ids } = fetched;
    const { committees, notes: on_committees } = await committeesOf(
      { record: told, chamber_ids },
      before,
      asking,
    );
    const record = { ...told, committees };
    await writeBill(data_dir, record);
    return {
      result: 'fetched',
      record,
      notes: [...notes, ...fetched.notes, ...session.notes, ...on_committees],
    };
  } catch (error) {
    if (!(error instanceof OperationalError) || mustWait(error, stopped)) throw error;
    return { result: 'failed', record: before, error, notes };
  }
}
