import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ZodError } from 'zod';
import { OperationalError } from '../errors.ts';
import { parseJson } from '../legislators/ask-once.ts';
import { syncFolder, writeDurably } from '../legislators/roster-files.ts';
import {
  type BillRecord,
  type BillRef,
  bareIdentifier,
  billRecordSchema,
  isSameBill,
} from './bill-record.ts';

/** Path of the file of a bill: one for all campaigns, however they spell it: DATA_DIR/bills/fl/2026/HB419.json */
export function billFile(data_dir: string, { state, session, identifier }: BillRef): string {
  const name = bareIdentifier(identifier) || identifier;
  return join(data_dir, 'bills', encoded(state), encoded(session), `${encoded(name)}.json`);
}

/** A name that can't lead out of its folder, on any system. */
function encoded(name: string): string {
  return encodeURIComponent(name).replace(
    /[.*~!'()]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** What is at hand of a bill: its record, nothing, or a file that can't be used, with a sentence on it. */
export type BillAtHand =
  | { kind: 'record'; record: BillRecord }
  | { kind: 'none' }
  | { kind: 'damaged'; message: string };

/** Reads the record of a bill. */
export async function readBill(data_dir: string, ref: BillRef): Promise<BillAtHand> {
  const file = billFile(data_dir, ref);
  const damaged = (why: string): BillAtHand => ({
    kind: 'damaged',
    message: `${file} holds what is known of ${ref.identifier}, and can’t be used (${why}). It counts as not at hand until the bill is fetched again.`,
  });
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'none' };
    return damaged((error as Error).message);
  }
  const parsed = billRecordSchema.safeParse(parseJson(text));
  if (!parsed.success) return damaged('it is damaged');
  const record = parsed.data;
  const is_own = record.state === ref.state && isSameBill(record, ref);
  return is_own ? { kind: 'record', record } : damaged('it is of another bill');
}

/**
 * Writes the record of a bill in the place of the one before: a reader sees one of the two, whole, whenever the writing
 * stops and whoever else writes. Throws OperationalError `bill_unwritable`, and `openstates_unreadable_bill` where it is none
 * that could be read again.
 */
export async function writeBill(data_dir: string, record: BillRecord): Promise<void> {
  const parsed = billRecordSchema.safeParse(record);
  // What could not be read again must not take the place of what can.
  if (!parsed.success) throw unreadable(record, parsed.error);
  const text = `${JSON.stringify(parsed.data, null, 1)}\n`;
  const file = billFile(data_dir, record);
  const folder = dirname(file);
  try {
    await mkdir(folder, { recursive: true });
    await removeLeftovers(folder, Date.parse(record.fetched_at));
    const aside = await mkdtemp(join(folder, '.sync-'));
    try {
      await writeDurably(join(aside, 'bill.json'), text);
      await rename(join(aside, 'bill.json'), file);
      await syncFolder(folder);
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
  } catch (cause) {
    const message = `What was fetched of ${record.identifier} can’t be written to ${file} (${(cause as Error).message}). Check that the disk has room and that DATA_DIR is a folder that may be written to.`;
    throw new OperationalError('bill_unwritable', message, { cause });
  }
}

function unreadable({ identifier, session }: BillRecord, cause: ZodError): OperationalError {
  const where = cause.issues.map(({ path }) => path.join('.')).join(', ');
  const message = `What OpenStates tells of ${identifier} of the session ${session} can’t be kept, so it is not taken. What is amiss: ${where}.`;
  return new OperationalError('openstates_unreadable_bill', message, { cause });
}

/** Nothing is written for this long: what is older is not another's that writes at this moment. */
const LEFT_OVER_AFTER_MS = 3_600_000;

/** Takes away what a killed process was writing. */
async function removeLeftovers(folder: string, now_ms: number): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('.sync-')) continue;
    // Another may have just taken it away.
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found && found.mtimeMs < now_ms - LEFT_OVER_AFTER_MS)
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Changes whenever the file of a bill does; '' where there is none. */
export async function billStamp(data_dir: string, ref: BillRef): Promise<string> {
  const found = await stat(billFile(data_dir, ref)).catch(() => undefined);
  return found ? `${found.mtimeMs} ${found.size} ${found.ino}` : '';
}
