import { OperationalError } from '../errors.ts';
import type { ApiBill } from '../legislators/openstates-bill-replies.ts';
import type { OpenStates } from '../legislators/openstates-client.ts';
import { createAnswers } from './answers.ts';
import { readBill, writeBill } from './bill-files.ts';
import { type BillRecord, type BillRef, bareIdentifier, billRecordSchema } from './bill-record.ts';
import { committeesOf, mustWait } from './committees-of.ts';
import { recordOf } from './fetch-bill.ts';
import { sessionFactsOf } from './session-facts.ts';

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

/** A companion or two are usual: a list of hundreds would use up what may be asked in a day. */
const MOST_COMPANIONS = 5;

/** One name for one bill, however it is spelled. */
const keyOf = ({ state, session, identifier }: BillRef) =>
  JSON.stringify([state, session, bareIdentifier(identifier)]);

/**
 * Makes what fetches a campaign's bills, then their companions in the same session that the campaign does not name; each by
 * itself, so that one that fails takes no other down and leaves in place what was at hand. Throws OperationalError
 * `openstates_minute_spent` where the allowance of a minute is used up: called again within an hour it goes on where it was.
 */
export function createBillSync(options: SyncOptions): BillSync {
  const answers = createAnswers(options.now);
  let begun_at = Number.NEGATIVE_INFINITY;
  let done = new Map<string, SyncedBill>();

  const forget = () => {
    answers.forget();
    done = new Map();
  };

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
    for (const ref of companions.slice(0, MOST_COMPANIONS)) synced.push(await inTurn(ref, true, stopped));
    const left_out = companions.slice(MOST_COMPANIONS).map(({ identifier }) => identifier);
    if (left_out.length > 0)
      synced[0]!.notes.push(
        `More than ${MOST_COMPANIONS} companions are named, and ${left_out.length} of them are left out. Name in campaign.yaml those that matter.`,
      );
    forget();
    return synced;
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

/** Each bill once. */
function unlike(refs: readonly BillRef[]): BillRef[] {
  return [...new Map(refs.toReversed().map((ref) => [keyOf(ref), ref])).values()].toReversed();
}

/** The lists of a reply, each with the part of a record that is made of it. */
const LISTS = [
  ['actions', 'actions'],
  ['sponsorships', 'sponsorships'],
  ['votes', 'roll_calls'],
  ['related_bills', 'companions'],
] as const;

/** An empty list says that there is none; one that was asked for and is not there says nothing, and what is at hand stays. */
function keepUntold(
  reply: ApiBill,
  before: BillRecord | undefined,
): { parts: Partial<BillRecord>; notes: string[] } {
  const untold = before ? LISTS.filter(([list]) => reply[list] === undefined || reply[list] === null) : [];
  return {
    parts: Object.fromEntries(untold.map(([, part]) => [part, before![part]])),
    notes: untold.map(
      ([list]) => `OpenStates sent no list of its ${list.replace('_', ' ')}: those of before stay.`,
    ),
  };
}

/** A record as it can be read again; OperationalError `openstates_unreadable_bill` where it could not. */
function checked(record: BillRecord, { identifier, session }: BillRef): BillRecord {
  const parsed = billRecordSchema.safeParse(record);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]!.path.join('.');
  const message = `What OpenStates sends of ${identifier} of the session ${session} can’t be used (${where}), so it is not taken.`;
  throw new OperationalError('openstates_unreadable_bill', message, { cause: parsed.error });
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
    const fetched = recordOf(reply, ref, at);
    const session = await sessionFactsOf(ref, before, asking);
    const { committees, notes: on_committees } = await committeesOf(fetched, before, asking);
    const untold = keepUntold(reply, before);
    const record = checked({ ...fetched.record, ...untold.parts, ...session.facts, committees }, ref);
    await writeBill(data_dir, record);
    return {
      result: 'fetched',
      record,
      notes: [...notes, ...fetched.notes, ...untold.notes, ...session.notes, ...on_committees],
    };
  } catch (error) {
    if (!(error instanceof OperationalError) || mustWait(error, stopped)) throw error;
    return { result: 'failed', record: before, error, notes };
  }
}
