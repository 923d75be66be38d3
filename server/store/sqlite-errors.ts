import { OperationalError } from '../errors.ts';

/** Primary result codes that mean the disk or another process, not the statement: busy, locked, read-only, I/O, full, can't open. */
const OUT_OF_REACH = new Set([5, 6, 8, 10, 13, 14]);
/** Corrupt, and not a database. */
const DAMAGED = new Set([11, 26]);

/** What a failed statement means to whoever runs the app; an error that only a bug can cause keeps its own message. */
export function statementError(file: string, message: string, errcode: number | undefined): Error {
  // The low byte of an extended code is its primary one: https://sqlite.org/rescode.html
  const primary = (errcode ?? 0) & 0xff;
  if (DAMAGED.has(primary)) return unreadable(file, message);
  if (OUT_OF_REACH.has(primary))
    return new OperationalError('store_unavailable', `The database ${file} can't be reached: ${message}`);
  return new Error(message);
}

/** A file that is there, and is no database of ours or no longer whole. */
export function unreadable(file: string, cause: unknown): OperationalError {
  const message = `The database ${file} can't be read. If it is damaged, move it away and restore a back-up: docs/deploy.md. Do not delete it.`;
  return new OperationalError('store_unavailable', message, { cause });
}
